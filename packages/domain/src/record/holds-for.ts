import { evaluateCondition, type Condition } from '../condition/index.js';
import type { PlainDate } from '../date/index.js';
import type { FieldValues } from '../procedure/index.js';

/** Whether a record belongs in a list: one that a condition cannot judge does, since a gap nobody sees is worse than a row too many. */
export function holdsFor(condition: Condition | undefined, fields: FieldValues, today: PlainDate): boolean {
  if (condition === undefined) return true;
  const judged = evaluateCondition(condition, { fields, today });
  return !judged.ok || judged.value;
}
