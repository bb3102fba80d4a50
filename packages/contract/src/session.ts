import { createRoute, z } from '@hono/zod-openapi';
import { json, jsonBody } from './route-parts.js';
import { DivisionCode, Id, Refusal } from './shapes.js';
import { PasskeyAnswer } from './passkey-answer.js';

/** Sessions (登录): who is here, and in which offices. An office comes from an appointment, never from the log-in. */

/** An office a person holds today (岗位). */
export const OfficeView = z
  .object({
    appointment: Id,
    post: z.string(),
    postTitle: z.string(),
    body: Id,
    bodyName: z.string(),
    bodyKind: z.string(),
    division: DivisionCode,
    divisionName: z.string(),
    level: z.string(),
    capabilities: z.array(z.string()),
  })
  .openapi('Office');

/** The person who is logged in. */
export const Me = z
  .object({
    person: Id,
    name: z.string(),
    username: z.string(),
    county: z.string().regex(/^\d{6}$/),
    division: DivisionCode.openapi({ description: 'where the person lives' }),
    offices: z.array(OfficeView),
    capabilities: z.array(z.string()),
    idleMinutes: z
      .number()
      .int()
      .openapi({ description: 'minutes without a request that lock the session; 0 for never' }),
    passwordDaysLeft: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'days the password still holds, once its owner is to be told; else null' }),
  })
  .openapi('Me');

/** A log-in. */
export const SignIn = z
  .object({
    username: z.string().min(1).max(60),
    password: z.string().min(1).max(256),
    next: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .openapi({ description: 'the new password, after a refusal because this one was handed out or has expired' }),
  })
  .openapi('SignIn');

export const signInRoute = createRoute({
  method: 'post',
  path: '/api/session',
  tags: ['session'],
  summary: 'Log in; the session is a cookie',
  request: { body: jsonBody(SignIn, 'name and password') },
  responses: {
    200: json(Me, 'logged in'),
    401: json(Refusal, 'name or password wrong, never says which; or right, and something is wanted besides'),
    422: json(Refusal, 'the new password is not taken'),
    429: json(Refusal, 'too many tries'),
  },
});

export const signOutRoute = createRoute({
  method: 'delete',
  path: '/api/session',
  tags: ['session'],
  summary: 'Log out; the session ends on the server too',
  responses: { 204: { description: 'logged out' } },
});

export const readMeRoute = createRoute({
  method: 'get',
  path: '/api/me',
  tags: ['session'],
  summary: 'Who is logged in, and in which offices',
  responses: { 200: json(Me, 'the person'), 401: json(Refusal, 'nobody is logged in') },
});

export const lockSessionRoute = createRoute({
  method: 'post',
  path: '/api/session/lock',
  tags: ['session'],
  summary: 'Lock the screen of this session; nothing is answered until it is unlocked',
  responses: { 204: { description: 'locked, or nobody was logged in' } },
});

const Unlocking = z.union([
  z.strictObject({ password: z.string().min(1).max(256) }),
  z.strictObject({ passkey: PasskeyAnswer }),
]);

export const unlockSessionRoute = createRoute({
  method: 'post',
  path: '/api/session/unlock',
  tags: ['session'],
  summary: 'Unlock the screen of this session with the password or a passkey',
  request: {
    body: jsonBody(Unlocking, 'what proves the owner'),
  },
  responses: {
    200: json(Me, 'unlocked'),
    401: json(Refusal, 'the password is wrong, or the session has ended'),
    429: json(Refusal, 'too many tries'),
  },
});
