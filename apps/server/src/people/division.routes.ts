import { onQuery } from '../access/index.js';
import { listDivisionsRoute } from '@lianxin/contract';
import { DivisionCode, ok } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { listDivisionsWithin } from './read-divisions.js';

/** `/api/divisions`: what a picker offers. Divisions are public; the log-in only keeps crawlers off the larger answers. */
export const divisionRoutes = (app: App, deps: Deps): void => {
  app.openapi(listDivisionsRoute, async (c) => {
    const { within, level } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) =>
      ok(await listDivisionsWithin(tx, DivisionCode.parse(within), level)),
    );
    return found.ok
      ? c.json({ divisions: found.value.map(({ code, name, level: tier }) => ({ code, name, level: tier })) }, 200)
      : refuseWith(c, found.faults);
  });
};
