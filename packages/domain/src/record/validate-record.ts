import type { PlainDate } from '../date/index.js';
import { explainFault, fault, type Fault } from '../fault/index.js';
import type { Register } from '../policy-pack/index.js';
import type { FieldValues } from '../procedure/index.js';
import { knownFields, type Elsewhere } from './known-fields.js';
import { judgeRecord, type FieldFault, type GuardedRecord } from './rule-on-record.js';

/** A reason in words: which field, why, and what would cure it. */
export type RecordFault = FieldFault & { readonly reason: string; readonly cure: string };

/** Who else stands in the register, what other registers know, what this record said before, and what runs about it. */
export type RecordAround = {
  readonly id?: string;
  readonly others?: readonly GuardedRecord[];
  readonly elsewhere?: Elsewhere;
  readonly before?: FieldValues;
  readonly runningProcedures?: readonly string[];
};

/** The id a record has while it is being filled in and is not kept yet. */
const UNSAVED = '';

/**
 * Checks the values of a record against its register 核对登记: every fault with field, reason and cure; an empty list means that it may be saved.
 *
 * The same judgement that the pack's cases play (`ruleOnRecord`), and besides it `field-unknown` for a value that no field asks for,
 * or that is known from another register and must not be typed.
 */
export function validateRecord(
  register: Register,
  values: FieldValues,
  today: PlainDate,
  around: RecordAround = {},
): readonly RecordFault[] {
  const id = around.id ?? UNSAVED;
  const lookedUp = new Set(knownFields(register).map((each) => each.field));
  const asked = new Set<string>(register.fields.map((field) => field.id).filter((each) => !lookedUp.has(each)));
  const unknown = Object.keys(values)
    .filter((each) => !asked.has(each))
    .map((each): FieldFault => ({ field: each, fault: fault('field-unknown', { field: each }) }));
  const judged = judgeRecord(
    register,
    { id, fields: values },
    {
      others: around.others ?? [],
      today,
      elsewhere: around.elsewhere ?? {},
      ...(around.before === undefined ? {} : { before: { id, fields: around.before } }),
      ...(around.runningProcedures === undefined ? {} : { runningProcedures: around.runningProcedures }),
    },
  );
  return [...unknown, ...judged].map(inWords);
}

const inWords = ({ field, fault: found }: { field: string | null; fault: Fault }): RecordFault => {
  const said = explainFault(found, 'zh-CN');
  return { field, fault: found, reason: said.what, cure: said.cure };
};
