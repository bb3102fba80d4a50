import type { Webhook, WebhookDelivery, WebhookKind } from '@lianxin/contract';
import type { Instant } from '@lianxin/domain';
import { bothUntil } from './secret.js';
import type { DeliveryRow, WebhookRow } from './webhooks.store.js';

const instant = (moment: string): string => new Date(moment).toISOString();
const maybe = (moment: string | null): string | null => (moment === null ? null : instant(moment));

const deliveryView = (row: DeliveryRow): WebhookDelivery => ({
  message: row.message,
  kind: row.kind,
  recordedAt: instant(row.recordedAt),
  triedAt: maybe(row.triedAt),
  attempts: row.attempts,
  status: row.status,
  said: row.said,
  state: row.doneAt !== null ? 'arrived' : row.givenUpAt !== null ? 'given-up' : 'waiting',
});

/** A webhook with its last messages, as its administrator sees it; never its secret. */
export const webhookView = (row: WebhookRow, deliveries: readonly DeliveryRow[], now: Instant): Webhook => ({
  id: row.id,
  title: row.title,
  url: row.url,
  kinds: row.kinds as WebhookKind[],
  madeAt: instant(row.madeAt),
  offAt: maybe(row.offAt),
  offBecause: row.offBecause,
  failingSince: maybe(row.failingSince),
  bothUntil: bothUntil(now, row.secretSince),
  deliveries: deliveries.filter(({ webhook }) => webhook === row.id).map(deliveryView),
});
