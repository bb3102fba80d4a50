import { toBase64Url, toBytes, type BallotTools, type IssuerKey } from '@lianxin/domain';
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import { sha256 } from '../log/sha256.js';
import { verifyEd25519 } from '../log/signing-key.js';

const privateHead = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicHead = Buffer.from('302a300506032b656e032100', 'hex');

/** The last key of each kind that was asked for: a verifier uses few keys many thousand times. */
const privateKeys = new Map<string, KeyObject>();
const privateOf = (bytes: Uint8Array): KeyObject => {
  const name = toBase64Url(bytes);
  const known =
    privateKeys.get(name) ??
    createPrivateKey({ key: Buffer.concat([privateHead, bytes]), format: 'der', type: 'pkcs8' });
  // Keys of senders are used once: only the first few are kept, which are those of the trustees.
  if (privateKeys.size < 8) privateKeys.set(name, known);
  return known;
};
const issuerKeys = new Map<bigint, KeyObject>();
const issuerKeyOf = ({ n }: IssuerKey): KeyObject => {
  const known =
    issuerKeys.get(n) ??
    createPublicKey({
      key: { kty: 'RSA', n: toBase64Url(toBytes(n, Math.ceil(n.toString(16).length / 2))), e: 'AQAB' },
      format: 'jwk',
    });
  if (issuerKeys.size < 8) issuerKeys.set(n, known);
  return known;
};

/** What checking a ballot needs of this machine; signatures are checked by OpenSSL, a thousand times faster than in JavaScript. */
export const ballotTools: BallotTools = {
  sha256,
  random: (count) => new Uint8Array(randomBytes(count)),
  publicOf: (key) =>
    new Uint8Array(createPublicKey(privateOf(key)).export({ format: 'der', type: 'spki' }).subarray(-32)),
  agree: (own, other) =>
    new Uint8Array(
      diffieHellman({
        privateKey: privateOf(own),
        publicKey: createPublicKey({ key: Buffer.concat([publicHead, other]), format: 'der', type: 'spki' }),
      }),
    ),
  encrypt: (key, nonce, aad, text) => {
    const box = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
    return new Uint8Array(Buffer.concat([box.update(text), box.final(), box.getAuthTag()]));
  },
  decrypt: (key, nonce, aad, box) => {
    try {
      const open = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad).setAuthTag(box.subarray(-16));
      return new Uint8Array(Buffer.concat([open.update(box.subarray(0, -16)), open.final()]));
    } catch {
      return null;
    }
  },
  check: (key, message, signature) =>
    verify(
      'sha384',
      message,
      { key: issuerKeyOf(key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
      signature,
    ),
  verifyEd25519,
};
