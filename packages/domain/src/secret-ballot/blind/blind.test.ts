/// <reference types="node" />
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { constants, createHash, generateKeyPairSync, privateDecrypt, randomBytes, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, fromHex, toHex } from '../../transparency/bytes.js';
import {
  blind,
  finalize,
  isBlindedMessage,
  isSignature,
  modulusLength,
  toBytes,
  toNumber,
  type IssuerKey,
} from './index.js';

interface Vector {
  readonly name: string;
  readonly n: string;
  readonly e: string;
  readonly d: string;
  readonly input_msg: string;
  readonly salt: string;
  readonly sLen: string;
  readonly inv: string;
  readonly blinded_msg: string;
  readonly blind_sig: string;
  readonly sig: string;
}

const vectors = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'vectors/rfc9474.json'), 'utf8'),
) as readonly Vector[];
const sha384 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha384').update(bytes).digest());
const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const bytes = (text: string): Uint8Array => fromHex(text.replace(/^0x/, '')) ?? new Uint8Array();

/** The library takes half a second a token: a few in every run, as many as `npm run campaign -- --ballots ballot-tokens` asks for. */
const tokens = Number(process.env.LIANXIN_TOKENS ?? 3);
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
const jwk = pair.publicKey.export({ format: 'jwk' });
const part = (text: string | undefined): bigint => toNumber(fromBase64Url(text ?? '') ?? new Uint8Array());
const key: IssuerKey = { n: part(jwk.n), e: part(jwk.e) };
const sign = (blinded: Uint8Array): Uint8Array =>
  new Uint8Array(privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, blinded));

describe('blind signatures', () => {
  it.each(vectors)('blinds, signs and unblinds the vector $name of RFC 9474 to the last byte', (vector) => {
    const issuer: IssuerKey = { n: BigInt(vector.n), e: BigInt(vector.e) };
    const message = bytes(vector.input_msg);
    const back = toNumber(bytes(vector.inv));
    // The factor is the inverse of `inv`: with the vector's own, the blinded message is the vector's.
    const factor = inverseOf(back, issuer.n);
    const made = blind(sha384, () => toBytes(factor, modulusLength(issuer)), issuer, message, bytes(vector.salt));
    expect(toHex(made.blinded)).toBe(vector.blinded_msg);
    expect(isBlindedMessage(issuer, made.blinded)).toBe(true);
    const salted = Number(vector.sLen);
    const signature = finalize(sha384, issuer, message, made, bytes(vector.blind_sig), salted);
    expect(signature === null ? null : toHex(signature)).toBe(vector.sig);
    expect(isSignature(sha384, issuer, message, bytes(vector.sig), salted)).toBe(true);
    expect(isSignature(sha384, issuer, random(32), bytes(vector.sig), salted)).toBe(false);
  });

  it('knows the four vectors', () => expect(vectors).toHaveLength(4));

  it(
    `gives ${tokens * 20} signatures that OpenSSL verifies, and refuses one of another message, key or issuer`,
    () => {
      for (let round = 0; round < tokens * 20; round += 1) {
        const message = random(100);
        const blinding = blind(sha384, random, key, message);
        const answer = sign(blinding.blinded);
        const signature = finalize(sha384, key, message, blinding, answer);
        expect(signature).not.toBeNull();
        expect(verify('sha384', message, { key: pair.publicKey, ...pss }, signature ?? new Uint8Array())).toBe(true);
        expect(finalize(sha384, key, random(100), blinding, answer)).toBeNull();
        const bent = answer.slice();
        bent[200] = (bent[200] ?? 0) ^ 1;
        expect(finalize(sha384, key, message, blinding, bent)).toBeNull();
      }
    },
    60_000 + tokens * 1000,
  );

  it(
    `agrees with a second implementation in both directions, over ${tokens} tokens`,
    async () => {
      const suite = RSABSSA.SHA384.PSS.Deterministic();
      const publicKey = await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: 'SHA-384' }, true, [
        'verify',
      ]);
      for (let round = 0; round < tokens; round += 1) {
        const message = suite.prepare(random(64));
        const theirs = await suite.blind(publicKey, message);
        const answer = sign(theirs.blindedMsg);
        const signature = await suite.finalize(publicKey, message, answer, theirs.inv);
        expect(isSignature(sha384, key, message, signature)).toBe(true);
        const ours = blind(sha384, random, key, message);
        const own = finalize(sha384, key, message, ours, sign(ours.blinded));
        expect(await suite.verify(publicKey, own ?? new Uint8Array(), message)).toBe(true);
        for (const each of [signature, own ?? new Uint8Array()])
          expect(verify('sha384', message, { key: pair.publicKey, ...pss }, each)).toBe(true);
      }
      const { LIANXIN_CAMPAIGN: file } = process.env;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ tokens }));
    },
    60_000 + tokens * 5000,
  );

  it('lets an issuer sign nothing but a number of its range in the full length', () => {
    const length = modulusLength(key);
    const refused = [
      toBytes(0n, length),
      toBytes(1n, length),
      toBytes(key.n - 1n, length),
      toBytes(key.n, length),
      new Uint8Array(length).fill(255),
      random(length - 1),
      new Uint8Array(length + 1).fill(1),
      new Uint8Array(),
    ];
    expect(refused.map((one) => isBlindedMessage(key, one))).toEqual(refused.map(() => false));
    expect(isBlindedMessage(key, toBytes(2n, length))).toBe(true);
    expect(isBlindedMessage(key, toBytes(key.n - 2n, length))).toBe(true);
  });

  it('draws a factor again that lies outside the range, and blinds one message differently every time', () => {
    const length = modulusLength(key);
    const drawn = [new Uint8Array(length).fill(255), new Uint8Array(length), random(length - 1)];
    const message = random(32);
    const salt = new Uint8Array(48);
    let calls = 0;
    const first = blind(
      sha384,
      (count) => {
        calls += 1;
        return calls <= 2 ? (drawn[calls - 1] ?? random(count)) : toBytes(7n, count);
      },
      key,
      message,
      salt,
    );
    expect(calls).toBe(3);
    expect((toNumber(first.inverse) * 7n) % key.n).toBe(1n);
    expect(toHex(blind(sha384, random, key, message, salt).blinded)).not.toBe(toHex(first.blinded));
  });
});

/** The inverse by Euclid, written apart from the code under test. */
function inverseOf(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}
