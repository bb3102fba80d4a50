import { createRoute, z } from '@hono/zod-openapi';
import { coverageReports } from './coverage-reports.js';
import { json, refusals, workbook } from './route-parts.js';
import { DateText, DivisionCode } from './shapes.js';

/**
 * Coverage (覆盖): which villages, grids, estates, sites and organisations have a Party body, office or station, and which lack one.
 *
 * Every report has the same shape, so that one screen and one workbook show them all: figures as count and base, and rows.
 */

export const CoverageReportId = z.enum(coverageReports);

/** A count with its base, so that no page shows a bare percentage. */
export const CoverageFigure = z
  .object({ id: z.string(), title: z.string(), count: z.number().int(), of: z.number().int() })
  .openapi('CoverageFigure');
export const CoverageColumn = z.object({ id: z.string(), title: z.string() }).openapi('CoverageColumn');
export const CoverageRow = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export const CoverageReport = z
  .object({
    report: CoverageReportId,
    title: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    on: DateText,
    figures: z.array(CoverageFigure),
    columns: z.array(CoverageColumn),
    rows: z.array(CoverageRow),
  })
  .openapi('CoverageReport');

const query = z.object({ division: DivisionCode, on: DateText.optional() });
const params = z.object({ report: CoverageReportId });

export const coverageRoute = createRoute({
  method: 'get',
  path: '/api/coverage/{report}',
  tags: ['coverage'],
  summary: 'One coverage report: figures, and what is missing row by row',
  request: { params, query },
  responses: {
    200: json(CoverageReport, 'the report'),
    ...refusals,
  },
});
export const coverageWorkbookRoute = createRoute({
  method: 'get',
  path: '/api/coverage/{report}/workbook',
  tags: ['coverage'],
  summary: 'The same report as an xlsx workbook',
  request: { params, query },
  responses: {
    200: workbook('the workbook'),
    ...refusals,
  },
});

export type CoverageReportId = z.infer<typeof CoverageReportId>;
export type CoverageReport = z.infer<typeof CoverageReport>;
export type CoverageRow = z.infer<typeof CoverageRow>;
