import { createRoute, z } from '@hono/zod-openapi';
import { PasskeyAnswer } from './passkey-answer.js';
import { json, jsonBody, refusals } from './route-parts.js';
import { Me } from './session.js';

/** Passkeys (通行密钥, WebAuthn): a key in somebody's device that proves its owner by finger, face or device code. */

const Password = z.string().min(1).max(256);

/** What the browser's `navigator.credentials` is given, as WebAuthn writes it in JSON. */
const Options = z.record(z.string(), z.unknown()).openapi('PasskeyOptions');
export const offerPasskeyRoute = createRoute({
  method: 'post',
  path: '/api/account/passkeys/offer',
  tags: ['account'],
  summary: 'Begin a new passkey, with the password',
  request: { body: jsonBody(z.strictObject({ password: Password }), 'what is given') },
  responses: { 200: json(Options, 'what the browser needs; good for five minutes'), ...refusals },
});
export const addPasskeyRoute = createRoute({
  method: 'post',
  path: '/api/account/passkeys',
  tags: ['account'],
  summary: 'Register the passkey that the device has made',
  request: {
    body: jsonBody(z.strictObject({ name: z.string().trim().min(1).max(60), answer: PasskeyAnswer }), 'what is given'),
  },
  responses: { 204: { description: 'registered' }, ...refusals },
});
export const removePasskeyRoute = createRoute({
  method: 'post',
  path: '/api/account/passkeys/{passkey}/removal',
  tags: ['account'],
  summary: 'Remove one of the own passkeys, with the password',
  request: {
    params: z.object({ passkey: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }),
    body: jsonBody(z.strictObject({ password: Password }), 'what is given'),
  },
  responses: { 204: { description: 'removed' }, ...refusals },
});
export const offerPasskeyLogInRoute = createRoute({
  method: 'post',
  path: '/api/session/passkey/offer',
  tags: ['session'],
  summary: 'Begin a log-in with a passkey; says nothing about who has one',
  responses: { 200: json(Options, 'what the browser needs; good for five minutes'), ...refusals },
});
export const passkeyLogInRoute = createRoute({
  method: 'post',
  path: '/api/session/passkey',
  tags: ['session'],
  summary: 'Log in with a passkey; no second step, since the device has verified its owner',
  request: { body: jsonBody(z.strictObject({ answer: PasskeyAnswer }), 'what is given') },
  responses: { 200: json(Me, 'logged in'), ...refusals },
});
