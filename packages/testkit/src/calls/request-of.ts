import type { ContractRoute } from './contract-routes.js';
import type { PlannedCall } from './plan.js';
import type { Pool } from './pool.js';
import { spoil } from './spoil.js';

/** A call with its holes filled, ready to be sent; kept in words for the report of a failure. */
export interface ReadyCall {
  readonly route: ContractRoute;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | FormData | undefined;
  readonly said: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Half of a pair: with the `u` flag whole pairs do not match. */
const halfCharacter = /[\ud800-\udfff]/u;

/** As one segment of an address; a half character, which no address can hold, goes as bytes that are no UTF-8. */
const segmentOf = (value: unknown): string => {
  const text = textOf(value).slice(0, 3_000);
  return halfCharacter.test(text) ? '%ED%A0%80' : encodeURIComponent(text);
};

const addressOf = (route: ContractRoute, params: unknown, query: unknown): string => {
  const given = new Map(Object.entries(typeof params === 'object' && params !== null ? params : {}));
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => segmentOf(given.get(name) ?? '甲'));
  const pairs = Object.entries(typeof query === 'object' && query !== null ? query : {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).slice(0, 5).map((one) => `${segmentOf(name)}=${segmentOf(one)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
};

const formOf = (body: unknown, file: Uint8Array, name: string): FormData => {
  const form = new FormData();
  for (const [key, value] of Object.entries(typeof body === 'object' && body !== null ? body : { file: body }))
    if (key === 'file') form.set(key, new File([Uint8Array.from(file)], name));
    else form.set(key, textOf(value));
  return form;
};

const names = ['表.xlsx', '图.png', '图.jpg', '文.pdf', '无后缀', 'a/../b.xlsx', `${'长'.repeat(300)}.png`];

const bytesOf = (planned: PlannedCall, text: string): string | Uint8Array<ArrayBuffer> | undefined => {
  switch (planned.wire) {
    case 'broken-json':
      return text.slice(0, Math.max(1, text.length >> 1));
    case 'not-utf8':
      return Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    case 'no-body':
      return undefined;
    default:
      return text;
  }
};

/** The part of an address before a parameter: it says what the parameter names. */
const partBefore = ({ path }: ContractRoute, name: string): string | undefined =>
  path.split(`/{${name}}`)[0]?.split('/').at(-1);

/** What the form must say of itself that a route's body is filled in from. */
const formNames = ({ path, body }: ContractRoute): readonly string[] => {
  const asked = Object.keys(body?.properties ?? {});
  if (asked.includes('act')) return ['act'];
  return path.startsWith('/api/registers') ? ['register'] : asked.includes('kind') ? ['kind'] : [];
};

/** Fills a planned call from the pool and writes it as a request. */
export const requestOf = (route: ContractRoute, planned: PlannedCall, pool: Pool, commandId: string): ReadyCall => {
  pool.chooseForm(formNames(route), planned.file);
  const parts: Record<'params' | 'query' | 'body', unknown> = {
    params: Object.fromEntries(
      Object.entries(planned.params as object).map(([name, value]) => [
        name,
        pool.fill(value, partBefore(route, name)),
      ]),
    ),
    query: pool.fill(planned.query),
    body: pool.fill(planned.body),
  };
  // Mostly the form goes to where it belongs, with the names that make it the right one.
  if (planned.file % 8 !== 0) {
    parts.params = { ...(parts.params as object), ...pool.formNames(route.params) };
    if (route.body !== undefined) parts.body = { ...(parts.body as object), ...pool.formNames(route.body) };
  }
  if (planned.spoiled !== null) {
    const { part, how } = planned.spoiled;
    parts[part] = spoil(parts[part], how);
  }
  const url = addressOf(route, parts.params, parts.query);
  const headers: Record<string, string> = { 'accept-language': planned.english ? 'en' : 'zh-CN' };
  const keys = { fresh: commandId, again: commandId, none: undefined, malformed: '短', reused: 'reused-for-ever' };
  const key = keys[planned.command];
  if (route.command && key !== undefined) headers['idempotency-key'] = encodeURIComponent(key);
  const said = `${route.method} ${url}`;
  if (route.body === undefined || route.method === 'GET') return { route, url, headers, body: undefined, said };
  if (route.multipart && planned.wire !== 'other-type') {
    const file = pool.file(planned.file);
    const body = formOf(parts.body, file, names[planned.file % names.length] ?? '');
    return {
      route,
      url,
      headers,
      body,
      said: `${said} with a file of ${file.length} bytes ${textOf([...body.keys()])}`,
    };
  }
  headers['content-type'] =
    planned.wire === 'other-type'
      ? 'text/csv'
      : planned.wire === 'form'
        ? 'application/x-www-form-urlencoded'
        : 'application/json';
  const body = bytesOf(planned, JSON.stringify(parts.body));
  return { route, url, headers, body, said: `${said} ${textOf(parts.body).slice(0, 1_500)}` };
};
