import { createHmac } from 'node:crypto';
import type { Keys } from '../storage/keys.js';

/**
 * The secret of a webhook 签名密钥, as Standard Webhooks writes it: `whsec_` and 32 bytes in base64.
 *
 * Made from the installation's key and the webhook's id, so that it is kept nowhere and a repeated command still shows it; a copy of the
 * database signs nothing.
 */
export const webhookSecret = (keys: Pick<Keys, 'keyFor'>, county: string, webhook: string): string =>
  `whsec_${createHmac('sha256', keys.keyFor('webhook/v1')).update(`${county}\n${webhook}`).digest('base64')}`;

/** The signature of one try: over the message's id, the moment of the try and the body, so that a recorded try is no good later. */
export const signatureOf = (secret: string, message: string, seconds: number, body: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${message}.${seconds}.${body}`).digest('base64')}`;
};
