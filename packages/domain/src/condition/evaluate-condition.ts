import { addYears, parsePlainDate, plainDate, yearOf, type PlainDate } from '../date/index.js';
import { fault, ok, refuse, type Fault, type Result } from '../fault/index.js';
import { meets } from '../share/index.js';
import type { Condition } from './condition.js';

/** What a field may hold: as in an act. */
export type ConditionValue = string | number | boolean | readonly (string | number | boolean)[] | null | undefined;

/** The facts a condition is asked of; all of them arguments, `today` included. */
export type ConditionFacts = {
  readonly fields: Readonly<Record<string, ConditionValue>>;
  /** The kind of the matter or record. */
  readonly kind?: string | undefined;
  /** The rule ids of the acts done so far. */
  readonly acts?: readonly { readonly act: string }[] | undefined;
  readonly today?: PlainDate | undefined;
};

const isEmpty = (value: ConditionValue): value is null | undefined =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const mismatch = (field: string, expected: 'number' | 'day' | 'count'): { ok: false; faults: readonly Fault[] } =>
  refuse(
    fault('condition-type-mismatch', {
      field,
      expected: { number: '数字 (number)', day: '日期 (date)', count: '人数 (count)' }[expected],
    }),
  );

type Side = number | { readonly field: string };

function numberAt(side: Side, facts: ConditionFacts): Result<number | undefined> {
  if (typeof side === 'number') return ok(side);
  const value = facts.fields[side.field];
  if (isEmpty(value)) return ok(undefined);
  return typeof value === 'number' ? ok(value) : mismatch(side.field, 'number');
}

function dayAt(
  side: PlainDate | 'today' | { readonly field: string },
  facts: ConditionFacts,
): Result<string | undefined> {
  if (side === 'today') return facts.today === undefined ? mismatch('today', 'day') : ok(facts.today);
  if (typeof side === 'string') return ok(side);
  const value = facts.fields[side.field];
  if (isEmpty(value)) return ok(undefined);
  // A field may hold a moment; its first ten characters would be a UTC day, not the county's, so only a day is compared.
  return typeof value === 'string' && parsePlainDate(value).ok ? ok(value) : mismatch(side.field, 'day');
}

/** Compares two sides that may be missing; an unanswered question makes no comparison hold. */
function compare<T>(
  left: Result<T | undefined>,
  right: Result<T | undefined>,
  holds: (left: T, right: T) => boolean,
): Result<boolean> {
  if (!left.ok) return left;
  if (!right.ok) return right;
  return ok(left.value !== undefined && right.value !== undefined && holds(left.value, right.value));
}

function join(parts: readonly Condition[], facts: ConditionFacts, every: boolean): Result<boolean> {
  const results = parts.map((part) => evaluateCondition(part, facts));
  const faults = results.flatMap((result) => (result.ok ? [] : result.faults));
  const [first, ...more] = faults;
  if (first !== undefined) return refuse(first, ...more);
  const values = results.map((result) => result.ok && result.value);
  return ok(every ? values.every(Boolean) : values.some(Boolean));
}

/**
 * Whether a condition holds for the facts; refuses with `condition-type-mismatch`, listing every part that cannot be judged.
 *
 * A field that was not answered makes a comparison false and not an error: a form is judged while it is being filled in. Use `has` to ask
 * whether it was answered. Every part is judged, so that a fault hidden behind a false part is found when the pack is tested, not on the day.
 *
 * @example evaluateCondition({ field: 'amount', atLeast: 5000 }, { fields: { amount: 5000 } }) // => { ok: true, value: true }
 */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): Result<boolean> {
  if ('all' in condition) return join(condition.all, facts, true);
  if ('any' in condition) return join(condition.any, facts, false);
  if ('not' in condition) {
    const inner = evaluateCondition(condition.not, facts);
    return inner.ok ? ok(!inner.value) : inner;
  }
  if ('yearsSince' in condition) return evaluateYears(condition, facts);
  if ('has' in condition) return ok(!isEmpty(facts.fields[condition.has]));
  if ('isKind' in condition) {
    const kinds = typeof condition.isKind === 'string' ? [condition.isKind] : condition.isKind;
    return ok(facts.kind !== undefined && kinds.includes(facts.kind));
  }
  if ('countOf' in condition) {
    const done = (facts.acts ?? []).filter((act) => act.act === condition.countOf).length;
    return ok('atLeast' in condition ? done >= condition.atLeast : done > condition.moreThan);
  }
  if ('meets' in condition) {
    const [count, base] = [facts.fields[condition.count], facts.fields[condition.base]];
    if (isEmpty(count) || isEmpty(base)) return ok(false);
    if (!isCount(count)) return mismatch(condition.count, 'count');
    if (!isCount(base)) return mismatch(condition.base, 'count');
    return ok(meets(condition.meets, count, base));
  }
  return evaluateComparison(condition, facts);
}

/** Full years 周年: one more is full on the same day of the year, and of 29 February on the 28th where there is no 29th. */
function evaluateYears(condition: Extract<Condition, { yearsSince: string }>, facts: ConditionFacts): Result<boolean> {
  const from = dayAt({ field: condition.yearsSince }, facts);
  const to = dayAt(condition.on, facts);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const years = from.value === undefined || to.value === undefined ? undefined : fullYears(from.value, to.value);
  return 'atLeast' in condition
    ? compare(ok(years), numberAt(condition.atLeast, facts), (a, b) => a >= b)
    : compare(ok(years), numberAt(condition.moreThan, facts), (a, b) => a > b);
}

function fullYears(from: string, to: string): number {
  const [first, last] = [plainDate(from), plainDate(to)];
  const years = yearOf(last) - yearOf(first);
  return addYears(first, years) <= last ? years : years - 1;
}

const isCount = (value: ConditionValue): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function evaluateComparison(condition: Extract<Condition, { field: string }>, facts: ConditionFacts): Result<boolean> {
  const value = facts.fields[condition.field];
  const here = { field: condition.field };
  if ('equals' in condition) return ok(value === condition.equals);
  if ('in' in condition) {
    const held = Array.isArray(value) ? value : [value];
    return ok(held.some((one) => condition.in.includes(one)));
  }
  if ('atLeast' in condition)
    return compare(numberAt(here, facts), numberAt(condition.atLeast, facts), (a, b) => a >= b);
  if ('moreThan' in condition)
    return compare(numberAt(here, facts), numberAt(condition.moreThan, facts), (a, b) => a > b);
  if ('before' in condition) return compare(dayAt(here, facts), dayAt(condition.before, facts), (a, b) => a < b);
  return compare(dayAt(here, facts), dayAt(condition.after, facts), (a, b) => a > b);
}
