import { inboxRoute, todayRoute } from '@lianxin/contract';
import { actorOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { listInbox, readToday } from './read-inbox.js';

/** `GET /api/inbox`, `GET /api/today`. */
export const inboxRoutes = (app: App, deps: Deps): void => {
  app.openapi(inboxRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const page = await listInbox(deps, actor.value, c.req.valid('query'));
    return page.ok ? c.json(page.value, 200) : refuseWith(c, page.faults);
  });
  app.openapi(todayRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    return c.json(await readToday(deps, actor.value), 200);
  });
};
