import type {
  changeRecordRoute,
  endRecordRoute,
  FieldValues,
  readRecordRoute,
  RecordChangeView,
  RecordDetail,
} from '@lianxin/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { Loading, PageHead } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { countyToday } from '../../app/today.js';
import { FieldForm } from '../matters/field-form.js';
import { OwnWord } from './own-word.js';
import { valueText } from './value-text.js';
import { useRecordWords } from './words.js';
import './records.css';

/** One record (登记项) with its history, and the forms to change, correct and end it. */
export function RecordPage() {
  const { id } = useParams({ from: '/records/$id' });
  const read = useQuery({
    queryKey: ['record', id],
    queryFn: () => call<typeof readRecordRoute>('get', '/api/records/{id}', { params: { id } }),
  });
  if (read.isPending) return <Loading />;
  if (read.isError) return <Faults error={read.error} />;
  return <Detail key={read.data.version} record={read.data} />;
}

function Detail({ record }: { readonly record: RecordDetail }) {
  const said = useRecordWords();
  const { words } = useLanguage();
  const [corrects, setCorrects] = useState<string>();
  const { register } = record;
  const first = register.fields[0];
  const name = first === undefined ? '' : valueText(first, record.fields, words.yes, words.no, record.placeNames);
  return (
    <>
      <PageHead title={`${register.title}：${name}`}>
        {record.endedOn === null ? null : <p className="quiet">{said.ended(record.endedOn)}</p>}
      </PageHead>
      {record.advice.map((advice) => (
        <p key={advice} className="record-advice">
          {said.advice}：{advice}
        </p>
      ))}
      <dl className="panel">
        {register.fields.map((field) => (
          <div key={field.id}>
            <dt className="quiet">{field.title}</dt>
            <dd>{valueText(field, record.fields, words.yes, words.no, record.placeNames) || said.empty}</dd>
          </div>
        ))}
      </dl>
      <Records<RecordChangeView>
        caption={said.history}
        rows={record.history}
        keyOf={(change) => change.id}
        empty={said.noRecords}
        columns={[
          { title: said.on, main: true, render: (change) => change.on },
          {
            title: said.change,
            render: (change) => (
              <>
                {said.kinds[change.kind]}
                {change.correctedBy === null ? '' : ` · ${said.corrected}`}
                {change.fields.map((field) => (
                  <div key={field.id}>
                    {field.title}：{field.from ?? said.empty} → {field.to ?? said.empty}
                  </div>
                ))}
              </>
            ),
          },
          { title: said.reason, render: (change) => change.reason },
          { title: words.people.body, render: (change) => change.by },
          {
            title: said.correct,
            render: (change) =>
              change.correctedBy === null ? (
                <Button size="small" onClick={() => setCorrects(change.id)}>
                  {said.correct}
                </Button>
              ) : null,
          },
        ]}
      />
      <OwnWord record={record} />
      {record.endedOn === null || corrects !== undefined ? <ChangeForm record={record} corrects={corrects} /> : null}
    </>
  );
}

/** Only what differs is a change; a field that was emptied is sent as empty. */
const changed = (before: FieldValues, after: FieldValues): Record<string, FieldValues[string] | null> =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]))
      .map((id) => [id, after[id] ?? null]),
  );

/** What was typed of a record: without the fields known from other registers. */
const typedOf = ({ register, fields }: RecordDetail): FieldValues => {
  const known = new Set(register.fields.filter((field) => field.known).map((field) => field.id));
  return Object.fromEntries(Object.entries(fields).filter(([id]) => !known.has(id)));
};

function ChangeForm({ record, corrects }: { readonly record: RecordDetail; readonly corrects: string | undefined }) {
  const said = useRecordWords();
  const client = useQueryClient();
  const params = { id: record.id };
  const draft = useDraft(`record.${record.id}.${record.version}.${corrects ?? ''}`, {
    on: countyToday(),
    reason: '',
    fields: typedOf(record),
  });
  const { on, reason, fields } = draft.value;
  const asked = record.register.fields.filter((field) => !field.known);
  const done = async (): Promise<void> => {
    draft.forget();
    await client.invalidateQueries({ queryKey: ['record', record.id] });
    await client.invalidateQueries({ queryKey: ['records', record.register.id] });
  };
  // A correction takes the place of a whole change, so it says everything that holds; a change says what differs.
  const json = {
    on,
    reason,
    fields: corrects === undefined ? changed(typedOf(record), fields) : fields,
    ...(corrects === undefined ? {} : { corrects }),
  };
  const { commandId } = draft;
  const changing = useMutation({
    mutationFn: () => call<typeof changeRecordRoute>('post', '/api/records/{id}/changes', { params, json, commandId }),
    onSuccess: done,
  });
  const ending = useMutation({
    mutationFn: () =>
      call<typeof endRecordRoute>('post', '/api/records/{id}/end', {
        params,
        json: { on, reason },
        commandId: `${commandId}-end`,
      }),
    onSuccess: done,
  });
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        changing.mutate();
      }}
    >
      <h2>{corrects === undefined ? said.change : said.correct}</h2>
      {corrects === undefined ? null : <p className="quiet">{said.correcting}</p>}
      <div className="field">
        <label htmlFor="change-on">{said.on}</label>
        <input
          id="change-on"
          type="date"
          required
          value={on}
          onChange={(event) => draft.change({ ...draft.value, on: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="change-reason">{said.reason}</label>
        <input
          id="change-reason"
          value={reason}
          maxLength={500}
          onChange={(event) => draft.change({ ...draft.value, reason: event.target.value })}
        />
      </div>
      <FieldForm
        prefix="change"
        division={record.division}
        fields={asked}
        values={fields}
        change={(next) => draft.change({ ...draft.value, fields: next })}
        error={changing.error}
      />
      <Faults error={changing.error ?? ending.error} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={changing.isPending}>
          {said.save}
        </Button>
        {corrects === undefined ? (
          <Button danger loading={ending.isPending} onClick={() => ending.mutate()}>
            {said.end}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
