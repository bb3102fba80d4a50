import type { Context as HonoContext } from 'hono';
import {
  checkPeopleRoute,
  importPeopleRoute,
  importProgressRoute,
  peopleTemplateRoute,
  reportPeopleRoute,
} from '@lianxin/contract';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import { actorOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import { commandIdOf } from '../http/command-id.js';
import type { App, Environment } from '../http/environment.js';
import { sendSheet } from '../sheets/index.js';
import { mayImport } from './imports.access.js';
import { dryRunPeople, importPeople } from './people/import-people.js';
import { reportOf, reportSheet } from './people/report.js';
import { peopleTemplate } from './people/template.js';
import { progressBoard } from './progress.js';

type C = HonoContext<Environment>;

/** Who imports and the bytes that came. */
const given = async (deps: Deps, c: C, file: unknown): Promise<Result<{ actor: SessionActor; bytes: Uint8Array }>> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return actor;
  const strange = mayImport(actor.value.context);
  if (strange !== undefined) return refuse(strange);
  if (!(file instanceof File)) return refuse(fault('field-missing', { field: 'file' }));
  return ok({ actor: actor.value, bytes: new Uint8Array(await file.arrayBuffer()) });
};

/** `/api/imports`: template, check, report, confirmation, progress. */
export const importsRoutes = (app: App, deps: Deps): void => {
  const progress = progressBoard();

  app.openapi(peopleTemplateRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const strange = mayImport(actor.value.context);
    if (strange !== undefined) return refuseWith(c, [strange]);
    return sendSheet(c, '人员导入模板', await peopleTemplate());
  });

  app.openapi(checkPeopleRoute, async (c) => {
    const { file, run } = c.req.valid('form');
    const from = await given(deps, c, file);
    if (!from.ok) return refuseWith(c, from.faults);
    const onProgress = progress.writer(from.value.actor.key, run);
    const checked = await dryRunPeople(deps, { ...from.value, onProgress });
    return checked.ok ? c.json(reportOf(checked.value, c.get('locale')), 200) : refuseWith(c, checked.faults);
  });

  app.openapi(reportPeopleRoute, async (c) => {
    const from = await given(deps, c, c.req.valid('form').file);
    if (!from.ok) return refuseWith(c, from.faults);
    const checked = await dryRunPeople(deps, from.value);
    if (!checked.ok) return refuseWith(c, checked.faults);
    return sendSheet(c, '人员导入核对报告', await reportSheet(checked.value, c.get('locale')));
  });

  app.openapi(importPeopleRoute, async (c) => {
    const { file, sha256, run } = c.req.valid('form');
    const from = await given(deps, c, file);
    if (!from.ok) return refuseWith(c, from.faults);
    const commandId = commandIdOf(c);
    if (!commandId.ok) return refuseWith(c, commandId.faults);
    const onProgress = progress.writer(from.value.actor.key, run);
    return answerWith(c, await importPeople(deps, { ...from.value, commandId: commandId.value, sha256, onProgress }));
  });

  app.openapi(importProgressRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    return c.json(progress.of(actor.value.key, c.req.valid('param').run), 200);
  });
};
