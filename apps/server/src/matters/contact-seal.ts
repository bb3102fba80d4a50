import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { FieldValue } from '@lianxin/domain';

/** Where a sealed value belongs; a value copied to another matter or field does not open there. */
export interface SealedPlace {
  readonly county: string;
  readonly matter: string;
  readonly field: string;
}

const bind = (place: SealedPlace): Buffer =>
  Buffer.from(`lx-contact/v1\n${place.county}\n${place.matter}\n${place.field}`);

/**
 * Seals contact data (联系方式密存) with AES-256-GCM; the key lives outside the database, so a stolen dump shows nothing.
 * `nonce` is 12 fresh random bytes.
 */
export const sealContact = (key: Buffer, place: SealedPlace, value: FieldValue, nonce: Uint8Array): Buffer => {
  if (nonce.length !== 12) throw new TypeError('a nonce of 12 bytes is needed');
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bind(place));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
};

/** Opens what `sealContact` sealed; throws when it was changed or stands in another place. */
export const openContact = (key: Buffer, place: SealedPlace, cipher: Uint8Array): FieldValue => {
  const bytes = Buffer.from(cipher);
  const opened = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(bind(place))
    .setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([opened.update(bytes.subarray(28)), opened.final()]).toString('utf8')) as FieldValue;
};
