import type { Context } from 'hono';
import type { Environment } from '../http/environment.js';
import { xmlOf, type Node } from './xml.js';

/** The two formats of GeoReport v2, chosen by the end of the address. */
export type Format = 'xml' | 'json';

/** Format and name of a last part such as `need.json`; undefined where it ends in neither format. */
export const splitFormat = (part: string): { readonly name: string; readonly format: Format } | undefined => {
  const found = /^(.+)\.(xml|json)$/.exec(part);
  return found === null ? undefined : { name: found[1] ?? '', format: found[2] as Format };
};

/**
 * Answers in the format asked for. JSON lists stand bare, without a root, as every server of GeoReport v2 writes them; XML has the root.
 * Nobody keeps a copy: an answer may be about somebody's own request.
 */
export const answerIn = (c: Context<Environment>, format: Format, root: string, node: Node): Response => {
  c.header('cache-control', 'no-store');
  c.header('access-control-allow-origin', '*');
  if (format === 'json') return c.json(node as object, 200);
  c.header('content-type', 'text/xml; charset=utf-8');
  return c.body(xmlOf(root, node), 200);
};
