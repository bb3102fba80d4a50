import { handOutLogInRoute, listLogInsRoute, renewPasswordRoute } from '@lianxin/contract';
import { countyDate, fault } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, recordReading, onCommand } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { Answer } from '../http/command.js';
import type { App, Environment } from '../http/environment.js';
import { inContext } from '../storage/index.js';
import { handOutLogIn, renewPassword, type Handing } from './hand-out.js';
import { mayAdminister } from './log-ins.access.js';
import { logInsOf, mostLogIns } from './log-ins.store.js';

/** A command whose answer holds a password: on its way out it is nobody's to keep. */
const onSecretCommand = <Input>(
  deps: Deps,
  c: Context<Environment>,
  input: Input,
  run: (handing: Handing<Input>) => Promise<Answer>,
): Promise<never> => {
  c.header('cache-control', 'no-store');
  return onCommand(deps, c, input, run);
};

/** `/api/log-ins`: who has one, handing one out, a new first password. */
export const logInsRoutes = (app: App, deps: Deps): void => {
  app.openapi(listLogInsRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const { office, context } = actor.value;
    const { division, name, without } = c.req.valid('query');
    const strange = office === null ? fault('not-found') : mayAdminister(context, division);
    if (strange !== undefined) return refuseWith(c, [strange]);
    const rows = await inContext(deps, context, async (tx) => {
      await recordReading(tx, { what: 'log-ins', division, purpose: '查看账号', office });
      return logInsOf(tx, { division, on: countyDate(deps.clock()), name, without: without === 'yes' });
    });
    return c.json({ rows: rows.slice(0, mostLogIns), more: rows.length > mostLogIns }, 200);
  });
  app.openapi(handOutLogInRoute, (c) =>
    onSecretCommand(deps, c, c.req.valid('json'), (handing) => handOutLogIn(deps, handing)),
  );
  app.openapi(renewPasswordRoute, (c) =>
    onSecretCommand(deps, c, c.req.valid('param'), (handing) => renewPassword(deps, handing)),
  );
};
