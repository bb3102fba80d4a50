import type { FieldValue, FieldValues, FieldView } from '@lianxin/contract';
import type { Words } from '../words/index.js';

/** What stands in the way of one field, in words, beside a stable code. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Id of the element to jump to. */
  readonly field?: string | undefined;
  readonly cure?: string | undefined;
}

/** A form as it came in: texts by field id exactly as typed, files apart, so that it can be shown again unchanged. */
export interface Draft {
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, readonly File[]>>;
  /** Files received with an earlier try, by field id. */
  readonly kept: Readonly<Record<string, readonly string[]>>;
}

export const emptyDraft: Draft = { texts: {}, files: {}, kept: {} };

/** Longest text of a short and of a long field, in characters; longer ones are refused in words, never cut off. */
export const mostCharacters = { short: 200, long: 2_000 } as const;

export const nameOfField = (field: string): string => `f.${field}`;
export const idOfField = (field: string): string => `f-${field}`;
const nameOfKept = (field: string): string => `kept.${field}`;
export const keptName = nameOfKept;

const longTypes = new Set(['long-text', 'list']);
const fileTypes = new Set(['file', 'files']);

export const isFile = (field: FieldView): boolean => fileTypes.has(field.type);
export const isLong = (field: FieldView): boolean => longTypes.has(field.type);

/** Sorts what a browser sent by field; line ends become one character, as they were counted while typing. */
export const readDraft = (form: FormData): Draft => {
  const texts: Record<string, string[]> = {};
  const files: Record<string, File[]> = {};
  const kept: Record<string, string[]> = {};
  for (const [name, value] of form) {
    const dot = name.indexOf('.');
    const [group, field] = dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)];
    if (typeof value !== 'string') {
      if (group === 'f' && value.size > 0) (files[field] ??= []).push(value);
    } else if (group === 'f') (texts[field] ??= []).push(value.replaceAll('\r\n', '\n'));
    else if (group === 'kept' && value !== '') (kept[field] ??= []).push(value);
  }
  return { texts, files, kept };
};

/** The first text of a field as typed; empty when there is none. */
export const textOf = (draft: Draft, field: string): string => draft.texts[field]?.[0] ?? '';

const plainPhone = (text: string): string => text.replaceAll(/[\s\-()（）]/g, '');

const problemsOfText = (field: FieldView, text: string, words: Words): readonly Problem[] => {
  const { problem } = words.request;
  const at = (code: string, message: string): Problem => ({ code, message, field: idOfField(field.id) });
  const { length } = Array.from(text);
  const most = isLong(field) ? mostCharacters.long : mostCharacters.short;
  if (text.trim() === '') {
    if (!field.required) return [];
    return isLong(field)
      ? [at('text-missing', problem['text-missing'])]
      : [at('field-missing', problem['field-missing'](field.title))];
  }
  if (text.includes('\uFFFD')) return [at('text-unreadable', problem['text-unreadable'])];
  if (length > most) return [at('text-too-long', problem['text-too-long'](length - most))];
  if (field.type === 'phone' && !/^\+?\d{5,15}$/.test(plainPhone(text)))
    return [at('phone-not-a-number', problem['phone-not-a-number'])];
  return [];
};

/** What a glance at the form already shows to be missing or wrong; the procedure's own rules are the server's to judge. */
export const problemsOf = (fields: readonly FieldView[], draft: Draft, words: Words): readonly Problem[] =>
  fields.flatMap((field) => {
    if (!isFile(field)) return problemsOfText(field, textOf(draft, field.id), words);
    const have = (draft.files[field.id]?.length ?? 0) + (draft.kept[field.id]?.length ?? 0);
    return field.required && have === 0
      ? [
          {
            code: 'field-missing',
            message: words.request.problem['field-missing'](field.title),
            field: idOfField(field.id),
          },
        ]
      : [];
  });

const valueOf = (field: FieldView, draft: Draft): FieldValue | undefined => {
  const all = (draft.texts[field.id] ?? []).map((text) => text.trim()).filter((text) => text !== '');
  const text = all[0] ?? '';
  switch (field.type) {
    case 'yes-no':
      return text === 'yes';
    case 'choices':
      return all;
    case 'list':
      return text.split('\n').flatMap((line) => line.trim() || []);
    case 'file':
      return draft.kept[field.id]?.at(-1);
    case 'files':
      return draft.kept[field.id] ? [...(draft.kept[field.id] ?? [])] : undefined;
    case 'number':
    case 'money':
      return text === '' ? undefined : Number.isFinite(Number(text)) ? Number(text) : text;
    case 'phone':
      return text === '' ? undefined : plainPhone(text);
    default:
      return text === '' ? undefined : text;
  }
};

/** The values a command is given: only what was filled in, files by the ids they were kept under. */
export const valuesOf = (fields: readonly FieldView[], draft: Draft): FieldValues => {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = valueOf(field, draft);
    const nothing = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    if (!nothing) values[field.id] = value;
  }
  return values;
};
