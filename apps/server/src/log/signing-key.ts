import { createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { noteKey, type NoteKey, type SignEd25519, type VerifyEd25519 } from '@lianxin/domain';
import type { Keys } from '../storage/keys.js';
import { sha256 } from './sha256.js';

/** DER heads of an Ed25519 key (RFC 8410); Node takes raw keys in no other way. */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/** The key with which a county's logs are signed. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  readonly sign: SignEd25519;
  /** The verifier key under the name of one log. */
  readonly named: (origin: string) => NoteKey;
}

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });

/** A signing key made of 32 secret bytes. */
export const signingKeyOf = (seed: Uint8Array): SigningKey => {
  const key = privateKeyOf(seed);
  const publicKey = new Uint8Array(
    createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicHead.length),
  );
  return {
    publicKey,
    sign: (message) => new Uint8Array(sign(null, message, key)),
    named: (origin) => noteKey(sha256, origin, publicKey),
  };
};

/**
 * The signing key 签名密钥 of a county, made on first use in the keys folder.
 * One for each county, so that a county which leaves takes its key along and no other's.
 */
export const signingKey = (keys: Keys, county: string): SigningKey =>
  signingKeyOf(keys.fileOf(`log-${county}`, () => randomBytes(32)));

/** Checks an Ed25519 signature. */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([publicHead, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );
