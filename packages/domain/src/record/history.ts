import { plainDateOf, type Instant, type PlainDate } from '../date/index.js';
import { fault, ok, refuse, type Fault, type Result } from '../fault/index.js';
import type { FieldValue, FieldValues } from '../procedure/index.js';

/** What a change 变更 sets; null empties a field, a field that is not named keeps its value. */
export type ChangedValues = Readonly<Record<string, FieldValue | null>>;

/**
 * Record change 登记变更: one dated fact about a record. Appended, never edited.
 *
 * `on` is the first day on which it holds, `recordedAt` when it was written down. A correction takes the place of the change it
 * points at, with its day and values, and the old one stays readable.
 */
export type RecordChange = {
  readonly id: string;
  readonly kind: 'enter' | 'change' | 'end';
  readonly on: PlainDate;
  readonly recordedAt: Instant;
  readonly reason: string;
  readonly values: ChangedValues;
  readonly corrects?: string | undefined;
};

/** A change as history shows it: which fields it set from what to what, and what later corrected it. */
export type HistoryEntry = RecordChange & {
  readonly correctedBy?: string;
  readonly fields: readonly { id: string; from: FieldValue | null; to: FieldValue | null }[];
};

/** What a record says on a day, and whether it has ended by then. */
export type StandingRecord = { readonly fields: FieldValues; readonly since: PlainDate; readonly ended: boolean };

const inOrder = (a: RecordChange, b: RecordChange): number =>
  order(a.on, b.on) || order(a.recordedAt, b.recordedAt) || order(a.id, b.id);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The changes that count, by the day from which they hold: those that no other corrects. */
export function changesThatCount(changes: readonly RecordChange[]): RecordChange[] {
  const corrected = new Set(changes.map((each) => each.corrects));
  return changes.filter((each) => !corrected.has(each.id)).toSorted(inOrder);
}

const apply = (fields: FieldValues, values: ChangedValues): FieldValues =>
  Object.fromEntries(
    Object.entries({ ...fields, ...values }).filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  );

/**
 * What the record says on a day 某日的登记, from its changes alone; undefined before it was entered.
 * A record that has ended keeps its last values.
 */
export function effectiveOn(changes: readonly RecordChange[], date: PlainDate): StandingRecord | undefined {
  const counted = changesThatCount(changes).filter((each) => each.on <= date);
  const first = counted.find((each) => each.kind === 'enter');
  if (first === undefined) return undefined;
  let fields: FieldValues = {};
  for (const each of counted) fields = apply(fields, each.values);
  return { fields, since: first.on, ended: counted.some((each) => each.kind === 'end') };
}

/** Every change with what it altered, oldest day first; a corrected one is shown with the change that took its place. */
export function historyOf(changes: readonly RecordChange[]): HistoryEntry[] {
  const correctedBy = new Map(
    changes.flatMap((each) => (each.corrects === undefined ? [] : [[each.corrects, each.id]])),
  );
  let fields: FieldValues = {};
  return changes.toSorted(inOrder).map((each) => {
    const by = correctedBy.get(each.id);
    const altered = Object.entries(each.values)
      .map(([id, to]) => ({ id, from: fields[id] ?? null, to }))
      .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
    if (by === undefined) fields = apply(fields, each.values);
    return { ...each, fields: altered, ...(by === undefined ? {} : { correctedBy: by }) };
  });
}

/**
 * Why a change may not be added to a record's history: `reason-missing`, `record-ended`,
 * `change-before-entry`, `change-unknown`, `change-already-corrected`.
 */
export function faultsOfChange(changes: readonly RecordChange[], next: RecordChange): Fault[] {
  const faults: Fault[] = [];
  if (next.kind !== 'enter' && next.reason.trim() === '') faults.push(fault('reason-missing'));
  const counted = changesThatCount(changes);
  if (next.corrects !== undefined) {
    const target = changes.find((each) => each.id === next.corrects);
    if (target === undefined) return [...faults, fault('change-unknown', { change: next.corrects })];
    if (!counted.includes(target)) return [...faults, fault('change-already-corrected')];
    const others = counted.filter((each) => each.id !== target.id);
    const entered = [...others, next].find((each) => each.kind === 'enter');
    const early = [...others, next].find((each) => entered !== undefined && each.on < entered.on);
    return early === undefined || entered === undefined
      ? faults
      : [...faults, fault('change-before-entry', { on: early.on, since: entered.on })];
  }
  const entered = counted.find((each) => each.kind === 'enter');
  const ended = counted.find((each) => each.kind === 'end');
  if (ended !== undefined) faults.push(fault('record-ended', { on: ended.on }));
  else if (next.kind !== 'enter' && entered !== undefined && next.on < entered.on) {
    faults.push(fault('change-before-entry', { on: next.on, since: entered.on }));
  }
  return faults;
}

/**
 * Adds up a monthly figure 按月合计 over a calendar year, each month by the value in force on its first day, and names the changes that set it.
 *
 * Refuses `field-invalid` where a value in force is no number. Source: DY-36 (dated rate versions, both cited).
 *
 * @param title how the field is called in a refusal
 */
export function yearlyTotal(
  changes: readonly RecordChange[],
  field: string,
  year: number,
  title: string = field,
): Result<{ readonly total: number; readonly cites: readonly string[] }> {
  const cites = new Set<string>();
  let total = 0;
  for (let month = 1; month <= 12; month += 1) {
    const day = plainDateOf(year, month, 1);
    const standing = effectiveOn(changes, day);
    const value = standing?.fields[field];
    if (standing === undefined || standing.ended || value === undefined) continue;
    if (typeof value !== 'number') return refuse(fault('field-invalid', { field: title, reason: '应为数字' }));
    total += value;
    const setter = changesThatCount(changes).findLast((each) => each.on <= day && each.values[field] !== undefined);
    if (setter !== undefined) cites.add(setter.id);
  }
  return ok({ total, cites: [...cites] });
}
