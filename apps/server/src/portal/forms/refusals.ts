import type { Fault } from '@lianxin/domain';
import { explainFault } from '@lianxin/domain';
import { nameSource } from '../../http/source-names.js';
import type { PageSetting } from '../setting.js';
import { idOfField } from './draft.js';
import type { Problem } from './draft.js';
import type { FieldAsked } from './request-fields.js';

/** The field a fault speaks of, by id or by the title that its sentence uses. */
const fieldOf = (fault: Fault, fields: readonly FieldAsked[]): string | undefined => {
  const named = fault.params.field;
  const found = fields.find(({ field }) => field.id === named || field.title === named);
  return found === undefined ? undefined : idOfField(found.asked);
};

/** Refusals of the server in words, each beside its field where it has one. */
export const problemsFromFaults = (
  setting: PageSetting,
  faults: readonly Fault[],
  fields: readonly FieldAsked[],
): readonly Problem[] => {
  const { request } = setting.words;
  return faults.map((fault): Problem => {
    if (fault.code === 'form-expired')
      return {
        code: fault.code,
        message: request.problem['form-token-expired'],
        cure: request.cure['form-token-expired'],
      };
    if (fault.code === 'idempotency-key-reused')
      return { code: fault.code, message: request.reused, cure: request.reusedCure };
    const said = explainFault(fault, setting.language, nameSource);
    return {
      code: fault.code,
      message: said.what,
      cure: [said.why, said.cure].filter(Boolean).join(' '),
      field:
        fault.code === 'confirm-secret-needed' || fault.code === 'secret-wrong' ? 'secret' : fieldOf(fault, fields),
    };
  });
};
