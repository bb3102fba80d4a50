import type { Register } from '../policy-pack/index.js';
import type { FieldValue, FieldValues } from '../procedure/index.js';
import type { GuardedRecord } from './rule-on-record.js';

/** What stands in another register: the fields that name one of its records, and the records. */
export type OtherRegister = { readonly key: readonly string[]; readonly records: readonly GuardedRecord[] };

/** Other registers by their id. */
export type Elsewhere = Readonly<Record<string, OtherRegister>>;

type Known = { readonly field: string; readonly register: string; readonly from: string; readonly sum: boolean };

/**
 * The fields of a register that are known from another one 已有的不再问: looked up by the other's key, never typed and never stored,
 * so that one fact stands in one place.
 */
export const knownFields = (register: Register): readonly Known[] =>
  register.fields.flatMap((field): Known[] => {
    const [other, from] = field.knownFrom?.split('.', 2) ?? [];
    return other === undefined || from === undefined
      ? []
      : [{ field: field.id, register: other, from, sum: field.sum === true }];
  });

/** The other registers from which fields of this one are known. */
export const registersRead = (register: Register): readonly string[] => [
  ...new Set(knownFields(register).map((each) => each.register)),
];

/**
 * The values of a record with what other registers know about it: of each, the record whose key fields have the same values as the
 * fields of the same name here. A field of which nothing is known is empty, whatever was typed. A sum 合计 is taken over every record there
 * that holds this one's key; over none it is 0. Hundredths are added as whole numbers.
 */
export function withKnown(register: Register, fields: FieldValues, elsewhere: Elsewhere): FieldValues {
  const known = knownFields(register);
  if (known.length === 0) return fields;
  const filled = { ...fields };
  for (const { field, register: id, from, sum } of known) {
    delete filled[field];
    const other = Object.hasOwn(elsewhere, id) ? elsewhere[id] : undefined;
    if (sum) {
      const parts = other?.records.filter((each) => register.key.every((key) => isSame(each.fields[key], fields[key])));
      filled[field] = addUp((parts ?? []).map((each) => each.fields[from]));
      continue;
    }
    const value = other?.records.find((each) => other.key.every((key) => isSame(each.fields[key], fields[key])))
      ?.fields[from];
    if (value !== undefined) filled[field] = value;
  }
  return filled;
}

const isSame = (a: unknown, b: unknown): boolean => a !== undefined && a === b;

/** What numbers make together, exact for whole numbers and hundredths; anything that is no number counts as nothing. */
export const addUp = (values: readonly (FieldValue | undefined)[]): number =>
  values.reduce<number>((sum, value) => (typeof value === 'number' ? sum + Math.round(value * 100) : sum), 0) / 100;
