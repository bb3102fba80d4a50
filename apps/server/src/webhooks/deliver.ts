import { addMilliseconds, epochMillisecondsOf, type Instant } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { queueEffect } from '../effects/index.js';
import type { EffectHandler } from '../effects/handler.js';
import { checkAddress, postTo } from '../outbound/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import type { Message } from './message.js';
import { secretsAt, signatureOf, webhookSecret } from './secret.js';
import { insertDelivery, markHealth, markTry, turnOff, webhookById, type WebhookRow } from './webhooks.store.js';

/** Minutes from one try to the next, as Standard Webhooks advises; after the last a message is given up. */
const pauses = [1 / 12, 5, 30, 120, 300, 600, 840, 1200];

/** Nothing arrived for so many days: nobody is there any more. */
const mostDaysFailing = 5;
const day = 86_400_000;

interface Tried {
  readonly status: number | null;
  readonly said: string | null;
}

const tryOnce = async (deps: Deps, county: string, webhook: WebhookRow, message: Message): Promise<Tried> => {
  try {
    const seconds = Math.floor(epochMillisecondsOf(deps.clock()) / 1000);
    const signatures = secretsAt(deps.clock(), webhook).map((number) =>
      signatureOf(webhookSecret(deps.keys, county, webhook.id, number), message.message, seconds, message.body),
    );
    const status = await postTo(
      // Asked anew at every try: a name may have come to mean something else.
      await checkAddress(webhook.url, deps.config.innerNetworks),
      {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'lianxin-webhook/1',
        'webhook-id': message.message,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatures.join(' '),
      },
      message.body,
    );
    const arrived = status >= 200 && status < 300;
    return { status, said: arrived ? null : status === 410 ? '对方说这个地址不再使用' : `对方回答 ${status}` };
  } catch (error) {
    const timeout = error instanceof Error && error.name === 'TimeoutError';
    return {
      status: null,
      said: timeout ? '10 秒内没有回答' : error instanceof Error ? error.message.slice(0, 200) : '没有送到',
    };
  }
};

/** Why the webhook is turned off now, or undefined. */
const offBecause = (tried: Tried, since: string | null, now: Instant): string | undefined => {
  if (tried.status === 410) return '对方说这个地址不再使用（410），已自动停用';
  if (since === null) return undefined;
  const failing = epochMillisecondsOf(now) - Date.parse(since);
  return failing >= mostDaysFailing * day ? `连续 ${mostDaysFailing} 天没有一条送到，已自动停用` : undefined;
};

const writeDown = async (tx: Tx, message: Message, tried: Tried): Promise<string | undefined> => {
  const now = tx.makers.clock();
  const arrived = tried.said === null;
  const pause = pauses[message.attempt - 1];
  const over = !arrived && pause === undefined;
  const { webhook, attempt } = message;
  await insertDelivery(tx, { ...message, at: now });
  await markTry(tx, { webhook, message: message.message, attempt, ...tried, arrived, over });
  const off = offBecause(tried, await markHealth(tx, webhook, arrived), now);
  if (off !== undefined) {
    await turnOff(tx, webhook, off);
    return off;
  }
  if (!arrived && pause !== undefined)
    queueEffect(tx, {
      effect: 'webhook',
      division: `${tx.context.county}000000`,
      payload: { ...message, attempt: attempt + 1 } satisfies Message,
      notBefore: addMilliseconds(now, pause * 60_000),
    });
  return undefined;
};

/**
 * Carries out one try of a message 送出推送, by the rules of Standard Webhooks: signed, the same id at every try. What fails is queued again for
 * later, in the transaction that writes down how it went; after nine tries the message is given up, after five days without any success the
 * webhook is turned off, in words that the administrator's page shows.
 */
export const deliverWebhook: EffectHandler = {
  effect: 'webhook',
  carryOut: async (deps, { county, payload }) => {
    const message = payload as Message;
    const webhook = await inContext(deps, systemContext(county), (tx) => webhookById(tx, message.webhook));
    if (webhook === undefined || webhook.offAt !== null) return;
    const tried = await tryOnce(deps, county, webhook, message);
    const off = await inContext(deps, systemContext(county), (tx) => writeDown(tx, message, tried));
    if (off !== undefined) deps.log('error', 'webhook-turned-off', { county, webhook: webhook.id, because: off });
  },
};
