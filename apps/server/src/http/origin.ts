import type { MiddlewareHandler } from 'hono';
import { fault } from '@lianxin/domain';
import type { Config } from '../config.js';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/**
 * Refuses `origin-refused` when a browser says that another site sent the request: the cookie would make it look like the person's own
 * wish. Programs send no `Origin`, and they hold no cookie of a browser.
 */
export const sameOrigin =
  (config: Pick<Config, 'origin'>): MiddlewareHandler<Environment> =>
  async (c, next) => {
    if (reading.has(c.req.method)) return next();
    const origin = c.req.header('origin');
    const ours =
      origin === undefined ||
      origin === config.origin ||
      hostOf(origin) === (c.req.header('host') ?? hostOf(c.req.url));
    const site = c.req.header('sec-fetch-site');
    const foreign = origin === undefined && (site === 'cross-site' || site === 'same-site');
    if (!ours || foreign) return refuseWith(c, [fault('origin-refused')]);
    return next();
  };
