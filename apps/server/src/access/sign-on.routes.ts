import { getCookie } from 'hono/cookie';
import { fault, ok, refuse } from '@lianxin/domain';
import {
  beginSignOnRoute,
  bindSignOnRoute,
  endSignOnRoute,
  readWaysInRoute,
  unbindSignOnRoute,
} from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { bind, signOnLogIn, unbind } from './bindings.js';
import { beginSignOn, endSignOn, type Departure } from './county-sign-on.js';
import { sessionOf } from './find-session.js';
import { callerOf, owning } from './handle.js';
import { meOf } from './me.js';
import { provePassword } from './prove-password.js';
import { readSigned, signedCookie, signOnCookieName } from './session-cookie.js';

/** `/api/session/sign-on`, `/api/account/sign-on`: the county's sign-on, to log in and to bind. */
export const signOnRoutes = (app: App, deps: Deps): void => {
  /** The browser that leaves has to be the one that comes back: it carries the state in a cookie that no script reads. */
  const leaving = (c: { header: (name: string, value: string, options: { append: true }) => void }, to: Departure) => {
    c.header('set-cookie', signedCookie(deps, signOnCookieName(deps), to.state, 600), { append: true });
    return { address: to.address };
  };
  app.openapi(readWaysInRoute, (c) => c.json({ signOn: deps.config.signOn?.name ?? null }, 200));
  app.openapi(beginSignOnRoute, async (c) => {
    const begun = await beginSignOn(deps, null);
    return begun.ok ? c.json(leaving(c, begun.value), 200) : refuseWith(c, begun.faults);
  });
  app.openapi(bindSignOnRoute, (c) =>
    owning(
      deps,
      c,
      async (session) => {
        const proved = await provePassword(deps, session, c.get('address'), c.req.valid('json').password);
        return proved.ok ? beginSignOn(deps, session.account) : proved;
      },
      (departure) => c.json(leaving(c, departure), 200),
    ),
  );
  app.openapi(endSignOnRoute, async (c) => {
    const state = readSigned(deps, getCookie(c, signOnCookieName(deps)));
    const ended = await endSignOn(deps, c.req.valid('json').search, state);
    if (!ended.ok) return refuseWith(c, ended.faults);
    const { account } = ended.value;
    if (account !== null) {
      const session = await sessionOf(deps, c);
      const bound =
        session?.account === account ? await bind(deps, account, ended.value) : refuse(fault('sign-on-failed'));
      if (!bound.ok || session === null) return refuseWith(c, bound.ok ? [fault('sign-on-failed')] : bound.faults);
      return c.json({ me: await meOf(deps, session), bound: true }, 200);
    }
    const done = await signOnLogIn(deps, ended.value, callerOf(c));
    for (const cookie of 'cookies' in done ? done.cookies : done.ok ? done.value.cookies : [])
      c.header('set-cookie', cookie, { append: true });
    if (!done.ok) return refuseWith(c, done.faults);
    return c.json({ me: await meOf(deps, done.value.session), bound: false }, 200);
  });
  app.openapi(unbindSignOnRoute, (c) =>
    owning(
      deps,
      c,
      async (session) => {
        const proved = await provePassword(deps, session, c.get('address'), c.req.valid('json').password);
        if (!proved.ok) return proved;
        const gone = await unbind(deps, session.account);
        return gone.ok ? ok(null) : gone;
      },
      () => c.body(null, 204),
    ),
  );
};
