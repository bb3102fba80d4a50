import {
  admissionRoute,
  exportReportRoute,
  finishedInVillageRoute,
  leaderPageRoute,
  ledgerRoute,
  oneTimeNoticeRoute,
  ordersRoute,
  proxyServicesRoute,
  ratingsRoute,
  recurringRoute,
  settledRoute,
  timelinessRoute,
  type ReportQuery,
} from '@lianxin/contract';
import { fault, type Result } from '@lianxin/domain';
import type { Context } from 'hono';
import { actorOf, type SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App, Environment } from '../http/environment.js';
import type { MatterDeps } from '../matters/index.js';
import { sendSheet } from '../sheets/index.js';
import { readAdmission } from './admission.js';
import { readFinishedInVillage } from './finished-in-village.js';
import { readLeaderPage } from './leader-page.js';
import { readLedger } from './ledger.js';
import { readOneTimeNotice } from './one-time-notice.js';
import { readOrders } from './orders.js';
import { readProxyServices } from './proxy-services.js';
import { readRatings } from './ratings.js';
import { readRecurring } from './recurring.js';
import { exportReport } from './report-sheets.js';
import { readSettled } from './settled.js';
import { readTimeliness } from './timeliness.js';

type Read<Report> = (deps: MatterDeps, session: SessionActor, query: ReportQuery) => Promise<Result<Report>>;

/** Runs a report for an officer and sends it; a person without office has no reports. Every status it answers is one the route declares. */
const answer = async <Report>(
  deps: Deps,
  c: Context<Environment>,
  query: ReportQuery,
  read: Read<Report>,
  send: (report: Report) => Response = (report) => c.json(report as object, 200),
): Promise<never> => {
  const actor = await actorOf(deps, c);
  if (!actor.ok) return refuseWith(c, actor.faults);
  if (actor.value.office === null) return refuseWith(c, [fault('not-found')]);
  const report = await read(deps, actor.value, query);
  return report.ok ? (send(report.value) as never) : refuseWith(c, report.faults);
};

/** `GET /api/reports/…`, each also as a workbook. */
export const reportsRoutes = (app: App, deps: Deps): void => {
  app.openapi(leaderPageRoute, (c) => answer(deps, c, c.req.valid('query'), readLeaderPage));
  app.openapi(timelinessRoute, (c) => answer(deps, c, c.req.valid('query'), readTimeliness));
  app.openapi(ordersRoute, (c) => answer(deps, c, c.req.valid('query'), readOrders));
  app.openapi(settledRoute, (c) => answer(deps, c, c.req.valid('query'), readSettled));
  app.openapi(ratingsRoute, (c) => answer(deps, c, c.req.valid('query'), readRatings));
  app.openapi(proxyServicesRoute, (c) => answer(deps, c, c.req.valid('query'), readProxyServices));
  app.openapi(finishedInVillageRoute, (c) => answer(deps, c, c.req.valid('query'), readFinishedInVillage));
  app.openapi(recurringRoute, (c) => answer(deps, c, c.req.valid('query'), readRecurring));
  app.openapi(admissionRoute, (c) => answer(deps, c, c.req.valid('query'), readAdmission));
  app.openapi(oneTimeNoticeRoute, (c) => answer(deps, c, c.req.valid('query'), readOneTimeNotice));
  app.openapi(ledgerRoute, (c) => answer(deps, c, c.req.valid('query'), readLedger));
  app.openapi(exportReportRoute, async (c) => {
    const { name } = c.req.valid('param');
    const read: Read<Uint8Array> = (own, session, query) => exportReport(own, session, name, query);
    return answer(deps, c, c.req.valid('query'), read, (bytes) => sendSheet(c, name, bytes));
  });
};
