import { parsePlainDate, type PlainDate } from '../date/index.js';
import { explainFault, fault, type Fault } from '../fault/index.js';
import type { Register } from '../policy-pack/index.js';
import type { Field, FieldValue, FieldValues } from '../procedure/index.js';
import { knownFields, type Elsewhere } from './known-fields.js';
import { judgeRecord, type GuardedRecord } from './rule-on-record.js';

/** What a cell of a sheet may hold. */
export type Cell = string | number | boolean | null;

/** A row that may be saved. `row` counts as the spreadsheet does: the head is row 1. */
export type ReadRow = { readonly row: number; readonly values: FieldValues };

/** Why a cell or a row cannot be taken in, and what would cure it; `column` is empty when the row as a whole is meant. */
export type RowFault = {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
  readonly suggestion: string;
  readonly fault: Fault;
};

const between = '；';

/** The fields of a register that somebody fills in: all but those known from another register. */
export const askedFields = (register: Register): readonly Field[] => {
  const known = new Set(knownFields(register).map((each) => each.field));
  return register.fields.filter((field) => !known.has(field.id));
};

/** The head of a register's sheet 表头: one column for each field that is asked, by its title. */
export const sheetHead = (register: Register): string[] => askedFields(register).map((field) => field.title);

/** A value as a cell shows it: choices by their titles, yes and no in Chinese, lists with a Chinese semicolon. */
export function cellOf(field: Field, value: FieldValue | undefined | null): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  const titled = (id: string): string => field.choices?.find((choice) => choice.id === id)?.title ?? id;
  if (Array.isArray(value)) return value.map(titled).join(between);
  return typeof value === 'string' ? titled(value) : value;
}

/** Records as rows below the head. */
export const rowsOf = (register: Register, records: readonly { readonly fields: FieldValues }[]): Cell[][] =>
  records.map((record) => askedFields(register).map((field) => cellOf(field, record.fields[field.id])));

/**
 * Reads rows of a sheet into values of a register 导入核对: what may be saved, and every fault with its row and column.
 *
 * Columns are found by title, in any order. A row is judged with the records that stand and with the rows above it, so that two rows
 * for one thing are found before anything is saved. Empty rows are passed over.
 */
export function readRows(
  register: Register,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  today: PlainDate,
  others: readonly GuardedRecord[] = [],
  elsewhere: Elsewhere = {},
): { readonly rows: readonly ReadRow[]; readonly faults: readonly RowFault[] } {
  const titles = head.map((title) => title.trim());
  const faults: RowFault[] = [...faultsOfHead(register, titles)];
  const taken: ReadRow[] = [];
  const standing = [...others];
  for (const [at, cells] of rows.entries()) {
    const row = at + 2;
    if (cells.every((cell) => cell === null || String(cell).trim() === '')) continue;
    const values: Record<string, FieldValue> = {};
    for (const field of askedFields(register)) {
      const value = valueOfCell(field, cells[titles.indexOf(field.title)] ?? null);
      if (value !== undefined) values[field.id] = value;
    }
    const id = `row ${row}`;
    const judged = judgeRecord(register, { id, fields: values }, { others: standing, today, elsewhere });
    if (judged.length === 0) {
      taken.push({ row, values });
      standing.push({ id, fields: values });
    }
    for (const each of judged) {
      const field = register.fields.find((one) => one.id === each.field);
      faults.push(inRow(row, field?.title ?? '', each.fault, field));
    }
  }
  return { rows: taken, faults };
}

function faultsOfHead(register: Register, titles: readonly string[]): RowFault[] {
  const known = sheetHead(register);
  const missing = askedFields(register)
    .filter((field) => field.optional !== true && field.if === undefined && !titles.includes(field.title))
    .map((field) => inRow(1, field.title, fault('sheet-column-missing', { column: field.title })));
  const strange = titles
    .filter((title) => title !== '' && !known.includes(title))
    .map((title) => inRow(1, title, fault('sheet-column-unknown', { column: title, known: known.join('、') })));
  return [...missing, ...strange];
}

function inRow(row: number, column: string, found: Fault, field?: Field): RowFault {
  const said = explainFault(found, 'zh-CN');
  return { row, column, reason: said.what, suggestion: suggest(field, found) ?? said.cure, fault: found };
}

/** What could stand in the cell instead. */
function suggest(field: Field | undefined, found: Fault): string | undefined {
  if (field === undefined || !(found.code === 'field-invalid' || found.code === 'field-missing')) return undefined;
  if (field.choices !== undefined) return `可以填：${field.choices.map((choice) => choice.title).join('、')}`;
  if (field.type === 'date') return '日期写作 2026-03-05';
  if (field.type === 'yes-no') return '填“是”或者“否”';
  if (field.type === 'number' || field.type === 'money') return '只填数字，不带单位';
  if (field.type === 'list') return '几项之间用“；”隔开';
  return undefined;
}

const yes = new Set(['是', 'true', 'yes', '√', '1']);
const no = new Set(['否', 'false', 'no', '×', '0']);

/** A cell as a value of its field; what cannot be read stays as it is, so that the check says what is wrong with it. */
function valueOfCell(field: Field, cell: Cell): FieldValue | undefined {
  const text = cell === null ? '' : String(cell).trim();
  if (text === '') return undefined;
  const idOf = (title: string): string => field.choices?.find((choice) => choice.title === title)?.id ?? title;
  switch (field.type) {
    case 'number':
    case 'money':
      return typeof cell === 'number' || !/^-?[0-9]+(\.[0-9]+)?$/u.test(text.replaceAll(',', ''))
        ? (cell ?? text)
        : Number(text.replaceAll(',', ''));
    case 'yes-no':
      if (yes.has(text.toLowerCase())) return true;
      return no.has(text.toLowerCase()) ? false : text;
    case 'choice':
      return idOf(text);
    case 'choices':
    case 'list':
    case 'files':
      return text
        .split(/[;；]/u)
        .map((item) => idOf(item.trim()))
        .filter((item) => item !== '');
    case 'date':
      return dayOf(text);
    default:
      return text;
  }
}

/** 2026/3/5, 2026.3.5 and 2026年3月5日 are the day 2026-03-05. */
function dayOf(text: string): string {
  const match = /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/u.exec(text);
  if (match === null) return text;
  const [, year = '', month = '', day = ''] = match;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parsePlainDate(written).ok ? written : text;
}
