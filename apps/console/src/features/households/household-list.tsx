import type {
  cardReportRoute,
  HouseholdImport,
  HouseholdRow,
  listHouseholdsRoute,
  readGridMapRoute,
} from '@lianxin/contract';
import { addressOf, RefusedError, type FaultInWords } from '@lianxin/contract/client';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, newCommandId } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { currentLanguage } from '../../app/language.js';
import { Loading, PageHead, SheetLink } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { VillageSelect } from '../matters/village-select.js';
import { useVillages } from '../matters/villages.js';
import { useHouseholdWords } from './words.js';
import './households.css';

const sendSheet = async (division: string, file: File, dryRun: boolean): Promise<HouseholdImport> => {
  const form = new FormData();
  form.set('division', division);
  form.set('datum', 'wgs-84');
  form.set('dryRun', dryRun ? 'yes' : 'no');
  form.set('file', file);
  const answer = await fetch('/api/households/import', {
    method: 'POST',
    body: form,
    headers: { 'idempotency-key': newCommandId(), 'accept-language': currentLanguage() },
  });
  if (answer.ok) return (await answer.json()) as HouseholdImport;
  throw new RefusedError(answer.status, ((await answer.json()) as { faults: FaultInWords[] }).faults);
};

/** Households from a sheet (导入住户): checked row by row, then all or none. */
function ImportSheet({ division }: { readonly division: string }) {
  const words = useHouseholdWords();
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const send = useMutation({
    mutationFn: (dryRun: boolean) =>
      file === undefined ? Promise.reject(new Error('no file')) : sendSheet(division, file, dryRun),
    onSuccess: () => client.invalidateQueries({ queryKey: ['households-list'] }),
  });
  const report = send.data;
  return (
    <details className="panel no-print">
      <summary>{words.importSheet}</summary>
      <p>
        <a className="button" href="/api/households/template.xlsx" download>
          {words.template}
        </a>
      </p>
      <div className="field">
        <label htmlFor="household-sheet">{words.importSheet} (xlsx)</label>
        <input id="household-sheet" type="file" accept=".xlsx" onChange={(event) => setFile(event.target.files?.[0])} />
      </div>
      <Faults error={send.error} />
      {report === undefined ? null : (
        <div role="status">
          {report.problems.length > 0 ? null : (
            <p className="told">{report.imported > 0 ? words.imported(report.imported) : words.ready(report.rows)}</p>
          )}
          <ul className="plain">
            {report.problems.map((one) => (
              <li key={`${one.row} ${one.column} ${one.what}`}>
                <strong>{words.problem(one.row, one.column)}</strong> {one.what} {one.cure}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="row left">
        <Button disabled={file === undefined} onClick={() => send.mutate(true)}>
          {words.dryRun}
        </Button>
        <Button
          type="primary"
          disabled={file === undefined}
          loading={send.isPending}
          onClick={() => send.mutate(false)}
        >
          {words.doImport}
        </Button>
      </p>
    </details>
  );
}

/** Households of a village with their grid and card (联系户): who has none is one press away. */
export function HouseholdListPage() {
  const words = useHouseholdWords();
  const me = useMe();
  const navigate = useNavigate({ from: '/households' });
  const search = useSearch({ from: '/households' });
  const villages = useVillages(homeOf(me.data));
  const division = search.division ?? (villages.length === 1 ? (villages[0]?.code ?? '') : '');
  const card = search.card === 'with' || search.card === 'without' ? search.card : undefined;
  const filter: { division: string; grid?: string; card?: 'with' | 'without'; label?: string } = {
    division,
    ...(search.grid === undefined ? {} : { grid: search.grid }),
    ...(card === undefined ? {} : { card }),
    ...(search.label === undefined ? {} : { label: search.label }),
  };
  const set = (change: Partial<typeof search>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, division, ...change }).filter(([, value]) => value !== '' && value !== undefined),
    );
    void navigate({ search: next, replace: true });
  };
  const pages = useInfiniteQuery({
    queryKey: ['households-list', filter],
    queryFn: ({ pageParam }) =>
      call<typeof listHouseholdsRoute>('get', '/api/households', {
        query: { ...filter, ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: division !== '',
  });
  const map = useQuery({
    queryKey: ['grid-map', division],
    queryFn: () => call<typeof readGridMapRoute>('get', '/api/villages/{division}/grid-map', { params: { division } }),
    enabled: division !== '',
  });
  const report = useQuery({
    queryKey: ['households-list', 'report', division],
    queryFn: () => call<typeof cardReportRoute>('get', '/api/household-cards/report', { query: { division } }),
    enabled: division !== '',
  });
  const rows = pages.data?.pages.flatMap((page) => page.households) ?? [];
  const may = (duty: string) => me.data?.capabilities.includes(duty) === true;
  const grids = map.data?.map?.grids ?? [];
  return (
    <>
      <PageHead
        title={words.listTitle}
        actions={division === '' ? null : <SheetLink href={addressOf('/api/households.xlsx', {}, filter)} />}
      >
        <p className="quiet">{words.listLead}</p>
      </PageHead>
      <VillageSelect
        id="households-village"
        label={words.village}
        villages={villages}
        value={division}
        change={(code) => void navigate({ search: code === '' ? {} : { division: code }, replace: true })}
      />
      {division === '' ? null : (
        <>
          {report.data === undefined ? null : (
            <p className="told" data-report>
              {words.report(report.data.cards, report.data.households)}
            </p>
          )}
          <div className="row left no-print">
            <div className="field">
              <label htmlFor="households-grid">{words.grid}</label>
              <select
                id="households-grid"
                value={search.grid ?? ''}
                onChange={(event) => set({ grid: event.target.value })}
              >
                <option value="">{words.all}</option>
                {grids.map((grid) => (
                  <option key={grid.id} value={grid.id}>
                    {grid.name}
                  </option>
                ))}
              </select>
            </div>
            <div className="field">
              <label htmlFor="households-card">{words.card}</label>
              <select
                id="households-card"
                value={search.card ?? ''}
                onChange={(event) => set({ card: event.target.value })}
              >
                <option value="">{words.all}</option>
                <option value="with">{words.with}</option>
                <option value="without">{words.without}</option>
              </select>
            </div>
            {search.grid !== undefined && may('keep-cards') ? (
              <Link className="button" to="/household-cards" search={{ division, grid: search.grid }}>
                {words.printGrid}
              </Link>
            ) : null}
          </div>
          <Faults error={pages.error} />
          {pages.isPending ? (
            <Loading />
          ) : (
            <Records<HouseholdRow>
              caption={words.listTitle}
              rows={rows}
              keyOf={(row) => row.id}
              empty={words.none}
              columns={[
                { title: words.label, main: true, render: (row) => row.label },
                { title: words.grid, render: (row) => row.gridName ?? '–' },
                { title: words.worker, render: (row) => row.worker ?? '–' },
                {
                  title: words.card,
                  render: (row) => (
                    <Link
                      to="/households/$id"
                      params={{ id: row.id }}
                      search={{ division: row.division, label: row.label }}
                    >
                      {row.issuedOn === null ? words.issue : words.issued(row.issuedOn)}
                      <span className="unseen"> {row.label}</span>
                    </Link>
                  ),
                },
              ]}
            />
          )}
          {pages.hasNextPage ? <Button onClick={() => void pages.fetchNextPage()}>{words.more}</Button> : null}
          {may('keep-places') ? <ImportSheet key={division} division={division} /> : null}
        </>
      )}
    </>
  );
}
