import type {
  closeVoteRoute,
  enterCountRoute,
  FieldValues,
  MeetingDetail,
  MeetingItemView,
  SlipFigures,
} from '@lianxin/contract';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { FieldForm } from '../matters/field-form.js';
import { useMeetingCommand } from './on-meeting.js';
import { useMeetingWords } from './words.js';

/** An item of the agenda, and the meeting whose it is. */
export interface OfVote {
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

const slipKeys = ['issued', 'returned', 'approve', 'against', 'abstain', 'spoiled'] as const;
const handKeys = ['approve', 'against', 'abstain'] as const;

/** The slips as this person reads them from the tally sheet; what another typed is not shown. */
export function SlipEntry({ meeting, item }: OfVote) {
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
export function CloseVote({ meeting, item }: OfVote) {
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
