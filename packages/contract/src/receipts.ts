import { createRoute, z } from '@hono/zod-openapi';
import { Acted, ActView, ClockView, MatterState, NextActView, StationView } from './matters.js';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, FieldValues, InstantText } from './shapes.js';

/** Receipts (凭条): what the holder of one sees of a matter and may do on it, without an account. */

/** A resident's act by receipt: the second secret is needed to confirm or dispute. */
export const ReceiptActInput = z
  .object({
    act: z.string().min(1).max(64),
    fields: FieldValues.default({}),
    baseVersion: z.number().int().min(1),
    formToken: z.string().min(16).max(200),
    secret: z.string().max(60).optional(),
  })
  .openapi('ReceiptActInput');

/** What the holder of a receipt sees: each step, who holds it, until when; never the names of people. */
export const Tracking = z
  .object({
    number: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    procedure: z.string(),
    procedureTitle: z.string(),
    kind: z.string().nullable(),
    kindTitle: z.string().nullable(),
    subject: z.string(),
    state: MatterState,
    stageTitle: z.string().nullable(),
    resultTitle: z.string().nullable(),
    holder: z.string().nullable(),
    contact: z.string().nullable(),
    openedAt: InstantText,
    due: DateText.nullable(),
    provisional: z.boolean(),
    overdueDays: z.number().int(),
    version: z.number().int(),
    acts: z.array(ActView),
    clocks: z.array(ClockView),
    stations: z.array(StationView),
    nextActs: z.array(NextActView),
    claimed: z
      .object({ at: InstantText, text: z.string() })
      .nullable()
      .openapi({ description: 'what the office says was done, waiting for the resident’s word' }),
    rating: z.number().int().nullable(),
    log: z.object({
      state: z.enum(['received', 'logged', 'witnessed']),
      index: z.string().nullable(),
      verify: z.string().nullable(),
    }),
  })
  .openapi('Tracking');

export const trackRoute = createRoute({
  method: 'get',
  path: '/api/receipts/{code}',
  tags: ['requests'],
  summary: 'Follow a matter by receipt',
  request: { params: z.object({ code: z.string().min(8).max(60) }) },
  responses: { 200: json(Tracking, 'where it stands'), ...refusals },
});
export const actByReceiptRoute = createRoute({
  method: 'post',
  path: '/api/receipts/{code}/acts',
  tags: ['requests'],
  summary: 'The resident answers, confirms, disputes, rates, goes higher or withdraws',
  request: {
    params: z.object({ code: z.string().min(8).max(60) }),
    headers: commandHeaders,
    body: jsonBody(ReceiptActInput, 'the act'),
  },
  responses: { 200: json(Acted, 'done'), ...refusals },
});

export type ReceiptActInput = z.infer<typeof ReceiptActInput>;
export type Tracking = z.infer<typeof Tracking>;
