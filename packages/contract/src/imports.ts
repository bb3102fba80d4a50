import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, formBody, GivenFile, json, refusals, workbook } from './route-parts.js';
import { Refusal } from './shapes.js';

/**
 * Imports (导入): lists that come in as spreadsheets. A file is checked as often as one likes and nothing of it is kept; confirming sends
 * the same file again with the hash of what was checked, and it is written as a whole or not at all.
 */

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const RunId = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/);

/** One thing to correct, or to look at, in a file: where it stands, why, and what to do (逐行报告). */
export const PeopleImportProblem = z
  .object({
    row: z.number().int().openapi({ description: 'as the spreadsheet program numbers it' }),
    column: z.string().openapi({ description: 'heading' }),
    code: z.string(),
    why: z.string(),
    suggestion: z.string(),
    refuses: z.boolean().openapi({ description: 'false for a hint that does not stop the import' }),
  })
  .openapi('PeopleImportProblem');
export type PeopleImportProblem = z.infer<typeof PeopleImportProblem>;

/** What a file would bring, and what is wrong with it. */
export const PeopleImportReport = z
  .object({
    sha256: Sha256.openapi({ description: 'of the file that was checked; confirming names it' }),
    rows: z.number().int(),
    refusedRows: z.number().int(),
    ready: z.boolean(),
    counts: z.record(z.string(), z.number().int()),
    problems: z.array(PeopleImportProblem).openapi({ description: 'the first 500; the report as xlsx has all' }),
    problemsFound: z.number().int(),
  })
  .openapi('PeopleImportReport');
export type PeopleImportReport = z.infer<typeof PeopleImportReport>;

/** What an import wrote. */
export const PeopleImportDone = z
  .object({ counts: z.record(z.string(), z.number().int()) })
  .openapi('PeopleImportDone');
export type PeopleImportDone = z.infer<typeof PeopleImportDone>;

/** How far a check or an import is. */
export const ImportProgress = z
  .object({
    part: z.enum(['waiting', 'read', 'check', 'write', 'done']),
    done: z.number().int(),
    total: z.number().int(),
  })
  .openapi('ImportProgress');

const fileRefusals = { ...refusals, 413: json(Refusal, 'too large'), 415: json(Refusal, 'no xlsx workbook') };

export const peopleTemplateRoute = createRoute({
  method: 'get',
  path: '/api/imports/people/template',
  tags: ['imports'],
  summary: 'The workbook to fill in: headings, allowed values, examples, notes',
  responses: { 200: workbook('the workbook'), ...refusals },
});
export const checkPeopleRoute = createRoute({
  method: 'post',
  path: '/api/imports/people/check',
  tags: ['imports'],
  summary: 'Check a file of people; nothing is written',
  request: { body: formBody(z.object({ file: GivenFile, run: RunId.optional() })) },
  responses: { 200: json(PeopleImportReport, 'the report'), ...fileRefusals },
});
export const reportPeopleRoute = createRoute({
  method: 'post',
  path: '/api/imports/people/report',
  tags: ['imports'],
  summary: 'Check a file of people and give the report as xlsx; nothing is written',
  request: { body: formBody(z.object({ file: GivenFile })) },
  responses: { 200: workbook('the report'), ...fileRefusals },
});
export const importPeopleRoute = createRoute({
  method: 'post',
  path: '/api/imports/people',
  tags: ['imports'],
  summary: 'Import a file of people that was checked: all of it or nothing',
  request: {
    headers: commandHeaders,
    body: formBody(z.object({ file: GivenFile, sha256: Sha256, run: RunId.optional() })),
  },
  responses: { 201: json(PeopleImportDone, 'imported'), ...fileRefusals },
});
export const importProgressRoute = createRoute({
  method: 'get',
  path: '/api/imports/progress/{run}',
  tags: ['imports'],
  summary: 'How far my check or import is',
  request: { params: z.object({ run: RunId }) },
  responses: { 200: json(ImportProgress, 'how far'), ...refusals },
});
