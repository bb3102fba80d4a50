import type { FieldValues, FieldView } from '@lianxin/contract';

/** A value as a list shows it: choices by title, yes and no in words, lists joined. */
export function valueText(
  field: FieldView,
  values: FieldValues,
  yes: string,
  no: string,
  placeNames: Readonly<Record<string, string>> = {},
): string {
  const value = values[field.id];
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? yes : no;
  const titled = (id: string): string => field.choices.find((choice) => choice.value === id)?.title ?? id;
  if (Array.isArray(value)) return value.map(titled).join('、');
  if (field.type === 'place' && typeof value === 'string') return placeNames[value] ?? value;
  return typeof value === 'string' ? titled(value) : `${value}${field.unit ?? ''}`;
}
