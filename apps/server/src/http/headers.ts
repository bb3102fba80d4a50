import type { MiddlewareHandler } from 'hono';
import type { Environment } from './environment.js';

const policy = (style: string): string =>
  [
    `default-src 'self'`,
    `script-src 'self'`,
    `style-src ${style}`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');

const strict = policy(`'self'`);
/** The console's component library writes style elements; scripts stay as strict. */
const forConsole = policy(`'self' 'unsafe-inline'`);

/**
 * Security headers of every answer. The referrer stays inside this site, so a receipt's address never leaves it; it is not
 * `no-referrer`, since browsers then send forms with `Origin: null`.
 */
export const securityHeaders =
  (secure: boolean): MiddlewareHandler<Environment> =>
  async (c, next) => {
    await next();
    const path = c.req.path;
    // Set on the answer itself: `c.header` makes a finished answer anew, each time.
    const { headers } = c.res;
    // A page that brings its own script inside allows exactly that script by its hash.
    if (!headers.has('content-security-policy')) {
      headers.set('content-security-policy', path === '/console' || path.startsWith('/console/') ? forConsole : strict);
    }
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(self), microphone=(self), geolocation=(self), interest-cohort=()');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
