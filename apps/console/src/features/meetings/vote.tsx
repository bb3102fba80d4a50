import type { adjournRoute, concludeRoute, MeetingItemView, openVoteRoute, recuseRoute } from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { CloseVote, SlipEntry, type OfVote } from './count-vote.js';
import { HandOver } from './hand-over.js';
import { Minutes } from './minutes.js';
import { useMeetingCommand } from './on-meeting.js';
import { Quorum } from './quorum.js';
import { useMeetingWords } from './words.js';

function OpenVote({ meeting, item }: OfVote) {
  const said = useMeetingWords();
  const params = { id: meeting.id, item: item.id };
  const opening = useMeetingCommand((form: 'hands' | 'paper', commandId) =>
    call<typeof openVoteRoute>('post', '/api/meetings/{id}/items/{item}/open', { params, json: { form }, commandId }),
  );
  const adjourning = useMeetingCommand((_: null, commandId) =>
    call<typeof adjournRoute>('post', '/api/meetings/{id}/items/{item}/adjourn', { params, json: {}, commandId }),
  );
  const short = item.quorum?.met === false;
  return (
    <>
      <Faults error={opening.error ?? adjourning.error} />
      <p className="row left">
        {(item.rule?.forms ?? []).map((form) => (
          <Button key={form} type="primary" loading={opening.isPending} onClick={() => opening.mutate(form)}>
            {form === 'hands' ? said.openHands : said.openPaper}
          </Button>
        ))}
        {short ? (
          <Button loading={adjourning.isPending} onClick={() => adjourning.mutate(null)}>
            {said.adjourn}
          </Button>
        ) : null}
      </p>
      <Recusal meeting={meeting} item={item} />
    </>
  );
}

function Recusal({ meeting, item }: OfVote) {
  const said = useMeetingWords();
  const [person, setPerson] = useState('');
  const [relation, setRelation] = useState('');
  const entering = useMeetingCommand((json: { person: string; relation: string }, commandId) =>
    call<typeof recuseRoute>('post', '/api/meetings/{id}/items/{item}/recusals', {
      params: { id: meeting.id, item: item.id },
      json,
      commandId,
    }),
  );
  return (
    <details>
      <summary>{said.recuse}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate({ person, relation });
        }}
      >
        <div className="field">
          <label htmlFor={`recuse-${item.id}`}>{said.recused}</label>
          <select id={`recuse-${item.id}`} required value={person} onChange={(event) => setPerson(event.target.value)}>
            <option value="">{said.pick}</option>
            {meeting.roll.map((line) => (
              <option key={line.person} value={line.person}>
                {line.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`relation-${item.id}`}>{said.relation}</label>
          <input
            id={`relation-${item.id}`}
            required
            maxLength={80}
            value={relation}
            onChange={(event) => setRelation(event.target.value)}
          />
        </div>
        <Faults error={entering.error} />
        <Button htmlType="submit" loading={entering.isPending}>
          {said.keep}
        </Button>
      </form>
    </details>
  );
}

function Result({ item }: { readonly item: MeetingItemView }) {
  const said = useMeetingWords();
  if (item.result === null) return null;
  const { tally } = item;
  return (
    <>
      <p className={`result ${item.result}`} role="status">
        {said.results[item.result]}
      </p>
      {tally === null ? null : (
        <p>
          {said.figures(tally.present, tally.entitled)} · {said.for} {tally.approve} · {said.against} {tally.against} ·{' '}
          {said.abstain} {tally.abstain}
          {tally.spoiled > 0 ? ` · ${said.spoiled} ${tally.spoiled}` : ''} · {said.forms[tally.form]}
        </p>
      )}
      {item.why.length === 0 ? null : (
        <ul className="faults ways-met">
          {item.why.map((way) => (
            <li key={way.words} className={way.met ? 'met' : 'short'}>
              {way.met ? '✓' : '✗'} {said.wayLine(way.words, way.need, way.have)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A topic that is not voted on: its conclusion, and the hand-over of it as a matter to decide. */
function Topic({ meeting, item }: OfVote) {
  const said = useMeetingWords();
  const draft = useDraft(`conclusion.${item.id}`, '');
  const params = { id: meeting.id, item: item.id };
  const concluding = useMeetingCommand((conclusion: string, commandId) =>
    call<typeof concludeRoute>('post', '/api/meetings/{id}/items/{item}/conclude', {
      params,
      json: { conclusion },
      commandId,
    }),
  );
  if (item.conclusion !== null) {
    return (
      <>
        <p>
          <span className="quiet">
            {said.conclusion}
            {said.colon}
          </span>
          {item.conclusion}
        </p>
        <HandOver meeting={meeting} item={item} />
      </>
    );
  }
  if (meeting.state !== 'open') return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        concluding.mutate(draft.value, { onSuccess: () => draft.forget() });
      }}
    >
      <div className="field">
        <label htmlFor={`conclusion-${item.id}`}>{said.conclusion}</label>
        <textarea
          id={`conclusion-${item.id}`}
          required
          rows={3}
          maxLength={2000}
          value={draft.value}
          onChange={(event) => draft.change(event.target.value)}
        />
      </div>
      <Faults error={concluding.error} />
      <Button htmlType="submit" loading={concluding.isPending}>
        {said.conclude}
      </Button>
    </form>
  );
}

/** One item of the agenda (议题) with its rule, what is missing, its vote, its result and its minutes. */
export function AgendaItem({ meeting, item }: OfVote) {
  const said = useMeetingWords();
  const voting = meeting.state === 'open' && item.state === 'voting';
  const other = meeting.items.some((one) => one.state === 'voting' && one.id !== item.id);
  return (
    <div className="agenda-item" data-item={item.number}>
      <h3>
        {item.number}. {item.title}
      </h3>
      {item.matter === null ? null : (
        <p className="quiet">
          <Link to="/matters/$id" params={{ id: item.matter.id }}>
            {item.matter.number}
          </Link>
          {item.rule === null
            ? null
            : ` · ${[item.rule.attendance, item.rule.approval].filter((part) => part !== null).join('；')} · ${said.proxies(item.rule.proxies)}`}
        </p>
      )}
      {item.raisedBy === null ? null : (
        <p className="quiet">
          {said.raisedBy}
          {said.colon}
          {item.raisedBy}
        </p>
      )}
      {item.recused.length === 0 ? null : (
        <p>
          {said.recused}
          {said.colon}
          {item.recused.map(({ name, relation }) => `${name}（${relation}）`).join('、')}
        </p>
      )}
      <Result item={item} />
      {meeting.manages && meeting.state === 'open' && item.quorum !== null ? <Quorum ways={item.quorum.ways} /> : null}
      {meeting.manages && meeting.state === 'open' && item.state === 'waiting' && item.rule !== null && !other ? (
        <OpenVote meeting={meeting} item={item} />
      ) : null}
      {meeting.manages && voting && item.form === 'paper' ? <SlipEntry meeting={meeting} item={item} /> : null}
      {meeting.manages && voting ? <CloseVote meeting={meeting} item={item} /> : null}
      {meeting.manages && item.matter === null && item.rule === null ? <Topic meeting={meeting} item={item} /> : null}
      {meeting.manages && meeting.state !== 'called' && meeting.state !== 'cancelled' && item.state === 'done' ? (
        <details>
          <summary>{said.minutesOf}</summary>
          <Minutes meeting={meeting} item={item.id} minutes={item.minutes} />
        </details>
      ) : null}
    </div>
  );
}
