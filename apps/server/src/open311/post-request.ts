import type { FieldView, Opened } from '@lianxin/contract';
import { fault, type Fault, type FieldValue } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { openFromOutside, readRequestForms } from '../matters/index.js';
import type { Jurisdiction } from './jurisdiction.js';
import { placeOf } from './place-of.js';
import { describingField, isStandardField, listServices } from './services.js';
import type { Node } from './xml.js';

/** Parameters as they were sent, each with all its values. */
export type Sent = ReadonlyMap<string, readonly string[]>;

/** Characters of a description that the standard allows. */
const mostDescribed = 4000;

const one = (sent: Sent, name: string): string | undefined => sent.get(name)?.at(-1);

/** A value of an attribute as its field takes it; what cannot be one goes on as text, and the form refuses it in words. */
const valueOf = (field: FieldView, values: readonly string[]): FieldValue => {
  const [first = ''] = values;
  if (field.type === 'choices' || field.type === 'list') return [...values];
  if (field.type === 'number' || field.type === 'money') return Number.isFinite(Number(first)) ? Number(first) : first;
  if (field.type === 'yes-no') return first === 'yes' ? true : first === 'no' ? false : first;
  return field.type === 'date' ? first.slice(0, 10) : first;
};

/** What a form has no field for is told in the words of the request, so that nothing that was sent is lost. */
const describe = (sent: Sent, hasPlace: boolean): string => {
  const said = (one(sent, 'description') ?? '').trim();
  // A place alone is no request; the form says what is missing.
  if (said === '') return '';
  const lines = [said];
  const address = one(sent, 'address_string') ?? '';
  if (address !== '' && !hasPlace) lines.push(`地点：${address}`);
  const [lat, long] = [one(sent, 'lat') ?? '', one(sent, 'long') ?? ''];
  if (lat !== '' && long !== '') lines.push(`坐标（WGS-84）：${lat}, ${long}`);
  const media = one(sent, 'media_url') ?? '';
  if (media !== '') lines.push(`图片或材料的网址：${media}`);
  return lines.join('\n');
};

const fieldsFrom = (fields: readonly FieldView[], sent: Sent): Record<string, FieldValue> => {
  const given: Record<string, FieldValue> = {};
  const place = fields.find(({ type }) => type === 'place');
  const address = one(sent, 'address_string') ?? '';
  if (place !== undefined && address !== '') given[place.id] = address;
  const phone = fields.find(({ type }) => type === 'phone');
  const number = one(sent, 'phone') ?? '';
  if (phone !== undefined && number !== '') given[phone.id] = number;
  const described = describingField(fields);
  const text = describe(sent, place !== undefined);
  if (described !== undefined && text !== '') given[described.id] = text;
  for (const field of fields) {
    if (isStandardField(fields, field)) continue;
    const values = sent.get(`attribute[${field.id}]`) ?? sent.get(`attribute[${field.id}][]`);
    if (values !== undefined && values.some((value) => value !== '')) given[field.id] = valueOf(field, values);
  }
  return given;
};

/** Attributes that the service does not have: refused, since silence would look like being kept. */
const unknownAttributes = (fields: readonly FieldView[], sent: Sent): Fault[] =>
  [...sent.keys()].flatMap((name) => {
    const code = /^attribute\[([^\]]*)\](?:\[\])?$/.exec(name)?.[1];
    const known = fields.some((field) => field.id === code && !isStandardField(fields, field));
    return code === undefined || known ? [] : [fault('field-unknown', { field: name })];
  });

const noticeOf = (origin: string, { number, due, receipt }: Opened): string =>
  [
    `办件编号 ${number}。`,
    due === null ? '' : `${due} 前答复。`,
    `凭 service_request_id 随时可以在 ${origin}${receipt.track} 查看进度；它只属于提出人，请勿公开。`,
    receipt.confirmSecret === null ? '' : `确认办结要用的确认密码：${receipt.confirmSecret}，请交给提出人本人。`,
  ].join('');

/**
 * Takes a request from an application that is not ours 外部应用提交, by the same command as the portal's form: same choice of procedure, same
 * ruling, same journal. What it gives back as `service_request_id` is the receipt, by which the resident follows it.
 */
export const postRequest = async (
  deps: Deps,
  jurisdiction: Jurisdiction,
  commandId: string,
  sent: Sent,
): Promise<{ readonly faults: readonly Fault[] } | { readonly answer: Node }> => {
  const code = one(sent, 'service_code') ?? '';
  if (code === '') return { faults: [fault('field-missing', { field: 'service_code' })] };
  const place = await placeOf(deps, jurisdiction, {
    addressId: one(sent, 'address_id'),
    addressString: one(sent, 'address_string'),
    lat: one(sent, 'lat'),
    long: one(sent, 'long'),
  });
  if (!place.ok) return { faults: place.faults };
  const [form] = await readRequestForms(deps, jurisdiction.county, [place.value]);
  const service = form === undefined ? undefined : listServices([form]).find((each) => each.code === code);
  if (service === undefined)
    return { faults: [fault('kind-not-offered', { place: form?.divisionName ?? place.value, kind: code })] };
  const described = one(sent, 'description') ?? '';
  if (Array.from(described).length > mostDescribed)
    return { faults: [fault('field-invalid', { field: 'description', reason: `最多 ${mostDescribed} 字` })] };
  const unknown = unknownAttributes(service.fields, sent);
  if (unknown.length > 0) return { faults: unknown };
  const opened = await openFromOutside(deps, commandId, {
    division: place.value,
    procedure: service.procedure,
    ...(service.kind === null ? {} : { kind: service.kind }),
    fields: fieldsFrom(service.fields, sent),
  });
  if ('faults' in opened) return { faults: opened.faults };
  const body = opened.body as Opened;
  return {
    answer: [{ service_request_id: body.receipt.code, service_notice: noticeOf(deps.config.origin, body) }],
  };
};
