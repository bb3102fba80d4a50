import type { LedgerPage } from '@lianxin/contract';
import { askedFields, cellOf, type Register } from '@lianxin/domain';
import { sheetOf, type Column } from '../sheets/index.js';
import type { StoredRecord } from './records.store.js';

/** Records as a workbook whose columns are those of the template, so that it can be read in again. */
export const recordsSheet = (
  register: Register,
  records: readonly Pick<StoredRecord, 'fields'>[],
): Promise<Uint8Array> =>
  sheetOf(
    register.title,
    askedFields(register).map((field): Column<Pick<StoredRecord, 'fields'>> => ({
      title: field.title,
      width: Math.max(12, field.title.length * 2 + 4),
      value: (record) => cellOf(field, record.fields[field.id]),
    })),
    records,
  );

/** A ledger as a workbook: its rows, then its counts and sums. */
export const ledgerSheet = (page: LedgerPage): Promise<Uint8Array> => {
  type Line = { readonly cells: readonly (string | number | null)[]; readonly overdue: boolean };
  const told = (...cells: (string | number | null)[]): Line => ({ cells, overdue: false });
  const lines: Line[] = [
    ...page.rows,
    told('合计', page.rows.length),
    ...(page.once === null ? [] : [told('不重复计', page.once)]),
    ...page.groups.map((group) => told(group.title, group.rows)),
    ...page.sums.map((sum) => told(sum.title, sum.total)),
    ...page.composition.flatMap((group) => group.parts.map((part) => told(group.title, `${part.title} ${part.said}`))),
  ];
  const width = Math.max(2, page.columns.length);
  return sheetOf(
    page.title,
    Array.from({ length: width }, (_, at) => ({
      title: page.columns[at] ?? '',
      value: (line: Line) => line.cells[at] ?? null,
      red: (line: Line) => line.overdue,
    })),
    lines,
  );
};
