import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.js';
import type { App } from '../../http/environment.js';
import type { Feature } from '../../http/feature.js';
import { verifyPageHtml, verifyPagePolicy } from './verify-page.generated.js';

const tag = `"${createHash('sha256').update(verifyPageHtml).digest('base64url')}"`;

/** The page's own hash, in hexadecimal, for the poster: whoever doubts the page compares it. */
export const verifyPageHash = createHash('sha256').update(verifyPageHtml).digest('hex');

/** Also of an answer that nothing has changed: a browser takes these in the place of those it has kept with the page. */
const headers = { 'content-security-policy': verifyPagePolicy, 'cache-control': 'no-cache', etag: tag };

const verifyRoutes = (app: App, _deps: Deps): void => {
  app.get('/verify', (call) =>
    call.req.header('if-none-match') === tag ? call.body(null, 304, headers) : call.html(verifyPageHtml, 200, headers),
  );
};

/** The checking page 核对页: one static file; what stands behind # never reaches this server. */
export const verifyFeature: Feature = { name: 'verify', routes: verifyRoutes };
