import { checkLogRoute, readLogRoute } from '@lianxin/contract';
import { actorOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import { commandIdOf } from '../http/command-id.js';
import type { App } from '../http/environment.js';
import { readLogDesk, startLogCheck } from './log-desk.js';

/** `GET /api/log`, `POST /api/log/checks`: the auditor's page. */
export const logDeskRoutes = (app: App, deps: Deps): void => {
  app.openapi(readLogRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const read = await readLogDesk(deps, actor.value);
    return read.ok ? c.json(read.value, 200) : refuseWith(c, read.faults);
  });
  app.openapi(checkLogRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const commandId = commandIdOf(c);
    if (!commandId.ok) return refuseWith(c, commandId.faults);
    const started = await startLogCheck(deps, actor.value, commandId.value);
    return started.ok ? c.json(started.value, 202) : refuseWith(c, started.faults);
  });
};
