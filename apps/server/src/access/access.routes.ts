import { deleteCookie, getCookie } from 'hono/cookie';
import {
  lockSessionRoute,
  readMeRoute,
  secondStepRoute,
  signInRoute,
  signOutRoute,
  unlockSessionRoute,
} from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { accountRoutes } from './account.routes.js';
import { nobodyHere, sessionOf } from './find-session.js';
import { lock, unlock } from './lock.js';
import { meOf } from './me.js';
import { passkeyRoutes } from './passkeys.routes.js';
import { readSessionToken, sessionCookieName } from './session-cookie.js';
import { secondStep } from './second-factor.js';
import { signIn } from './sign-in.js';
import { signOnRoutes } from './sign-on.routes.js';

/** `POST /api/session`, `DELETE /api/session`, `GET /api/me`, the screen's lock. The log-in library's own paths are nobody's: it is asked in process. */
export const accessRoutes = (app: App, deps: Deps): void => {
  app.openapi(signInRoute, async (c) => {
    const tried = { ...c.req.valid('json'), address: c.get('address'), userAgent: c.req.header('user-agent') };
    const result = await signIn(deps, tried);
    if (!result.ok) {
      if ('cookies' in result) for (const cookie of result.cookies) c.header('set-cookie', cookie, { append: true });
      return refuseWith(c, result.faults);
    }
    for (const cookie of result.value.cookies) c.header('set-cookie', cookie, { append: true });
    return c.json(await meOf(deps, result.value.session), 200);
  });

  app.openapi(secondStepRoute, async (c) => {
    const result = await secondStep(deps, c.req.header('cookie'), c.req.valid('json'));
    if (!result.ok) return refuseWith(c, result.faults);
    for (const cookie of result.value.cookies) c.header('set-cookie', cookie, { append: true });
    return c.json(await meOf(deps, result.value.session), 200);
  });

  app.openapi(signOutRoute, async (c) => {
    const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
    if (token !== undefined) await deps.authPool.query('delete from lx.session where token = $1', [token]);
    deleteCookie(c, sessionCookieName(deps), { path: '/', secure: sessionCookieName(deps).startsWith('__Secure-') });
    return c.body(null, 204);
  });

  app.openapi(lockSessionRoute, async (c) => {
    const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
    if (token !== undefined) await lock(deps, token);
    return c.body(null, 204);
  });

  app.openapi(unlockSessionRoute, async (c) => {
    const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
    const opened = await unlock(deps, token, c.get('address'), c.req.valid('json'));
    return opened.ok ? c.json(await meOf(deps, opened.value), 200) : refuseWith(c, opened.faults);
  });

  app.openapi(readMeRoute, async (c) => {
    const session = await sessionOf(deps, c);
    if (session === null) return refuseWith(c, [nobodyHere(c)]);
    return c.json(await meOf(deps, session), 200);
  });

  accountRoutes(app, deps);
  passkeyRoutes(app, deps);
  signOnRoutes(app, deps);
};
