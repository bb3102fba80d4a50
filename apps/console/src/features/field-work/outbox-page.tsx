import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { newCommandId } from '../../app/call.js';
import { setClosed } from '../../app/expiry.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { Empty } from '../../app/page-head.js';
import { RefusedError } from '@lianxin/contract/client';
import { RefusedCard } from './card-correction.js';
import { LostNotice, NotPromised } from './lost-notice.js';
import { OpenPocket } from './pin-form.js';
import { sendNow } from './pocket/keep-sending.js';
import { withWordsAt, wordsAt, type OpenEntry } from './pocket/outbox.js';
import { openOutbox, recount } from './pocket/pocket.js';
import { useOutbox, usePocket } from './pocket/use-pocket.js';
import { usePocketWords } from './words.js';

/** The refused command with other words, as a command of its own. */
function Correction({ entry, leave }: { readonly entry: OpenEntry; readonly leave: () => void }) {
  const words = usePocketWords();
  const { command } = entry;
  const [json, setJson] = useState(command.json);
  const save = useMutation({
    mutationFn: async () => {
      const text = command.asked.map(({ at }) => wordsAt(json, at)).find((one) => one !== '') ?? command.text;
      await openOutbox()?.correct(entry, newCommandId(), {
        ...command,
        json,
        text: command.kind === 'visit' ? text : command.text,
      });
      await recount();
      void sendNow();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {command.asked.map(({ at, label }) => (
        <div className="field" key={at.join('.')}>
          <label htmlFor={`${entry.id}-${at.join('-')}`}>{label}</label>
          <Input.TextArea
            id={`${entry.id}-${at.join('-')}`}
            autoSize
            maxLength={8000}
            value={wordsAt(json, at)}
            onChange={(event) => setJson(withWordsAt(json, at, event.target.value))}
          />
        </div>
      ))}
      <p className="row left">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words.saveCorrection}
        </Button>
        <Button onClick={leave}>{words.leave}</Button>
      </p>
    </form>
  );
}

/** What the server refused, with its reasons, and what a person can do about it. */
function Refused({ entry }: { readonly entry: OpenEntry }) {
  const words = usePocketWords();
  const [correcting, setCorrecting] = useState(false);
  const act = useMutation({
    mutationFn: async (what: 'again' | 'drop') => {
      const outbox = openOutbox();
      if (what === 'again') await outbox?.again(entry);
      else {
        const going = (await outbox?.goesWith(entry)) ?? [];
        if (
          !globalThis.confirm(
            words.dropSure(going.map((one) => `${words.kinds[one.command.kind]}：${one.command.text}`)),
          )
        )
          return;
        await outbox?.drop(going.map((one) => one.id));
      }
      await recount();
      if (what === 'again') void sendNow();
    },
  });
  const { refusal, command } = entry;
  return (
    <>
      {refusal === undefined ? null : <Faults error={new RefusedError(refusal.status, refusal.faults)} />}
      {command.kind === 'card' ? <RefusedCard key={entry.id} entry={entry} /> : null}
      {correcting ? (
        <Correction entry={entry} leave={() => setCorrecting(false)} />
      ) : (
        <p className="row left">
          {command.asked.length === 0 ? null : <Button onClick={() => setCorrecting(true)}>{words.correct}</Button>}
          {/* The server keeps a refusal for good, except one that may pass. */}
          {refusal?.status === 409 && command.kind !== 'card' ? (
            <Button onClick={() => act.mutate('again')}>{words.again}</Button>
          ) : null}
          <Button onClick={() => act.mutate('drop')}>{words.drop}</Button>
        </p>
      )}
    </>
  );
}

/** The slip of a request that has arrived: it belongs in the resident's hand. */
function Slip({ arrival }: { readonly arrival: unknown }) {
  const words = usePocketWords();
  const receipt = (arrival as { receipt?: { code: string; track: string } } | undefined)?.receipt;
  if (receipt === undefined) return null;
  return (
    <p>
      {words.receipt(receipt.code)}{' '}
      <a href={`${receipt.track}/print`} target="_blank" rel="noreferrer">
        {words.printSlip}
      </a>
    </p>
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
      {entry.state === 'arrived' ? <Slip arrival={entry.arrival} /> : null}
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
