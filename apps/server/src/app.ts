import { OpenAPIHono } from '@hono/zod-openapi';
import { fault } from '@lianxin/domain';
import type { Deps } from './deps.js';
import { sessionCookieName } from './access/index.js';
import { features as allFeatures } from './features.js';
import { refuseWith } from './http/answer.js';
import { readableBody } from './http/body.js';
import { serveConsole } from './http/console.js';
import { diskReserve, keepReserve } from './http/disk-reserve.js';
import type { App, Environment } from './http/environment.js';
import type { Feature } from './http/feature.js';
import { securityHeaders } from './http/headers.js';
import { onError } from './http/on-error.js';
import { serveOpenApi } from './http/openapi.js';
import { sameOrigin } from './http/origin.js';
import { limitWrites } from './http/rate-limit.js';
import { describeRequest } from './http/request.js';
import { onInvalid } from './http/validation.js';
import { open311Errors } from './open311/index.js';
import { refusalPages } from './portal/index.js';

/** Whether the database answers, in the time a balancer waits. */
const healthOf = async (deps: Deps): Promise<boolean> => {
  try {
    await deps.pool.query('select 1');
    return true;
  } catch {
    return false;
  }
};

/**
 * The application 应用: every request passes the same gates (headers, size, encoding, origin, rate), then the features in their order.
 * Nothing here knows a feature; `features.ts` lists them.
 */
export const createApp = (deps: Deps, features: readonly Feature[] = allFeatures): App => {
  const app = new OpenAPIHono<Environment>({ defaultHook: onInvalid });
  app.onError(onError(deps));
  app.notFound((c) => refuseWith(c, [fault('not-found')]));
  app.use(securityHeaders(deps.config.origin.startsWith('https:')));
  app.use(describeRequest(deps.config));
  app.use(refusalPages(deps));
  app.use(open311Errors);
  const reserve = diskReserve(deps);
  app.use(limitWrites(deps.config.writesPerMinute));
  app.use(keepReserve(reserve));
  app.use(sameOrigin(deps.config));
  app.use(readableBody);

  app.get('/healthz', async (c) => {
    const well = await healthOf(deps);
    c.header('cache-control', 'no-store');
    if (!well) return c.json({ status: 'database-unavailable' }, 503);
    // A full disk stops nobody from reading, so a balancer must not take this server out.
    return c.json({ status: (await reserve.isSpent()) ? 'storage-full' : 'ok' });
  });
  serveConsole(app, deps.config);
  for (const feature of features) feature.routes?.(app, deps);
  serveOpenApi(app, sessionCookieName(deps));
  return app;
};
