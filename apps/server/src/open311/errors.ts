import type { FaultView } from '@lianxin/contract';
import type { MiddlewareHandler } from 'hono';
import type { Environment } from '../http/environment.js';
import { splitFormat } from './answer-in.js';
import { xmlOf } from './xml.js';

/** What GeoReport v2 knows: 404 for what is not there, 403 for what may not be, 400 for the rest; limits and outages stay what they are. */
const codeOf = (status: number): number =>
  status >= 500 || [403, 404, 429].includes(status) ? status : status === 401 ? 403 : 400;

const saidOf = ({ what, why, cure }: FaultView): string => [what, why, cure].filter(Boolean).join(' ');

/**
 * Turns every refusal below `/open311` into the error list of GeoReport v2, in the format asked for.
 * Why outermost: size, encoding and rate are refused before any route is reached, and a client must be able to read those too.
 */
export const open311Errors: MiddlewareHandler<Environment> = async (c, next) => {
  await next();
  if (!c.req.path.startsWith('/open311/') || c.res.status < 400) return;
  if (c.res.headers.get('content-type')?.startsWith('application/json') !== true) return;
  const { faults = [] } = (await c.res.json()) as { faults?: FaultView[] };
  const code = codeOf(c.res.status);
  const errors = faults.map((one) => ({ code, description: saidOf(one) }));
  const isXml = splitFormat(c.req.path)?.format !== 'json';
  const headers = new Headers({
    'content-type': isXml ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  });
  const after = c.res.headers.get('retry-after');
  if (after !== null) headers.set('retry-after', after);
  c.res = undefined;
  c.res = new Response(isXml ? xmlOf('errors', errors) : JSON.stringify(errors), { status: code, headers });
};
