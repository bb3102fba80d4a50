import type { FieldValue, FieldValues, Procedure } from '@lianxin/domain';

/**
 * Fills a form from a text that somebody wrote elsewhere (来信入表): an old message, a need heard on a visit. The first long text takes it; a field for a
 * title takes the title, and where there is none the title leads the text. Other fields stay empty and the form refuses what it must have. Pure.
 */
export const intakeFields = (procedure: Procedure, text: string, title = ''): FieldValues => {
  const fields: Record<string, FieldValue> = {};
  const heading = procedure.form.find(
    (field) => field.type === 'text' && (field.id === 'subject' || field.id === 'title'),
  );
  const body =
    procedure.form.find((field) => field.type === 'long-text' && field.personal !== true) ??
    procedure.form.find((field) => field.type === 'text' && field !== heading && field.personal !== true);
  const cut = (value: string, most: number | undefined): string =>
    Array.from(value)
      .slice(0, most ?? 20_000)
      .join('');
  const head = title.trim();
  if (heading !== undefined && head !== '') fields[heading.id] = cut(head, heading.mostCharacters);
  if (body !== undefined) {
    const whole = text.trim() === '' ? head : heading === undefined && head !== '' ? `${head}\n${text}` : text;
    fields[body.id] = cut(whole, body.mostCharacters);
  }
  return fields;
};
