import type { Register } from '../policy-pack/index.js';
import type { FieldValues } from '../procedure/index.js';

/**
 * The choices of the key's last choice field that no other record has taken, all else of the key being the same: the free slots
 * 空档 of a room on a day. Empty when the key has no choice.
 *
 * Source: FC-03 (a room that is taken is refused, and another slot is offered).
 */
export function freeKeys(
  register: Register,
  fields: FieldValues,
  others: readonly { readonly fields: FieldValues }[],
): readonly { readonly id: string; readonly title: string }[] {
  const slot = register.fields.findLast((field) => register.key.includes(field.id) && field.type === 'choice');
  if (slot?.choices === undefined) return [];
  const rest = register.key.filter((key) => key !== slot.id);
  const taken = others
    .filter((other) => rest.every((key) => other.fields[key] === fields[key]))
    .map((other) => other.fields[slot.id]);
  return slot.choices.filter((choice) => !taken.includes(choice.id));
}
