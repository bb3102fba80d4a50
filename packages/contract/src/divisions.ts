import { createRoute, z } from '@hono/zod-openapi';
import { json, refusals } from './route-parts.js';
import { DateText, DivisionCode, Refusal } from './shapes.js';

/** Divisions (行政区划) as pickers need them: what lies below a place, with its level. */
export const DivisionRow = z
  .object({ code: DivisionCode, name: z.string(), level: z.string().openapi({ example: 'village' }) })
  .openapi('Division');

export const listDivisionsRoute = createRoute({
  method: 'get',
  path: '/api/divisions',
  tags: ['divisions'],
  summary: 'Divisions within a place, the place itself first',
  request: { query: z.object({ within: DivisionCode, level: z.enum(['county', 'township', 'village']).optional() }) },
  responses: {
    200: json(z.object({ divisions: z.array(DivisionRow) }), 'divisions'),
    400: json(Refusal, 'not readable'),
    401: json(Refusal, 'no session'),
  },
});

/** What a division was before and became, each with its totals; the sum is what its offices answer for. */
export const DivisionHistory = z
  .object({
    division: DivisionCode,
    name: z.string(),
    parts: z.array(
      z.object({
        code: DivisionCode,
        name: z.string(),
        relation: z.enum(['itself', 'before', 'after']),
        cause: z.enum(['merge', 'split', 'recode']).nullable(),
        from: DateText,
        to: DateText.nullable(),
        counted: z.boolean().openapi({ description: 'whether it is in the totals below' }),
        matters: z.number().int(),
        households: z.number().int(),
        records: z.number().int(),
      }),
    ),
    totals: z.object({ matters: z.number().int(), households: z.number().int(), records: z.number().int() }),
  })
  .openapi('DivisionHistory');
export const divisionHistoryRoute = createRoute({
  method: 'get',
  path: '/api/divisions/{code}/history',
  tags: ['households'],
  summary: 'What a division was before and became, with totals',
  request: { params: z.object({ code: DivisionCode }) },
  responses: { 200: json(DivisionHistory, 'history'), ...refusals },
});

export type DivisionRow = z.infer<typeof DivisionRow>;
export type DivisionHistory = z.infer<typeof DivisionHistory>;
