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
    // A page that brings its own script inside allows exactly that script by its hash.
    if (!c.res.headers.has('content-security-policy')) {
      c.header('content-security-policy', path === '/console' || path.startsWith('/console/') ? forConsole : strict);
    }
    c.header('x-content-type-options', 'nosniff');
    c.header('x-frame-options', 'DENY');
    c.header('referrer-policy', 'same-origin');
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    c.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(self), interest-cohort=()');
    if (secure) c.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (path.startsWith('/api/') && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  };
