import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.js';
import type { App } from '../../http/environment.js';
import type { Feature } from '../../http/feature.js';
import { verifyPageHtml, verifyPagePolicy } from './verify-page.generated.js';

const tag = `"${createHash('sha256').update(verifyPageHtml).digest('base64url')}"`;

/** The page's own hash, in hexadecimal, for the poster: whoever doubts the page compares it. */
export const verifyPageHash = createHash('sha256').update(verifyPageHtml).digest('hex');

const verifyRoutes = (app: App, _deps: Deps): void => {
  app.get('/verify', (call) => {
    if (call.req.header('if-none-match') === tag) return call.body(null, 304, { etag: tag });
    return call.html(verifyPageHtml, 200, {
      'content-security-policy': verifyPagePolicy,
      'cache-control': 'no-cache',
      etag: tag,
    });
  });
};

/** The checking page 核对页: one static file; what stands behind # never reaches this server. */
export const verifyFeature: Feature = { name: 'verify', routes: verifyRoutes };
