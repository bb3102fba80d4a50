import {
  appointRoute,
  appointmentsSheetRoute,
  bodiesSheetRoute,
  endAppointmentRoute,
  endBodyRoute,
  endLinkRoute,
  establishRoute,
  firstStepsRoute,
  linkBodiesRoute,
  listAppointmentsRoute,
  listBodiesRoute,
  listPersonsRoute,
  listPostsRoute,
  placeMemberRoute,
  readBodyRoute,
  routePathRoute,
  saveBodyRoute,
  savePersonRoute,
  transferMemberRoute,
} from '@lianxin/contract';
import { ok, scopeOf } from '@lianxin/domain';
import { onCommand, onQuery, recordReading } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App } from '../http/environment.js';
import { sendSheet } from '../sheets/index.js';
import { holdersOf, listPosts } from './appointment.store.js';
import { appoint, endAppointment, establish } from './appoint.js';
import { today } from './today.js';
import { endLink, linkBodies } from './link-bodies.js';
import { listPersons } from './list-persons.js';
import { mayRead } from './people.access.js';
import { listBodies, readBody } from './read-bodies.js';
import { readFirstSteps } from './first-steps.js';
import { bodiesSheet, holdersSheet } from './people-sheets.js';
import { readRoutePath } from './route-path.js';
import { endBody, saveBody } from './save-body.js';
import { placeMember, savePerson, transferMember } from './save-person.js';

/** `/api/bodies`, `/api/body-links`: organisations, the Party tree, the chain of offices. */
const bodyRoutes = (app: App, deps: Deps): void => {
  app.openapi(listBodiesRoute, async (c) => {
    const { division, on, kind } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) =>
      ok(await listBodies(tx, { division, on: on ?? today(deps), kind })),
    );
    return found.ok ? c.json({ bodies: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(bodiesSheetRoute, async (c) => {
    const { division, on } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) =>
      ok(await listBodies(tx, { division, on: on ?? today(deps), kind: undefined })),
    );
    return found.ok ? sendSheet(c, 'bodies', await bodiesSheet(found.value)) : refuseWith(c, found.faults);
  });
  app.openapi(firstStepsRoute, async (c) => {
    const found = await onQuery(deps, c, async (tx) => ok(await readFirstSteps(tx, today(deps))));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(readBodyRoute, async (c) => {
    const found = await onQuery(deps, c, (tx) =>
      readBody(tx, c.req.valid('param').id, c.req.valid('query').on ?? today(deps)),
    );
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(routePathRoute, async (c) => {
    const { to, on } = c.req.valid('query');
    const from = c.req.valid('param').id;
    const found = await onQuery(deps, c, (tx) => readRoutePath(tx, { from, to, on: on ?? today(deps) }));
    return found.ok ? c.json({ stations: [...found.value] }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(saveBodyRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => saveBody(deps, change)));
  app.openapi(endBodyRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => endBody(deps, change)),
  );
  app.openapi(linkBodiesRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => linkBodies(deps, change)));
  app.openapi(endLinkRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => endLink(deps, change)),
  );
};

/** `/api/persons`, `/api/posts`, `/api/appointments`, `/api/establishments`, `/api/party-memberships`. */
const personRoutes = (app: App, deps: Deps): void => {
  app.openapi(listPersonsRoute, async (c) => {
    const { division, name, after } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx, actor) => {
      const strange = mayRead(tx.context, division);
      if (strange !== undefined) return { ok: false, faults: [strange] };
      await recordReading(tx, { what: 'persons', division, purpose: '查看人员名单', office: actor.office });
      return ok(await listPersons(tx, { division, name, after }));
    });
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(savePersonRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => savePerson(deps, change)));
  app.openapi(listPostsRoute, async (c) => {
    const found = await onQuery(deps, c, async (tx) => ok(await listPosts(tx)));
    return found.ok ? c.json({ posts: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(listAppointmentsRoute, async (c) => {
    const { division, on, post } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) =>
      ok(await holdersOf(tx, { range: scopeOf(division), on: on ?? today(deps), post })),
    );
    return found.ok ? c.json({ appointments: found.value }, 200) : refuseWith(c, found.faults);
  });
  app.openapi(appointmentsSheetRoute, async (c) => {
    const { division, on } = c.req.valid('query');
    const found = await onQuery(deps, c, async (tx) =>
      ok(await holdersOf(tx, { range: scopeOf(division), on: on ?? today(deps), post: undefined })),
    );
    return found.ok ? sendSheet(c, 'appointments', await holdersSheet(found.value)) : refuseWith(c, found.faults);
  });
  app.openapi(appointRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => appoint(deps, change)));
  app.openapi(endAppointmentRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, (change) => endAppointment(deps, change)),
  );
  app.openapi(establishRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => establish(deps, change)));
  app.openapi(placeMemberRoute, (c) => onCommand(deps, c, c.req.valid('json'), (change) => placeMember(deps, change)));
  app.openapi(transferMemberRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), (change) => transferMember(deps, change)),
  );
};

/** Bodies and persons over HTTP. */
export const peopleRoutes = (app: App, deps: Deps): void => {
  bodyRoutes(app, deps);
  personRoutes(app, deps);
};
