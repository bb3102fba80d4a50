import type { FieldView, RequestForm } from '@lianxin/contract';
import type { Node } from './xml.js';

/** One thing that may be told, as a service 服务项 of GeoReport v2: a procedure and a kind, or a procedure alone to be sorted later. */
export interface Service {
  readonly code: string;
  readonly name: string;
  readonly about: string | null;
  readonly procedure: string;
  /** Title of the procedure; clients show services of one together. */
  readonly group: string;
  /** Null: whoever receives it sorts it. */
  readonly kind: string | null;
  readonly fields: readonly FieldView[];
}

/** Code of a service. Clients send it back as it is. */
export const serviceCode = (procedure: string, kind: string | null): string =>
  kind === null ? procedure : `${procedure}.${kind}`;

const servicesOf = (kinds: RequestForm['kinds']): Service[] => {
  const unsorted = kinds.find((kind) => kind.unsorted);
  const sorted = kinds.map(({ id, title, promise, procedure, procedureTitle, fields }) => ({
    code: serviceCode(procedure, id),
    name: title,
    about: promise,
    procedure,
    group: procedureTitle,
    kind: id,
    fields,
  }));
  if (unsorted === undefined) return sorted;
  const { procedure, procedureTitle: group, fields } = unsorted;
  const name = '说一件事';
  const about = '拿不准属于哪一类也可以提出，由接待人员归类。';
  return [{ code: serviceCode(procedure, null), name, about, procedure, group, kind: null, fields }, ...sorted];
};

/** Services of one or many villages, each once; where villages ask different things for one, the first village's fields stand. */
export const listServices = (forms: readonly RequestForm[]): Service[] => {
  const seen = new Map<string, Service>();
  for (const kinds of new Set(forms.map((form) => form.kinds)))
    for (const service of servicesOf(kinds)) if (!seen.has(service.code)) seen.set(service.code, service);
  return [...seen.values()];
};

/** The field that takes `description`: the first long text that is not about a person, else the first text. */
export const describingField = (fields: readonly FieldView[]): FieldView | undefined => {
  const open = fields.filter(({ personal }) => !personal);
  return open.find(({ type }) => type === 'long-text') ?? open.find(({ type }) => type === 'text');
};

/** Fields that parameters of the standard fill, so that no client asks for them twice. */
export const isStandardField = (fields: readonly FieldView[], field: FieldView): boolean =>
  field === describingField(fields) || ['phone', 'place', 'file', 'files'].includes(field.type);

const datatypes: Readonly<Record<string, string>> = {
  text: 'string',
  'long-text': 'text',
  number: 'number',
  money: 'number',
  date: 'datetime',
  'yes-no': 'singlevaluelist',
  choice: 'singlevaluelist',
  choices: 'multivaluelist',
  list: 'multivaluelist',
};

const yesNo = [
  { key: 'yes', name: '是' },
  { key: 'no', name: '否' },
];

const attributeOf = (field: FieldView, order: number): Node => ({
  variable: true,
  code: field.id,
  datatype: datatypes[field.type] ?? 'string',
  required: field.required,
  datatype_description: [field.help, field.unit].filter(Boolean).join(' '),
  order,
  description: field.title,
  values: field.type === 'yes-no' ? yesNo : field.choices.map(({ value, title }) => ({ key: value, name: title })),
});

const attributesOf = ({ fields }: Service): Node[] =>
  fields.filter((field) => !isStandardField(fields, field)).map((field, at) => attributeOf(field, at + 1));

/** A service as the list shows it. Every one is `realtime`: the receipt comes with the answer. */
export const serviceView = (service: Service): Node => ({
  service_code: service.code,
  service_name: service.name,
  description: service.about ?? '',
  metadata: attributesOf(service).length > 0,
  type: 'realtime',
  keywords: service.kind ?? '',
  group: service.group,
});

/** What a service asks besides the parameters of the standard. */
export const definitionView = (service: Service): Node => ({
  service_code: service.code,
  attributes: attributesOf(service),
});
