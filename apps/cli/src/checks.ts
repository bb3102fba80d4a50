import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Sha256, VerifyEd25519 } from '@lianxin/domain';

/** SHA-256 of the machine, for those who check without the server's code. */
export const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Checks an Ed25519 signature. */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([publicHead, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};
