import { onQuery } from '../access/index.js';
import { coverageRoute, coverageWorkbookRoute, type CoverageReportId } from '@lianxin/contract';
import type { Context as HonoContext } from 'hono';
import type { Deps } from '../deps.js';
import { refuseWith } from '../http/answer.js';
import type { App, Environment } from '../http/environment.js';
import { sendSheet } from '../sheets/index.js';
import { readCoverage } from './coverage-reports/read-coverage.js';
import { workbookOf } from './coverage-reports/workbook.js';
import { today } from './today.js';

/** Coverage reports as JSON and as workbooks. */
export const coverageRoutes = (app: App, deps: Deps): void => {
  const read = (
    c: HonoContext<Environment>,
    report: CoverageReportId,
    query: { division: string; on?: string | undefined },
  ) => onQuery(deps, c, (tx) => readCoverage(tx, report, { division: query.division, on: query.on ?? today(deps) }));
  app.openapi(coverageRoute, async (c) => {
    const found = await read(c, c.req.valid('param').report, c.req.valid('query'));
    return found.ok ? c.json(found.value, 200) : refuseWith(c, found.faults);
  });
  app.openapi(coverageWorkbookRoute, async (c) => {
    const found = await read(c, c.req.valid('param').report, c.req.valid('query'));
    if (!found.ok) return refuseWith(c, found.faults);
    const name = `${found.value.title} ${found.value.divisionName} ${found.value.on}`;
    return sendSheet(c, name, await workbookOf(found.value));
  });
};
