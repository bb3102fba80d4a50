import { evaluateCondition, type Condition, type ConditionFacts } from '../condition/index.js';
import { countyDate, type Instant } from '../date/index.js';
import type { FieldValue } from './field.js';
import type { Standing } from './standing-of.js';

/** What a condition may ask about: every field, the counts of acts, and a few facts of the matter itself. */
export function factsOf(standing: Standing, at: Instant, extra: Record<string, FieldValue> = {}): ConditionFacts {
  const { record, plan } = standing;
  const { kinds } = plan.procedure.forMatters;
  const filedByStaff = standing.done[0]?.by.kind === 'officer';
  return {
    fields: {
      ...standing.fields,
      ...extra,
      'matter-level': standing.level,
      'matter-channel': record.channel,
      'filed-by-staff': filedByStaff,
    },
    kind: record.kind ?? (kinds.length === 1 ? kinds[0] : undefined),
    acts: standing.done,
    today: countyDate(at),
  };
}

/** Whether a condition holds; one that cannot be judged does not hold, and the ruling says why. */
export function holds(condition: Condition, facts: ConditionFacts): boolean {
  const judged = evaluateCondition(condition, facts);
  return judged.ok && judged.value;
}
