import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, refusals } from './route-parts.js';
import { DateText, InstantText } from './shapes.js';

/** The public log (公开册) as its auditor sees it: checkpoints, witnesses, and a check of everything that can be started here. */

/** How one witness stands. */
export const WitnessView = z
  .object({
    name: z.string(),
    key: z.string(),
    reachable: z.boolean(),
    size: z.number().int().nullable(),
    cosignedAt: InstantText.nullable(),
    silent: z.boolean().openapi({ description: 'no cosignature for 48 hours although there was something to cosign' }),
  })
  .openapi('LogWitness');

/** One log with its newest checkpoint. */
export const LogYearView = z
  .object({
    year: z.number().int(),
    origin: z.string(),
    key: z.string(),
    size: z.number().int(),
    digits: z.string().openapi({ description: 'the root as 8 groups of 4 digits, to compare with a poster' }),
    signedAt: InstantText,
    frozen: z.boolean(),
    stale: z.boolean().openapi({ description: 'not signed for 25 hours although its year runs' }),
    asked: z.boolean(),
    witnessed: z.boolean(),
    witnesses: z.array(WitnessView),
  })
  .openapi('LogYear');

/** The last check, or the one that runs. */
export const LogCheckView = z
  .object({
    state: z.enum(['none', 'running', 'done', 'failed']),
    startedAt: InstantText.nullable(),
    finishedAt: InstantText.nullable(),
    done: z.number().int(),
    total: z.number().int(),
    entries: z.number().int(),
    erased: z.number().int(),
    findings: z.array(
      z.object({
        table: z.string(),
        row: z.string(),
        year: z.number().int().nullable(),
        index: z.number().int().nullable(),
        what: z.string(),
      }),
    ),
  })
  .openapi('LogCheck');

export const LogView = z
  .object({ county: z.string(), today: DateText, years: z.array(LogYearView), check: LogCheckView })
  .openapi('LogView');
export type LogView = z.infer<typeof LogView>;
export type LogCheckView = z.infer<typeof LogCheckView>;

export const readLogRoute = createRoute({
  method: 'get',
  path: '/api/log',
  summary: 'the logs of the county, their witnesses and the last check, for an auditor',
  responses: { 200: json(LogView, 'the logs'), ...refusals },
});

export const checkLogRoute = createRoute({
  method: 'post',
  path: '/api/log/checks',
  summary: 'checks every log of the county from the journal up; the answer comes by reading the log again',
  request: { headers: commandHeaders },
  responses: { 202: json(z.object({ started: z.boolean() }), 'it runs'), ...refusals },
});
