import { createRoute, z } from '@hono/zod-openapi';
import { json, jsonBody, refusals } from './route-parts.js';
import { Me } from './session.js';

/** The county's sign-on (县级统一身份认证, OpenID Connect): it shows who somebody is; what he may do comes from his appointments here. */

const Departure = json(
  z.object({ address: z.string() }),
  'where to send the browser; it comes back to /console/sign-on',
);

/** What the log-in page offers besides name and password. */
export const WaysIn = z
  .object({
    signOn: z.string().nullable().openapi({ description: 'what the county calls its sign-on; null without one' }),
  })
  .openapi('WaysIn');

export const readWaysInRoute = createRoute({
  method: 'get',
  path: '/api/session/ways-in',
  tags: ['session'],
  summary: 'Which ways to log in there are besides name and password',
  responses: { 200: json(WaysIn, 'the ways') },
});
export const beginSignOnRoute = createRoute({
  method: 'post',
  path: '/api/session/sign-on/offer',
  tags: ['session'],
  summary: 'Begin a log-in by the county’s sign-on',
  responses: { 200: Departure, ...refusals },
});
export const endSignOnRoute = createRoute({
  method: 'post',
  path: '/api/session/sign-on',
  tags: ['session'],
  summary: 'End it with what the provider sent back: logs in, or binds the own account when that was begun',
  request: { body: jsonBody(z.strictObject({ search: z.string().min(1).max(8000) }), 'what is given') },
  responses: { 200: json(z.object({ me: Me, bound: z.boolean() }), 'logged in, or bound'), ...refusals },
});
export const bindSignOnRoute = createRoute({
  method: 'post',
  path: '/api/account/sign-on',
  tags: ['account'],
  summary: 'Begin to bind the own account to the county’s sign-on, with the password',
  request: { body: jsonBody(z.strictObject({ password: z.string().min(1).max(256) }), 'what is given') },
  responses: { 200: Departure, ...refusals },
});
export const unbindSignOnRoute = createRoute({
  method: 'post',
  path: '/api/account/sign-on/removal',
  tags: ['account'],
  summary: 'End the binding, with the password',
  request: { body: jsonBody(z.strictObject({ password: z.string().min(1).max(256) }), 'what is given') },
  responses: { 204: { description: 'no longer bound' }, ...refusals },
});
