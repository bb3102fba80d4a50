import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, commandsOf, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id, InstantText, MomentInput, Refusal } from './shapes.js';

/**
 * Field work (走访与五员服务): contacts of households, their visits, and acts in five roles.
 *
 * A visit holds a need and an answer, nothing else; the forms are closed, so a field for an opinion or a belief is refused.
 */

const Short = z.string().trim().min(1).max(200);

export const HouseholdInput = z.strictObject({
  division: DivisionCode,
  grid: Id.optional(),
  label: z.string().trim().min(1).max(40),
  validFrom: DateText,
});
export const AssignmentInput = z.strictObject({ household: Id, member: Id, validFrom: DateText });
/** How an assignment ends. The household may decline a contact or ask for another one, without a reason. */
export const AssignmentEnd = z.strictObject({
  on: DateText,
  by: z.enum(['branch', 'household-declined', 'household-changed']),
});
export const VisitInput = z.strictObject({
  household: Id,
  need: Short.optional(),
  feedback: Short.optional(),
  occurredAt: MomentInput,
});
export const NeedInput = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .max(60)
    .optional(),
});

const { command, commandOn } = commandsOf('field-work', { 201: json(z.object({ id: Id }), 'done') });

export const saveHouseholdRoute = command('/api/households', 'Enter a household by its door label', HouseholdInput);
export const assignContactRoute = command(
  '/api/contact-assignments',
  'Assign a Party member to a household',
  AssignmentInput,
);
export const endAssignmentRoute = commandOn(
  '/api/contact-assignments/{id}/end',
  'End an assignment; a household may decline or change its contact',
  AssignmentEnd,
);
export const logVisitRoute = command(
  '/api/contact-visits',
  'Log a visit: the need heard, the answer given',
  VisitInput,
);
export const sendNeedRoute = createRoute({
  method: 'post',
  path: '/api/contact-visits/{id}/matter',
  tags: ['field-work'],
  summary: 'Turn the need heard on a visit into a matter',
  request: {
    headers: commandHeaders,
    params: z.object({ id: Id }),
    body: jsonBody(NeedInput, 'need'),
  },
  responses: { 201: json(z.object({ id: Id, matter: Id }), 'the matter'), ...refusals },
});

/** The contact and visits of a household, as its own members and its contact see them. */
export const HouseholdContact = z
  .object({
    household: Id,
    label: z.string(),
    takesContact: z.boolean(),
    assignment: Id.nullable(),
    contactName: z.string().nullable(),
    visits: z.array(
      z.object({
        id: Id,
        occurredAt: InstantText,
        need: z.string().nullable(),
        feedback: z.string().nullable(),
        visitorName: z.string().nullable(),
        clockOff: z
          .object({
            minutes: z.number().int().openapi({ description: 'ahead of the server; behind: below zero' }),
            atLeast: z.boolean().openapi({ description: 'the clock was put right before the visit was sent' }),
          })
          .nullable()
          .openapi({
            description: 'how far the clock was off that gave occurredAt; null within five minutes, as far as is known',
          }),
        matter: Id.nullable(),
        matterState: z.string().nullable(),
      }),
    ),
  })
  .openapi('HouseholdContact');
export const myHouseholdsRoute = createRoute({
  method: 'get',
  path: '/api/households/mine',
  tags: ['field-work'],
  summary: 'My household with its contact, or the households I keep contact with',
  responses: {
    200: json(z.object({ households: z.array(HouseholdContact) }), 'households'),
    401: json(Refusal, 'no session'),
  },
});

export const PeopleGroup = z.enum(['grid-leader', 'group-head', 'info-officer', 'party-volunteer']);
export const FieldRole = z.enum(['publicist', 'surveyor', 'agent', 'patroller', 'mediator']);
/** One field act. Surveyors and patrollers record needs and hazards in public places. */
export const FieldActInput = z.strictObject({
  division: DivisionCode,
  group: PeopleGroup,
  role: FieldRole,
  note: Short,
  urgent: z
    .boolean()
    .optional()
    .openapi({ description: 'urgent danger: the answer is the police number, nothing is kept' }),
  matter: Id.optional(),
  openMatter: z.boolean().optional(),
  occurredAt: MomentInput,
});
export const logFieldActRoute = createRoute({
  method: 'post',
  path: '/api/field-acts',
  tags: ['field-work'],
  summary: 'Log an act in one of five roles',
  request: { headers: commandHeaders, body: jsonBody(FieldActInput, 'act') },
  responses: { 201: json(z.object({ id: Id, matter: Id.nullable() }), 'done'), ...refusals },
});
const Period = z.object({ from: DateText, to: DateText.openapi({ description: 'last day, included' }) });
export const MyFieldActs = z
  .object({
    from: DateText,
    to: DateText,
    counts: z.record(FieldRole, z.number().int()),
    acts: z.array(
      z.object({
        id: Id,
        role: FieldRole,
        group: PeopleGroup,
        note: z.string(),
        matter: Id.nullable(),
        occurredAt: InstantText,
      }),
    ),
  })
  .openapi('MyFieldActs');
export const myFieldActsRoute = createRoute({
  method: 'get',
  path: '/api/field-acts/mine',
  tags: ['field-work'],
  summary: 'My own field acts and their counts by role; nobody else sees them',
  request: { query: Period },
  responses: { 200: json(MyFieldActs, 'acts'), ...refusals },
});
/** How many persons did how much in each role: no names, no order; small groups are not shown. */
export const FieldActDistribution = z
  .object({
    branch: Id,
    from: DateText,
    to: DateText,
    suppressed: z.boolean().openapi({ description: 'fewer persons than the smallest group shown' }),
    roles: z.array(
      z.object({
        role: FieldRole,
        acts: z.number().int(),
        bands: z.array(
          z.object({ atLeast: z.number().int(), atMost: z.number().int().nullable(), persons: z.number().int() }),
        ),
      }),
    ),
  })
  .openapi('FieldActDistribution');
export const fieldActDistributionRoute = createRoute({
  method: 'get',
  path: '/api/field-acts/distribution',
  tags: ['field-work'],
  summary: 'Distribution of field acts in a branch, without persons',
  request: { query: Period.extend({ branch: Id }) },
  responses: { 200: json(FieldActDistribution, 'distribution'), ...refusals },
});

export type VisitInput = z.infer<typeof VisitInput>;
export type HouseholdContact = z.infer<typeof HouseholdContact>;
export type FieldRole = z.infer<typeof FieldRole>;
export type PeopleGroup = z.infer<typeof PeopleGroup>;
export type FieldActInput = z.infer<typeof FieldActInput>;
export type FieldActDistribution = z.infer<typeof FieldActDistribution>;
export type MyFieldActs = z.infer<typeof MyFieldActs>;
