import type { Bound, Ledger, Register } from '../policy-pack/index.js';
import type { PlainDate } from '../date/index.js';
import type { FieldValues } from '../procedure/index.js';
import { holdsFor } from './holds-for.js';
import type { GuardedRecord } from './rule-on-record.js';

/** One figure of a group: how many there are, how many there should be, and how the two stand. */
export type CompositionPart = {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly standing: 'short' | 'within' | 'over';
};

/** How the records of one place are made up: 5/5 posts, 2 in transition, 0 women of at least 1. */
export type CompositionGroup = {
  readonly value: string;
  readonly title: string;
  readonly parts: readonly CompositionPart[];
};

/**
 * How the listed records are made up 组成, for each value of a field. A bound that nobody has set is no bound: the figure stands
 * alone then, so that a missing decision is seen and not taken for an excess.
 */
export function compositionOf(
  register: Register,
  { composition }: Ledger,
  records: readonly GuardedRecord[],
  today: PlainDate,
): CompositionGroup[] {
  if (composition === undefined) return [];
  const { by, parts } = composition;
  const groups = new Map<string, GuardedRecord[]>();
  for (const record of records) {
    const value = record.fields[by];
    if (typeof value !== 'string' || value === '') continue;
    groups.set(value, [...(groups.get(value) ?? []), record]);
  }
  const titles = register.fields.find((field) => field.id === by)?.choices ?? [];
  return [...groups].toSorted(byText).map(([value, among]) => ({
    value,
    title: titles.find((choice) => choice.id === value)?.title ?? value,
    parts: parts.map((part) => {
      const rows = among.filter((record) => holdsFor(part.only, record.fields, today)).length;
      const [atLeast, atMost] = [part.atLeast, part.atMost].map((bound) => boundIn(bound, among));
      return {
        id: part.id,
        title: part.title,
        rows,
        ...(atLeast === undefined ? {} : { atLeast }),
        ...(atMost === undefined ? {} : { atMost }),
        standing: rows < (atLeast ?? 0) ? 'short' : rows > (atMost ?? rows) ? 'over' : 'within',
      };
    }),
  }));
}

const byText = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

const boundIn = (bound: Bound | undefined, records: readonly GuardedRecord[]): number | undefined => {
  if (bound === undefined || typeof bound === 'number') return bound;
  return records.map((record) => numberIn(bound, record.fields)).find((value) => value !== undefined);
};

/** The number a bound means for one record; undefined where the field holds none. */
export const numberIn = (bound: Bound, fields: FieldValues): number | undefined => {
  if (typeof bound === 'number') return bound;
  const value = fields[bound.field];
  return typeof value === 'number' ? value : undefined;
};
