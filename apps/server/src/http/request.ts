import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Locale } from '@lianxin/domain';
import type { Config } from '../config.js';
import type { Environment } from './environment.js';

/** The language of refusals: English when the reader prefers it, else Chinese. */
export const localeOf = (header: string | undefined): Locale => {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().toLowerCase();
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
};

/** What node-server hands along: the socket's other end. */
interface Bindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * The caller's address: the socket's, or behind trusted proxies the nearest address that is none of them. A header that a stranger
 * sent is never believed.
 */
export const addressOf = (c: Pick<Context, 'env' | 'req'>, config: Pick<Config, 'trustedProxies'>): string => {
  const socket = (c.env as Bindings | undefined)?.incoming?.socket?.remoteAddress?.replace(/^::ffff:/, '') ?? 'local';
  if (!config.trustedProxies.includes(socket)) return socket;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return hops.findLast((hop) => hop !== '' && !config.trustedProxies.includes(hop)) ?? socket;
};

/** Puts id, language and address on the request; the id goes back in a header and into the log. */
export const describeRequest =
  (config: Pick<Config, 'trustedProxies'>): MiddlewareHandler<Environment> =>
  async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.set('locale', localeOf(c.req.header('accept-language')));
    c.set('address', addressOf(c, config));
    await next();
    c.res.headers.set('x-request-id', requestId);
  };
