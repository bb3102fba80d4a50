import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { setClosed } from '../../app/expiry.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Empty } from '../../app/page-head.js';
import { RefusedError } from '@lianxin/contract/client';
import { RefusedCard } from './card-correction.js';
import { localMoment, toInstant } from './local-moment.js';
import { LostNotice, NotPromised } from './lost-notice.js';
import { OpenPocket } from './pin-form.js';
import { correctionForm } from './pocket/drafts.js';
import { useHeldDraft } from './pocket/held-draft.js';
import { sendNow } from './pocket/keep-sending.js';
import { reworded, withWordsAt, wordsAt, type Asked, type Command, type OpenEntry } from './pocket/outbox.js';
import { openOutbox, recount } from './pocket/pocket.js';
import { useOutbox, usePocket } from './pocket/use-pocket.js';
import { PutAway } from './put-away.js';
import { Slip } from './slip.js';
import { useCorrect } from './use-correct.js';
import { usePocketWords } from './words.js';

/** One thing of a refused command, to be put right. */
function AskedAgain(props: {
  readonly id: string;
  readonly asked: Asked;
  readonly json: Command['json'];
  readonly change: (json: Command['json']) => void;
}) {
  const { id, asked, json, change } = props;
  const said = wordsAt(json, asked.at);
  return (
    <div className="field">
      <label htmlFor={id}>{asked.label}</label>
      {asked.moment === true ? (
        <Input
          id={id}
          type="datetime-local"
          max={localMoment()}
          value={localMoment(Date.parse(said))}
          onChange={(event) => change(withWordsAt(json, asked.at, toInstant(event.target.value)))}
        />
      ) : (
        <Input.TextArea
          id={id}
          autoSize
          maxLength={8000}
          value={said}
          onChange={(event) => change(withWordsAt(json, asked.at, event.target.value))}
        />
      )}
    </div>
  );
}

/** The refused command with other words, as a command of its own. They are kept like every draft: the pocket may close over them. */
function Correction({ entry, otherwise }: { readonly entry: OpenEntry; readonly otherwise: ReactNode }) {
  const words = usePocketWords();
  const { command } = entry;
  const held = useHeldDraft(correctionForm(entry.id), command.json);
  const [opened, setOpened] = useState(false);
  const correct = useCorrect(entry, held.settled);
  if (held.draft === undefined) return null;
  const { value: json } = held.draft;
  if (!opened && !held.typed)
    return (
      <p className="row left">
        {command.asked.length === 0 ? null : <Button onClick={() => setOpened(true)}>{words.correct}</Button>}
        {otherwise}
      </p>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        correct.mutate(reworded(command, json));
      }}
    >
      {command.asked.map((asked) => (
        <AskedAgain
          key={asked.at.join('.')}
          id={`${entry.id}-${asked.at.join('-')}`}
          asked={asked}
          json={json}
          change={held.change}
        />
      ))}
      <PutAway put={correct} full={held.full} />
      <p className="row left">
        <Button type="primary" htmlType="submit" loading={correct.isPending}>
          {words.saveCorrection}
        </Button>
        <Button
          onClick={() => {
            held.leave();
            setOpened(false);
          }}
        >
          {words.leave}
        </Button>
      </p>
    </form>
  );
}

/** The same command once more, where that may help, or not at all. */
function AgainOrNot({ entry }: { readonly entry: OpenEntry }) {
  const words = usePocketWords();
  const act = useMutation({
    mutationFn: async (what: 'again' | 'drop') => {
      const outbox = openOutbox();
      if (what === 'again') await outbox?.again(entry);
      else {
        const going = (await outbox?.goesWith(entry)) ?? [];
        const texts = going.map((one) => `${words.kinds[one.command.kind]}：${one.command.text}`);
        if (!globalThis.confirm(words.dropSure(texts))) return;
        await outbox?.drop(going.map((one) => one.id));
      }
      await recount();
      if (what === 'again') void sendNow();
    },
  });
  return (
    <>
      {/* The server keeps a refusal for good, except one that may pass. */}
      {entry.refusal?.status === 409 && entry.command.kind !== 'card' ? (
        <Button onClick={() => act.mutate('again')}>{words.again}</Button>
      ) : null}
      <Button onClick={() => act.mutate('drop')}>{words.drop}</Button>
    </>
  );
}

/** What the server refused, with its reasons, and what a person can do about it. */
function Refused({ entry }: { readonly entry: OpenEntry }) {
  const { refusal, command } = entry;
  return (
    <>
      {refusal === undefined ? null : <Faults error={new RefusedError(refusal.status, refusal.faults)} />}
      {command.kind === 'card' ? (
        <>
          <RefusedCard entry={entry} />
          <p className="row left">
            <AgainOrNot entry={entry} />
          </p>
        </>
      ) : (
        <Correction entry={entry} otherwise={<AgainOrNot entry={entry} />} />
      )}
    </>
  );
}

function Line({ entry, behind }: { readonly entry: OpenEntry; readonly behind: boolean }) {
  const words = usePocketWords();
  const { language } = useLanguage();
  return (
    <li className={`panel outbox-${entry.state}`} data-state={entry.state}>
      <p>
        <strong>{words.kinds[entry.command.kind]}</strong> {entry.command.about}{' '}
        <span className="quiet">{words.madeAt(moment(entry.madeAt, language))}</span>
      </p>
      <p>{entry.command.text}</p>
      <p className="quiet">{behind ? words.behind : words.states[entry.state]}</p>
      {entry.state === 'refused' ? <Refused entry={entry} /> : null}
      {entry.state === 'arrived' ? <Slip entry={entry} /> : null}
    </li>
  );
}

const rank = { refused: 0, waiting: 1, arrived: 2 } as const;

/** What was written without a line and where it stands (待发); what was refused comes first. */
export function OutboxPage() {
  const words = usePocketWords();
  const { status, sending, last, lost } = usePocket();
  const entries = useOutbox();
  const stopped = new Set(entries.filter((one) => one.state === 'refused').map((one) => one.lane));
  if (status === 'locked') return <OpenPocket />;
  if (status !== 'open') return lost > 0 ? <LostNotice /> : <Empty text={words.outboxEmpty} />;
  return (
    <>
      <p className="quiet">{words.outboxLead}</p>
      <NotPromised />
      <div className="row left">
        <Button onClick={() => void sendNow()} loading={sending}>
          {words.sendNow}
        </Button>
        <p role="status">{sending ? words.sending : last === null ? '' : words.last[last]}</p>
        {last === 'log-in' ? <Button onClick={() => setClosed('expired')}>{words.logIn}</Button> : null}
      </div>
      {entries.length === 0 ? <Empty text={words.outboxEmpty} /> : null}
      <ul className="outbox">
        {entries
          .toSorted((a, b) => rank[a.state] - rank[b.state] || a.place - b.place)
          .map((entry) => (
            <Line key={entry.id} entry={entry} behind={entry.state === 'waiting' && stopped.has(entry.lane)} />
          ))}
      </ul>
    </>
  );
}
