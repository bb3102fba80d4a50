import type { LedgerPage, readLedgerRoute } from '@lianxin/contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../app/call.js';
import { Faults } from '../../app/faults.js';
import { SheetLink } from '../../app/page-head.js';
import { Records } from '../../app/records.js';
import { useRecordWords } from './words.js';
import './records.css';

type Row = LedgerPage['rows'][number];

/** One ledger of a register (台账): its rows, its counts, its sheet. */
export function LedgerView(props: { readonly register: string; readonly ledger: string; readonly division: string }) {
  const { register, ledger, division } = props;
  const said = useRecordWords();
  const read = useQuery({
    queryKey: ['records', register, 'ledger', ledger, division],
    queryFn: () =>
      call<typeof readLedgerRoute>('get', '/api/registers/{register}/ledgers/{ledger}', {
        params: { register, ledger },
        query: { division },
      }),
  });
  const page = read.data;
  return (
    <>
      <Faults error={read.error} />
      {page !== undefined && page.columns.length === 0 ? null : <Rows page={page} loading={read.isPending} />}
      {page === undefined ? null : (
        <ul>
          {page.groups.map((group) => (
            <li key={group.title}>
              {group.title}：{group.rows}
              {group.atMost === null ? '' : `/${group.atMost}`}
            </li>
          ))}
          {page.composition.map((group) => (
            <li key={group.title}>
              {group.title}：
              {group.parts.map((part, at) => (
                <span key={part.title} className={part.standing === 'within' ? '' : 'record-off'}>
                  {at === 0 ? '' : '，'}
                  {part.title} {part.said}
                  {part.standing === 'within' ? '' : ` ${said.standings[part.standing]}`}
                </span>
              ))}
            </li>
          ))}
          {page.once === null ? null : (
            <li>
              {said.once}：{page.once}
            </li>
          )}
          {page.sums.map((sum) => (
            <li key={sum.title}>
              {said.total} {sum.title}：{sum.total}
            </li>
          ))}
        </ul>
      )}
      <SheetLink href={`/api/registers/${register}/ledgers/${ledger}/sheet.xlsx?division=${division}`} />
    </>
  );
}

/** The rows of a ledger; one of totals alone has no columns and no rows. */
function Rows({ page, loading }: { readonly page: LedgerPage | undefined; readonly loading: boolean }) {
  const said = useRecordWords();
  return (
    <Records<Row>
      caption={page?.title ?? ''}
      rows={page?.rows ?? []}
      loading={loading}
      keyOf={(row) => row.id}
      toneOf={(row) => (row.overdue ? 'row-late' : '')}
      empty={said.noRecords}
      columns={(page?.columns ?? []).map((title, at) => ({
        title,
        main: at === 0,
        render: (row: Row) => row.cells[at] ?? '',
      }))}
    />
  );
}
