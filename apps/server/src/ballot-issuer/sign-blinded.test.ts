import { blind, finalize, fromBase64Url, toBase64Url, toBytes } from '@lianxin/domain';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  verify,
  constants,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issuerKeyOf, signList } from './sign-blinded.js';

const sha384 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha384').update(bytes).digest());
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
const publicKey = createPublicKey(privateKey);
const pair = { key: issuerKeyOf(publicKey), privateKey };

describe('the issuer’s step', () => {
  it('signs what phones blinded, many lists at once, and each token verifies under OpenSSL', async () => {
    const options = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
    const verified = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const message = randomBytes(80);
        const blinding = blind(sha384, randomBytes, pair.key, message);
        const [answer] = (await signList(pair, [toBase64Url(blinding.blinded)])) ?? [];
        const token = finalize(sha384, pair.key, message, blinding, fromBase64Url(answer ?? '') ?? new Uint8Array());
        return token !== null && verify('sha384', message, options, token);
      }),
    );
    expect(verified).toEqual(verified.map(() => true));
  });

  it('refuses 0, 1, n − 1, n, all ones, short and long input, which OpenSSL would partly take', async () => {
    const { n } = pair.key;
    const hostile = [
      ...[0n, 1n, n - 1n, n].map((value) => toBytes(value, 384)),
      new Uint8Array(384).fill(255),
      new Uint8Array(383).fill(3),
      new Uint8Array(385).fill(3),
    ];
    const good = toBase64Url(toBytes(12_345n, 384));
    for (const one of hostile) expect(await signList(pair, [good, toBase64Url(one)])).toBeNull();
  });

  it('keeps a disturbed signature to itself, and signs the next list all the same', async () => {
    // The same key with another's exponents: what comes out is no signature under the key.
    const other = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ format: 'jwk' });
    const { d = '', dp = '', dq = '' } = other;
    const jwk = { ...privateKey.export({ format: 'jwk' }), d, dp, dq };
    const bent = { key: pair.key, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
    const blinded = toBase64Url(toBytes(12_345n, 384));
    await expect(signList(bent, [blinded])).rejects.toThrow('not that of the blinded message');
    expect(await signList(pair, [blinded])).toHaveLength(1);
  });
});
