import { createRoute, z } from '@hono/zod-openapi';
import { commandHeaders, json, jsonBody, refusals } from './route-parts.js';
import { Id, InstantText } from './shapes.js';

/** Webhooks (推送): another system of the county is told of public acts, by the rules of Standard Webhooks. */

const one = { params: z.object({ id: Id }) };

/** Kinds of public act that can be told: those that become a line of the public log of their own. */
export const webhookKinds = [
  'board.publish',
  'board.withdraw',
  'decision',
  'certificate',
  'role.grant',
  'role.revoke',
  'body.change',
  'pack.activate',
] as const;
export const WebhookKind = z.enum(webhookKinds);

/** How one message went. */
export const WebhookDelivery = z
  .object({
    message: z.string().openapi({ description: 'webhook-id of the message, the same at every try' }),
    kind: z.string(),
    recordedAt: InstantText,
    triedAt: InstantText.nullable(),
    attempts: z.number().int(),
    status: z.number().int().nullable().openapi({ description: 'HTTP status of the last answer' }),
    said: z.string().nullable().openapi({ description: 'what went wrong, in words' }),
    state: z.enum(['waiting', 'arrived', 'given-up']),
  })
  .openapi('WebhookDelivery');

export const Webhook = z
  .object({
    id: Id,
    title: z.string(),
    url: z.string(),
    kinds: z.array(WebhookKind),
    madeAt: InstantText,
    offAt: InstantText.nullable(),
    offBecause: z.string().nullable(),
    failingSince: InstantText.nullable(),
    bothUntil: InstantText.nullable().openapi({
      description: 'until when messages are signed with the secret before the renewal too; null without one',
    }),
    deliveries: z.array(WebhookDelivery).openapi({ description: 'the last twenty, newest first' }),
  })
  .openapi('Webhook');

export const WebhookInput = z
  .strictObject({
    title: z.string().trim().min(1).max(60),
    url: z.url().max(500),
    kinds: z.array(WebhookKind).min(1).max(webhookKinds.length),
  })
  .openapi('WebhookInput');

export const WebhookAdded = z
  .object({
    id: Id,
    secret: z.string().openapi({
      description: 'whsec_…; shown this once, kept nowhere',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }),
  })
  .openapi('WebhookAdded');

const done = json(z.object({ id: Id }), 'done');

export const listWebhooksRoute = createRoute({
  method: 'get',
  path: '/api/webhooks',
  tags: ['webhooks'],
  summary: 'Which systems are told of public acts, and how the last messages went',
  responses: { 200: json(z.object({ rows: z.array(Webhook) }), 'the webhooks of the county'), ...refusals },
});
export const addWebhookRoute = createRoute({
  method: 'post',
  path: '/api/webhooks',
  tags: ['webhooks'],
  summary: 'Tell another system of public acts from now on',
  request: { headers: commandHeaders, body: jsonBody(WebhookInput, 'whom, and of what') },
  responses: { 201: json(WebhookAdded, 'added; the secret is shown this once'), ...refusals },
});
export const testWebhookRoute = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/test',
  tags: ['webhooks'],
  summary: 'Send a test message',
  request: { headers: commandHeaders, ...one },
  responses: { 202: done, ...refusals },
});
export const renewWebhookSecretRoute = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/secret',
  tags: ['webhooks'],
  summary: 'Renew the signing secret; for a day messages are signed with the one before too',
  request: { headers: commandHeaders, ...one },
  responses: { 201: json(WebhookAdded, 'renewed; the secret is shown this once'), ...refusals },
});
export const switchWebhookRoute = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/switch',
  tags: ['webhooks'],
  summary: 'Turn it off, or on again',
  request: {
    headers: commandHeaders,
    ...one,
    body: jsonBody(z.strictObject({ on: z.boolean() }), 'off or on'),
  },
  responses: { 200: done, ...refusals },
});
export const removeWebhookRoute = createRoute({
  method: 'post',
  path: '/api/webhooks/{id}/end',
  tags: ['webhooks'],
  summary: 'Remove it; messages on their way are dropped',
  request: { headers: commandHeaders, ...one },
  responses: { 200: done, ...refusals },
});

export type WebhookAdded = z.infer<typeof WebhookAdded>;
export type Webhook = z.infer<typeof Webhook>;
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
export type WebhookInput = z.infer<typeof WebhookInput>;
export type WebhookKind = z.infer<typeof WebhookKind>;
