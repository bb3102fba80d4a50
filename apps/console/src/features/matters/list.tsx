import type { listMattersRoute, MatterFilter, MatterRow } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';
import { PageHead, SheetLink } from '../../app/page-head.js';
import { Records, type Column } from '../../app/records.js';
import { homeOf, useMe } from '../../app/session.js';
import { useVillages } from './villages.js';

type Choice = readonly (readonly [value: string, title: string])[];

/** The list of matters (事项台账): filters stand in the address, so that a view can be kept, sent and come back to. */
export function MatterListPage() {
  const { words, language, term } = useLanguage();
  const filter = useSearch({ from: '/matters' });
  const navigate = useNavigate({ from: '/matters' });
  const me = useMe();
  const villages = useVillages(homeOf(me.data));
  const pages = useInfiniteQuery({
    queryKey: ['matters', filter],
    queryFn: ({ pageParam }) =>
      call<typeof listMattersRoute>('get', '/api/matters', {
        query: { ...filter, ...(pageParam === '' ? {} : { after: pageParam }), limit: 50 },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const choose = (change: Partial<MatterFilter>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const select = (name: 'state' | 'overdue' | 'sort' | 'holder' | 'division', label: string, options: Choice) => (
    <label className="filter">
      {label}
      <select
        value={filter[name] ?? ''}
        onChange={(event) => choose({ [name]: event.target.value === '' ? undefined : event.target.value })}
      >
        <option value="">{words.matters.all}</option>
        {options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
  const columns: readonly Column<MatterRow>[] = [
    {
      title: words.matters.subject,
      main: true,
      render: (row) => (
        <Link to="/matters/$id" params={{ id: row.id }} className="clamp">
          {row.subject}
        </Link>
      ),
    },
    {
      title: words.matters.due,
      render: (row) =>
        row.state === 'ended' ? (
          <span className="quiet">{term(row.resultTitle ?? words.matters.states.ended)}</span>
        ) : (
          <Due due={row.due} overdueDays={row.overdueDays} provisional={row.provisional} />
        ),
    },
    { title: words.matters.state, render: (row) => term(row.stageTitle ?? words.matters.states[row.state]) },
    { title: words.matters.kind, render: (row) => term(row.kindTitle ?? row.procedureTitle) },
    { title: words.matters.place, render: (row) => row.divisionName },
    { title: words.matters.holder, render: (row) => row.holderName ?? words.none },
    { title: words.matters.openedAt, render: (row) => moment(row.openedAt, language) },
    { title: words.matters.number, render: (row) => <span className="number">{row.number}</span> },
  ];
  return (
    <>
      <PageHead title={words.nav.matters} actions={<SheetLink href={addressOf('/api/matters.xlsx', {}, filter)} />} />
      <form className="filters no-print" role="search" onSubmit={(event) => event.preventDefault()}>
        {select('state', words.matters.state, Object.entries(words.matters.states))}
        {select('overdue', words.matters.overdue, [
          ['yes', words.matters.overdueOnly],
          ['no', words.matters.inTime],
        ])}
        {select('holder', words.matters.holder, [
          ['mine', words.matters.mine],
          ...(filter.holder === undefined || filter.holder === 'mine'
            ? []
            : ([[filter.holder, rows[0]?.holderName ?? '…']] as const)),
        ])}
        {select(
          'division',
          words.matters.place,
          villages.map(({ code, name }) => [code, name]),
        )}
        {select('sort', words.matters.sort, [
          ['newest', words.matters.newest],
          ['due', words.matters.byDue],
        ])}
      </form>
      <Faults error={pages.error} />
      <Records
        caption={words.nav.matters}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.id}
        toneOf={(row) => (row.overdueDays > 0 ? 'row-late' : '')}
        loading={pages.isPending}
        empty={words.matters.noMatters}
      />
      {pages.hasNextPage ? (
        <p className="centred">
          <Button onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            {words.more}
          </Button>
        </p>
      ) : null}
    </>
  );
}
