import type {
  enterRecordRoute,
  FieldValues,
  listRecordsRoute,
  listRegistersRoute,
  RecordRow,
  RegisterView,
} from '@lianxin/contract';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { useDraft } from '../../app/draft.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead, SheetLink } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { countyToday } from '../../app/today.js';
import { FieldForm } from '../matters/field-form.js';
import { PlaceFilter } from '../matters/place-filter.js';
import { ImportSheet } from './import-sheet.js';
import { LedgerView } from './ledger-view.js';
import { valueText } from './value-text.js';
import { useRecordWords } from './words.js';

/** Registers (登记簿): one table, one form and one sheet for any of them, made from its definition. */
export function RegistersPage() {
  const said = useRecordWords();
  const { words } = useLanguage();
  const me = useMe();
  const navigate = useNavigate({ from: '/records' });
  const search = useSearch({ from: '/records' });
  const home = homeOf(me.data);
  const division = search.division ?? home;
  const registers = useQuery({
    queryKey: ['registers', division],
    queryFn: () => call<typeof listRegistersRoute>('get', '/api/registers', { query: { division } }),
    enabled: division !== '',
  });
  const known = registers.data?.registers ?? [];
  const chosen = known.find((each) => each.id === search.register) ?? known[0];
  const ledger = chosen?.ledgers.find((each) => each.id === search.ledger);
  return (
    <>
      <PageHead title={said.title}>
        <p className="quiet">{said.lead}</p>
      </PageHead>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label className="filter">
          {said.register}
          <select
            value={chosen?.id ?? ''}
            onChange={(event) =>
              void navigate({ search: ({ ledger: _closed, ...rest }) => ({ ...rest, register: event.target.value }) })
            }
          >
            {known.map((each) => (
              <option key={each.id} value={each.id}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        <PlaceFilter
          label={words.matters.place}
          value={search.division ?? ''}
          change={(place) =>
            void navigate({
              search: ({ division: _left, ...rest }) => (place === '' ? rest : { ...rest, division: place }),
            })
          }
        />
        {chosen === undefined || chosen.ledgers.length === 0 ? null : (
          <label className="filter">
            {said.ledgers}
            <select
              value={ledger?.id ?? ''}
              onChange={(event) =>
                void navigate({
                  search: ({ ledger: _closed, ...rest }) =>
                    event.target.value === '' ? rest : { ...rest, ledger: event.target.value },
                })
              }
            >
              <option value="">{words.none}</option>
              {chosen.ledgers.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </select>
          </label>
        )}
      </form>
      <Faults error={registers.error} />
      {registers.isSuccess && chosen === undefined ? <p>{said.none}</p> : null}
      {chosen === undefined ? null : (
        <>
          {chosen.about === null ? null : <p className="quiet">{chosen.about}</p>}
          {ledger === undefined ? null : <LedgerView register={chosen.id} ledger={ledger.id} division={division} />}
          {chosen.keeps ? (
            <Kept key={`${chosen.id} ${division}`} register={chosen} division={division} />
          ) : (
            <p>{said.keptElsewhere}</p>
          )}
        </>
      )}
    </>
  );
}

/** A list stays readable with so many fields of a record; the rest stands on the record's own page and in the sheet. */
const mostColumns = 7;

/** The fields a list shows: those that name the record, then the others as the register orders them. */
const listed = ({ fields, key }: RegisterView): RegisterView['fields'] => {
  const naming = fields.filter((field) => key.includes(field.id));
  const others = fields.filter((field) => !key.includes(field.id));
  return [...naming, ...others].slice(0, Math.max(mostColumns, naming.length));
};

/** What an office that keeps the register sees: the records, a form for a new one, the sheets. */
function Kept({ register, division }: { readonly register: RegisterView; readonly division: string }) {
  const said = useRecordWords();
  const { words } = useLanguage();
  const client = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: ['records', register.id, division],
    queryFn: ({ pageParam }) =>
      call<typeof listRecordsRoute>('get', '/api/registers/{register}/records', {
        params: { register: register.id },
        query: { division, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const draft = useDraft<{ on: string; fields: FieldValues }>(`record.${register.id}.${division}`, {
    on: countyToday(),
    fields: {},
  });
  const entering = useMutation({
    mutationFn: () =>
      call<typeof enterRecordRoute>('post', '/api/registers/{register}/records', {
        params: { register: register.id },
        json: { division, ...draft.value },
        commandId: draft.commandId,
      }),
    onSuccess: async () => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['records', register.id] });
    },
  });
  const rows = pages.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <>
      <Records<RecordRow>
        caption={said.records}
        rows={rows}
        loading={pages.isPending}
        keyOf={(row) => row.id}
        empty={said.noRecords}
        columns={[
          ...listed(register).map((field, at) => ({
            title: field.title,
            main: at === 0,
            figure: field.type === 'number' || field.type === 'money',
            render: (row: RecordRow) => {
              const text = valueText(field, row.fields, words.yes, words.no, row.placeNames);
              return at === 0 ? (
                <Link to="/records/$id" params={{ id: row.id }}>
                  {text === '' ? said.open : text}
                </Link>
              ) : (
                text
              );
            },
          })),
          { title: words.matters.place, render: (row: RecordRow) => row.divisionName },
          { title: said.since, render: (row: RecordRow) => row.since },
        ]}
      />
      <Faults error={pages.error} />
      <div className="row">
        {pages.hasNextPage ? <Button onClick={() => void pages.fetchNextPage()}>{words.more}</Button> : null}
        <SheetLink href={`/api/registers/${register.id}/records.xlsx?division=${division}`} />
      </div>
      <details className="panel">
        <summary>{said.add}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            entering.mutate();
          }}
        >
          <div className="field">
            <label htmlFor="record-on">{said.on}</label>
            <input
              id="record-on"
              type="date"
              required
              value={draft.value.on}
              onChange={(event) => draft.change({ ...draft.value, on: event.target.value })}
            />
          </div>
          <FieldForm
            prefix="record"
            division={division}
            fields={register.fields.filter((field) => !field.known)}
            values={draft.value.fields}
            change={(fields) => draft.change({ ...draft.value, fields })}
            error={entering.error}
          />
          <Faults error={entering.error} />
          <Button type="primary" htmlType="submit" loading={entering.isPending}>
            {said.save}
          </Button>
          {entering.isSuccess ? <p role="status">{said.saved}</p> : null}
          {(entering.data?.advice ?? []).map((advice) => (
            <p key={advice} className="record-advice">
              {said.advice}：{advice}
            </p>
          ))}
        </form>
      </details>
      <ImportSheet register={register.id} division={division} />
    </>
  );
}
