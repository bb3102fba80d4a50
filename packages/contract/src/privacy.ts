import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DateText, DivisionCode, Id } from './shapes.js';

/** Privacy (个人信息查阅): reading somebody's record, approval for minors, and who read what. */

const Purpose = z.string().trim().min(2).max(300);

/** A person's record as an office reads it. */
export const PersonRecord = z
  .object({
    id: Id,
    name: z.string(),
    sex: z.string().nullable(),
    birthYear: z.number().int().nullable(),
    division: DivisionCode,
    divisionName: z.string(),
    minor: z.boolean(),
  })
  .openapi('PersonRecord');

/** A request to read a minor's record. */
export const MinorAccessRow = z
  .object({
    id: Id,
    person: Id,
    personName: z.string(),
    purpose: z.string(),
    askedBy: z.string(),
    mine: z.boolean().openapi({ description: 'asked by the person logged in, who cannot decide it' }),
    askedAt: z.string(),
    decidedBy: z.string().nullable(),
    approved: z.boolean().nullable(),
    validUntil: z.string().nullable(),
  })
  .openapi('MinorAccess');

/** One reading of personal data. */
export const AccessLogRow = z
  .object({
    id: Id,
    at: z.string(),
    what: z.string(),
    purpose: z.string(),
    reader: z.string().openapi({ description: 'who read: the name, and for oneself the office' }),
    office: z.string().nullable(),
    subject: z.string().nullable(),
    divisionName: z.string(),
  })
  .openapi('AccessLogRow');
const LogPage = z.object({ rows: z.array(AccessLogRow), next: Id.nullable() });

export const readPersonRecordRoute = createRoute({
  method: 'get',
  path: '/api/persons/{id}',
  tags: ['privacy'],
  summary: 'A person’s record; the reading is logged with its purpose, a minor’s takes an approval first',
  request: { params: z.object({ id: Id }), query: z.object({ purpose: Purpose }) },
  responses: { 200: json(PersonRecord, 'the record'), ...refusals },
});
export const askMinorAccessRoute = createRoute({
  method: 'post',
  path: '/api/minor-accesses',
  tags: ['privacy'],
  summary: 'Ask to read the record of a person under eighteen',
  request: {
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ person: Id, purpose: Purpose }), 'who and what for'),
  },
  responses: { 201: json(z.object({ id: Id }), 'asked'), ...refusals },
});
export const decideMinorAccessRoute = createRoute({
  method: 'post',
  path: '/api/minor-accesses/{id}/decision',
  tags: ['privacy'],
  summary: 'Approve or refuse somebody else’s request, for at most seven days',
  request: {
    headers: commandHeaders,
    params: z.object({ id: Id }),
    body: jsonBody(z.strictObject({ approve: z.boolean(), days: z.number().int().min(1).max(7) }), 'the decision'),
  },
  responses: { 201: json(z.object({ id: Id }), 'decided'), ...refusals },
});
export const listMinorAccessesRoute = createRoute({
  method: 'get',
  path: '/api/minor-accesses',
  tags: ['privacy'],
  summary: 'Requests to read minors’ records, the newest first',
  request: { query: z.object({ division: DivisionCode }) },
  responses: { 200: json(z.object({ requests: z.array(MinorAccessRow) }), 'requests'), ...refusals },
});
export const readAccessLogRoute = createRoute({
  method: 'get',
  path: '/api/access-log',
  tags: ['privacy'],
  summary: 'Who read which personal data, for the auditor',
  request: { query: z.object({ division: DivisionCode, before: Id.optional() }) },
  responses: { 200: json(LogPage, 'readings'), ...refusals },
});
export const readOwnAccessLogRoute = createRoute({
  method: 'get',
  path: '/api/access-log/mine',
  tags: ['privacy'],
  summary: 'Who read my data',
  request: { query: z.object({ before: Id.optional() }) },
  responses: { 200: json(LogPage, 'readings'), ...refusals },
});

export const proposeAppointmentRoute = createRoute({
  method: 'post',
  path: '/api/appointment-proposals',
  tags: ['privacy'],
  summary: 'Propose somebody for a post that administers the system; another person confirms',
  request: {
    headers: commandHeaders,
    body: jsonBody(
      z.strictObject({ person: Id, post: z.string().max(80), body: Id, validFrom: DateText }),
      'the proposal',
    ),
  },
  responses: { 201: json(z.object({ id: Id }), 'proposed'), ...refusals },
});
/** A proposal for a post that administers the system. */
export const AppointmentProposalRow = z
  .object({
    id: Id,
    personName: z.string(),
    bodyName: z.string(),
    postTitle: z.string(),
    validFrom: z.string(),
    askedBy: z.string(),
    askedAt: z.string(),
    mine: z
      .boolean()
      .openapi({ description: 'proposed by the person logged in or about them: somebody else confirms' }),
    confirmedBy: z.string().nullable(),
  })
  .openapi('AppointmentProposal');
export const listProposalsRoute = createRoute({
  method: 'get',
  path: '/api/appointment-proposals',
  tags: ['privacy'],
  summary: 'Proposals for posts that administer the system, the newest first',
  request: { query: z.object({ division: DivisionCode }) },
  responses: { 200: json(z.object({ proposals: z.array(AppointmentProposalRow) }), 'proposals'), ...refusals },
});
export const confirmAppointmentRoute = createRoute({
  method: 'post',
  path: '/api/appointment-proposals/{id}/confirmation',
  tags: ['privacy'],
  summary: 'Confirm somebody else’s proposal; the appointment is made',
  request: { headers: commandHeaders, params: z.object({ id: Id }) },
  responses: { 201: json(z.object({ id: Id }), 'appointed'), ...refusals },
});

export type PersonRecord = z.infer<typeof PersonRecord>;
export type MinorAccessRow = z.infer<typeof MinorAccessRow>;
export type AppointmentProposalRow = z.infer<typeof AppointmentProposalRow>;
export type AccessLogRow = z.infer<typeof AccessLogRow>;
