/// <reference types="node" />
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8Bytes, utf8Text } from '../transparency/bytes.js';
import { openSealed, sealTo, type SealTools } from './index.js';

const before = Buffer.from('302e020100300506032b656e04220420', 'hex');
const privateOf = (key: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([before, key]), format: 'der', type: 'pkcs8' });
const publicKeyOf = (key: Uint8Array) =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), key]),
    format: 'der',
    type: 'spki',
  });
const cipher = (key: Uint8Array) => (key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm');
const tools: SealTools = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  random: (count) => new Uint8Array(randomBytes(count)),
  publicOf: (key) =>
    new Uint8Array(createPublicKey(privateOf(key)).export({ format: 'der', type: 'spki' }).subarray(-32)),
  agree: (own, other) => new Uint8Array(diffieHellman({ privateKey: privateOf(own), publicKey: publicKeyOf(other) })),
  encrypt: (key, nonce, aad, text) => {
    const box = createCipheriv(cipher(key), key, nonce).setAAD(aad);
    return new Uint8Array(Buffer.concat([box.update(text), box.final(), box.getAuthTag()]));
  },
  decrypt: (key, nonce, aad, box) => {
    try {
      const open = createDecipheriv(cipher(key), key, nonce).setAAD(aad).setAuthTag(box.slice(-16));
      return new Uint8Array(Buffer.concat([open.update(box.slice(0, -16)), open.final()]));
    } catch {
      return null;
    }
  },
};
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array();

/** RFC 9180 appendix A.1.1: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, sequence number 0. */
const vector = {
  sender: hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
  privateKey: hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
  publicKey: hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
  context: { info: utf8Bytes('Ode on a Grecian Urn'), aad: utf8Bytes('Count-0') },
  text: 'Beauty is truth, truth beauty',
  box:
    '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431' +
    'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
};

describe('sealed boxes', () => {
  it('seals and opens the vector of RFC 9180 to the last byte', async () => {
    const { sender, publicKey, context, text, box } = vector;
    const made = await sealTo({ ...tools, random: () => sender }, publicKey, context, utf8Bytes(text), 16);
    expect(toHex(made)).toBe(box);
    const opened = await openSealed(tools, vector, context, hex(box), 16);
    expect(opened === null ? null : utf8Text(opened)).toBe(text);
  });

  it('opens for the holder of the key alone, in its place alone, and with no bit changed', async () => {
    const key = tools.random(32);
    const pair = { privateKey: key, publicKey: await tools.publicOf(key) };
    const context = { info: utf8Bytes('tea'), aad: utf8Bytes('table 1') };
    const box = await sealTo(tools, pair.publicKey, context, utf8Bytes('green'));
    expect(await openSealed(tools, pair, context, box)).toEqual(utf8Bytes('green'));
    expect(await openSealed(tools, pair, { ...context, aad: utf8Bytes('table 2') }, box)).toBeNull();
    expect(await openSealed(tools, pair, { ...context, info: utf8Bytes('coffee') }, box)).toBeNull();
    expect(await openSealed(tools, vector, context, box)).toBeNull();
    for (const at of [0, 31, 32, box.length - 1]) {
      const bent = box.slice();
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(await openSealed(tools, pair, context, bent)).toBeNull();
    }
    expect(await openSealed(tools, pair, context, box.slice(0, 40))).toBeNull();
  });

  it('refuses a public key that shares one secret with everybody', async () => {
    const context = { info: new Uint8Array(), aad: new Uint8Array() };
    await expect(sealTo(tools, new Uint8Array(32), context, utf8Bytes('green'))).rejects.toThrow();
  });
});
