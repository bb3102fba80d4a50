import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { Id } from './shapes.js';

/** Mail (邮件提醒) to the person logged in: the digest of the own inbox. */

/** An address that mail can be sent to. */
export const MailAddress = z.email().max(200).openapi({ example: 'name@example.org' });

export const OwnMail = z
  .object({
    available: z.boolean().openapi({ description: 'false while the operator has connected no mail server' }),
    address: z.string().nullable(),
    confirmed: z.boolean().openapi({ description: 'nothing but the asking mail is sent before' }),
  })
  .openapi('OwnMail');

const done = { 200: json(z.object({ id: Id }), 'done'), ...refusals };

export const readOwnMailRoute = createRoute({
  method: 'get',
  path: '/api/account/mail',
  tags: ['account'],
  summary: 'Whether the own inbox is sent by mail, and where',
  responses: { 200: json(OwnMail, 'the own address'), ...refusals },
});
export const saveOwnMailRoute = createRoute({
  method: 'post',
  path: '/api/account/mail',
  tags: ['account'],
  summary: 'Have the digest of the own inbox sent; a first mail asks that address',
  request: {
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ address: MailAddress }), 'where'),
  },
  responses: done,
});
export const removeOwnMailRoute = createRoute({
  method: 'post',
  path: '/api/account/mail/removal',
  tags: ['account'],
  summary: 'Have nothing sent any more',
  request: { headers: commandHeaders },
  responses: done,
});

export type OwnMail = z.infer<typeof OwnMail>;
