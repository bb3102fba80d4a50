import type { FieldView, RequestForm } from '@lianxin/contract';

/** The fields of a request form in the order in which a person is asked. */
export interface SortedFields {
  /** What nobody can do without. */
  readonly first: readonly FieldView[];
  /** Asked of everybody, may stay empty. */
  readonly rest: readonly FieldView[];
  /** Asked for one kind only. */
  readonly byKind: readonly { readonly kind: string; readonly title: string; readonly fields: readonly FieldView[] }[];
  /** Whom a complaint is about: kept apart, since it decides who may never see it. */
  readonly aboutPerson: readonly FieldView[];
}

const isAboutPerson = (field: FieldView): boolean => field.type === 'person' && !field.required;

/**
 * Sorts the fields of all kinds: a field that every kind asks is asked once, whatever kind is chosen.
 * Why: the page works without a script, so it cannot wait for the kind before it shows the fields.
 */
export const sortFields = (form: RequestForm): SortedFields => {
  const all = new Map(form.kinds.flatMap((kind) => kind.fields.map((field) => [field.id, field] as const)));
  const inEvery = (field: FieldView): boolean =>
    form.kinds.every((kind) => kind.fields.some((other) => other.id === field.id));
  const common = [...all.values()].filter(inEvery);
  const plain = common.filter((field) => !isAboutPerson(field));
  return {
    first: plain.filter((field) => field.required),
    rest: plain.filter((field) => !field.required),
    byKind: form.kinds.flatMap((kind) => {
      const fields = kind.fields.filter((field) => !inEvery(field) && !isAboutPerson(field));
      return fields.length > 0 ? [{ kind: kind.id, title: kind.title, fields }] : [];
    }),
    aboutPerson: [...all.values()].filter(isAboutPerson),
  };
};

/** The fields that count for the chosen kind; without one, those that every kind asks. */
export const fieldsFor = (form: RequestForm, kind: string): readonly FieldView[] => {
  const chosen = form.kinds.find(({ id }) => id === kind);
  if (chosen) return chosen.fields;
  const sorted = sortFields(form);
  return [...sorted.first, ...sorted.rest, ...sorted.aboutPerson];
};
