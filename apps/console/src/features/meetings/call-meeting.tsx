import type { callMeetingRoute } from '@lianxin/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { EntryForm } from '../../app/entry-form.js';
import { DayField, Field } from '../../app/fields.js';
import { useLanguage } from '../../app/language.js';
import { PageHead } from '../../app/page-head.js';
import { homeOf, useMe, useReadAnew } from '../../app/session.js';
import { countyToday, dayAfter, momentAt } from '../../app/today.js';
import { DraftAgenda } from './draft-agenda.js';
import './meetings.css';
import { useWaitingVotes } from './waiting-votes.js';
import { useMeetingWords } from './words.js';

interface Entry {
  readonly roll: string;
  readonly matters: readonly string[];
  readonly topics: readonly { readonly title: string; readonly raisedBy: string }[];
  readonly title: string;
  readonly day: string;
  readonly clock: string;
  readonly room: string;
  readonly note: string;
  readonly special: string;
  readonly demanded: string;
}

/** Bodies that meet without a vote of a matter: their meetings are called for topics. */
const talking = [
  ['deliberation-council', '村民议事会'],
  ['villagers-committee', '村民委员会会议'],
  ['two-committees', '村“两委”会议'],
] as const;

/** Calls a meeting (召集会议): the matters that wait for a vote of one body, each an item of its own; when, where, and who is told. */
export function CallMeetingPage() {
  const said = useMeetingWords();
  const { words, term } = useLanguage();
  const me = useMe();
  const readAnew = useReadAnew();
  const navigate = useNavigate();
  const search = useSearch({ from: '/meetings/new' });
  const division = search.division ?? homeOf(me.data);
  const waiting = useWaitingVotes(division);
  const votes = (waiting.data?.votes ?? []).filter((vote) => vote.mine);
  const draft = useDraft<Entry>(`meeting.${division}.${search.roll ?? ''}.${search.matter ?? ''}`, {
    roll: search.roll ?? '',
    matters: search.matter === undefined ? [] : [search.matter],
    topics: [],
    title: '',
    day: dayAfter(countyToday(), 1),
    clock: '09:00',
    room: '',
    note: '',
    special: '',
    demanded: '',
  });
  const entry = draft.value;
  const set = (change: Partial<Entry>) => draft.change({ ...entry, ...change });
  const bodies = new Map<string, string>([...talking, ...votes.map((vote) => [vote.roll, vote.body] as const)]);
  const own = votes.filter((vote) => vote.roll === entry.roll);
  const chosen = own.filter((vote) => entry.matters.includes(vote.matter));
  const demanded =
    entry.demanded === '' ? (chosen.find((vote) => vote.demand !== null)?.demand?.by ?? '') : entry.demanded;
  const title = entry.title === '' ? (bodies.get(entry.roll) ?? '') : entry.title;
  const sending = useMutation({
    mutationFn: () =>
      call<typeof callMeetingRoute>('post', '/api/meetings', {
        json: {
          division,
          roll: entry.roll,
          title,
          meetsAt: momentAt(entry.day, entry.clock),
          room: entry.room,
          note: entry.note,
          ...(entry.special === '' ? {} : { specialReason: entry.special }),
          ...(demanded === '' ? {} : { demandedBy: demanded }),
          items: [
            ...chosen.map((vote) => ({ title: vote.subject, matters: [vote.matter], stage: vote.stage })),
            ...entry.topics
              .filter((topic) => topic.title !== '')
              .map((topic) => ({
                title: topic.title,
                matters: [],
                ...(topic.raisedBy === '' ? {} : { raisedBy: topic.raisedBy }),
              })),
          ],
        },
        commandId: draft.commandId,
      }),
    onSuccess: async ({ id }) => {
      draft.forget();
      await readAnew();
      await navigate({ to: '/meetings/$id', params: { id } });
    },
  });
  const text = (
    id: keyof Entry & ('title' | 'room' | 'note' | 'special' | 'demanded'),
    label: string,
    required: boolean,
    hint?: string,
  ) => (
    <div className="field">
      <label htmlFor={`call-${id}`}>
        {label}
        {required ? null : <span className="quiet">{words.matters.optional}</span>}
      </label>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      <input
        id={`call-${id}`}
        required={required}
        maxLength={id === 'title' || id === 'room' || id === 'demanded' ? 120 : 500}
        value={id === 'title' ? title : id === 'demanded' ? demanded : entry[id]}
        onChange={(event) => set({ [id]: event.target.value })}
      />
    </div>
  );
  return (
    <>
      <PageHead title={said.call} />
      <EntryForm sending={sending} unread={waiting.error} action={said.send}>
        <div className="field">
          <label htmlFor="call-body">{said.body}</label>
          <select
            id="call-body"
            required
            value={entry.roll}
            onChange={(event) => set({ roll: event.target.value, title: '' })}
          >
            <option value="">{words.choose}</option>
            {[...bodies].map(([roll, name]) => (
              <option key={roll} value={roll}>
                {term(name)}
              </option>
            ))}
          </select>
        </div>
        {own.length === 0 ? null : (
          <fieldset>
            <legend>{said.items}</legend>
            <div className="ticks">
              {own.map((vote) => (
                <label className="tick" key={vote.matter}>
                  <input
                    type="checkbox"
                    checked={entry.matters.includes(vote.matter)}
                    onChange={(event) =>
                      set({
                        matters: event.target.checked
                          ? [...entry.matters, vote.matter]
                          : entry.matters.filter((one) => one !== vote.matter),
                      })
                    }
                  />
                  <span>
                    {vote.subject}
                    <span className="quiet explain">
                      {vote.title}
                      {said.colon}
                      {[vote.attendance, vote.approval].filter((part) => part !== null).join('；')}
                      {vote.notice === null ? '' : `；${said.notice} ${vote.notice}`}
                    </span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        {talking.some(([roll]) => roll === entry.roll) ? (
          <DraftAgenda
            division={division}
            known={entry.topics.map((topic) => topic.title)}
            add={(titles) =>
              set({ topics: [...entry.topics, ...titles.map((each) => ({ title: each, raisedBy: '' }))] })
            }
          />
        ) : null}
        {entry.topics.map((topic, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- topics have no name of their own until they are sent
          <div className="field" key={at}>
            <label htmlFor={`call-topic-${at}`}>
              {said.topic} {at + 1}
            </label>
            <input
              id={`call-topic-${at}`}
              value={topic.title}
              maxLength={200}
              onChange={(event) =>
                set({ topics: entry.topics.map((one, n) => (n === at ? { ...one, title: event.target.value } : one)) })
              }
            />
            <label htmlFor={`call-from-${at}`}>
              {said.raisedBy}
              <span className="quiet">{words.matters.optional}</span>
            </label>
            <input
              id={`call-from-${at}`}
              value={topic.raisedBy}
              maxLength={80}
              onChange={(event) =>
                set({
                  topics: entry.topics.map((one, n) => (n === at ? { ...one, raisedBy: event.target.value } : one)),
                })
              }
            />
            <button
              type="button"
              className="link"
              onClick={() => set({ topics: entry.topics.filter((_, n) => n !== at) })}
            >
              {said.dropTopic(at + 1)}
            </button>
          </div>
        ))}
        <p>
          <Button onClick={() => set({ topics: [...entry.topics, { title: '', raisedBy: '' }] })}>
            {said.addTopic}
          </Button>
        </p>
        {text('title', said.meetingTitle, true)}
        <DayField id="call-day" label={said.day} value={entry.day} change={(day) => set({ day })} />
        <Field id="call-clock" label={said.clock}>
          <input
            id="call-clock"
            type="time"
            required
            value={entry.clock}
            onChange={(event) => set({ clock: event.target.value })}
          />
        </Field>
        {text('room', said.where, true)}
        {own.some((vote) => vote.mayBeShortened) ? text('special', said.special, false, said.specialHint) : null}
        {text('demanded', said.demanded, false, said.demandedHint)}
        {text('note', said.note, false)}
      </EntryForm>
    </>
  );
}
