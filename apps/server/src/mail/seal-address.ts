import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Keys } from '../storage/keys.js';

/** Whose address it is; one that is copied to another row does not open there. */
export interface Owner {
  readonly kind: 'person' | 'matter';
  readonly county: string;
  readonly id: string;
}

const bind = ({ kind, county, id }: Owner): Buffer => Buffer.from(`lx-mail/v1\n${kind}\n${county}\n${id}`);
const keyOf = (keys: Pick<Keys, 'keyFor'>): Buffer => keys.keyFor('mail-address/v1');

/** Seals an address 邮箱密存 with AES-256-GCM under a key that is not in the database; `nonce` is 12 fresh random bytes. */
export const sealAddress = (keys: Pick<Keys, 'keyFor'>, owner: Owner, address: string, nonce: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys), nonce).setAAD(bind(owner));
  const sealed = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
};

/** Opens what `sealAddress` sealed; throws when it was changed or stands elsewhere. */
export const openAddress = (keys: Pick<Keys, 'keyFor'>, owner: Owner, sealed: Uint8Array): string => {
  const bytes = Buffer.from(sealed);
  const opened = createDecipheriv('aes-256-gcm', keyOf(keys), bytes.subarray(0, 12))
    .setAAD(bind(owner))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([opened.update(bytes.subarray(28)), opened.final()]).toString('utf8');
};
