import {
  addDays,
  compareIdentity,
  dateOfDayNumber,
  fault,
  parsePlainDate,
  plainDate,
  dayNumberOf,
  readIdentityNumber,
  readPhone,
  type Fault,
  type PlainDate,
} from '@lianxin/domain';
import { FileRefused, type Cell, type SheetRead, type SheetRow } from '../xlsx/index.js';
import { peopleColumns, titleOf, type PeopleColumn, type PeopleKey } from './columns.js';

/** One thing about a row: where, what, and whether it stops the import. */
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly fault: Fault;
  readonly refuses: boolean;
}

/** A person as a row enters it, every cell checked by itself; villages, bodies and posts are still names. */
export interface PersonEntry {
  readonly row: number;
  readonly name: string;
  readonly sex: 'male' | 'female' | undefined;
  readonly birthYear: number | undefined;
  readonly idNumber: string | undefined;
  readonly phone: string | undefined;
  readonly village: string;
  readonly group: number | undefined;
  readonly household: string | undefined;
  readonly member: boolean;
  readonly branch: string | undefined;
  readonly post: string | undefined;
  readonly body: string | undefined;
  readonly from: PlainDate | undefined;
  /** First day after the term. */
  readonly to: PlainDate | undefined;
}

/** What was read of a file. */
export interface PeopleRead {
  readonly rows: number;
  readonly entries: readonly PersonEntry[];
  readonly problems: readonly RowProblem[];
}

const norm = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase();

/** Which column of the sheet holds what. Throws `FileRefused` when a heading is missing, strange or doubled. */
const readHeadings = (head: SheetRow | undefined): ReadonlyMap<PeopleKey, number> => {
  if (head === undefined || head.row !== 1) {
    const all = peopleColumns.filter((column) => column.must).map((column) => column.title);
    throw new FileRefused(fault('import-heading-missing', { headings: all.join('、') }));
  }
  const found = new Map<PeopleKey, number>();
  for (const [at, cell] of head.cells) {
    const wanted = norm(cell.text);
    const column = peopleColumns.find((one) => norm(one.title) === wanted || norm(one.english) === wanted);
    const heading = cell.text.slice(0, 40);
    if (column === undefined) throw new FileRefused(fault('import-heading-unknown', { heading }));
    if (found.has(column.key)) throw new FileRefused(fault('import-heading-twice', { heading }));
    found.set(column.key, at);
  }
  const missing = peopleColumns.filter((column) => column.must && !found.has(column.key));
  if (missing.length > 0)
    throw new FileRefused(fault('import-heading-missing', { headings: missing.map((one) => one.title).join('、') }));
  return found;
};

/** Days between 1970-01-01 and the day before a spreadsheet's day 1, by the two ways of counting. */
const epochs = { usual: dayNumberOf(plainDate('1899-12-30')), from1904: dayNumberOf(plainDate('1904-01-01')) };

/** A date however people and programs write it, or undefined. */
const readDate = (cell: Cell, from1904: boolean): PlainDate | undefined => {
  const text = cell.text.normalize('NFKC').trim();
  if (cell.kind === 'number' && /^\d{1,5}(?:\.0+)?$/u.test(text) && Number(text) > 60)
    return dateOfDayNumber(Math.trunc(Number(text)) + (from1904 ? epochs.from1904 : epochs.usual));
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/u.exec(text) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?$/u.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const read = parsePlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return read.ok ? read.value : undefined;
};

/** One row while it is read: the cells by key, and what is found wrong. */
class RowReader {
  readonly problems: RowProblem[] = [];
  private readonly row: SheetRow;
  private readonly headings: ReadonlyMap<PeopleKey, number>;
  constructor(row: SheetRow, headings: ReadonlyMap<PeopleKey, number>) {
    this.row = row;
    this.headings = headings;
  }

  refuse(key: PeopleKey, ...faults: readonly Fault[]): void {
    for (const one of faults)
      this.problems.push({ row: this.row.row, column: titleOf(key), fault: one, refuses: true });
  }

  /** The cell of a column when it holds an acceptable text. */
  cell(column: PeopleColumn): Cell | undefined {
    const at = this.headings.get(column.key);
    const cell = at === undefined ? undefined : this.row.cells.get(at);
    if (cell === undefined) {
      if (column.must) this.refuse(column.key, fault('cell-value-missing', { column: column.title }));
      return undefined;
    }
    if (cell.kind === 'formula') this.refuse(column.key, fault('cell-formula'));
    else if (cell.kind === 'error') this.refuse(column.key, fault('cell-error'));
    else if (cell.text.length > column.most) this.refuse(column.key, fault('cell-too-long', { most: column.most }));
    else return cell;
    return undefined;
  }
}

const wordOf = (allowed: readonly string[], cell: Cell): string | undefined =>
  allowed.find((word) => word === cell.text.trim());

const readRow = (
  sheetRow: SheetRow,
  headings: ReadonlyMap<PeopleKey, number>,
  context: { readonly today: PlainDate; readonly from1904: boolean },
): { entry: PersonEntry; problems: readonly RowProblem[] } => {
  const reader = new RowReader(sheetRow, headings);
  const cells = new Map<PeopleKey, Cell>();
  for (const column of peopleColumns) {
    const cell = reader.cell(column);
    if (cell === undefined) continue;
    const unknown = column.allowed !== undefined && wordOf(column.allowed, cell) === undefined;
    if (unknown) {
      const allowed = (column.allowed ?? []).join('、');
      reader.refuse(column.key, fault('cell-value-unknown', { column: column.title, found: cell.text, allowed }));
    } else cells.set(column.key, cell);
  }
  const text = (key: PeopleKey): string | undefined => cells.get(key)?.text.trim();
  const date = (key: PeopleKey, ahead: boolean): PlainDate | undefined => {
    const cell = cells.get(key);
    if (cell === undefined) return undefined;
    const found = readDate(cell, context.from1904);
    if (found === undefined) reader.refuse(key, fault('cell-date-invalid', { column: titleOf(key) }));
    else if (!ahead && found > context.today) reader.refuse(key, fault('cell-date-ahead', { column: titleOf(key) }));
    else return found;
    return undefined;
  };
  const sexWord = text('sex');
  const sex = sexWord === undefined ? undefined : sexWord === '男' ? ('male' as const) : ('female' as const);
  const birthDate = date('birthDate', false);
  const idCell = cells.get('idNumber');
  // A spreadsheet keeps fifteen digits of a number; the rest of an identity number is gone, whatever it shows.
  const rounded = idCell?.kind === 'number' && (idCell.text.length > 15 || /e/iu.test(idCell.text));
  if (rounded) reader.refuse('idNumber', fault('cell-number-rounded'));
  const identity = idCell === undefined || rounded ? undefined : readIdentityNumber(idCell.text, context.today);
  if (identity?.ok === false) reader.refuse('idNumber', ...identity.faults);
  if (identity?.ok === true) {
    for (const one of compareIdentity(identity.value, { sex, birthDate }))
      reader.refuse(one.code === 'identity-number-sex' ? 'sex' : 'birthDate', one);
  }
  const phoneText = text('phone');
  const phone = phoneText === undefined ? undefined : readPhone(phoneText);
  if (phone?.ok === false) reader.refuse('phone', ...phone.faults);
  const groupText = text('group')
    ?.normalize('NFKC')
    .replace(/^第?(\d+)组?$/u, '$1');
  const group = groupText === undefined ? undefined : Number(groupText);
  if (group !== undefined && !(Number.isInteger(group) && group >= 1 && group <= 999))
    reader.refuse(
      'group',
      fault('cell-value-unknown', { column: titleOf('group'), found: groupText ?? '', allowed: '1—999' }),
    );
  const needs = (key: PeopleKey, other: PeopleKey): void => {
    if (cells.has(key) && !cells.has(other) && !reader.problems.some((one) => one.column === titleOf(other)))
      reader.refuse(other, fault('column-needs-column', { column: titleOf(key), other: titleOf(other) }));
  };
  needs('post', 'body');
  needs('body', 'post');
  needs('post', 'from');
  if (text('member') === '是') needs('member', 'branch');
  else needs('branch', 'member');
  const from = date('from', true);
  const last = date('to', true);
  const to = last === undefined ? undefined : addDays(last, 1);
  if (from !== undefined && last !== undefined && last < from)
    reader.refuse('to', fault('period-reversed', { from, to: last }));
  const known = identity?.ok === true ? identity.value : undefined;
  const birth = known?.birthDate ?? birthDate;
  const entry: PersonEntry = {
    row: sheetRow.row,
    name: text('name') ?? '',
    sex: known?.sex ?? sex,
    birthYear: birth === undefined || birth < '1900-01-01' ? undefined : Number(birth.slice(0, 4)),
    idNumber: known?.number,
    phone: phone?.ok === true ? phone.value : undefined,
    village: text('village') ?? '',
    group,
    household: text('household'),
    member: text('member') === '是',
    branch: text('branch'),
    post: text('post'),
    body: text('body'),
    from,
    to,
  };
  return { entry, problems: reader.problems };
};

/**
 * Reads the rows of a sheet of people, each cell checked by itself: formulas, lengths, allowed words, dates, identity numbers, phones, and
 * columns that need one another. Throws `FileRefused` for headings that are missing, unknown or doubled, and for a sheet without rows.
 */
export const readPeople = (sheet: SheetRead, today: PlainDate): PeopleRead => {
  const [head, ...rows] = sheet.rows;
  const headings = readHeadings(head);
  if (rows.length === 0) throw new FileRefused(fault('import-empty'));
  const read = rows.map((row) => readRow(row, headings, { today, from1904: sheet.from1904 }));
  return {
    rows: rows.length,
    entries: read.map(({ entry }) => entry),
    problems: read.flatMap(({ problems }) => problems),
  };
};
