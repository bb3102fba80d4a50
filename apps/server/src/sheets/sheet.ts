import { newWorkbook } from './workbook.js';

/** A column of an exported list: what stands in its head, and how wide it is in characters. */
export interface Column<Row> {
  readonly title: string;
  readonly width?: number;
  readonly value: (row: Row) => string | number | boolean | null | undefined;
  /** Rows for which the cell stands out in red, e.g. what is overdue. */
  readonly red?: (row: Row) => boolean;
}

/** A cell never starts with a character that a spreadsheet takes for a formula; the text stays readable behind an apostrophe. */
export const safeCell = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);

/** Characters that XML cannot hold would make the whole workbook unreadable. */
// oxlint-disable-next-line no-control-regex
const unreadable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;

const cellOf = (value: string | number | boolean | null | undefined): string | number | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  return safeCell(value.replaceAll(unreadable, '')).slice(0, 32_767);
};

/** A list as a workbook (导出电子表格) with one sheet, head row frozen; numbers stay numbers, everything else is text. */
export const sheetOf = async <Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<Uint8Array> => {
  const book = await newWorkbook();
  const sheet = book.addWorksheet(title.replaceAll(/[\\/*?:[\]]/gu, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = columns.map((column) => ({ header: column.title, width: column.width ?? 16 }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) {
    const line = sheet.addRow(columns.map((column) => cellOf(column.value(row))));
    columns.forEach((column, at) => {
      if (column.red?.(row) === true) line.getCell(at + 1).font = { color: { argb: 'FFC00000' }, bold: true };
    });
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
};
