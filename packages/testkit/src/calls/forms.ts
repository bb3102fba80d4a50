/** A field of a form as the server describes it. */
interface FormField {
  readonly id: string;
  readonly type: string;
  readonly choices?: readonly { readonly value: string }[];
}

/** A form 表单 that the server offered, with what has to be sent along so that it is the right one. */
export interface KnownForm {
  readonly names: Readonly<Record<string, string | number>>;
  readonly fields: readonly FormField[];
}

type Read = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Read => typeof value === 'object' && value !== null;

const fieldsOf = (value: Read): readonly FormField[] | undefined => {
  const { fields } = value;
  return Array.isArray(fields) && fields.every((one) => isRecord(one) && 'type' in one && 'choices' in one)
    ? (fields as FormField[])
    : undefined;
};

const textIn = (value: Read, key: string): Record<string, string | number> => {
  const found = value[key];
  return typeof found === 'string' || typeof found === 'number' ? { [key]: found } : {};
};

/** What a form is for: an act of a matter that was read, a record of a register, a request of a kind. */
const namesOf = (form: Read, whole: Read): Record<string, string | number> => {
  const place = textIn(whole, 'division');
  if ('act' in form) {
    const version = whole['version'];
    return {
      ...textIn(form, 'act'),
      ...textIn(form, 'stage'),
      ...textIn(whole, 'id'),
      ...(typeof version === 'number' ? { baseVersion: version } : {}),
    };
  }
  if ('ledgers' in form) return { register: String(form['id']) };
  if ('kinds' in form) {
    const kinds = Array.isArray(form['kinds']) ? (form['kinds'] as unknown[]) : [];
    const [kind] = kinds.filter(isRecord);
    return { ...place, procedure: String(form['id']), ...(kind === undefined ? {} : { kind: String(kind['id']) }) };
  }
  return { ...place, ...textIn(form, 'procedure'), kind: String(form['id']) };
};

/** The forms in an answer that the one who asked may fill in now. */
export const formsIn = (answer: unknown): readonly KnownForm[] => {
  const found: KnownForm[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const one of value.slice(0, 40)) visit(one, depth + 1);
    else if (isRecord(value) && depth < 6) {
      const fields = fieldsOf(value);
      const shut = value['allowed'] === false || value['mine'] === false || value['keeps'] === false;
      if (fields !== undefined && !shut && isRecord(answer)) found.push({ names: namesOf(value, answer), fields });
      for (const inside of Object.values(value)) if (isRecord(inside)) visit(inside, depth + 1);
    }
  };
  visit(answer, 0);
  return found;
};

/** Values for the fields of a form; each bit of the seed decides over one field, most seeds fill them all. */
export const fillForm = (
  { fields }: KnownForm,
  seed: number,
  known: (name: string, pick: number) => unknown,
): Readonly<Record<string, unknown>> => {
  const filled = fields.filter((_, at) => seed % 5 !== 0 || ((seed >> (at % 30)) & 1) === 1);
  return Object.fromEntries(filled.map((field, at) => [field.id, valueFor(field, seed + at, known)]));
};

const valueFor = (
  { type, choices = [] }: FormField,
  seed: number,
  known: (name: string, pick: number) => unknown,
): unknown => {
  const choice = choices[seed % Math.max(1, choices.length)]?.value ?? '一';
  switch (type) {
    case 'number':
    case 'money':
      return seed % 100;
    case 'yes-no':
      return seed % 2 === 0;
    case 'date':
      return new Date(Date.UTC(2026, 1, 1) + (seed % 60) * 86_400_000).toISOString().slice(0, 10);
    case 'choice':
      return choice;
    case 'list':
      return ['第一条', '第二条'];
    case 'choices':
      return [choice];
    case 'file':
    case 'person':
    case 'body':
      return known(type, seed % 9);
    case 'phone':
      return '13800138000';
    default:
      return seed % 11 === 0 ? '' : '请修路灯';
  }
};
