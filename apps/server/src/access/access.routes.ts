import { deleteCookie, getCookie } from 'hono/cookie';
import { fault } from '@lianxin/domain';
import { readMeRoute, secondStepRoute, signInRoute, signOutRoute } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { accountRoutes } from './account.routes.js';
import { authOf } from './auth.js';
import { sessionOf } from './find-session.js';
import { readSessionToken, sessionCookieName } from './session-cookie.js';
import { secondStep } from './second-factor.js';
import { signIn } from './sign-in.js';
import type { Session } from './session.js';

/** What the person logged in is shown of the session: nothing that could be used to log in. */
const meOf = ({ person, name, username, county, division, offices, capabilities }: Session) => ({
  person,
  name,
  username,
  county,
  division,
  offices: offices.map(({ before: _before, standsFor: _standsFor, ...office }) => ({
    ...office,
    capabilities: [...office.capabilities],
  })),
  capabilities: [...capabilities],
});

/** `POST /api/session`, `DELETE /api/session`, `GET /api/me`, and the log-in library's own paths. */
export const accessRoutes = (app: App, deps: Deps): void => {
  app.openapi(signInRoute, async (c) => {
    const { username, password } = c.req.valid('json');
    const tried = { username, password, address: c.get('address'), userAgent: c.req.header('user-agent') };
    const result = await signIn(deps, tried);
    if (!result.ok) {
      if ('cookies' in result) for (const cookie of result.cookies) c.header('set-cookie', cookie, { append: true });
      return refuseWith(c, result.faults);
    }
    for (const cookie of result.value.cookies) c.header('set-cookie', cookie, { append: true });
    return c.json(meOf(result.value.session), 200);
  });

  app.openapi(secondStepRoute, async (c) => {
    const result = await secondStep(deps, c.req.header('cookie'), c.req.valid('json'));
    if (!result.ok) return refuseWith(c, result.faults);
    for (const cookie of result.value.cookies) c.header('set-cookie', cookie, { append: true });
    return c.json(meOf(result.value.session), 200);
  });

  app.openapi(signOutRoute, async (c) => {
    const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
    if (token !== undefined) await deps.authPool.query('delete from lx.session where token = $1', [token]);
    deleteCookie(c, sessionCookieName(deps), { path: '/', secure: sessionCookieName(deps).startsWith('__Secure-') });
    return c.body(null, 204);
  });

  app.openapi(readMeRoute, async (c) => {
    const session = await sessionOf(deps, c);
    if (session === null) return refuseWith(c, [fault('not-signed-in')]);
    return c.json(meOf(session), 200);
  });

  accountRoutes(app, deps);
  app.on(['GET', 'POST'], '/api/auth/*', (c) => authOf(deps).handler(c.req.raw));
};
