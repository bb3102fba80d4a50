import { blind, finalize, toBytes } from '@lianxin/domain';
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, verify, constants } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issuerKeyOf, signBlinded } from './sign-blinded.js';

const sha384 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha384').update(bytes).digest());
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
const publicKey = createPublicKey(privateKey);
const pair = { key: issuerKeyOf(publicKey), privateKey };

describe('the issuer’s step', () => {
  it('signs what a phone blinded, and the token verifies under OpenSSL', () => {
    const message = randomBytes(80);
    const blinding = blind(sha384, randomBytes, pair.key, message);
    const answer = signBlinded(pair, blinding.blinded);
    const token = finalize(sha384, pair.key, message, blinding, answer ?? new Uint8Array());
    const options = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
    expect(token !== null && verify('sha384', message, options, token)).toBe(true);
  });

  it('refuses 0, 1, n − 1, n, all ones, short and long input, which OpenSSL would partly take', () => {
    const { n } = pair.key;
    const hostile = [
      ...[0n, 1n, n - 1n, n].map((value) => toBytes(value, 384)),
      new Uint8Array(384).fill(255),
      new Uint8Array(383).fill(3),
      new Uint8Array(385).fill(3),
    ];
    expect(hostile.map((one) => signBlinded(pair, one))).toEqual(hostile.map(() => null));
  });

  it('keeps a disturbed signature to itself', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
    const blinded = toBytes(12_345n, 384);
    expect(() => signBlinded({ key: pair.key, privateKey: other }, blinded)).toThrow('not that of the blinded');
  });
});
