import type { App } from '../http/environment.js';
import type { Portal } from './reply.js';

/** The stylesheet and the script; their addresses carry their hash, so a browser asks for each once. */
export const staticRoutes = (app: App, portal: Portal): void => {
  for (const asset of [portal.assets.style, portal.assets.script])
    app.get(asset.href, (c) => {
      c.header('content-type', asset.type);
      c.header('cache-control', 'public, max-age=31536000, immutable');
      return c.body(asset.body);
    });
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /r/\nDisallow: /r\nDisallow: /api/\n'));
};
