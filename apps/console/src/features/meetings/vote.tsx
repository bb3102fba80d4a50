import type {
  adjournRoute,
  closeVoteRoute,
  concludeRoute,
  enterCountRoute,
  FieldValues,
  MeetingDetail,
  MeetingItemView,
  openVoteRoute,
  recuseRoute,
  SlipFigures,
} from '@lianxin/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { FieldForm } from '../matters/field-form.js';
import { HandOver } from './hand-over.js';
import { Minutes } from './minutes.js';
import { useMeetingCommand } from './on-meeting.js';
import { Quorum } from './quorum.js';
import { useMeetingWords } from './words.js';

interface Of {
  readonly meeting: MeetingDetail;
  readonly item: MeetingItemView;
}

/** Counts typed by hand; empty until somebody has typed, so that a forgotten figure is not a nought. */
function Figures<Key extends string>({
  prefix,
  figures,
  values,
  change,
}: {
  readonly prefix: string;
  readonly figures: readonly (readonly [Key, string])[];
  readonly values: Partial<Record<Key, string>>;
  readonly change: (values: Partial<Record<Key, string>>) => void;
}) {
  return (
    <div className="counts">
      {figures.map(([key, label]) => (
        <div key={key}>
          <label htmlFor={`${prefix}-${key}`}>{label}</label>
          <input
            id={`${prefix}-${key}`}
            inputMode="numeric"
            pattern="[0-9]*"
            required
            value={values[key] ?? ''}
            onChange={(event) => change({ ...values, [key]: event.target.value })}
          />
        </div>
      ))}
    </div>
  );
}

const numbers = <Key extends string>(values: Partial<Record<Key, string>>, keys: readonly Key[]): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, Number(values[key] ?? 0)])) as Record<Key, number>;

function OpenVote({ meeting, item }: Of) {
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

function Recusal({ meeting, item }: Of) {
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

const slipKeys = ['issued', 'returned', 'approve', 'against', 'abstain', 'spoiled'] as const;
const handKeys = ['approve', 'against', 'abstain'] as const;

/** The slips as this person reads them from the tally sheet; what another typed is not shown. */
function SlipEntry({ meeting, item }: Of) {
  const said = useMeetingWords();
  const draft = useDraft<Partial<Record<(typeof slipKeys)[number], string>>>(
    `slips.${item.id}.${item.counted.round}`,
    {},
  );
  const entering = useMeetingCommand((json: SlipFigures, commandId) =>
    call<typeof enterCountRoute>('post', '/api/meetings/{id}/items/{item}/counts', {
      params: { id: meeting.id, item: item.id },
      json,
      commandId,
    }),
  );
  const titles = {
    issued: said.issued,
    returned: said.returned,
    approve: said.for,
    against: said.against,
    abstain: said.abstain,
    spoiled: said.spoiled,
  };
  return (
    <form
      aria-label={said.typeCount}
      onSubmit={(event) => {
        event.preventDefault();
        entering.mutate(numbers(draft.value, slipKeys), { onSuccess: () => draft.forget() });
      }}
    >
      <h4>
        {said.typeCount} · {said.round(item.counted.round)}
      </h4>
      <p className="quiet">{said.typeHint}</p>
      {item.counted.differences.length === 0 ? null : (
        <div className="refusal" role="alert">
          <strong>{said.differs}</strong>
          <ul className="faults">
            {item.counted.differences.map((fault) => (
              <li key={fault.what} data-fault={fault.code}>
                {fault.what}
              </li>
            ))}
          </ul>
        </div>
      )}
      {item.counted.by.length === 0 ? null : <p role="status">{said.typedBy(item.counted.by.join('、'))}</p>}
      {item.counted.by.length > 1 ? null : (
        <>
          <Figures
            prefix={`slips-${item.id}`}
            figures={slipKeys.map((key) => [key, titles[key]] as const)}
            values={draft.value}
            change={draft.change}
          />
          <Faults error={entering.error} />
          <Button htmlType="submit" loading={entering.isPending}>
            {said.keep}
          </Button>
        </>
      )}
    </form>
  );
}

/** Closing a vote: hands are typed here, slips have been typed by two; what the rule asks besides is asked here too. */
function CloseVote({ meeting, item }: Of) {
  const said = useMeetingWords();
  const draft = useDraft<{
    hands: Partial<Record<(typeof handKeys)[number], string>>;
    groups: Partial<Record<string, string>>;
    fields: FieldValues;
  }>(`close.${item.id}.${item.counted.round}`, { hands: {}, groups: {}, fields: {} });
  const { hands, groups, fields } = draft.value;
  const closing = useMeetingCommand((_: null, commandId) =>
    call<typeof closeVoteRoute>('post', '/api/meetings/{id}/items/{item}/close', {
      params: { id: meeting.id, item: item.id },
      json: {
        ...(item.form === 'hands' ? { hands: numbers(hands, handKeys) } : {}),
        groups: numbers(
          groups,
          (item.rule?.groups ?? []).map(({ id }) => id),
        ),
        fields,
      },
      commandId,
    }),
  );
  return (
    <form
      aria-label={said.close}
      onSubmit={(event) => {
        event.preventDefault();
        closing.mutate(null, { onSuccess: () => draft.forget() });
      }}
    >
      {item.form === 'hands' ? (
        <Figures
          prefix={`hands-${item.id}`}
          figures={[
            ['approve', said.for],
            ['against', said.against],
            ['abstain', said.abstain],
          ]}
          values={hands}
          change={(next) => draft.change({ ...draft.value, hands: next })}
        />
      ) : null}
      {(item.rule?.groups.length ?? 0) === 0 ? null : (
        <Figures
          prefix={`groups-${item.id}`}
          figures={(item.rule?.groups ?? []).map(({ id, title }) => [id, title] as const)}
          values={groups}
          change={(next) => draft.change({ ...draft.value, groups: next })}
        />
      )}
      <FieldForm
        prefix={`result-${item.id}`}
        division={meeting.division}
        fields={item.rule?.fields ?? []}
        values={fields}
        change={(next) => draft.change({ ...draft.value, fields: next })}
        error={closing.error}
      />
      <Faults error={closing.error} />
      <Button type="primary" htmlType="submit" loading={closing.isPending}>
        {said.close}
      </Button>
    </form>
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
function Topic({ meeting, item }: Of) {
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
export function AgendaItem({ meeting, item }: Of) {
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
