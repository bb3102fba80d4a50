import {
  askMinorAccessRoute,
  confirmAppointmentRoute,
  decideMinorAccessRoute,
  listMinorAccessesRoute,
  listProposalsRoute,
  proposeAppointmentRoute,
  readAccessLogRoute,
  readOwnAccessLogRoute,
  readPersonRecordRoute,
} from '@lianxin/contract';
import type { Context } from 'hono';
import { fault, isWithin, scopeOf, type Result } from '@lianxin/domain';
import { actorOf, nobodyHere, onCommand, sessionOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App, Environment } from '../http/environment.js';
import { inContext } from '../storage/index.js';
import { readAccessLog, readOwnAccessLog } from './access-log.js';
import { listRequests } from './minor-access.store.js';
import { askMinorAccess, decideMinorAccess } from './minor-access.js';
import { confirmAppointment, proposeAppointment } from './propose-appointment.js';
import { listProposals } from './proposal.store.js';
import { readPerson } from './read-person.js';

type C = Context<Environment>;

const query = async <View>(deps: Deps, c: C, read: (actor: SessionActor) => Promise<Result<View>>): Promise<never> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return refuseWith(c, actor.faults);
  const found = await read(actor.value);
  return found.ok ? (c.json(found.value as object, 200) as never) : refuseWith(c, found.faults);
};

/** `/api/persons/{id}`, `/api/minor-accesses`, `/api/access-log`, `/api/appointment-proposals`. */
export const privacyRoutes = (app: App, deps: Deps): void => {
  app.openapi(readPersonRecordRoute, (c) =>
    query(deps, c, (actor) => readPerson(deps, actor, c.req.valid('param').id, c.req.valid('query').purpose)),
  );
  app.openapi(askMinorAccessRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), ({ actor, commandId, input }) =>
      askMinorAccess(deps, actor, commandId, input),
    ),
  );
  app.openapi(decideMinorAccessRoute, (c) =>
    onCommand(deps, c, { ...c.req.valid('param'), ...c.req.valid('json') }, ({ actor, commandId, input }) =>
      decideMinorAccess(deps, actor, commandId, input),
    ),
  );
  app.openapi(listMinorAccessesRoute, (c) =>
    query(deps, c, async (actor) => {
      const { division } = c.req.valid('query');
      if (actor.office === null || !isWithin(division, actor.context))
        return { ok: false, faults: [fault('not-found')] };
      const requests = await inContext(deps, actor.context, (tx) => listRequests(tx, scopeOf(division)));
      return { ok: true, value: { requests } };
    }),
  );
  app.openapi(readAccessLogRoute, (c) => query(deps, c, (actor) => readAccessLog(deps, actor, c.req.valid('query'))));
  app.openapi(readOwnAccessLogRoute, async (c) => {
    const session = await sessionOf(deps, c);
    if (session === null) return refuseWith(c, [nobodyHere(c)]);
    return c.json(await readOwnAccessLog(deps, session, c.req.valid('query').before), 200);
  });
  app.openapi(listProposalsRoute, (c) =>
    query(deps, c, async (actor) => {
      const { division } = c.req.valid('query');
      if (actor.office === null || !isWithin(division, actor.context))
        return { ok: false, faults: [fault('not-found')] };
      const proposals = await inContext(deps, actor.context, (tx) => listProposals(tx, scopeOf(division)));
      return { ok: true, value: { proposals } };
    }),
  );
  app.openapi(proposeAppointmentRoute, (c) =>
    onCommand(deps, c, c.req.valid('json'), ({ actor, commandId, input }) =>
      proposeAppointment(deps, actor, commandId, input),
    ),
  );
  app.openapi(confirmAppointmentRoute, (c) =>
    onCommand(deps, c, c.req.valid('param').id, ({ actor, commandId, input }) =>
      confirmAppointment(deps, actor, commandId, input),
    ),
  );
};
