import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { Id } from './shapes.js';
import { Me } from './session.js';

/** Accounts (账号): the own log-in, its second factor, its sessions. */

const Password = z.string().min(1).max(256);
const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/);
const done = { 204: { description: 'done' }, ...refusals };

/** One session of the own account. */
export const SessionRow = z
  .object({
    id: z.string(),
    since: z.string(),
    lastUsed: z.string(),
    address: z.string().nullable(),
    device: z.string().nullable(),
    current: z.boolean(),
  })
  .openapi('SessionRow');

/** One passkey of the own account. */
export const PasskeyRow = z
  .object({ id: z.string(), name: z.string(), since: z.string(), lastUsed: z.string().nullable() })
  .openapi('PasskeyRow');

export const AccountView = z
  .object({
    username: z.string(),
    name: z.string(),
    secondFactor: z.boolean(),
    passkeys: z.array(PasskeyRow),
    signOn: z
      .object({ name: z.string(), bound: z.boolean() })
      .nullable()
      .openapi({ description: 'the county’s sign-on, and whether this account is bound to it; null without one' }),
    passwordRules: z.object({
      leastLength: z.number().int(),
      leastKinds: z.number().int().openapi({ description: 'of capitals, small letters, digits and other signs' }),
      mostDays: z
        .number()
        .int()
        .nullable()
        .openapi({ description: 'days a password holds; null until further notice' }),
      notAgain: z.number().int().openapi({ description: 'last passwords that are not taken again' }),
    }),
    sessions: z.array(SessionRow),
  })
  .openapi('Account');

/** What an authenticator needs to know, shown once. */
export const SecondFactorOffer = z
  .object({
    address: z.string().openapi({ description: 'otpauth address for an authenticator' }),
    picture: z.string().openapi({ description: 'the address as a QR code, SVG' }),
    secret: z.string(),
    recoveryCodes: z.array(z.string()),
  })
  .openapi('SecondFactorOffer');

export const readAccountRoute = createRoute({
  method: 'get',
  path: '/api/account',
  tags: ['account'],
  summary: 'The own account: second factor and sessions',
  responses: { 200: json(AccountView, 'the account'), ...refusals },
});
export const changePasswordRoute = createRoute({
  method: 'post',
  path: '/api/account/password',
  tags: ['account'],
  summary: 'Change the own password; every session ends',
  request: { body: jsonBody(z.strictObject({ current: Password, next: Password }), 'what is given') },
  responses: done,
});
export const offerSecondFactorRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor',
  tags: ['account'],
  summary: 'Begin a second factor; it counts once a code has been confirmed',
  request: { body: jsonBody(z.strictObject({ password: Password }), 'what is given') },
  responses: { 200: json(SecondFactorOffer, 'shown once'), ...refusals },
});
export const confirmSecondFactorRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor/confirmation',
  tags: ['account'],
  summary: 'Confirm the second factor with a first code',
  request: { body: jsonBody(z.strictObject({ code: Code }), 'what is given') },
  responses: done,
});
export const removeSecondFactorRoute = createRoute({
  method: 'post',
  path: '/api/account/second-factor/removal',
  tags: ['account'],
  summary: 'Remove the own second factor',
  request: { body: jsonBody(z.strictObject({ password: Password }), 'what is given') },
  responses: done,
});
export const endSessionRoute = createRoute({
  method: 'post',
  path: '/api/account/sessions/{session}/end',
  tags: ['account'],
  summary: 'End one of the own sessions, e.g. that of a lost phone',
  request: { params: z.object({ session: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }) },
  responses: done,
});
export const secondStepRoute = createRoute({
  method: 'post',
  path: '/api/session/second-factor',
  tags: ['session'],
  summary: 'The second step of a log-in: a code of the authenticator, or a recovery code',
  request: {
    body: jsonBody(
      z.union([z.strictObject({ code: Code }), z.strictObject({ recoveryCode: z.string().trim().min(6).max(40) })]),
      'a code of either kind',
    ),
  },
  responses: { 200: json(Me, 'logged in'), ...refusals },
});
export const resetSecondFactorRoute = createRoute({
  method: 'post',
  path: '/api/accounts/{person}/second-factor-reset',
  tags: ['account'],
  summary: 'Take somebody’s lost second factor away, as an administrator; the person’s sessions end',
  request: {
    headers: commandHeaders,
    params: z.object({ person: Id }),
    body: jsonBody(z.strictObject({ reason: z.string().trim().min(2).max(300) }), 'what is given'),
  },
  responses: { 201: json(z.object({ id: Id }), 'reset'), ...refusals },
});

export type PasskeyRow = z.infer<typeof PasskeyRow>;
export type AccountView = z.infer<typeof AccountView>;
export type SessionRow = z.infer<typeof SessionRow>;
export type SecondFactorOffer = z.infer<typeof SecondFactorOffer>;
