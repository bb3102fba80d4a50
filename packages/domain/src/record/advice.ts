import { evaluateCondition } from '../condition/index.js';
import type { PlainDate } from '../date/index.js';
import type { Advice, Register } from '../policy-pack/index.js';
import type { FieldValues } from '../procedure/index.js';

/**
 * What a person should look at before relying on a record 提示. Advice never refuses anything: what must not be saved is a guard.
 * Advice whose condition cannot be judged is not given, since nobody should be pointed at on a doubt.
 */
export const adviceOn = (register: Register, fields: FieldValues, today: PlainDate): readonly Advice[] =>
  register.advice.filter((each) => {
    const judged = evaluateCondition(each.if, { fields, today });
    return judged.ok && judged.value;
  });
