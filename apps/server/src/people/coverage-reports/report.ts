import type { CoverageReport, CoverageRow } from '@lianxin/contract';
import { scopeOf } from '@lianxin/domain';
import type { Tx } from '../../storage/transaction.js';

/** What a report is asked for: a division and everything below it, on a day. */
export interface CoverageQuery {
  readonly division: string;
  readonly on: string;
}

/** What a report gives back; the frame adds division and day. */
export type CoverageFindings = Pick<CoverageReport, 'title' | 'figures' | 'columns' | 'rows'>;

/** One coverage report 覆盖情况: reads, counts, lists what is missing. Row-level security decides what it can see. */
export type Coverage = (tx: Tx, query: CoverageQuery) => Promise<CoverageFindings>;

/** The values every report's SQL takes: `$1` county, `$2` day, `$3` and `$4` the range. */
export const rangeValues = (tx: Tx, query: CoverageQuery): [string, string, string, string] => {
  const { lo, hi } = scopeOf(query.division);
  return [tx.context.county, query.on, lo, hi];
};

/** Villages in the range that stand on the day; `$2`, `$3`, `$4` of `rangeValues`. */
export const villages = `select d.code, d.name, d.kind from lx.division d
  where d.county = $1 and d.level = 'village' and d.code >= $3 and d.code < $4
    and d.valid_from <= $2::date and (d.valid_to is null or d.valid_to > $2::date)`;

/** Columns of a report, in order: id and title. */
export const columnsOf = (columns: Readonly<Record<string, string>>): CoverageReport['columns'] =>
  Object.entries(columns).map(([id, title]) => ({ id, title }));

/** How many rows fulfil a test. */
export const countOf = <Row>(rows: readonly Row[], test: (row: Row) => boolean): number => rows.filter(test).length;

/** Rows of SQL as they go out. */
export type Found = CoverageRow;
