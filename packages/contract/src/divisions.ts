import { createRoute, z } from '@hono/zod-openapi';
import { DivisionCode, Refusal } from './shapes.js';

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
    200: {
      content: { 'application/json': { schema: z.object({ divisions: z.array(DivisionRow) }) } },
      description: 'divisions',
    },
    400: { content: { 'application/json': { schema: Refusal } }, description: 'not readable' },
    401: { content: { 'application/json': { schema: Refusal } }, description: 'no session' },
  },
});

export type DivisionRow = z.infer<typeof DivisionRow>;
