import type { LedgerPage, RecordChangeView, RecordRow, RegisterView } from '@lianxin/contract';
import {
  cellOf,
  knownFields,
  type Field,
  type FieldValue,
  type HistoryEntry,
  type LedgerView,
  type Register,
} from '@lianxin/domain';
import type { FoundRegister } from './find-register.js';
import type { PlaceNames } from './place-names.js';
import type { StoredRecord } from './records.store.js';

const fieldViewOf = (field: Field, known: boolean): RegisterView['fields'][number] => ({
  id: field.id,
  title: field.title,
  type: field.type,
  required: !known && field.optional !== true && field.if === undefined,
  choices: (field.choices ?? []).map((choice) => ({ value: choice.id, title: choice.title })),
  unit: field.unit ?? null,
  help: field.help ?? null,
  personal: field.personal === true || field.type === 'phone',
  known,
});

const fieldViewsOf = (register: Register): RegisterView['fields'] => {
  const known = new Set(knownFields(register).map((each) => each.field));
  return register.fields.map((field) => fieldViewOf(field, known.has(field.id)));
};

/** A register as a page needs it, with the ledgers the office may see. */
export const registerView = (
  { register, pack, packTitle }: FoundRegister,
  keeps: boolean,
  ledgers: Register['ledgers'],
): RegisterView => ({
  id: register.id,
  title: register.title,
  about: register.about ?? null,
  pack,
  packTitle,
  of: register.of,
  key: [...register.key],
  fields: fieldViewsOf(register),
  ledgers: ledgers.map(({ id, title }) => ({ id, title })),
  keeps,
});

export const recordRow = (record: StoredRecord, placeNames: PlaceNames = {}): RecordRow => ({
  placeNames: { ...placeNames },
  id: record.id,
  division: record.division,
  divisionName: record.divisionName,
  fields: record.fields,
  since: record.since,
  endedOn: record.endedOn,
  version: record.version,
});

export const textOf = (register: Register, id: string, value: FieldValue | null): string | null => {
  const field = register.fields.find((each) => each.id === id);
  const cell = field === undefined ? value : cellOf(field, value);
  return cell === null ? null : String(cell);
};

/** A change as history shows it, with field titles and choices in words. */
export const changeView = (register: Register, entry: HistoryEntry & { readonly by?: string }): RecordChangeView => ({
  id: entry.id,
  kind: entry.kind,
  on: entry.on,
  recordedAt: entry.recordedAt,
  reason: entry.reason,
  by: entry.by ?? '',
  corrects: entry.corrects ?? null,
  correctedBy: entry.correctedBy ?? null,
  fields: entry.fields.map(({ id, from, to }) => ({
    id,
    title: register.fields.find((each) => each.id === id)?.title ?? id,
    from: textOf(register, id, from),
    to: textOf(register, id, to),
  })),
});

/** A ledger in words: what it computes about a row stands in columns of its own after those it lists. */
export const ledgerPage = (register: Register, view: LedgerView, placeNames: PlaceNames = {}): LedgerPage => {
  const named = (text: string | null): string | null => (text === null ? null : (placeNames[text] ?? text));
  const has = (test: (row: LedgerView['rows'][number]) => boolean): boolean => view.rows.some(test);
  const computed: [string, (row: LedgerView['rows'][number]) => string | null][] = [];
  if (has((row) => row.parts !== undefined)) {
    computed.push(['完成', (row) => (row.parts === undefined ? null : `${row.parts.have}/${row.parts.of}`)]);
    computed.push(['缺少', (row) => row.parts?.missing.join('、') ?? null]);
  }
  const { confirmation } = register;
  if (confirmation !== undefined && has((row) => row.confirmed !== undefined))
    computed.push([confirmation.title, (row) => (row.confirmed === true ? '已确认' : '未确认')]);
  if (has((row) => row.shortOf.length > 0)) {
    computed.push([
      '不足',
      (row) => row.shortOf.map(({ field, by }) => `${titleOf(register, field)}差${by}`).join('、'),
    ]);
  }
  if (has((row) => row.overdueSince !== undefined)) computed.push(['超期', overdueText]);
  if (has((row) => row.remainder !== undefined)) computed.push(['余数', (row) => String(row.remainder ?? '')]);
  if (has((row) => row.total !== undefined)) computed.push(['合计', (row) => String(row.total ?? '')]);
  if (has((row) => row.advice.length > 0)) computed.push(['提示', (row) => row.advice.join('；')]);
  return {
    title: view.title,
    columns: [...view.columns.map((column) => column.title), ...computed.map(([title]) => title)],
    rows: view.rows.map((row) => ({
      id: row.id,
      cells: [
        ...row.cells.map((cell, at) => named(textOf(register, view.columns[at]?.id ?? '', cell))),
        ...computed.map(([, cell]) => cell(row)),
      ],
      overdue: row.overdueSince !== undefined,
    })),
    groups: view.groups.map(({ title, rows, atMost, standing }) => ({
      title: named(title) ?? title,
      rows,
      atMost: atMost ?? null,
      standing,
    })),
    composition: view.composition.map(({ title, parts }) => ({
      title: named(title) ?? title,
      parts: parts.map(({ title: part, standing, ...figures }) => ({ title: part, standing, said: saidOf(figures) })),
    })),
    answered: view.answered,
    once: view.once ?? null,
    sums: view.sums.map(({ title, total }) => ({ title, total })),
  };
};

/** 6/5 where there is a most, 0（至少1） where there is only a least. */
const saidOf = ({ rows, atLeast, atMost }: { rows: number; atLeast?: number; atMost?: number }): string => {
  if (atMost !== undefined) return `${rows}/${atMost}`;
  return atLeast === undefined ? String(rows) : `${rows}（至少${atLeast}）`;
};

const overdueText = ({ overdueSince }: LedgerView['rows'][number]): string | null => {
  if (overdueSince === undefined) return null;
  return overdueSince === null ? '没有日期' : `${overdueSince} 到期`;
};

const titleOf = (register: Register, id: string): string => register.fields.find((each) => each.id === id)?.title ?? id;
