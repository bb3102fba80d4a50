import * as z from 'zod';
import { PlainDate } from '../date/index.js';
import { Share } from '../share/index.js';

/** A value a condition compares with. Days are text, as everywhere. */
const Plain = z.union([z.string(), z.number(), z.boolean()]);
type Plain = string | number | boolean;

const FieldId = z.string().min(1);
/** The right side of a comparison: a value of its own, or the value of another field. */
const NumberOrField = z.union([z.number(), z.strictObject({ field: FieldId })]);
const DayOrField = z.union([PlainDate, z.literal('today'), z.strictObject({ field: FieldId })]);

/**
 * Condition 条件: one of a closed list of questions about the facts of a matter, joined by `all`, `any` and `not`. Nothing else.
 *
 * Closed, because a rule must be evaluated, explained, drawn and compared without running anybody's code. What cannot be said is added here
 * with a test, never as an expression in a pack.
 *
 * | in a pack | holds when |
 * |---|---|
 * | `{ field: kind, equals: repair }` | the field has that value |
 * | `{ field: kind, in: [repair, purchase] }` | the field has one of the values, or holds one of them if it is a list |
 * | `{ field: amount, at-least: 5000 }` | the number is that or more (以上) |
 * | `{ field: amount, more-than: 5000 }` | the number is above that (超过) |
 * | `{ field: delivered, before: 2026-01-01 }` | the day is earlier; also `before: today`, `before: { field: due }` |
 * | `{ field: delivered, after: today }` | the day is later |
 * | `{ years-since: born, on: { field: elected-on }, at-least: 50 }` | so many full years lie between the two days; also `more-than`, `on: today` |
 * | `{ has: photo }` | the field was answered and is not empty |
 * | `{ is-kind: public-works }` | the matter is of that kind, or of one of several |
 * | `{ meets: { more-than: 1/2, of: present }, count: in-favour, base: present }` | the counts in the two fields reach the share |
 * | `{ count-of: remind, at-least: 2 }` | the act was done so often; also `more-than` |
 */
export type Condition =
  | { readonly field: string; readonly equals: Plain }
  | { readonly field: string; readonly in: readonly Plain[] }
  | { readonly field: string; readonly atLeast: number | { readonly field: string } }
  | { readonly field: string; readonly moreThan: number | { readonly field: string } }
  | { readonly field: string; readonly before: PlainDate | 'today' | { readonly field: string } }
  | { readonly field: string; readonly after: PlainDate | 'today' | { readonly field: string } }
  | ({ readonly yearsSince: string; readonly on: PlainDate | 'today' | { readonly field: string } } & (
      | { readonly atLeast: number | { readonly field: string } }
      | { readonly moreThan: number | { readonly field: string } }
    ))
  | { readonly has: string }
  | { readonly isKind: string | readonly string[] }
  | { readonly meets: Share; readonly count: string; readonly base: string }
  | { readonly countOf: string; readonly atLeast: number }
  | { readonly countOf: string; readonly moreThan: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: FieldId, equals: Plain }),
    z.strictObject({ field: FieldId, in: z.array(Plain).min(1) }),
    z.strictObject({ field: FieldId, atLeast: NumberOrField }),
    z.strictObject({ field: FieldId, moreThan: NumberOrField }),
    z.strictObject({ field: FieldId, before: DayOrField }),
    z.strictObject({ field: FieldId, after: DayOrField }),
    z.strictObject({ yearsSince: FieldId, on: DayOrField, atLeast: NumberOrField }),
    z.strictObject({ yearsSince: FieldId, on: DayOrField, moreThan: NumberOrField }),
    z.strictObject({ has: FieldId }),
    z.strictObject({ isKind: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]) }),
    z.strictObject({ meets: Share, count: FieldId, base: FieldId }),
    z.strictObject({ countOf: z.string().min(1), atLeast: z.int().min(1) }),
    z.strictObject({ countOf: z.string().min(1), moreThan: z.int().min(0) }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

/** Every field a condition reads, once each, so that a pack naming a field that no form asks is refused when it is checked. */
export function listFieldsRead(condition: Condition): string[] {
  const fields = new Set<string>();
  const visit = (part: Condition): void => {
    if ('all' in part) return part.all.forEach(visit);
    if ('any' in part) return part.any.forEach(visit);
    if ('not' in part) return visit(part.not);
    if ('has' in part) fields.add(part.has);
    if ('field' in part) fields.add(part.field);
    if ('yearsSince' in part) fields.add(part.yearsSince);
    if ('meets' in part) fields.add(part.count).add(part.base);
    for (const side of ['atLeast', 'moreThan', 'before', 'after', 'on'] as const) {
      const other = (part as Partial<Record<typeof side, unknown>>)[side];
      if (typeof other === 'object' && other !== null && 'field' in other) fields.add(String(other.field));
    }
  };
  visit(condition);
  return [...fields];
}

/** Every act a condition counts, once each. */
export function listActsCounted(condition: Condition): string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(listActsCounted))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(listActsCounted))];
  if ('not' in condition) return listActsCounted(condition.not);
  return 'countOf' in condition ? [condition.countOf] : [];
}
