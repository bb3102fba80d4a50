import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Keys } from '../../storage/keys.js';

/** The kinds of number that are kept sealed. */
export type IdentityKind = 'id-number' | 'phone';

/** Whose number it is; a value copied to another person or kind does not open there. */
export interface IdentityPlace {
  readonly county: string;
  readonly person: string;
  readonly kind: IdentityKind;
}

const bind = ({ county, person, kind }: IdentityPlace): Buffer =>
  Buffer.from(`lx-identity/v1\n${county}\n${person}\n${kind}`);

/** Seals and finds identity numbers and phones 证件号密存; both keys live outside the database, so a stolen dump shows nothing. */
export interface IdentitySeal {
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, text. `nonce` is fresh random bytes. */
  readonly seal: (place: IdentityPlace, value: string, nonce: Uint8Array) => Buffer;
  /** Throws when the value was changed or stands in another place. */
  readonly open: (place: IdentityPlace, cipher: Uint8Array) => string;
  /** HMAC-SHA-256, one value a county and kind, by which a number is found without being opened. */
  readonly hash: (county: string, kind: IdentityKind, value: string) => Buffer;
}

/** The seal of an installation, by two keys of its own. */
export const identitySeal = (keys: Pick<Keys, 'keyFor'>): IdentitySeal => {
  const sealing = keys.keyFor('person-identity');
  const finding = keys.keyFor('person-identity-lookup');
  return {
    seal: (place, value, nonce) => {
      if (nonce.length !== 12) throw new TypeError('a nonce of 12 bytes is needed');
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(bind(place));
      const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open: (place, cipher) => {
      const bytes = Buffer.from(cipher);
      const opened = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
        .setAAD(bind(place))
        .setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([opened.update(bytes.subarray(28)), opened.final()]).toString('utf8');
    },
    hash: (county, kind, value) => createHmac('sha256', finding).update(`${county}\n${kind}\n${value}`).digest(),
  };
};
