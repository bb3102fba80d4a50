import type { Register, SharedItem } from '../policy-pack/index.js';
import type { Field, FieldValues } from '../procedure/index.js';
import { askedFields } from './sheet-rows.js';

/**
 * What leaves for another system 导出共享: of each record the listed fields and nothing else. A listed field that the register does not
 * ask, or knows from elsewhere only, is not there either.
 */
export function sharedOf(
  register: Register,
  item: SharedItem,
  records: readonly { readonly fields: FieldValues }[],
): { readonly fields: readonly Field[]; readonly records: readonly FieldValues[] } {
  const fields = askedFields(register).filter((field) => item.fields.includes(field.id));
  const listed = new Set<string>(fields.map((field) => field.id));
  return {
    fields,
    records: records.map((record) =>
      Object.fromEntries(Object.entries(record.fields).filter(([id]) => listed.has(id))),
    ),
  };
}
