import { createHmac } from 'node:crypto';
import { addHours, compareInstants, instantOf, type Instant } from '@lianxin/domain';
import type { Keys } from '../storage/keys.js';

/**
 * The secret of a webhook 签名密钥, as Standard Webhooks writes it: `whsec_` and 32 bytes in base64.
 *
 * Made from the installation's key and the webhook's id, so that it is kept nowhere and a repeated command still shows it; a copy of the
 * database signs nothing. A renewed secret has a number, which the first one has not.
 */
export const webhookSecret = (keys: Pick<Keys, 'keyFor'>, county: string, webhook: string, number: number): string =>
  `whsec_${createHmac('sha256', keys.keyFor('webhook/v1'))
    .update([county, webhook, ...(number === 0 ? [] : [String(number)])].join('\n'))
    .digest('base64')}`;

/** Hours after a renewal in which the secret before is signed with too: the receiver changes it without missing a message. */
const hoursOfBoth = 24;

/** Until when messages are signed with the secret before the last renewal too; null when they are not, or not any more. */
export const bothUntil = (now: Instant, secretSince: string | null): Instant | null => {
  if (secretSince === null) return null;
  const until = addHours(instantOf(Date.parse(secretSince)), hoursOfBoth);
  return compareInstants(until, now) > 0 ? until : null;
};

/** The numbers of the secrets that sign at a moment, the newest first. */
export const secretsAt = (
  now: Instant,
  { secretNumber, secretSince }: { readonly secretNumber: number; readonly secretSince: string | null },
): readonly number[] => (bothUntil(now, secretSince) === null ? [secretNumber] : [secretNumber, secretNumber - 1]);

/** The signature of one try: over the message's id, the moment of the try and the body, so that a recorded try is no good later. */
export const signatureOf = (secret: string, message: string, seconds: number, body: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${message}.${seconds}.${body}`).digest('base64')}`;
};
