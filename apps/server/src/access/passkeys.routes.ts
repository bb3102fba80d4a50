import {
  addPasskeyRoute,
  offerPasskeyLogInRoute,
  offerPasskeyRoute,
  passkeyLogInRoute,
  removePasskeyRoute,
} from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { callerOf, owning } from './handle.js';
import { meOf } from './me.js';
import { addPasskey, offerPasskey, offerPasskeyLogIn, passkeyLogIn, removePasskey } from './passkeys.js';

/** Passkeys of the own account, and the log-in with one. */
export const passkeyRoutes = (app: App, deps: Deps): void => {
  app.openapi(offerPasskeyRoute, (c) =>
    owning(
      deps,
      c,
      (session) => offerPasskey(deps, session, c.get('address'), c.req.valid('json').password),
      (options) => c.json(options, 200),
    ),
  );
  app.openapi(addPasskeyRoute, (c) =>
    owning(
      deps,
      c,
      (session) => addPasskey(deps, session, c.req.valid('json')),
      () => c.body(null, 204),
    ),
  );
  app.openapi(removePasskeyRoute, (c) =>
    owning(
      deps,
      c,
      (session) => removePasskey(deps, session, c.get('address'), { ...c.req.valid('param'), ...c.req.valid('json') }),
      () => c.body(null, 204),
    ),
  );
  app.openapi(offerPasskeyLogInRoute, async (c) => c.json(await offerPasskeyLogIn(deps), 200));
  app.openapi(passkeyLogInRoute, async (c) => {
    const signedIn = await passkeyLogIn(deps, c.req.valid('json').answer, callerOf(c));
    if (!signedIn.ok) return refuseWith(c, signedIn.faults);
    for (const cookie of signedIn.value.cookies) c.header('set-cookie', cookie, { append: true });
    return c.json(await meOf(deps, signedIn.value.session), 200);
  });
};
