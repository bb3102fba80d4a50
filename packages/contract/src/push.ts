import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { Id } from './shapes.js';

/** Web push (手机通知) to the person logged in: a browser rings when something new waits. */

const base64Url = (bytes: string, example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .min(20)
    .max(100)
    .openapi({ description: bytes, example });

/** A browser's subscription, as `PushSubscription.toJSON()` gives it. */
export const PushInput = z
  .strictObject({
    endpoint: z.url().max(1000),
    keys: z.strictObject({
      p256dh: base64Url(
        '65 bytes',
        'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
      ),
      auth: base64Url('16 bytes', 'tBHItJI5svbpez7KI4CCXg'),
    }),
  })
  .openapi('PushInput');

export const OwnPush = z
  .object({
    publicKey: z.string().openapi({ description: 'of this server (VAPID); the browser asks for it' }),
    endpoints: z.array(z.string()).openapi({ description: 'browsers of the own that ring' }),
  })
  .openapi('OwnPush');

export const readOwnPushRoute = createRoute({
  method: 'get',
  path: '/api/account/push',
  tags: ['account'],
  summary: 'Which of the own browsers ring',
  responses: { 200: json(OwnPush, 'the own browsers'), ...refusals },
});
export const addOwnPushRoute = createRoute({
  method: 'post',
  path: '/api/account/push',
  tags: ['account'],
  summary: 'Let this browser ring when something new waits',
  request: { headers: commandHeaders, body: jsonBody(PushInput, 'the browser') },
  responses: { 201: json(z.object({ id: Id }), 'it rings'), ...refusals },
});
export const removeOwnPushRoute = createRoute({
  method: 'post',
  path: '/api/account/push/removal',
  tags: ['account'],
  summary: 'Let a browser of the own ring no more',
  request: {
    headers: commandHeaders,
    body: jsonBody(z.strictObject({ endpoint: z.url().max(1000) }), 'the browser'),
  },
  responses: { 200: json(z.object({ removed: z.number().int() }), 'done'), ...refusals },
});

export type OwnPush = z.infer<typeof OwnPush>;
export type PushInput = z.infer<typeof PushInput>;
