import { createRoute, z } from '@hono/zod-openapi';
import { json, refusals } from './route-parts.js';
import { DateText, DivisionCode } from './shapes.js';

/** Policy packs (政策包) as this server has loaded them: which apply where, and what they say in prose. */

export const RuleChange = z
  .object({
    rule: z.string(),
    title: z.string(),
    from: DateText.nullable().openapi({ description: 'first day of the newer text; null where the rule is gone' }),
    sections: z.array(z.object({ under: z.string(), before: z.array(z.string()), after: z.array(z.string()) })),
  })
  .openapi('RuleChange');

export const ActivePack = z
  .object({
    pack: z.string(),
    title: z.string(),
    version: z.string(),
    hash: z.string(),
    division: DivisionCode,
    from: DateText,
    until: DateText.nullable(),
    rules: z.array(
      z.object({ kind: z.string(), id: z.string(), title: z.string(), from: DateText, covers: z.array(z.string()) }),
    ),
    changes: z
      .array(RuleChange)
      .openapi({ description: 'old and new in prose, against the version that applied before' }),
  })
  .openapi('ActivePack');

export const ProcedureReading = z
  .object({
    pack: z.string(),
    id: z.string(),
    title: z.string(),
    hash: z.string(),
    prose: z.string().openapi({ description: 'generated Chinese prose, markdown' }),
    drawing: z.object({
      nodes: z.array(z.object({ id: z.string(), title: z.string(), kind: z.string() })),
      edges: z.array(z.object({ from: z.string(), to: z.string(), title: z.string() })),
      svg: z.string().nullable(),
    }),
    covers: z.array(z.string()),
    madeForReplay: z.boolean(),
  })
  .openapi('ProcedureReading');

export const listPacksRoute = createRoute({
  method: 'get',
  path: '/api/policy-packs',
  tags: ['policy-packs'],
  summary: 'Packs in force for a division, and those to come, with what they changed',
  request: { query: z.object({ division: DivisionCode, on: DateText.optional() }) },
  responses: { 200: json(z.object({ packs: z.array(ActivePack), coming: z.array(ActivePack) }), 'packs'), ...refusals },
});
export const readProcedureRoute = createRoute({
  method: 'get',
  path: '/api/policy-packs/{hash}/procedures/{id}',
  tags: ['policy-packs'],
  summary: 'A procedure by its hash, in prose and drawn',
  request: {
    params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), id: z.string().max(64) }),
    query: z.object({ division: DivisionCode, on: DateText.optional() }),
  },
  responses: { 200: json(ProcedureReading, 'the procedure'), ...refusals },
});

export const procedureBpmnRoute = createRoute({
  method: 'get',
  path: '/api/policy-packs/{hash}/procedures/{id}/bpmn',
  tags: ['policy-packs'],
  summary: 'A procedure as BPMN 2.0, with the coordinates of our own drawing',
  request: {
    params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), id: z.string().max(64) }),
    query: z.object({ division: DivisionCode, on: DateText.optional() }),
  },
  responses: {
    200: { description: 'the procedure', content: { 'application/bpmn+xml': { schema: z.string() } } },
    ...refusals,
  },
});

export type RuleChange = z.infer<typeof RuleChange>;
export type ActivePack = z.infer<typeof ActivePack>;
export type ProcedureReading = z.infer<typeof ProcedureReading>;
