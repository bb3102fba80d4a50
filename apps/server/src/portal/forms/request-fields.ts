import type { FieldView, RequestForm } from '@lianxin/contract';

type Kind = RequestForm['kinds'][number];

/** A field beside the name under which the page asks for it. */
export interface FieldAsked {
  readonly field: FieldView;
  readonly asked: string;
}

/** What one page asks: the kinds on it, their fields, and where else a person may go from here. */
export interface RequestPage {
  /** Kinds offered as cards; one alone needs no choosing. */
  readonly kinds: readonly Kind[];
  readonly procedure: string;
  /** Whether a need may be told without choosing among the cards. */
  readonly unsorted: boolean;
  /** What nobody can do without. */
  readonly first: readonly FieldAsked[];
  /** What may stay empty. */
  readonly rest: readonly FieldAsked[];
  /** Whom it is about: shown apart, since it decides who may never see it. */
  readonly aboutPerson: readonly FieldAsked[];
  /** A kind of its own for complaints about a person, where these fields are not part of this page. */
  readonly complaint: Kind | null;
  /** Other kinds, each with a page of its own. */
  readonly others: readonly Kind[];
}

const isPerson = (field: FieldView): boolean => field.type === 'person';
const isComplaint = (kind: Kind): boolean => kind.fields.some(isPerson);

/** The field that holds the need in the person's own words: the first long text, else the first text. */
const mainTextOf = (kind: Kind): FieldView | undefined =>
  kind.fields.find((field) => field.type === 'long-text') ?? kind.fields.find((field) => field.type === 'text');

/**
 * The name under which a page asks for a field. Text, place, photo and phone have one name on every page, whatever the procedure
 * calls them, so that what was typed is carried along when a person changes to another kind.
 */
const nameFor = (kind: Kind, field: FieldView): string => {
  if (field.id === mainTextOf(kind)?.id) return 'main-text';
  for (const [role, types] of Object.entries({ place: ['place'], photo: ['file', 'files'], phone: ['phone'] }))
    if (kind.fields.find((each) => types.includes(each.type))?.id === field.id) return `main-${role}`;
  return field.id;
};

/** The kinds of the procedure that takes most kinds: what a village is asked every day; the others have pages of their own. */
const everyday = (form: RequestForm): readonly Kind[] => {
  const procedures = [...new Set(form.kinds.map((kind) => kind.procedure))];
  const groups = procedures.map((procedure) => form.kinds.filter((kind) => kind.procedure === procedure));
  return groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
};

/** What the page for a kind asks; without one, the page for everyday needs. */
export const requestPage = (form: RequestForm, only?: string): RequestPage => {
  const chosen = form.kinds.find((kind) => kind.id === only);
  const daily = everyday(form);
  const kinds = chosen === undefined || daily.includes(chosen) ? daily : [chosen];
  const [model] = kinds;
  const asked = (model?.fields ?? [])
    .filter((field) => field.id !== 'kind')
    .map((field) => ({ field, asked: model ? nameFor(model, field) : field.id }));
  const plain = asked.filter(({ field }) => !isPerson(field));
  const complaint = form.kinds.find((kind) => !kinds.includes(kind) && isComplaint(kind)) ?? null;
  return {
    kinds,
    procedure: model?.procedure ?? '',
    unsorted: model?.unsorted === true && kinds.length > 1,
    first: plain.filter(({ field }) => field.required),
    rest: plain.filter(({ field }) => !field.required),
    aboutPerson: asked.filter(({ field }) => isPerson(field)),
    complaint,
    others: form.kinds.filter((kind) => !kinds.includes(kind) && kind !== complaint),
  };
};

/** Every field of a page. */
export const fieldsOf = (page: RequestPage): readonly FieldAsked[] => [
  ...page.first,
  ...page.rest,
  ...page.aboutPerson,
];

/** Fields under the names the page has for them, as inputs and checks need them. */
export const asAsked = (fields: readonly FieldAsked[]): readonly FieldView[] =>
  fields.map(({ field, asked }) => ({ ...field, id: asked }));
