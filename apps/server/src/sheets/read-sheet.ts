import { newWorkbook } from './workbook.js';

/** What a cell holds once formulas, rich text and links are reduced to what the reader sees. */
export type SheetCell = string | number | boolean | null;

/** A sheet as read: its head row and the rows below, in the order of the file. */
export interface SheetRows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const reduced = (value: unknown): SheetCell => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // Our own export writes an apostrophe before what a spreadsheet could take for a formula.
  if (typeof value === 'string') return value.replace(/^'(?=[=+\-@\t\r])/u, '');
  // A spreadsheet's day has no time zone; the library gives it as midnight UTC.
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return null;
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('');
  }
  if ('result' in value) return reduced(value.result);
  if ('text' in value) return reduced(value.text);
  return null;
};

/**
 * The first sheet of a workbook (读入电子表格), or undefined when the bytes are none or there are more than `most` rows.
 * Formulas count by the result that was saved with them; nothing is computed.
 */
export const readSheet = async (bytes: Uint8Array, most: number): Promise<SheetRows | undefined> => {
  const book = await newWorkbook();
  try {
    await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  } catch {
    return undefined;
  }
  const sheet = book.worksheets[0];
  if (sheet === undefined || sheet.rowCount < 1 || sheet.rowCount > most + 1) return undefined;
  const width = Math.min(sheet.columnCount, 200);
  const cellsOf = (row: number): SheetCell[] =>
    Array.from({ length: width }, (_, at) => reduced(sheet.getRow(row).getCell(at + 1).value));
  return {
    head: cellsOf(1).map((cell) => String(cell ?? '').trim()),
    rows: Array.from({ length: sheet.rowCount - 1 }, (_, at) => cellsOf(at + 2)),
  };
};
