import { OpenAPIHono } from '@hono/zod-openapi';
import { fault } from '@lianxin/domain';
import type { Deps } from './deps.js';
import { features as allFeatures } from './features.js';
import { refuseWith } from './http/answer.js';
import { readableBody } from './http/body.js';
import { serveConsole } from './http/console.js';
import type { App, Environment } from './http/environment.js';
import type { Feature } from './http/feature.js';
import { securityHeaders } from './http/headers.js';
import { onError } from './http/on-error.js';
import { sameOrigin } from './http/origin.js';
import { limitWrites } from './http/rate-limit.js';
import { describeRequest } from './http/request.js';
import { onInvalid } from './http/validation.js';
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
  app.use(limitWrites(deps.config.writesPerMinute));
  app.use(sameOrigin(deps.config));
  app.use(readableBody);

  app.get('/healthz', async (c) => {
    const well = await healthOf(deps);
    c.header('cache-control', 'no-store');
    return c.json({ status: well ? 'ok' : 'database-unavailable' }, well ? 200 : 503);
  });
  serveConsole(app, deps.config);
  for (const feature of features) feature.routes?.(app, deps);
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: '连心 Lianxin',
      version: '0.1.0',
      description:
        '基层治理系统接口。每个改变状态的请求都带 Idempotency-Key。 Every request that changes something carries an Idempotency-Key.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  });
  return app;
};
