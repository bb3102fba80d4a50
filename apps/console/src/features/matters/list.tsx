import type { listMattersRoute, MatterFilter, MatterRow } from '@lianxin/contract';
import { addressOf } from '@lianxin/contract/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Table } from 'antd';
import { call } from '../../app/call.js';
import { Due } from '../../app/due.js';
import { Faults } from '../../app/faults.js';
import { useLanguage } from '../../app/language.js';
import { moment } from '../../app/moment.js';

/** The list of matters (事项台账): filters stand in the address, so that a view can be kept, sent and come back to. */
export function MatterListPage() {
  const { words, language } = useLanguage();
  const filter = useSearch({ from: '/matters' });
  const navigate = useNavigate({ from: '/matters' });
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
  const select = (
    name: 'state' | 'overdue' | 'sort' | 'holder',
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <label className="filter">
      {label}
      <Select
        allowClear
        value={filter[name] ?? null}
        placeholder={words.matters.all}
        onChange={(value: string | undefined) => choose({ [name]: value })}
        options={options.map(([value, title]) => ({ value, label: title }))}
      />
    </label>
  );
  return (
    <>
      <header className="page-head row">
        <h1>{words.nav.matters}</h1>
        <span className="row">
          <a className="button" href={addressOf('/api/matters.xlsx', {}, filter)} download>
            {words.exportSheet}
          </a>
        </span>
      </header>
      <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        {select('state', words.matters.state, Object.entries(words.matters.states))}
        {select('overdue', words.matters.overdue, [
          ['yes', words.matters.overdueOnly],
          ['no', words.matters.inTime],
        ])}
        {select('holder', words.matters.holder, [['mine', words.matters.mine]])}
        {select('sort', words.matters.sort, [
          ['newest', words.matters.newest],
          ['due', words.matters.byDue],
        ])}
      </form>
      <Faults error={pages.error} />
      <Table<MatterRow>
        rowKey="id"
        dataSource={rows}
        loading={pages.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: words.matters.noMatters }}
        columns={[
          {
            title: words.matters.number,
            render: (_, row) => (
              <Link to="/matters/$id" params={{ id: row.id }}>
                {row.number}
              </Link>
            ),
          },
          { title: words.matters.subject, dataIndex: 'subject', width: 320, ellipsis: true },
          { title: words.matters.kind, render: (_, row) => row.kindTitle ?? row.procedureTitle },
          { title: words.matters.place, dataIndex: 'divisionName' },
          { title: words.matters.state, render: (_, row) => row.stageTitle ?? words.matters.states[row.state] },
          { title: words.matters.holder, render: (_, row) => row.holderName ?? words.none },
          {
            title: words.matters.due,
            render: (_, row) =>
              row.state === 'ended' ? (
                words.matters.states.ended
              ) : (
                <Due due={row.due} overdueDays={row.overdueDays} provisional={row.provisional} />
              ),
          },
          { title: words.matters.openedAt, render: (_, row) => moment(row.openedAt, language) },
        ]}
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
