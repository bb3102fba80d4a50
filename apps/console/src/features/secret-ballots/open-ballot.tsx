import type { listSecretBallotsRoute, OpenSecretBallot, openSecretBallotRoute } from '@lianxin/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { EntryForm } from '../../app/entry-form.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { homeOf, useMe, useReadAnew } from '../../app/session.js';
import { countyToday, dayAfter } from '../../app/today.js';
import { Limits } from './limits.js';
import { useBallotWords, type BallotWords } from './words.js';

interface Entry {
  readonly subject: string;
  readonly about: OpenSecretBallot['about'];
  readonly bodies: readonly string[];
  readonly questions: readonly { readonly title: string; readonly choices: string }[];
  readonly tokensFrom: string;
  readonly opens: string;
  readonly closes: string;
  readonly boxUrl: string;
  readonly boxKey: string;
  readonly issuerUrl: string;
  readonly issuerKey: string;
  readonly trustees: readonly [string, string, string];
}

type Text = 'subject' | 'tokensFrom' | 'opens' | 'closes' | 'boxUrl' | 'boxKey' | 'issuerUrl' | 'issuerKey';

const linesOf = (text: string): string[] => text.split('\n').flatMap((line) => line.trim() || []);

const askedOf = (division: string, entry: Entry): OpenSecretBallot => ({
  ...entry,
  division,
  bodies: [...entry.bodies],
  questions: entry.questions.map(({ title, choices }) => ({ title, choices: linesOf(choices) })),
  trustees: [...entry.trustees],
});

/** Opens a secret ballot: what is asked, of whom, when, and the keys of those who are outside this system. */
export function OpenBallotPage() {
  const said = useBallotWords();
  const { words } = useLanguage();
  const me = useMe();
  const readAnew = useReadAnew();
  const navigate = useNavigate();
  const search = useSearch({ from: '/secret-ballots/new' });
  const division = search.division ?? homeOf(me.data);
  const hosts = useQuery({
    queryKey: ['secret-ballots', division],
    queryFn: () => call<typeof listSecretBallotsRoute>('get', '/api/secret-ballots', { query: { division } }),
    enabled: division !== '',
  });
  const draft = useDraft<Entry>(`secret-ballot.${division}`, {
    subject: '',
    about: 'work',
    bodies: ['assembly'],
    questions: [{ title: '', choices: said.usual }],
    tokensFrom: dayAfter(countyToday(), 1),
    opens: dayAfter(countyToday(), 3),
    closes: dayAfter(countyToday(), 7),
    boxUrl: '',
    boxKey: '',
    issuerUrl: '',
    issuerKey: '',
    trustees: ['', '', ''],
  });
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const sending = useMutation({
    mutationFn: () =>
      call<typeof openSecretBallotRoute>('post', '/api/secret-ballots', {
        json: askedOf(division, entry),
        commandId: draft.commandId,
      }),
    onSuccess: async ({ id }) => {
      draft.forget();
      await readAnew();
      await navigate({ to: '/secret-ballots/$id', params: { id } });
    },
  });
  const field = (id: Text, label: string, type: 'text' | 'date' = 'text', most = 80) => (
    <div className="field">
      <label htmlFor={`ballot-${id}`}>{label}</label>
      <input
        id={`ballot-${id}`}
        type={type}
        required
        maxLength={most}
        value={entry[id]}
        spellCheck={false}
        onChange={(event) => set({ [id]: event.target.value.trim() })}
      />
    </div>
  );
  const host = (id: 'boxUrl' | 'issuerUrl', label: string) => (
    <div className="field">
      <label htmlFor={`ballot-${id}`}>
        {label} · {said.host}
      </label>
      <select id={`ballot-${id}`} required value={entry[id]} onChange={(event) => set({ [id]: event.target.value })}>
        <option value="">{words.choose}</option>
        {(hosts.data?.hosts ?? []).map((address) => (
          <option key={address} value={address}>
            {address}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <>
      <PageHead title={said.open} />
      <Limits />
      <EntryForm sending={sending} unread={hosts.error} action={said.send}>
        <div className="field">
          <label htmlFor="ballot-subject">{said.subject}</label>
          <input
            id="ballot-subject"
            required
            maxLength={80}
            value={entry.subject}
            onChange={(event) => set({ subject: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="ballot-about">{said.about}</label>
          <select
            id="ballot-about"
            value={entry.about}
            onChange={(event) => set({ about: event.target.value as Entry['about'] })}
          >
            {Object.entries(said.abouts).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <Bodies said={said} chosen={entry.bodies} change={(bodies) => set({ bodies })} />
        {entry.questions.map((question, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- questions have no name of their own until they are sent
          <fieldset key={at}>
            <legend>{said.question(at + 1)}</legend>
            <div className="field">
              <label htmlFor={`ballot-q${at}`}>{said.question(at + 1)}</label>
              <input
                id={`ballot-q${at}`}
                required
                maxLength={200}
                value={question.title}
                onChange={(event) =>
                  set({
                    questions: entry.questions.map((one, n) =>
                      n === at ? { ...one, title: event.target.value } : one,
                    ),
                  })
                }
              />
            </div>
            <div className="field">
              <label htmlFor={`ballot-c${at}`}>{said.choices}</label>
              <textarea
                id={`ballot-c${at}`}
                rows={4}
                required
                value={question.choices}
                onChange={(event) =>
                  set({
                    questions: entry.questions.map((one, n) =>
                      n === at ? { ...one, choices: event.target.value } : one,
                    ),
                  })
                }
              />
            </div>
          </fieldset>
        ))}
        <p>
          <Button onClick={() => set({ questions: [...entry.questions, { title: '', choices: said.usual }] })}>
            {said.addQuestion}
          </Button>
        </p>
        {field('tokensFrom', said.tokensFrom, 'date')}
        {field('opens', said.opens, 'date')}
        {field('closes', said.closes, 'date')}
        <h2>{said.outside}</h2>
        <p className="quiet">{said.outsideLead}</p>
        {hosts.data?.hosts.length === 0 ? <p className="warning">{said.noHosts}</p> : null}
        {host('boxUrl', said.box)}
        {field('boxKey', said.boxKey, 'text', 43)}
        {host('issuerUrl', said.issuer)}
        {field('issuerKey', said.issuerKey, 'text', 512)}
        <p className="quiet">{said.trusteePage}</p>
        {entry.trustees.map((key, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- trustees are known by their number
          <div className="field" key={at}>
            <label htmlFor={`ballot-t${at}`}>{said.trustee(at + 1)}</label>
            <input
              id={`ballot-t${at}`}
              required
              maxLength={43}
              spellCheck={false}
              value={key}
              onChange={(event) =>
                set({
                  trustees: entry.trustees.map((one, n) => (n === at ? event.target.value.trim() : one)) as unknown as [
                    string,
                    string,
                    string,
                  ],
                })
              }
            />
          </div>
        ))}
      </EntryForm>
    </>
  );
}

function Bodies({
  said,
  chosen,
  change,
}: {
  readonly said: BallotWords;
  readonly chosen: readonly string[];
  readonly change: (bodies: string[]) => void;
}) {
  return (
    <fieldset>
      <legend>{said.bodies}</legend>
      <div className="ticks">
        {Object.entries(said.body).map(([id, title]) => (
          <label className="tick" key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => change(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
