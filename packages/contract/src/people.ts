import { createRoute, z } from '@hono/zod-openapi';
import { commandsOf, json, refusals, workbook } from './route-parts.js';
import { DateText, DivisionCode, Id } from './shapes.js';

/**
 * People (组织与人员): bodies, the Party tree, posts and terms, persons, places, grids and registers of a county.
 *
 * Everything is dated. A register is changed by one command each; ending is a date, never a deletion.
 */

const Saved = z.object({ id: Id }).openapi('SavedRow');

const read = <P extends string, Q extends z.ZodObject, R extends z.ZodType>(
  path: P,
  summary: string,
  query: Q,
  answer: R,
) =>
  createRoute({
    method: 'get',
    path,
    tags: ['people'],
    summary,
    request: { query },
    responses: { 200: json(answer, summary), ...refusals },
  });
const { command, commandOn } = commandsOf('people', { 201: json(Saved, 'done') });

const Name = z.string().trim().min(1).max(80);
const PersonName = z.string().trim().min(1).max(40);
const Ending = z.strictObject({
  on: DateText.openapi({ description: 'first day on which it no longer holds' }),
  reason: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .optional()
    .openapi({ description: 'needed on the day it began: it was entered by mistake and never held' }),
});
const OnDay = { division: DivisionCode, on: DateText.optional() };

/** Kinds of body (组织类别) that the register knows; packs may speak of further ones. */
export const BodyKind = z
  .string()
  .regex(/^[a-z][a-z-]*[a-z]$/)
  .max(40)
  .openapi({
    example: 'branch',
    description: 'committee, branch, party-group, villagers-committee, government, office, …',
  });

/** The seven kinds of branch under a village committee (七类支部). */
export const BranchKind = z.enum([
  'agriculture',
  'industry',
  'enterprise',
  'cooperative',
  'joint-new-organisations',
  'veteran-cadres',
  'mobile-members',
]);

/** What is entered to save a body. A branch and a Party group name their one Party parent. */
export const BodyInput = z
  .strictObject({
    id: Id.optional().openapi({ description: 'the body to change; a new one without it' }),
    division: DivisionCode,
    kind: BodyKind,
    name: Name,
    parent: Id.optional().openapi({ description: 'the body it is part of, e.g. the government of an office' }),
    partyParent: Id.optional().openapi({ description: 'the Party body it stands under (隶属)' }),
    place: Id.optional().openapi({ description: 'the estate or building that a Party body is tied to' }),
    code: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .max(60)
      .optional()
      .openapi({ description: 'entry of the office catalogue' }),
    branchKind: BranchKind.optional(),
    enterpriseLed: z.boolean().optional().openapi({ description: '以企带村型党委' }),
    validFrom: DateText,
  })
  .openapi('BodyInput');

export const BodyRow = z
  .object({
    id: Id,
    division: DivisionCode,
    divisionName: z.string(),
    kind: BodyKind,
    name: z.string(),
    code: z.string().nullable(),
    parent: Id.nullable(),
    partyParent: Id.nullable(),
    partyParentName: z.string().nullable(),
    place: Id.nullable(),
    placeName: z.string().nullable(),
    placeTier: z.enum(['township', 'community', 'estate', 'building']).nullable(),
    branchKind: BranchKind.nullable(),
    enterpriseLed: z.boolean(),
    validFrom: DateText,
    validTo: DateText.nullable(),
  })
  .openapi('BodyRow');

/** A post held in a body, with the name under which it was announced. */
export const HolderRow = z
  .object({
    appointment: Id,
    post: z.string(),
    postTitle: z.string(),
    body: Id,
    bodyName: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    person: Id,
    name: z.string(),
    grid: Id.nullable(),
    validFrom: DateText,
    validTo: DateText.nullable(),
  })
  .openapi('HolderRow');

export const BodyDetail = BodyRow.extend({
  holders: z.array(HolderRow),
  former: z.array(HolderRow).openapi({ description: 'who held a post of this body before that day, latest first' }),
  seats: z.array(
    z.object({
      post: z.string(),
      postTitle: z.string(),
      seats: z.number().int().nullable().openapi({ description: 'null while nobody has fixed how many' }),
      taken: z.number().int(),
    }),
  ),
  links: z.array(
    z.object({
      id: Id,
      kind: z.string(),
      body: Id,
      name: z.string(),
      direction: z.enum(['to', 'from']),
      validFrom: DateText,
    }),
  ),
}).openapi('BodyDetail');

export const LinkKind = z.enum(['party-tree', 'liaison', 'line', 'serves']);
/** A station of the way between two offices (流转路径). */
export const RouteStation = z
  .object({ body: Id, name: z.string(), division: DivisionCode, level: z.string() })
  .openapi('RouteStation');

export const listBodiesRoute = read(
  '/api/bodies',
  'Bodies of a division and below',
  z.object({ ...OnDay, kind: BodyKind.optional() }),
  z.object({ bodies: z.array(BodyRow) }),
);
export const readBodyRoute = createRoute({
  method: 'get',
  path: '/api/bodies/{id}',
  tags: ['people'],
  summary: 'One body with its holders and links',
  request: { params: z.object({ id: Id }), query: z.object({ on: DateText.optional() }) },
  responses: { 200: json(BodyDetail, 'the body'), ...refusals },
});
export const saveBodyRoute = command('/api/bodies', 'Save a body', BodyInput);
export const endBodyRoute = commandOn(
  '/api/bodies/{id}/end',
  'End a body; a Party body without members alone',
  Ending.extend({ decision: z.string().trim().min(1).max(200).optional() }),
);
export const linkBodiesRoute = command(
  '/api/body-links',
  'Link two bodies',
  z.strictObject({ fromBody: Id, toBody: Id, kind: LinkKind, validFrom: DateText }),
);
export const endLinkRoute = commandOn('/api/body-links/{id}/end', 'End a link', Ending);
export const routePathRoute = createRoute({
  method: 'get',
  path: '/api/bodies/{id}/route',
  tags: ['people'],
  summary: 'The offices a matter passes from this office to another (联系服务群众工作办公室)',
  request: { params: z.object({ id: Id }), query: z.object({ to: Id, on: DateText.optional() }) },
  responses: { 200: json(z.object({ stations: z.array(RouteStation) }), 'the way'), ...refusals },
});

export const PersonInput = z
  .strictObject({
    division: DivisionCode,
    name: PersonName,
    sex: z.enum(['male', 'female']).optional(),
    birthYear: z.number().int().min(1900).max(2200).optional(),
    validFrom: DateText,
  })
  .openapi('PersonInput');
export const PersonRow = z
  .object({
    id: Id,
    division: DivisionCode,
    divisionName: z.string(),
    name: z.string(),
    sex: z.string().nullable(),
    birthYear: z.number().int().nullable(),
    madeUp: z.boolean().openapi({ description: 'a person of a demonstration county' }),
  })
  .openapi('PersonRow');
export const listPersonsRoute = read(
  '/api/persons',
  'Persons of a division and below',
  z.object({ division: DivisionCode, name: PersonName.optional(), after: Id.optional() }),
  z.object({ persons: z.array(PersonRow), next: Id.nullable() }),
);
export const savePersonRoute = command('/api/persons', 'Enter a person', PersonInput);

export const listPostsRoute = read(
  '/api/posts',
  'Catalogue of posts',
  z.object({}),
  z.object({
    posts: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        titleEn: z.string(),
        bodyKinds: z.array(z.string()),
        level: z.string(),
      }),
    ),
  }),
);
export const listAppointmentsRoute = read(
  '/api/appointments',
  'Who holds which post',
  z.object({ ...OnDay, post: z.string().max(60).optional() }),
  z.object({ appointments: z.array(HolderRow) }),
);
export const appointRoute = command(
  '/api/appointments',
  'Appoint a person to a post for a term',
  z.strictObject({
    person: Id,
    post: z.string().max(60),
    body: Id,
    grid: Id.optional(),
    validFrom: DateText,
    validTo: DateText.optional(),
  }),
);
export const endAppointmentRoute = commandOn('/api/appointments/{id}/end', 'End a term', Ending);
export const establishRoute = command(
  '/api/establishments',
  'Say how many persons a post of a body may have (职数)',
  z.strictObject({ body: Id, post: z.string().max(60), seats: z.number().int().min(1).max(999), validFrom: DateText }),
);

export const placeMemberRoute = command(
  '/api/party-memberships',
  'Place a Party member in a branch',
  z.strictObject({ person: Id, branch: Id, partyGroup: Id.optional(), validFrom: DateText }),
);
export const transferMemberRoute = command(
  '/api/party-memberships/transfers',
  'Transfer a Party member to another branch (组织关系转接)',
  z.strictObject({ person: Id, branch: Id, partyGroup: Id.optional(), on: DateText }),
);

const sheetRoute = <P extends string>(path: P, summary: string) =>
  createRoute({
    method: 'get',
    path,
    tags: ['people'],
    summary,
    request: { query: z.object({ ...OnDay }) },
    responses: { 200: workbook(summary), ...refusals },
  });
export const bodiesSheetRoute = sheetRoute('/api/bodies.xlsx', 'Bodies of a division and below as a spreadsheet');
export const appointmentsSheetRoute = sheetRoute('/api/appointments.xlsx', 'Who holds which post, as a spreadsheet');

/** How far a new county has come (开始使用). */
export const FirstSteps = z
  .object({
    villages: z.number().int(),
    persons: z.number().int(),
    bodies: z.number().int(),
    terms: z.number().int(),
    holders: z.number().int(),
    logIns: z.number().int().openapi({ description: '0 to an office without the duty to administer' }),
  })
  .openapi('FirstSteps');
export const firstStepsRoute = createRoute({
  method: 'get',
  path: '/api/first-steps',
  tags: ['people'],
  summary: 'How far a new county has come',
  responses: { 200: json(FirstSteps, 'counts in the range of the office'), ...refusals },
});

export type FirstSteps = z.infer<typeof FirstSteps>;
export type BodyInput = z.infer<typeof BodyInput>;
export type BodyRow = z.infer<typeof BodyRow>;
export type BodyDetail = z.infer<typeof BodyDetail>;
export type HolderRow = z.infer<typeof HolderRow>;
export type PersonInput = z.infer<typeof PersonInput>;
export type PersonRow = z.infer<typeof PersonRow>;
export type RouteStation = z.infer<typeof RouteStation>;
export type BranchKind = z.infer<typeof BranchKind>;
export type LinkKind = z.infer<typeof LinkKind>;
