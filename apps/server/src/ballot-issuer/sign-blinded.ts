import { fromBase64Url, isBlindedMessage, toBase64Url, toNumber, type IssuerKey } from '@lianxin/domain';
import type { KeyObject } from 'node:crypto';
import { signInThreads } from './sign-in-threads.js';

/** The two halves of an issuer's key; the private one stays with OpenSSL. */
export interface IssuerPair {
  readonly key: IssuerKey;
  readonly privateKey: KeyObject;
}

/** An issuer's public key as the kernel takes it; throws when the key is not RSA. */
export const issuerKeyOf = (key: KeyObject): IssuerKey => {
  const { n, e } = key.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new TypeError('an issuer signs with RSA');
  return { n: toNumber(Buffer.from(n, 'base64url')), e: toNumber(Buffer.from(e, 'base64url')) };
};

/**
 * Signs a list of blinded messages 盲签名, base64url in and out; null when any of it is nothing an honest phone sends (`isBlindedMessage`).
 *
 * By OpenSSL, in about three milliseconds each for 3072 bits and without a secret number in JavaScript, beside the thread that answers requests.
 */
export const signList = async ({ key, privateKey }: IssuerPair, list: readonly string[]): Promise<string[] | null> => {
  const blinded = list.map((one) => fromBase64Url(one) ?? new Uint8Array());
  if (!blinded.every((one) => isBlindedMessage(key, one))) return null;
  return (await signInThreads({ privateKey, blinded })).map(toBase64Url);
};
