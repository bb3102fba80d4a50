import { getCookie } from 'hono/cookie';
import {
  changePasswordRoute,
  confirmSecondFactorRoute,
  endSessionRoute,
  offerSecondFactorRoute,
  readAccountRoute,
  removeSecondFactorRoute,
  resetSecondFactorRoute,
} from '@lianxin/contract';
import type { Context } from 'hono';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import { commandIdOf } from '../http/command-id.js';
import type { App, Environment } from '../http/environment.js';
import { actorOf } from './find-session.js';
import { owning } from './handle.js';
import { changePassword, endSession, readAccount } from './own-account.js';
import { resetSecondFactor } from './reset-second-factor.js';
import { confirmSecondFactor, offerSecondFactor, removeSecondFactor } from './second-factor.js';
import { readSessionToken, sessionCookieName } from './session-cookie.js';

type C = Context<Environment>;

/** Sends the cookies of the session that goes on after a change, and nothing else. */
const goOn =
  (c: C) =>
  (cookies: readonly string[]): Response => {
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    return c.body(null, 204);
  };

/** `/api/account` and what is below it: one's own log-in; and the reset by an administrator. */
export const accountRoutes = (app: App, deps: Deps): void => {
  app.openapi(readAccountRoute, (c) => {
    const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps))) ?? '';
    return owning(
      deps,
      c,
      async (session) => ({ ok: true, value: await readAccount(deps, session, token) }),
      (view) => c.json(view, 200),
    );
  });
  app.openapi(changePasswordRoute, (c) =>
    owning(
      deps,
      c,
      (session) => changePassword(deps, session, c.get('address'), c.req.valid('json')),
      () => c.body(null, 204),
    ),
  );
  app.openapi(offerSecondFactorRoute, (c) =>
    owning(
      deps,
      c,
      (session) => offerSecondFactor(deps, session, c.req.header('cookie'), c.req.valid('json').password),
      (offer) => c.json(offer, 200),
    ),
  );
  app.openapi(confirmSecondFactorRoute, (c) =>
    owning(deps, c, () => confirmSecondFactor(deps, c.req.header('cookie'), c.req.valid('json').code), goOn(c)),
  );
  app.openapi(removeSecondFactorRoute, (c) =>
    owning(deps, c, () => removeSecondFactor(deps, c.req.header('cookie'), c.req.valid('json').password), goOn(c)),
  );
  app.openapi(endSessionRoute, (c) =>
    owning(
      deps,
      c,
      (session) => endSession(deps, session, c.req.valid('param').session),
      () => c.body(null, 204),
    ),
  );
  app.openapi(resetSecondFactorRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const commandId = commandIdOf(c);
    if (!commandId.ok) return refuseWith(c, commandId.faults);
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    return answerWith(c, await resetSecondFactor(deps, actor.value, commandId.value, input));
  });
};
