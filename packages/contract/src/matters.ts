import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals, workbook } from './route-parts.js';
import {
  Cursor,
  DateText,
  DivisionCode,
  FaultView,
  FieldValue,
  FieldValues,
  FieldView,
  Id,
  InstantText,
  MomentInput,
} from './shapes.js';

/**
 * Matters (事项): what goes over the wire when a request is handled, followed and closed; how it comes in stands in `intakes.ts`.
 *
 * The portal and the console build on these shapes. Fields of a form are whatever the procedure's pack asks for,
 * so they travel as a record keyed by field id; the server checks them against the pinned procedure.
 */

/** How a matter came in. */
export const Channel = z.enum(['portal', 'counter', 'phone', 'paper', 'visit', 'field', 'import']);

/** State of a matter (办理状态), derived from its acts. */
export const MatterState = z.enum(['open', 'paused', 'ended']);

/** Who did something, as this viewer may see it; names are null where the viewer may not know them. */
export const ActorView = z
  .object({
    kind: z.enum(['resident', 'officer', 'system']),
    name: z.string().nullable(),
    post: z.string().nullable(),
    body: z.string().nullable(),
  })
  .openapi('MatterActor');

/** One line of a list of matters. */
export const MatterRow = z
  .object({
    id: Id,
    number: z.string().openapi({ description: 'the case number, the same at every level' }),
    division: DivisionCode,
    divisionName: z.string(),
    procedure: z.string(),
    procedureTitle: z.string(),
    kind: z.string().nullable(),
    kindTitle: z.string().nullable(),
    subject: z.string(),
    channel: Channel,
    state: MatterState,
    stage: z.string().nullable(),
    stageTitle: z.string().nullable(),
    result: z.string().nullable(),
    resultTitle: z.string().nullable(),
    level: z.string(),
    holderBody: Id.nullable(),
    holderName: z.string().nullable(),
    openedAt: InstantText,
    endedAt: InstantText.nullable(),
    due: DateText.nullable(),
    provisional: z.boolean().openapi({ description: '暂定: counted before the year’s holidays are announced' }),
    overdueDays: z.number().int().openapi({ description: '0 when not overdue' }),
    lateEntry: z.boolean().openapi({ description: '补录: entered after it happened' }),
    version: z.number().int(),
  })
  .openapi('MatterRow');

/** What has been done: one act (办理记录) as this viewer may see it. */
export const ActView = z
  .object({
    seq: z.number().int(),
    act: z.string(),
    title: z.string(),
    stage: z.string().nullable(),
    stageTitle: z.string().nullable(),
    by: ActorView,
    onBehalfOf: z.string().nullable(),
    fields: z.array(
      z.object({ id: z.string(), title: z.string(), type: z.string(), value: FieldValue, text: z.string() }),
    ),
    occurredAt: InstantText,
    recordedAt: InstantText,
    lateEntry: z.boolean(),
  })
  .openapi('MatterAct');

/** A clock of a matter with both counts: how long it has run and how long it stood still. */
export const ClockView = z
  .object({
    id: z.string(),
    title: z.string(),
    from: InstantText,
    due: DateText,
    provisional: z.boolean(),
    overdueDays: z.number().int(),
    met: z.boolean().openapi({ description: 'what it waited for has been done' }),
    pausedSince: InstantText.nullable(),
    pausedCause: z.string().nullable(),
    pauses: z.array(z.object({ from: InstantText, to: InstantText.nullable(), cause: z.string() })),
  })
  .openapi('MatterClock');

/** A dated station (经办记录): who held the matter from when. */
export const StationView = z
  .object({
    body: z.string().nullable(),
    post: z.string().nullable(),
    level: z.string().nullable(),
    from: InstantText,
    until: InstantText.nullable(),
  })
  .openapi('MatterStation');

/** What may be done next, and for what may not be done every reason with its source and cure. */
export const NextActView = z
  .object({
    act: z.string(),
    stage: z.string().nullish().openapi({ description: 'the stage or branch it is done in; sent back with the act' }),
    title: z.string(),
    kind: z.string(),
    by: z.array(z.string()).openapi({ description: 'who may do it, in words' }),
    mine: z.boolean().openapi({ description: 'this viewer is one of those who may' }),
    allowed: z.boolean(),
    faults: z.array(FaultView),
    fields: z.array(FieldView),
    source: z.array(z.string()),
    needsSecret: z.boolean().openapi({ description: 'the resident must show the second secret (回执密语)' }),
  })
  .openapi('MatterNextAct');

/** The drawing of the procedure, with where this matter stands. */
export const DrawingView = z
  .object({
    nodes: z.array(
      z.object({ id: z.string(), title: z.string(), state: z.enum(['done', 'current', 'ahead']), kind: z.string() }),
    ),
    edges: z.array(z.object({ from: z.string(), to: z.string(), title: z.string() })),
    svg: z.string().nullable(),
  })
  .openapi('MatterDrawing');

/** A sub-matter or a matter this one came from. */
export const RelatedMatter = z
  .object({
    id: Id,
    number: z.string(),
    relation: z.enum(['part', 'parent', 'about', 'opened']),
    subject: z.string(),
    state: MatterState,
    holderName: z.string().nullable(),
  })
  .openapi('RelatedMatter');

/** A written reminder with a date (督办) from above. */
export const FollowUpInput = z.object({ text: z.string().min(1).max(2_000), due: DateText }).openapi('FollowUpInput');
export const FollowUpView = z
  .object({
    id: Id,
    matter: Id,
    text: z.string(),
    due: DateText,
    at: InstantText,
    by: ActorView,
    cause: z.enum(['written', 'low-rating']),
    doneAt: InstantText.nullable(),
    answer: z.string().nullable(),
  })
  .openapi('FollowUp');

/** A matter as this viewer may see it. */
export const MatterDetail = MatterRow.extend({
  packTitle: z.string(),
  packVersion: z.string(),
  procedureHash: z.string(),
  firstContact: ActorView.nullable().openapi({ description: '首问责任人' }),
  holder: ActorView.nullable(),
  filer: z.string().nullable().openapi({ description: 'null where this viewer may not know it' }),
  filedBy: z.string().nullable().openapi({ description: 'the officer who filed it for the resident' }),
  form: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      type: z.string(),
      value: FieldValue.nullable(),
      text: z.string(),
      hidden: z.string().nullable().openapi({ description: 'why the value is not shown' }),
    }),
  ),
  acts: z.array(ActView),
  clocks: z.array(ClockView),
  stations: z.array(StationView),
  nextActs: z.array(NextActView),
  drawing: DrawingView,
  related: z.array(RelatedMatter),
  rating: z.number().int().min(1).max(5).nullable(),
  places: z
    .array(z.object({ division: DivisionCode, name: z.string() }))
    .openapi({ description: 'all places one shared matter concerns' }),
  followUps: z.array(FollowUpView.extend({ mine: z.boolean().openapi({ description: 'this viewer may answer it' }) })),
  log: z.object({ state: z.enum(['received', 'logged', 'witnessed']), index: z.string().nullable() }),
}).openapi('MatterDetail');

/** A page of a list. */
export const MatterPage = z.object({ items: z.array(MatterRow), next: Cursor.nullable() }).openapi('MatterPage');

/** Filters of the list; everything is optional, the scope is never wider than the viewer's own. */
export const MatterFilter = z.object({
  division: DivisionCode.optional(),
  state: MatterState.optional(),
  kind: z.string().max(64).optional(),
  procedure: z.string().max(64).optional(),
  holder: z.union([Id, z.literal('mine')]).optional(),
  overdue: z.enum(['yes', 'no']).optional(),
  from: DateText.optional(),
  to: DateText.optional(),
  sort: z.enum(['newest', 'due']).optional(),
  after: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/** One act on a matter. */
export const ActInput = z
  .object({
    act: z.string().min(1).max(64),
    stage: z.string().min(1).max(130).optional().openapi({ description: 'where one act stands in several branches' }),
    fields: FieldValues.default({}),
    baseVersion: z.number().int().min(1).openapi({ description: 'the version the person had on the screen' }),
    occurredAt: MomentInput.optional(),
  })
  .openapi('ActInput');

/** Answer to an act. */
export const Acted = z
  .object({
    version: z.number().int(),
    state: MatterState,
    stage: z.string().nullable(),
    result: z.string().nullable(),
    due: DateText.nullable(),
    opened: z.array(Id),
  })
  .openapi('ActedMatter');

const byId = z.object({ id: Id });

export const listMattersRoute = createRoute({
  method: 'get',
  path: '/api/matters',
  tags: ['matters'],
  summary: 'List matters in the viewer’s scope',
  request: { query: MatterFilter },
  responses: { 200: json(MatterPage, 'one page'), ...refusals },
});
export const exportMattersRoute = createRoute({
  method: 'get',
  path: '/api/matters.xlsx',
  tags: ['matters'],
  summary: 'The same list as a spreadsheet',
  request: { query: MatterFilter.omit({ after: true, limit: true }) },
  responses: {
    200: workbook('the list'),
    ...refusals,
  },
});
export const readMatterRoute = createRoute({
  method: 'get',
  path: '/api/matters/{id}',
  tags: ['matters'],
  summary: 'A matter with its acts and what may be done next',
  request: { params: byId },
  responses: { 200: json(MatterDetail, 'the matter'), ...refusals },
});
export const actOnMatterRoute = createRoute({
  method: 'post',
  path: '/api/matters/{id}/acts',
  tags: ['matters'],
  summary: 'Do one act on a matter',
  request: { params: byId, headers: commandHeaders, body: jsonBody(ActInput, 'the act') },
  responses: { 200: json(Acted, 'done'), ...refusals },
});
export const followUpRoute = createRoute({
  method: 'post',
  path: '/api/matters/{id}/follow-ups',
  tags: ['matters'],
  summary: 'Write a follow-up (督办) with a date',
  request: { params: byId, headers: commandHeaders, body: jsonBody(FollowUpInput, 'the follow-up') },
  responses: { 201: json(FollowUpView, 'written'), ...refusals },
});
export const answerFollowUpRoute = createRoute({
  method: 'post',
  path: '/api/follow-ups/{id}/answer',
  tags: ['matters'],
  summary: 'Answer a follow-up',
  request: {
    params: byId,
    headers: commandHeaders,
    body: jsonBody(z.object({ text: z.string().min(1).max(2_000) }), 'the answer'),
  },
  responses: { 200: json(FollowUpView, 'answered'), ...refusals },
});
export type ActorView = z.infer<typeof ActorView>;
export type MatterRow = z.infer<typeof MatterRow>;
export type MatterPage = z.infer<typeof MatterPage>;
export type MatterFilter = z.infer<typeof MatterFilter>;
export type MatterDetail = z.infer<typeof MatterDetail>;
export type ActView = z.infer<typeof ActView>;
export type ClockView = z.infer<typeof ClockView>;
export type StationView = z.infer<typeof StationView>;
export type NextActView = z.infer<typeof NextActView>;
export type DrawingView = z.infer<typeof DrawingView>;
export type RelatedMatter = z.infer<typeof RelatedMatter>;
export type ActInput = z.infer<typeof ActInput>;
export type Acted = z.infer<typeof Acted>;
export type FollowUpInput = z.infer<typeof FollowUpInput>;
export type FollowUpView = z.infer<typeof FollowUpView>;
export type MatterState = z.infer<typeof MatterState>;
export type Channel = z.infer<typeof Channel>;
