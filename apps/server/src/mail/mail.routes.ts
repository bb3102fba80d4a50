import { readOwnMailRoute, removeOwnMailRoute, saveOwnMailRoute } from '@lianxin/contract';
import { onCommand, onOwnQuery } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { readOwnMail, removeOwnMail, saveOwnMail } from './own-mail.js';

/** `/api/account/mail`: where the digest of one's own inbox goes. */
export const mailRoutes = (app: App, deps: Deps): void => {
  app.openapi(readOwnMailRoute, async (c) => {
    const own = await onOwnQuery(deps, c, (tx) => readOwnMail(deps, tx));
    return own.ok ? c.json(own.value, 200) : refuseWith(c, own.faults);
  });
  app.openapi(saveOwnMailRoute, (c) => onCommand(deps, c, c.req.valid('json'), (given) => saveOwnMail(deps, given)));
  app.openapi(removeOwnMailRoute, (c) => onCommand(deps, c, {}, (given) => removeOwnMail(deps, given)));
};
