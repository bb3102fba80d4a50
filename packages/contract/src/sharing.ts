import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, FieldValues, Id } from './shapes.js';

/**
 * Sharing (数据共享): what leaves for other systems, item by item, with its purpose and its fields. An export has the listed fields and no
 * other, and each one is written into the log of exports.
 */

/** An item of the sharing list (共享事项) that the office held may export. */
export const SharedItemView = z
  .object({
    id: z.string(),
    title: z.string(),
    to: z.string(),
    security: z.boolean(),
    purpose: z.string(),
    legalBasis: z.array(z.string()),
    register: z.string(),
    registerTitle: z.string(),
    fields: z.array(z.object({ id: z.string(), title: z.string() })),
    log: z.string(),
  })
  .openapi('SharedItem');

export const SharedExport = z
  .object({
    export: Id,
    item: z.string(),
    to: z.string(),
    purpose: z.string(),
    on: DateText,
    fields: z.array(z.object({ id: z.string(), title: z.string() })),
    count: z.number().int(),
    records: z.array(FieldValues),
  })
  .openapi('SharedExport');

export const listSharedItemsRoute = createRoute({
  method: 'get',
  path: '/api/sharing',
  tags: ['records'],
  summary: 'What may be shared with other systems, and what for',
  request: { query: z.object({ division: DivisionCode }) },
  responses: { 200: json(z.object({ items: z.array(SharedItemView) }), 'the sharing list'), ...refusals },
});

export const exportSharedRoute = createRoute({
  method: 'post',
  path: '/api/sharing/{item}/exports',
  tags: ['records'],
  summary:
    'Export an item of the sharing list: the listed fields alone; the export is logged with purpose and number of records',
  request: {
    params: z.object({ item: z.string().regex(/^[a-z][a-z0-9-]{0,79}$/) }),
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ division: DivisionCode }), 'of which place'),
  },
  responses: { 201: json(SharedExport, 'exported and logged'), ...refusals },
});

export type SharedItemView = z.infer<typeof SharedItemView>;
export type SharedExport = z.infer<typeof SharedExport>;
