import { createRoute, z } from '@hono/zod-openapi';
import { Channel } from './matters.js';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, FieldValues, FieldView, Id, MomentInput } from './shapes.js';

/** Intakes (受理): what may be asked for in a place, how a matter is opened by a resident or by staff, and the receipt that answers. */

/** What a village's residents may ask for, with the fields to ask them. */
export const RequestForm = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    kinds: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        promise: z.string().nullable(),
        procedure: z.string(),
        procedureTitle: z.string(),
        unsorted: z
          .boolean()
          .openapi({ description: 'may be told without choosing a kind; whoever receives it sorts it' }),
        due: DateText.nullable(),
        fields: z.array(FieldView),
      }),
    ),
  })
  .openapi('RequestForm');

/** What an officer may open here that a resident may not: a check, an application, a report of an item (立项表单). */
export const StaffForm = z
  .object({
    division: DivisionCode,
    divisionName: z.string(),
    procedures: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        about: z.string().nullable(),
        kinds: z.array(z.object({ id: z.string(), title: z.string() })),
        level: z.string(),
        packTitle: z.string(),
        fields: z.array(FieldView),
      }),
    ),
  })
  .openapi('StaffForm');

const intake = {
  division: DivisionCode,
  procedure: z.string().max(64).optional().openapi({ description: 'when absent, chosen by kind' }),
  kind: z.string().max(64).optional(),
  fields: FieldValues,
};

/** A resident's own request, without an account. */
export const ResidentIntake = z.object({ ...intake, formToken: z.string().min(16).max(200) }).openapi('ResidentIntake');

/** A matter that staff open, for a resident (both names are kept) or for their own office. */
export const StaffIntake = z
  .object({
    ...intake,
    channel: Channel.optional(),
    onBehalfOf: z.object({ name: z.string().min(1).max(60), phone: z.string().max(20).optional() }).optional(),
    about: Id.optional().openapi({ description: 'the matter this one is about, e.g. an accountability check' }),
    places: z.array(DivisionCode).max(500).optional().openapi({ description: 'one matter for several villages' }),
    occurredAt: MomentInput.optional().openapi({
      description: 'a past moment, with the import capability only (补录)',
    }),
  })
  .openapi('StaffIntake');

/** The slip: the receipt code, and the second secret that the handler never sees. */
export const ReceiptView = z
  .object({
    code: z.string().openapi({ description: 'grouped Crockford base32 with a check character' }),
    track: z.string().openapi({ description: 'path of the tracking page' }),
    verify: z.string().nullable().openapi({ description: 'path with fragment for checking against the log' }),
    confirmSecret: z
      .string()
      .nullable()
      .openapi({ description: 'shown once to the resident alone; null when staff filed the matter' }),
    words: z.string(),
  })
  .openapi('Receipt');

/** Answer to an opened matter. */
export const Opened = z
  .object({ id: Id, number: z.string(), version: z.number().int(), due: DateText.nullable(), receipt: ReceiptView })
  .openapi('OpenedMatter');

export const requestFormRoute = createRoute({
  method: 'get',
  path: '/api/villages/{code}/request-form',
  tags: ['requests'],
  summary: 'What residents of a village may ask for',
  request: { params: z.object({ code: DivisionCode }) },
  responses: { 200: json(RequestForm, 'kinds and fields'), ...refusals },
});
export const staffFormRoute = createRoute({
  method: 'get',
  path: '/api/divisions/{code}/staff-form',
  tags: ['matters'],
  summary: 'What the viewer may open for a place in his office',
  request: { params: z.object({ code: DivisionCode }) },
  responses: { 200: json(StaffForm, 'procedures and fields'), ...refusals },
});
export const formTokenRoute = createRoute({
  method: 'post',
  path: '/api/requests/form-token',
  tags: ['requests'],
  summary: 'A form token and a command id for a person without account',
  responses: { 201: json(z.object({ formToken: z.string(), commandId: z.uuid() }), 'token'), ...refusals },
});
export const openMatterRoute = createRoute({
  method: 'post',
  path: '/api/matters',
  tags: ['matters'],
  summary: 'Staff open a matter, also on behalf of a resident',
  request: { headers: commandHeaders, body: jsonBody(StaffIntake, 'the matter') },
  responses: { 201: json(Opened, 'opened'), ...refusals },
});
export const openRequestRoute = createRoute({
  method: 'post',
  path: '/api/requests',
  tags: ['requests'],
  summary: 'A resident without account tells a need',
  request: { headers: commandHeaders, body: jsonBody(ResidentIntake, 'the need') },
  responses: { 201: json(Opened, 'opened'), ...refusals },
});

export type ResidentIntake = z.infer<typeof ResidentIntake>;
export type StaffIntake = z.infer<typeof StaffIntake>;
export type ReceiptView = z.infer<typeof ReceiptView>;
export type Opened = z.infer<typeof Opened>;
export type StaffForm = z.infer<typeof StaffForm>;
export type RequestForm = z.infer<typeof RequestForm>;
