import type { FieldValues, Procedure } from '@lianxin/domain';

const most = 60;

/** One line of a text: no line breaks, cut at the end of a sentence where there is one. */
const lineOf = (text: string): string => {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  const sentence = /^.{8,60}?[。!?！？;；]/u.exec(flat)?.[0] ?? flat;
  const chars = Array.from(sentence);
  return chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : sentence;
};

/** What a list shows of a matter (事由): the title field, else the first text of the form that is not about a person, else the procedure. */
export const subjectOf = (procedure: Procedure, fields: FieldValues): string => {
  const hidden = new Set([...(procedure.privacy?.sealed ?? []), ...(procedure.privacy?.parties ?? [])]);
  const texts = procedure.form
    .filter((field) => field.personal !== true && !hidden.has(field.id))
    .filter((field) => field.type === 'text' || field.type === 'long-text')
    .toSorted((a, b) => Number(isTitle(b.id)) - Number(isTitle(a.id)));
  for (const field of texts) {
    const value = fields[field.id];
    if (typeof value === 'string' && value.trim() !== '') return lineOf(value);
  }
  return procedure.title;
};

const isTitle = (id: string): boolean => id === 'title' || id === 'subject';
