import type { RouteConfig } from '@hono/zod-openapi';
import type { z } from 'zod';

/**
 * The typed client (客户端): calls a route of the contract and gives back what the route promises.
 *
 * It knows routes as types alone (`call<typeof readMatterRoute>('get', '/api/matters/{id}', …)`), so that a page which
 * calls three routes does not carry the schemas of sixty; method and path are checked against the route by the compiler.
 */

export { coverageReports } from './coverage-reports.js';

/** One reason of a refusal, in words, as the server sends it. */
export interface FaultInWords {
  readonly code: string;
  readonly what: string;
  readonly why: string | null;
  readonly cure: string | null;
  readonly source: readonly string[];
  readonly params: Readonly<Record<string, string | number>>;
}

/** The server refused, with every reason. `status` is 0 when it could not be reached, and the input is still ours. */
export class RefusedError extends Error {
  readonly status: number;
  readonly faults: readonly FaultInWords[];
  constructor(status: number, faults: readonly FaultInWords[]) {
    super(faults.map((fault) => fault.what).join(' ') || `HTTP ${status}`);
    this.name = 'RefusedError';
    this.status = status;
    this.faults = faults;
  }
}

type In<T> = T extends z.ZodType ? z.input<T> : never;
type Request<R extends RouteConfig> = NonNullable<R['request']>;
type Has<Key extends string, T> = [T] extends [never]
  ? object
  : unknown extends T
    ? object
    : { readonly [K in Key]: T };
type Json<R extends RouteConfig> =
  Request<R> extends { body: { content: { 'application/json': { schema: infer S } } } } ? In<S> : never;
type Params<R extends RouteConfig> = Request<R> extends { params: infer S } ? In<S> : never;
type Query<R extends RouteConfig> = Request<R> extends { query: infer S } ? In<S> : never;

/**
 * What a call needs: path parameters, query, body, and for a command its id, made and kept before the first try. `writtenAt` is when a
 * command was written by this device's clock (ISO 8601); what that clock says at the try goes with it, so that the server can tell how far it is off.
 */
export type CallInput<R extends RouteConfig> = Has<'params', Params<R>> &
  ([Query<R>] extends [never] ? object : { readonly query?: Query<R> }) &
  Has<'json', Json<R>> & { readonly commandId?: string; readonly writtenAt?: string; readonly signal?: AbortSignal };

type Answer<R extends RouteConfig, Status extends 200 | 201> = R['responses'] extends {
  [K in Status]: { content: { 'application/json': { schema: infer S } } };
}
  ? S extends z.ZodType
    ? z.output<S>
    : never
  : never;

/** What a call gives back: the body of the route's 200 or 201. */
export type CallOutput<R extends RouteConfig> = Answer<R, 200> | Answer<R, 201>;

export type Call = <R extends RouteConfig>(
  method: R['method'],
  path: R['path'],
  input: CallInput<R>,
) => Promise<CallOutput<R>>;

/** The address of a route with its parameters and query filled in, for links such as a spreadsheet to download. */
export function addressOf(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
    ),
  ).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

const unreachable: FaultInWords = {
  code: 'server-unreachable',
  what: '连不上服务器。Cannot reach the server.',
  why: null,
  cure: '填写的内容还在，联网后再试。Your input is kept; try again when you are online.',
  source: [],
  params: {},
};

/**
 * A client that speaks `language` and keeps the session cookie.
 *
 * A refusal rejects with RefusedError and its faults; a lost connection does the same with status 0, so that a page has one
 * place to show what went wrong.
 */
export function createClient(language: () => string, send: typeof fetch = fetch): Call {
  return async (method, path, input) => {
    const { params, query, json, commandId, writtenAt, signal } = input as {
      params?: Record<string, unknown>;
      query?: Record<string, string | number | boolean | null | undefined>;
      json?: unknown;
      commandId?: string;
      writtenAt?: string;
      signal?: AbortSignal;
    };
    const headers: Record<string, string> = { 'accept-language': language(), accept: 'application/json' };
    if (json !== undefined) headers['content-type'] = 'application/json';
    if (commandId !== undefined) headers['idempotency-key'] = commandId;
    if (writtenAt !== undefined) {
      headers['device-written-at'] = writtenAt;
      headers['device-sent-at'] = new Date().toISOString();
    }
    let response: Response;
    try {
      response = await send(addressOf(path, params, query), {
        method: method.toUpperCase(),
        headers,
        credentials: 'same-origin',
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      if (signal?.aborted === true) throw cause;
      throw new RefusedError(0, [unreachable]);
    }
    const body: unknown =
      response.headers.get('content-type')?.includes('json') === true ? await response.json() : undefined;
    if (!response.ok)
      throw new RefusedError(response.status, (body as { faults?: FaultInWords[] } | undefined)?.faults ?? []);
    return body as never;
  };
}
