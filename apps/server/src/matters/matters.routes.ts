import {
  actByReceiptRoute,
  actOnMatterRoute,
  answerFollowUpRoute,
  exportMattersRoute,
  followUpRoute,
  formTokenRoute,
  listMattersRoute,
  openMatterRoute,
  openRequestRoute,
  readMatterRoute,
  requestFormRoute,
  staffFormRoute,
  trackRoute,
  type Tracking,
} from '@lianxin/contract';
import { fault, type Result } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import { commandIdOf } from '../http/command-id.js';
import type { App, Environment } from '../http/environment.js';
import { receiptState } from '../log/index.js';
import { sendSheet } from '../sheets/index.js';
import { useMatters } from '../people/index.js';
import { actAsPerson, actByReceipt } from './act-on-matter.js';
import { exportMatters } from './export-matters.js';
import { answerFollowUp, writeFollowUp } from './follow-up.js';
import { mattersForPeople } from './matters-for-people.js';
import { newFormToken } from './form-token.js';
import { listMatters } from './list-matters.js';
import { openByResident, openByStaff } from './open-matter.js';
import { readMatter } from './read-matter.js';
import { readRequestForm } from './request-form.js';
import { readStaffForm } from './staff-form.js';
import { trackMatter, type LogState } from './track-matter.js';

/** The log's word on an entry, as tracking shows it. */
export const logStateFrom =
  (deps: Deps): LogState =>
  async (county, journal): Promise<Tracking['log']> => {
    const standing = await receiptState(deps, county, journal);
    return {
      state: standing?.state ?? 'received',
      index: standing?.place === undefined ? null : String(standing.place.index),
      verify: standing?.verifyPath ?? null,
    };
  };

/** A form token and a command id for a page that a visitor fills in. */
export const newForm = (
  deps: Pick<Deps, 'keys' | 'random' | 'clock' | 'newId'>,
): { formToken: string; commandId: string } => ({
  formToken: newFormToken(deps.keys.keyFor('form-token'), deps.random, deps.clock()),
  commandId: deps.newId(),
});

/** The person logged in, in an office; a resident has no list of matters. */
const officerOf = async (deps: Deps, c: Context<Environment>): Promise<Result<SessionActor>> => {
  const actor = await actorOf(deps, c);
  if (actor.ok && actor.value.office === null) return { ok: false, faults: [fault('not-found')] };
  return actor;
};

/** Routes of residents: tell, follow, answer; no account. */
const residentRoutes = (app: App, deps: Deps): void => {
  app.openapi(requestFormRoute, async (c) => {
    const form = await readRequestForm(deps, c.req.valid('param').code);
    return form.ok ? c.json(form.value, 200) : refuseWith(c, form.faults);
  });
  app.openapi(formTokenRoute, (c) => c.json(newForm(deps), 201));
  app.openapi(openRequestRoute, async (c) => {
    const id = commandIdOf(c);
    if (!id.ok) return refuseWith(c, id.faults);
    return answerWith(c, await openByResident(deps, id.value, c.req.valid('json')));
  });
  app.openapi(trackRoute, async (c) => {
    const tracked = await trackMatter(deps, c.req.valid('param').code, c.get('locale'), logStateFrom(deps));
    c.header('cache-control', 'no-store');
    return tracked.ok ? c.json(tracked.value, 200) : refuseWith(c, tracked.faults);
  });
  app.openapi(actByReceiptRoute, async (c) => {
    const id = commandIdOf(c);
    if (!id.ok) return refuseWith(c, id.faults);
    return answerWith(c, await actByReceipt(deps, id.value, c.req.valid('param').code, c.req.valid('json')));
  });
};

/** Routes of officers, and of residents who logged in to open their own. */
export const mattersRoutes = (app: App, deps: Deps): void => {
  useMatters(mattersForPeople(deps));
  residentRoutes(app, deps);
  app.openapi(exportMattersRoute, async (c) => {
    const actor = await officerOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const sheet = await exportMatters(deps, actor.value, c.req.valid('query'));
    return sheet.ok ? sendSheet(c, 'matters', sheet.value) : refuseWith(c, sheet.faults);
  });
  app.openapi(listMattersRoute, async (c) => {
    const actor = await officerOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const page = await listMatters(deps, actor.value, c.req.valid('query'));
    return page.ok ? c.json(page.value, 200) : refuseWith(c, page.faults);
  });
  app.openapi(readMatterRoute, async (c) => {
    const actor = await officerOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const detail = await readMatter(deps, actor.value, c.req.valid('param').id, c.get('locale'));
    return detail.ok ? c.json(detail.value, 200) : refuseWith(c, detail.faults);
  });
  app.openapi(staffFormRoute, async (c) => {
    const actor = await officerOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const form = await readStaffForm(deps, actor.value, c.req.valid('param').code);
    return form.ok ? c.json(form.value, 200) : refuseWith(c, form.faults);
  });
  app.openapi(openMatterRoute, async (c) => {
    const actor = await actorOf(deps, c);
    const id = commandIdOf(c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (!id.ok) return refuseWith(c, id.faults);
    return answerWith(c, await openByStaff(deps, actor.value, id.value, c.req.valid('json')));
  });
  app.openapi(actOnMatterRoute, async (c) => {
    const actor = await actorOf(deps, c);
    const id = commandIdOf(c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (!id.ok) return refuseWith(c, id.faults);
    return answerWith(c, await actAsPerson(deps, actor.value, id.value, c.req.valid('param').id, c.req.valid('json')));
  });
  app.openapi(followUpRoute, async (c) => {
    const actor = await actorOf(deps, c);
    const id = commandIdOf(c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (!id.ok) return refuseWith(c, id.faults);
    return answerWith(
      c,
      await writeFollowUp(deps, actor.value, id.value, c.req.valid('param').id, c.req.valid('json')),
    );
  });
  app.openapi(answerFollowUpRoute, async (c) => {
    const actor = await actorOf(deps, c);
    const id = commandIdOf(c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    if (!id.ok) return refuseWith(c, id.faults);
    const { text } = c.req.valid('json');
    return answerWith(c, await answerFollowUp(deps, actor.value, id.value, c.req.valid('param').id, text));
  });
};
