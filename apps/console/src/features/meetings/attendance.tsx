import type { attendRoute, MeetingDetail, proxyRoute, RollLine } from '@lianxin/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { Quorum } from './quorum.js';
import { useMeetingCommand } from './on-meeting.js';
import { useMeetingWords } from './words.js';

/** The ways of the first vote that is still to come: how many are missing for it. */
const waysAhead = (meeting: MeetingDetail) =>
  meeting.items.find((item) => item.state !== 'done' && item.quorum !== null)?.quorum?.ways ?? [];

function Line({
  line,
  open,
  press,
}: {
  readonly line: RollLine;
  readonly open: boolean;
  readonly press: (line: RollLine) => void;
}) {
  const said = useMeetingWords();
  return (
    <li>
      <button type="button" aria-pressed={line.came !== null} disabled={!open} onClick={() => press(line)}>
        <span className="box" aria-hidden="true">
          {line.came === null ? '' : '✓'}
        </span>
        <span>
          {line.name} <span className="quiet">{line.posts.join('、')}</span>
          {line.came === null ? null : <span className="quiet"> · {said.channels[line.came]}</span>}
          {line.proxyTo === null ? null : <span className="quiet"> · {said.carries(line.proxyTo.name)}</span>}
        </span>
      </button>
    </li>
  );
}

/** Who is here (到会): the roll with big boxes, a search, and the live bar of what is still missing. One press enters somebody; a second asks why it was wrong. */
export function Attendance({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const [wanted, setWanted] = useState('');
  const [striking, setStriking] = useState<RollLine | null>(null);
  const [reason, setReason] = useState('');
  const { presence } = meeting;
  const open = meeting.state === 'open';
  const entering = useMeetingCommand(
    (people: { person: string; kind: 'came' | 'struck'; reason: string }[], commandId) =>
      call<typeof attendRoute>('post', '/api/meetings/{id}/attendance', {
        params: { id: meeting.id },
        json: { people: people.map((one) => ({ ...one, channel: 'paper' as const })) },
        commandId,
      }),
  );
  const press = (line: RollLine) => {
    if (line.came !== null) return setStriking(line);
    entering.mutate([{ person: line.person, kind: 'came', reason: '' }]);
  };
  const lines = meeting.roll.filter((line) => line.name.includes(wanted));
  return (
    <section className="panel" aria-label={said.roll}>
      <h2>{said.roll}</h2>
      <p>
        <strong>{said.present(presence.present, presence.entitled)}</strong>
        {presence.byProxy === 0 ? null : <span className="quiet"> {said.byProxy(presence.byProxy)}</span>}
        <span className="quiet"> · {meeting.frozen ? said.frozen : said.notFrozen}</span>
      </p>
      {open ? <Quorum ways={waysAhead(meeting)} /> : null}
      <Faults error={entering.error} />
      {striking === null ? null : (
        <form
          className="field"
          onSubmit={(event) => {
            event.preventDefault();
            entering.mutate([{ person: striking.person, kind: 'struck', reason }], {
              onSuccess: () => {
                setStriking(null);
                setReason('');
              },
            });
          }}
        >
          <label htmlFor="strike-reason">
            {striking.name}
            {said.colon}
            {said.strikeReason}
          </label>
          <input
            id="strike-reason"
            required
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <p className="row left">
            <Button htmlType="submit" danger loading={entering.isPending}>
              {said.struck}
            </Button>
            <Button onClick={() => setStriking(null)}>×</Button>
          </p>
        </form>
      )}
      {meeting.roll.length < 12 ? null : (
        <div className="field roll-find no-print">
          <label htmlFor="roll-find">{said.find}</label>
          <input id="roll-find" type="search" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </div>
      )}
      <ul className="roll-lines">
        {lines.map((line) => (
          <Line key={line.person} line={line} open={open && !entering.isPending} press={press} />
        ))}
      </ul>
      {open ? <Proxies meeting={meeting} /> : null}
    </section>
  );
}

/** Votes carried for those who are away (委托), where the rule of a vote lets them be. */
function Proxies({ meeting }: { readonly meeting: MeetingDetail }) {
  const said = useMeetingWords();
  const [giver, setGiver] = useState('');
  const [holder, setHolder] = useState('');
  const entering = useMeetingCommand(
    (proxy: { giver: string; holder: string; kind: 'given' | 'withdrawn' }, commandId) =>
      call<typeof proxyRoute>('post', '/api/meetings/{id}/proxies', {
        params: { id: meeting.id },
        json: proxy,
        commandId,
      }),
  );
  const allowed = meeting.items.some(
    (item) => item.rule !== null && item.rule.proxies !== null && item.state !== 'done',
  );
  const given = meeting.roll.filter((line) => line.proxyTo !== null);
  if (!allowed && given.length === 0) return null;
  const select = (
    id: string,
    label: string,
    value: string,
    choose: (person: string) => void,
    lines: readonly RollLine[],
  ) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} required value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{said.pick}</option>
        {lines.map((line) => (
          <option key={line.person} value={line.person}>
            {line.name}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <details className="no-print">
      <summary>{said.proxy}</summary>
      <p className="quiet">{said.proxyHint}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate({ giver, holder, kind: 'given' }, { onSuccess: () => setGiver('') });
        }}
      >
        {select(
          'proxy-giver',
          said.giver,
          giver,
          setGiver,
          meeting.roll.filter((line) => line.came === null && line.proxyTo === null),
        )}
        {select(
          'proxy-holder',
          said.holder,
          holder,
          setHolder,
          meeting.roll.filter((line) => line.came !== null),
        )}
        <Faults error={entering.error} />
        <Button htmlType="submit" loading={entering.isPending}>
          {said.keep}
        </Button>
      </form>
      <ul className="plain">
        {given.map((line) => (
          <li key={line.person}>
            {line.name} → {line.proxyTo?.name}{' '}
            <Button
              size="small"
              onClick={() =>
                entering.mutate({ giver: line.person, holder: line.proxyTo?.person ?? '', kind: 'withdrawn' })
              }
            >
              {said.withdraw}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
