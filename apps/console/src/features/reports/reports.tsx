import { addressOf, type Call } from '@lianxin/contract/client';
import type {
  admissionRoute,
  finishedInVillageRoute,
  ledgerRoute,
  oneTimeNoticeRoute,
  ordersRoute,
  proxyServicesRoute,
  ratingsRoute,
  recurringRoute,
  ReportQuery,
  settledRoute,
  timelinessRoute,
} from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { PageHead, SheetLink } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import type { Words } from '../../app/words/zh.js';
import { PlaceFilter } from '../matters/place-filter.js';
import { columnsOf, type Row } from './report-columns.js';

/** How each report is asked for; its rows are shown by the columns of report-columns.tsx. */
const asks = {
  timeliness: async (send: Call, query: ReportQuery) => [
    await send<typeof timelinessRoute>('get', '/api/reports/timeliness', { query }),
  ],
  orders: async (send: Call, query: ReportQuery) =>
    (await send<typeof ordersRoute>('get', '/api/reports/orders', { query })).rows,
  settled: async (send: Call, query: ReportQuery) =>
    (await send<typeof settledRoute>('get', '/api/reports/settled', { query })).rows,
  ratings: async (send: Call, query: ReportQuery) =>
    (await send<typeof ratingsRoute>('get', '/api/reports/ratings', { query })).rows,
  'proxy-services': async (send: Call, query: ReportQuery) =>
    (await send<typeof proxyServicesRoute>('get', '/api/reports/proxy-services', { query })).rows,
  'finished-in-village': async (send: Call, query: ReportQuery) =>
    (await send<typeof finishedInVillageRoute>('get', '/api/reports/finished-in-village', { query })).rows,
  ledger: async (send: Call, query: ReportQuery) =>
    (await send<typeof ledgerRoute>('get', '/api/reports/ledger', { query })).rows,
  recurring: async (send: Call, query: ReportQuery) =>
    (await send<typeof recurringRoute>('get', '/api/reports/recurring', { query })).rows,
  admission: async (send: Call, query: ReportQuery) => {
    const { admitted, undecided, reported } = await send<typeof admissionRoute>('get', '/api/reports/admission', {
      query,
    });
    return [
      ...admitted.map((row) => ({ ...row, group: 'admitted' })),
      ...undecided.map((row) => ({ ...row, group: 'undecided' })),
      ...reported.map((row) => ({ ...row, group: 'reported' })),
    ];
  },
  'one-time-notice': async (send: Call, query: ReportQuery) =>
    (await send<typeof oneTimeNoticeRoute>('get', '/api/reports/one-time-notice', { query })).rows,
} satisfies Record<string, (send: Call, query: ReportQuery) => Promise<readonly object[]>>;

export type ReportId = keyof typeof asks;
const ids = Object.keys(asks) as ReportId[];
const isReport = (name: string | undefined): name is ReportId => name !== undefined && name in asks;

/** What can be started from a report: a village's report of an item that is not on the list, a demand several villages share. */
function startsOf(name: ReportId, words: Words): ReactNode {
  if (name === 'admission') {
    return (
      <>
        <Link to="/start" search={{ kind: 'unadmitted-item' }} className="button">
          {words.reportItem}
        </Link>
        <Link to="/start" search={{ kind: 'task-admission' }} className="button">
          {words.applyItem}
        </Link>
      </>
    );
  }
  if (name !== 'recurring') return null;
  return (
    <Link to="/start" search={{ kind: 'recurring-demand' }} className="button">
      {words.startShared}
    </Link>
  );
}

/** Reports (报表): figures with their base, for the place and the days asked; each exports as a spreadsheet. */
export function ReportsPage() {
  const { words, language, term } = useLanguage();
  const { name: asked } = useParams({ strict: false });
  const name: ReportId = isReport(asked) ? asked : 'ledger';
  const query = useSearch({ strict: false }) as ReportQuery;
  const navigate = useNavigate();
  const rows = useQuery({
    queryKey: ['report', name, query],
    queryFn: async (): Promise<readonly object[]> => asks[name](call, query),
  });
  const choose = (change: Partial<ReportQuery>) =>
    void navigate({ to: '/reports/$name', params: { name }, search: { ...query, ...change }, replace: true });
  const day = (key: 'from' | 'to', label: string) => (
    <label className="filter">
      {label}
      <Input
        type="date"
        value={query[key] ?? ''}
        onChange={(event) => choose({ [key]: event.target.value || undefined })}
      />
    </label>
  );
  return (
    <>
      <PageHead
        title={words.reports[name]}
        above={<p className="quiet crumbs">{words.nav.reports}</p>}
        actions={
          <>
            {startsOf(name, words)}
            <SheetLink href={addressOf('/api/reports/{name}/xlsx', { name }, query)} />
          </>
        }
      >
        <p className="quiet">{words.reportsLead}</p>
      </PageHead>
      <nav aria-label={words.nav.reports} className="tabs">
        {ids.map((id) => (
          <Link
            key={id}
            to="/reports/$name"
            params={{ name: id }}
            search={query}
            {...(id === name ? { 'aria-current': 'page' as const } : {})}
          >
            {words.reports[id]}
          </Link>
        ))}
      </nav>
      <form className="filters no-print" onSubmit={(event) => event.preventDefault()}>
        <PlaceFilter
          label={words.reportPlace}
          value={query.division ?? ''}
          change={(place) => choose({ division: place === '' ? undefined : place })}
        />
        {day('from', words.people.since)}
        {day('to', words.people.until)}
      </form>
      <Faults error={rows.error} />
      <Records<Row>
        caption={words.reports[name]}
        rows={(rows.data ?? []) as Row[]}
        loading={rows.isPending}
        keyOf={(row) => JSON.stringify(row)}
        toneOf={(row) => (row['red'] === true ? 'row-late' : '')}
        empty={words.reportsEmpty}
        columns={columnsOf(name, words, language, term)}
      />
    </>
  );
}
