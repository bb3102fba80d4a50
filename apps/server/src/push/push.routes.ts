import { addOwnPushRoute, readOwnPushRoute, removeOwnPushRoute } from '@lianxin/contract';
import { onCommand, onOwnQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { addOwnPush, removeOwnPush } from './own-push.js';
import { ownEndpoints } from './push.store.js';
import { vapidKeys } from './vapid.js';

/** `/api/account/push`: which of one's own browsers ring. */
export const pushRoutes = (app: App, deps: Deps): void => {
  app.openapi(readOwnPushRoute, async (c) => {
    const own = await onOwnQuery(deps, c, ownEndpoints);
    return own.ok
      ? c.json({ publicKey: (await vapidKeys(deps.keys)).publicKey, endpoints: own.value }, 200)
      : refuseWith(c, own.faults);
  });
  app.openapi(addOwnPushRoute, (c) => onCommand(deps, c, c.req.valid('json'), (given) => addOwnPush(deps, given)));
  app.openapi(removeOwnPushRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (given) => removeOwnPush(deps, given)),
  );
};
