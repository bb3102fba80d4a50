import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { DivisionCode, Id } from './shapes.js';

/** Log-ins (账号) that an administrator hands out to persons on record; what they may do comes from their posts. */

export const LogInRow = z
  .object({
    person: Id,
    name: z.string(),
    divisionName: z.string(),
    posts: z.array(z.string()).openapi({ description: 'body and post of each term that runs today' }),
    username: z.string().nullable().openapi({ description: 'null while no log-in was handed out' }),
    standing: z
      .object({
        closed: z.boolean(),
        lastSignedIn: z.string().nullable(),
        sessions: z.number().int().openapi({ description: 'places it is logged in at now' }),
        secondFactor: z.boolean(),
        passkeys: z.number().int(),
        signOn: z.boolean().openapi({ description: 'bound to the county’s sign-on' }),
        lockedUntil: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'how the log-in stands; null while there is none' }),
  })
  .openapi('LogInRow');

export const listLogInsRoute = createRoute({
  method: 'get',
  path: '/api/log-ins',
  tags: ['people'],
  summary: 'Who holds a post today, and which log-in they have',
  request: {
    query: z.object({
      division: DivisionCode,
      name: z.string().trim().min(1).max(40).optional(),
      without: z.enum(['yes', 'no']).optional().openapi({ description: 'yes: only those without a log-in' }),
    }),
  },
  responses: { 200: json(z.object({ rows: z.array(LogInRow), more: z.boolean() }), 'the persons'), ...refusals },
});

/** What is handed to the person, once: name and first password. */
export const HandedOut = z
  .object({
    id: Id,
    username: z.string(),
    password: z.string().openapi({ description: 'shown this once; kept nowhere' }),
  })
  .openapi('HandedOutLogIn');

const answers = { 201: json(HandedOut, 'handed out; the password is shown this once'), ...refusals };

export const handOutLogInRoute = createRoute({
  method: 'post',
  path: '/api/log-ins',
  tags: ['people'],
  summary: 'Hand out a log-in to a person on record',
  request: {
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ person: Id, username: z.string().trim().min(3).max(60) }), 'whose'),
  },
  responses: answers,
});
export const renewPasswordRoute = createRoute({
  method: 'post',
  path: '/api/log-ins/{person}/password',
  tags: ['people'],
  summary: 'A new first password for somebody who forgot it; ends the sessions',
  request: { headers: commandHeaders, params: z.object({ person: Id }) },
  responses: answers,
});

const Reason = z.string().trim().min(2).max(300).openapi({ description: 'stands in the journal' });
const Subject = z.string().trim().min(1).max(255).openapi({ description: 'who it is at the provider (sub)' });
const aboutLogIn = { headers: commandHeaders, params: z.object({ person: Id }) };
const changed = { 201: json(z.object({ id: Id }), 'done'), ...refusals };

export const closeLogInRoute = createRoute({
  method: 'post',
  path: '/api/log-ins/{person}/closing',
  tags: ['people'],
  summary: 'Close a log-in: nobody gets in by it, its sessions end',
  request: { ...aboutLogIn, body: jsonBody(z.strictObject({ reason: Reason }), 'why') },
  responses: changed,
});
export const reopenLogInRoute = createRoute({
  method: 'post',
  path: '/api/log-ins/{person}/reopening',
  tags: ['people'],
  summary: 'Open a closed log-in again',
  request: { ...aboutLogIn, body: jsonBody(z.strictObject({ reason: Reason }), 'why') },
  responses: changed,
});
export const unlockLogInRoute = createRoute({
  method: 'post',
  path: '/api/log-ins/{person}/unlocking',
  tags: ['people'],
  summary: 'Unlock a name that was locked after wrong passwords',
  request: { ...aboutLogIn, body: jsonBody(z.strictObject({ reason: Reason }), 'why') },
  responses: changed,
});
export const bindLogInRoute = createRoute({
  method: 'post',
  path: '/api/log-ins/{person}/sign-on',
  tags: ['people'],
  summary: 'Bind a log-in to somebody at the county’s sign-on',
  request: {
    ...aboutLogIn,
    body: jsonBody(z.strictObject({ subject: Subject, reason: Reason }), 'why'),
  },
  responses: changed,
});

export type LogInRow = z.infer<typeof LogInRow>;
export type HandedOut = z.infer<typeof HandedOut>;
