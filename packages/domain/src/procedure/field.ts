import { z } from 'zod';
import { Condition } from '../condition/index.js';
import { SourceList, Word } from './words.js';

/** Value 值 of a field in an act: text, number, yes/no, or several texts (choices, file ids, listed papers). Days and moments are text. */
export const FieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type FieldValue = z.infer<typeof FieldValue>;

/** Values by field id; ids stay as written (kebab-case). */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Kind of a field; closed, because every kind has a check, a widget and a sample. */
export const FieldType = z.enum([
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'yes-no',
  'choice',
  'choices',
  'person',
  'body',
  'office',
  'place',
  'phone',
  'file',
  'files',
  'list',
  'citation',
]);
export type FieldType = z.infer<typeof FieldType>;

/**
 * Field 栏目: one thing asked at opening or in an act.
 * A field is required unless it says `optional`; `if` asks it only where the condition holds, `known-from` fills it from a
 * register instead of asking, because nothing is asked twice. A `citation` names an entry of a list of duties or an article.
 */
export const Field = z.strictObject({
  id: Word,
  title: z.string().min(1),
  type: FieldType,
  optional: z.boolean().exactOptional(),
  if: Condition.exactOptional(),
  choices: z
    .array(z.strictObject({ id: Word, title: z.string().min(1) }))
    .min(1)
    .exactOptional(),
  atLeast: z.number().exactOptional(),
  atMost: z.number().exactOptional(),
  unit: z.string().exactOptional(),
  mostCharacters: z.int().positive().exactOptional(),
  help: z.string().exactOptional(),
  personal: z.boolean().exactOptional(),
  knownFrom: z.string().exactOptional(),
  /** With `known-from`: the sum over every record there that belongs to this one. */
  sum: z.literal(true).exactOptional(),
  from: z.string().exactOptional(),
  source: SourceList.exactOptional(),
});
export type Field = z.output<typeof Field>;

/** The text in a value, or undefined where there is none. */
export const textIn = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The number of people in a field, or undefined where it holds no whole number. */
export const countIn = (fields: FieldValues, id: string): number | undefined => {
  const value = fields[id];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
};
