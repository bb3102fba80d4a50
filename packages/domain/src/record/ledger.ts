import { addDays, addMonths, parsePlainDate, type Duration, type PlainDate } from '../date/index.js';
import type { Ledger, Register } from '../policy-pack/index.js';
import type { FieldValue, FieldValues } from '../procedure/index.js';
import { adviceOn } from './advice.js';
import { compositionOf, type CompositionGroup } from './composition.js';
import { holdsFor } from './holds-for.js';
import { addUp, withKnown, type Elsewhere } from './known-fields.js';
import { hasValue, isAsked, type GuardedRecord } from './rule-on-record.js';

/** A row of a ledger: the cells of its columns, and what the ledger computes about the record. */
export type LedgerRow = {
  readonly id: string;
  readonly cells: readonly (FieldValue | null)[];
  /** How many of its parts it has, and the titles of those missing: 4/5. */
  readonly parts?: { readonly have: number; readonly of: number; readonly missing: readonly string[] };
  /** Figures below their standard, and by how much. */
  readonly shortOf: readonly { readonly field: string; readonly by: number }[];
  /** The last day on which it was in time, where that day has passed; null when it never was. */
  readonly overdueSince?: PlainDate | null;
  readonly remainder?: number;
  readonly total?: number;
  /** Whether whom it is about has confirmed it as it stands, where the register asks for that. */
  readonly confirmed?: boolean;
  /** Titles of the advice that the record calls for. */
  readonly advice: readonly string[];
};

/** How many rows have one value, or how many different ones where the ledger counts once, and whether that is too few or too many. */
export type LedgerGroup = {
  readonly value: string;
  readonly title: string;
  readonly rows: number;
  /** How many there may be, where the ledger says so: 50/50. */
  readonly atMost?: number;
  readonly standing: 'short' | 'within' | 'over';
};

/** A ledger as it is shown and exported. */
export type LedgerView = {
  readonly title: string;
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly rows: readonly LedgerRow[];
  readonly groups: readonly LedgerGroup[];
  readonly composition: readonly CompositionGroup[];
  /** Rows that answered the field counted by. */
  readonly answered: number;
  /** Different values of the field that counts once. */
  readonly once?: number;
  readonly sums: readonly { readonly field: string; readonly title: string; readonly total: number }[];
};

/** Below so many rows a ledger of totals alone says no sum: it would be somebody's own figure. */
const leastToldTogether = 5;

/**
 * A ledger 台账 of a register on a day, from the records in force and what other registers know about them.
 *
 * A record that a condition cannot judge is listed rather than left out: a gap nobody sees is worse than a row too many. A choice
 * nobody has is counted as 0. Sums are exact for whole numbers and hundredths.
 */
export function ledgerOf(
  register: Register,
  ledger: Ledger,
  records: readonly GuardedRecord[],
  today: PlainDate,
  elsewhere: Elsewhere = {},
): LedgerView {
  const listed = records
    .map((record) => ({ ...record, fields: withKnown(register, record.fields, elsewhere) }))
    .filter((record) => holdsFor(ledger.only, record.fields, today))
    .toSorted(bySort(register, ledger.sortBy ?? register.key));
  const title = (id: string): string => register.fields.find((field) => field.id === id)?.title ?? id;
  const countBy = ledger.countBy ?? ledger.quota?.by;
  const { once } = ledger;
  return {
    title: ledger.title,
    columns: ledger.totalsOnly === true ? [] : ledger.columns.map((id) => ({ id, title: title(id) })),
    rows: ledger.totalsOnly === true ? [] : listed.map((record) => rowOf(register, ledger, record, today)),
    composition: compositionOf(register, ledger, listed, today),
    groups: countBy === undefined ? [] : groupsOf(register, ledger, countBy, listed),
    answered: countBy === undefined ? listed.length : listed.filter((each) => hasValue(each.fields, countBy)).length,
    ...(once === undefined ? {} : { once: new Set(listed.flatMap((each) => valuesIn(each.fields[once]))).size }),
    sums:
      ledger.totalsOnly === true && listed.length < leastToldTogether
        ? []
        : (ledger.sums ?? []).map((field) => ({ field, title: title(field), total: totalOf(listed, field) })),
  };
}

/** Choices sort in the order in which the register names them, so that what it names first stands first. */
const bySort =
  (register: Register, fields: readonly string[]) =>
  (a: GuardedRecord, b: GuardedRecord): number => {
    for (const field of fields) {
      const choices = register.fields.find((each) => each.id === field)?.choices;
      const rank = (value: FieldValue | undefined): FieldValue | undefined =>
        choices === undefined ? value : choices.findIndex((choice) => choice.id === value);
      const order = compare(rank(a.fields[field]), rank(b.fields[field]));
      if (order !== 0) return order;
    }
    return compare(a.id, b.id);
  };

function compare(a: FieldValue | undefined, b: FieldValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Hundredths are added as whole numbers, so that 0.1 and 0.2 make 0.3. */
const totalOf = (records: readonly GuardedRecord[], field: string): number =>
  addUp(records.map((each) => each.fields[field]));

const valuesIn = (value: FieldValue | undefined): string[] =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? value : [String(value)];

function groupsOf(register: Register, ledger: Ledger, by: string, records: readonly GuardedRecord[]): LedgerGroup[] {
  const choices = register.fields.find((field) => field.id === by)?.choices ?? [];
  const counts = new Map<string, number>(choices.map((choice) => [choice.id, 0]));
  const { once } = ledger;
  const seen = new Set<string>();
  for (const record of records) {
    for (const value of valuesIn(record.fields[by])) {
      // A value that counts once counts once in each group as well.
      const mark = JSON.stringify([value, once === undefined ? record.id : (record.fields[once] ?? null)]);
      if (seen.has(mark)) continue;
      seen.add(mark);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const bounds = ledger.quota?.by === by ? ledger.quota : undefined;
  return [...counts].map(([value, rows]) => ({
    value,
    title: choices.find((choice) => choice.id === value)?.title ?? value,
    rows,
    ...(bounds?.atMost === undefined ? {} : { atMost: bounds.atMost }),
    standing: rows < (bounds?.atLeast ?? 0) ? 'short' : rows > (bounds?.atMost ?? rows) ? 'over' : 'within',
  }));
}

function rowOf(register: Register, ledger: Ledger, record: GuardedRecord, today: PlainDate): LedgerRow {
  const { fields } = record;
  const parts = partsOf(register, ledger, fields, today);
  const overdue = overdueOf(ledger, fields, today);
  const { remainder, total } = ledger;
  const number = (id: string): number => (typeof fields[id] === 'number' ? fields[id] : 0);
  return {
    id: record.id,
    cells: ledger.columns.map((id) => fields[id] ?? null),
    ...(parts === undefined ? {} : { parts }),
    ...(register.confirmation === undefined ? {} : { confirmed: record.confirmed === true }),
    shortOf: (ledger.standards ?? []).flatMap(({ field, atLeast, if: when }) => {
      const value = fields[field];
      const applies = when === undefined || holdsFor(when, fields, today);
      return applies && typeof value === 'number' && value < atLeast ? [{ field, by: atLeast - value }] : [];
    }),
    ...(overdue === undefined ? {} : { overdueSince: overdue }),
    ...(remainder === undefined
      ? {}
      : { remainder: Math.round((number(remainder.of) - number(remainder.less)) * 100) / 100 }),
    ...(total === undefined ? {} : { total: total.reduce((sum, id) => sum + Math.round(number(id) * 100), 0) / 100 }),
    advice: adviceOn(register, fields, today).map((each) => each.title),
  };
}

/** A part that is not asked of this record, its field having an `if` that does not hold, is not due from it. */
function partsOf(
  register: Register,
  { parts }: Ledger,
  fields: FieldValues,
  today: PlainDate,
): LedgerRow['parts'] | undefined {
  if (parts === undefined) return undefined;
  if (Array.isArray(parts)) {
    const due = register.fields.filter((field) => parts.includes(field.id) && isAsked(field, fields, today));
    const missing = due.filter((field) => !hasValue(fields, field.id) || fields[field.id] === false);
    return { have: due.length - missing.length, of: due.length, missing: missing.map((field) => field.title) };
  }
  const done = new Set(valuesIn(fields[parts.done]));
  const all = valuesIn(fields[parts.of]);
  const missing = all.filter((item) => !done.has(item));
  return { have: all.length - missing.length, of: all.length, missing };
}

/** Undefined in time; the last day in time when it has passed; null when the day from which one counts was never recorded. */
function overdueOf({ overdue }: Ledger, fields: FieldValues, today: PlainDate): PlainDate | null | undefined {
  if (overdue === undefined) return undefined;
  const since = fields[overdue.since];
  const read = typeof since === 'string' ? parsePlainDate(since) : undefined;
  if (read?.ok !== true) return null;
  const last =
    'within' in overdue
      ? after(read.value, overdue.within)
      : addDays(read.value, Number(fields[overdue.withinDays] ?? 0));
  return last < today ? last : undefined;
}

/** A register counts plain days, months and years; working days and hours belong to procedures, which have the calendar. */
function after(day: PlainDate, within: Duration): PlainDate {
  if ('months' in within) return addMonths(day, within.months);
  if ('years' in within) return addMonths(day, within.years * 12);
  if ('days' in within) return addDays(day, within.days);
  throw new TypeError('a ledger counts days, months or years');
}
