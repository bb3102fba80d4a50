import type { FieldView, RequestForm } from '@lianxin/contract';

type Kind = RequestForm['kinds'][number];

/** The fields of a request form in the order in which a person is asked. */
export interface SortedFields {
  /** Kinds offered as cards. */
  readonly kinds: readonly Kind[];
  /** What nobody can do without. */
  readonly first: readonly FieldView[];
  /** Asked of everybody, may stay empty. */
  readonly rest: readonly FieldView[];
  /** Asked for one kind only. */
  readonly byKind: readonly { readonly kind: string; readonly title: string; readonly fields: readonly FieldView[] }[];
  /** The kind for complaints about a person, with what only it asks: kept apart, since it decides who may never see it. */
  readonly aboutPerson: { readonly kind: string; readonly fields: readonly FieldView[] } | null;
}

/** A field of a kind's procedure beside the one under which the page asked for it. */
export interface FieldAsked {
  readonly field: FieldView;
  readonly asked: string;
}

/**
 * Fields that mean the same whatever they are called: each procedure names its own text, place, photo and phone, but a person is
 * asked once. The first of its type counts.
 */
const roleOf = (kind: Kind, field: FieldView): string => {
  if (field.id === 'kind') return 'kind';
  const sameType = kind.fields.filter((other) => typeOf(other) === typeOf(field));
  const isMain = sameType[0]?.id === field.id;
  return isMain && mergedTypes.has(typeOf(field)) ? typeOf(field) : `field ${field.id} ${field.type}`;
};
const typeOf = (field: FieldView): string => (field.type === 'files' ? 'file' : field.type);
const mergedTypes = new Set(['long-text', 'place', 'file', 'phone']);

const isAboutPerson = (kind: Kind): boolean => kind.fields.some((field) => field.type === 'person');

/** A field named after its kind is what the cards already ask. */
const isKindField = (field: FieldView): boolean => field.id === 'kind';

/** For every role the field that stands for it on the page: the first kind's that has it. */
const representatives = (form: RequestForm): ReadonlyMap<string, FieldView> => {
  const found = new Map<string, FieldView>();
  const ordered = [...form.kinds].toSorted((a, b) => Number(isAboutPerson(a)) - Number(isAboutPerson(b)));
  for (const kind of ordered)
    for (const field of kind.fields) {
      const role = roleOf(kind, field);
      if (!found.has(role)) found.set(role, field);
    }
  return found;
};

/**
 * Sorts the fields of all kinds: what every ordinary kind asks is asked once, whatever kind is chosen.
 * Why: the page works without a script, so it cannot wait for the kind before it shows the fields.
 */
export const sortFields = (form: RequestForm): SortedFields => {
  const standing = representatives(form);
  const about = form.kinds.find(isAboutPerson);
  const kinds = form.kinds.filter((kind) => !isAboutPerson(kind));
  const ordinary = kinds.length > 0 ? kinds : form.kinds;
  const has = (kind: Kind, role: string): boolean => kind.fields.some((field) => roleOf(kind, field) === role);
  const common = [...standing]
    .filter(([, field]) => !isKindField(field))
    .filter(([role]) => ordinary.every((kind) => has(kind, role)));
  const commonRoles = new Set(common.map(([role]) => role));
  const ownOf = (kind: Kind): readonly FieldView[] =>
    kind.fields.filter((field) => !isKindField(field) && !commonRoles.has(roleOf(kind, field)));
  const shared = common.map(([, field]) => field);
  return {
    kinds,
    first: shared.filter((field) => field.required),
    rest: shared.filter((field) => !field.required),
    byKind: kinds.flatMap((kind) => {
      const fields = ownOf(kind);
      return fields.length > 0 ? [{ kind: kind.id, title: kind.title, fields }] : [];
    }),
    aboutPerson: about === undefined ? null : { kind: about.id, fields: ownOf(about) },
  };
};

/** The fields that count for a kind, each with the id under which the page asked for it. */
export const fieldsFor = (form: RequestForm, kind: string): readonly FieldAsked[] => {
  const standing = representatives(form);
  const chosen = form.kinds.find(({ id }) => id === kind) ?? form.kinds.find((each) => !isAboutPerson(each));
  if (chosen === undefined) return [];
  const common = new Set(
    sortFields(form)
      .first.concat(sortFields(form).rest)
      .map(({ id }) => id),
  );
  return chosen.fields
    .filter((field) => !isKindField(field))
    .map((field) => {
      const asked = standing.get(roleOf(chosen, field))?.id ?? field.id;
      return { field, asked: common.has(asked) ? asked : field.id };
    });
};
