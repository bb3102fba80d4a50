import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, refusals } from './route-parts.js';
import { DivisionCode, Id } from './shapes.js';

/** Log-ins (账号) that an administrator hands out to persons on record; what they may do comes from their posts. */

export const LogInRow = z
  .object({
    person: Id,
    name: z.string(),
    divisionName: z.string(),
    posts: z.array(z.string()).openapi({ description: 'body and post of each term that runs today' }),
    username: z.string().nullable().openapi({ description: 'null while no log-in was handed out' }),
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
    body: {
      required: true,
      ...json(z.strictObject({ person: Id, username: z.string().trim().min(3).max(60) }), 'whose'),
    },
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

export type LogInRow = z.infer<typeof LogInRow>;
export type HandedOut = z.infer<typeof HandedOut>;
