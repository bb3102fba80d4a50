import { concatBytes, utf8Bytes, type Sha256 } from '../transparency/bytes.js';
import { hmac } from '../transparency/commitment.js';
import type { RandomBytes } from './blind/index.js';

/** A value now, or later where a browser answers later. */
export type Answer<T> = T | Promise<T>;

/** What sealing needs of the machine it runs on; handed in, so that one text runs in a browser and in a verifier. */
export interface SealTools {
  readonly sha256: Sha256;
  readonly random: RandomBytes;
  /** X25519 (RFC 7748): the public key of a private one. */
  readonly publicOf: (privateKey: Uint8Array) => Answer<Uint8Array>;
  /** X25519: the secret that two keys share. */
  readonly agree: (privateKey: Uint8Array, publicKey: Uint8Array) => Answer<Uint8Array>;
  /** AES-GCM with a tag of 16 bytes at the end; the length of the key says whether 128 or 256 bits. */
  readonly encrypt: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, text: Uint8Array) => Answer<Uint8Array>;
  /** The text again, or null when key, nonce, aad or a bit of the box is not the same. */
  readonly decrypt: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, box: Uint8Array) => Answer<Uint8Array | null>;
}

/** What a box is bound to: its use and its place. */
export interface BoxContext {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

/** Length of the key of a box in bytes: AES-256-GCM here; the vectors of RFC 9180 have 16. */
export type BoxKeyLength = 16 | 32;

const version = utf8Bytes('HPKE-v1');
const kemSuite = concatBytes(utf8Bytes('KEM'), Uint8Array.of(0, 0x20));
const suiteOf = (length: BoxKeyLength): Uint8Array =>
  concatBytes(utf8Bytes('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, length === 16 ? 1 : 2));
const none = new Uint8Array();

/** Length of the sender's key before a box. */
const keyBefore = 32;

function derive(sha256: Sha256, suite: Uint8Array) {
  return {
    extract: (salt: Uint8Array, label: string, input: Uint8Array): Uint8Array =>
      hmac(sha256, salt, concatBytes(version, suite, utf8Bytes(label), input)),
    /** At most 32 bytes: one block of HKDF-Expand. */
    expand: (key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array =>
      hmac(
        sha256,
        key,
        concatBytes(Uint8Array.of(0, length), version, suite, utf8Bytes(label), info, Uint8Array.of(1)),
      ).slice(0, length),
  };
}

/** Key and nonce of the one message of a box (RFC 9180 sections 4.1 and 5.1, base mode). */
function schedule(
  { sha256 }: SealTools,
  keys: { readonly shared: Uint8Array; readonly sender: Uint8Array; readonly recipient: Uint8Array },
  info: Uint8Array,
  length: BoxKeyLength,
): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  if (keys.shared.every((byte) => byte === 0)) throw new RangeError('a key that shares the same secret with everybody');
  const kem = derive(sha256, kemSuite);
  const extracted = kem.extract(none, 'eae_prk', keys.shared);
  const secret = kem.expand(extracted, 'shared_secret', concatBytes(keys.sender, keys.recipient), 32);
  const { extract, expand } = derive(sha256, suiteOf(length));
  const context = concatBytes(Uint8Array.of(0), extract(none, 'psk_id_hash', none), extract(none, 'info_hash', info));
  const scheduled = extract(secret, 'secret', none);
  return { key: expand(scheduled, 'key', context, length), nonce: expand(scheduled, 'base_nonce', context, 12) };
}

/**
 * Seals a text to the holder of a key 密封: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-GCM, base mode, one message (RFC 9180).
 * The sender's key stands in the first 32 bytes. Throws for a public key that shares its secret with everybody.
 */
export async function sealTo(
  tools: SealTools,
  recipient: Uint8Array,
  context: BoxContext,
  text: Uint8Array,
  length: BoxKeyLength = 32,
): Promise<Uint8Array> {
  const own = tools.random(32);
  const sender = await tools.publicOf(own);
  const shared = await tools.agree(own, recipient);
  const { key, nonce } = schedule(tools, { shared, sender, recipient }, context.info, length);
  return concatBytes(sender, await tools.encrypt(key, nonce, context.aad, text));
}

/** Keys of somebody who opens boxes. */
export interface SealPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Opens what `sealTo` sealed; null when it was sealed to another, for another place, or was changed. */
export async function openSealed(
  tools: SealTools,
  { privateKey, publicKey }: SealPair,
  context: BoxContext,
  box: Uint8Array,
  length: BoxKeyLength = 32,
): Promise<Uint8Array | null> {
  if (box.length < keyBefore + 16) return null;
  const sender = box.slice(0, keyBefore);
  try {
    const shared = await tools.agree(privateKey, sender);
    const { key, nonce } = schedule(tools, { shared, sender, recipient: publicKey }, context.info, length);
    return await tools.decrypt(key, nonce, context.aad, box.slice(keyBefore));
  } catch {
    return null;
  }
}
