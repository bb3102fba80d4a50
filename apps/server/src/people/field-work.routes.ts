import { onCommand, onOwnQuery, onQuery } from '../access/index.js';
import {
  assignContactRoute,
  endAssignmentRoute,
  fieldActDistributionRoute,
  logFieldActRoute,
  logVisitRoute,
  myFieldActsRoute,
  myHouseholdsRoute,
  saveHouseholdRoute,
  sendNeedRoute,
} from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { logVisit, readOwnHouseholds, sendNeed } from './contact-visit.js';
import { logFieldAct, readDistribution, readOwnFieldActs } from './field-acts.js';
import { assignContact, endAssignment, saveHousehold } from './household-contact.js';
import type { MattersHolder } from './open-matter.js';

/** Household contacts, visits and field acts over HTTP. */
export const fieldWorkRoutes = (app: App, deps: Deps, holder: MattersHolder): void => {
  app.openapi(saveHouseholdRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => saveHousehold(deps, change)),
  );
  app.openapi(assignContactRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => assignContact(deps, change)),
  );
  app.openapi(endAssignmentRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => endAssignment(deps, change)),
  );
  app.openapi(logVisitRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => logVisit(deps, change)));
  app.openapi(sendNeedRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => sendNeed(deps, change, holder)),
  );
  app.openapi(myHouseholdsRoute, async (c) => {
    const found = await onOwnQuery(deps, c, (tx) => readOwnHouseholds(tx, holder));
    return found.ok ? c.json({ households: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(logFieldActRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => logFieldAct(deps, change, holder)),
  );
  app.openapi(myFieldActsRoute, async (c) => {
    const found = await onOwnQuery(deps, c, (tx) => readOwnFieldActs(tx, c.req.valid('query')));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(fieldActDistributionRoute, async (c) => {
    const found = await onQuery(deps, c, (tx) => readDistribution(tx, c.req.valid('query')));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
};
