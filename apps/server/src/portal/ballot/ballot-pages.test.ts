import { createHash, createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { fromHex, toHex } from '@lianxin/domain';
import { describe, expect, it } from 'vitest';
import { sha384 } from '../verify/sha2.js';
import { trusteePage, voterPage } from './ballot-pages.generated.js';
import { buildBallotPages } from './build-pages.js';
import { policyFor } from './index.js';
import { agree, publicOf } from './x25519.js';

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

describe('pages of a secret ballot', () => {
  it('are made from their sources as they are now, with nothing from elsewhere', async () => {
    expect(await buildBallotPages()).toEqual({ voter: voterPage, trustee: trusteePage });
    expect(Buffer.byteLength(voterPage.html)).toBeLessThan(160_000);
    for (const { html, policy } of [voterPage, trusteePage]) {
      expect(html).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)=/);
      expect(policy).not.toContain('unsafe');
    }
  });

  it('may talk to the hosts that the installation knows, and to nobody else', () => {
    expect(policyFor(['https://box.example'])).toContain(`connect-src 'self' https://box.example;`);
    expect(policyFor([])).toContain(`connect-src 'self';`);
    expect(trusteePage.policy).toContain(`connect-src 'self'`);
  });

  it('share a secret as RFC 7748 and OpenSSL do', () => {
    const scalar = bytes('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4');
    const point = bytes('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c');
    expect(toHex(agree(scalar, point))).toBe('c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552');
    for (let round = 0; round < 10; round += 1) {
      const { privateKey } = generateKeyPairSync('x25519');
      const raw = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32));
      const own = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32));
      const other = generateKeyPairSync('x25519').publicKey;
      const theirs = new Uint8Array(other.export({ format: 'der', type: 'spki' }).subarray(-32));
      expect(publicOf(raw)).toEqual(own);
      expect(agree(raw, theirs)).toEqual(new Uint8Array(diffieHellman({ privateKey, publicKey: other })));
    }
  });

  it('hash as OpenSSL does', () => {
    for (const length of [0, 1, 111, 112, 200])
      expect(toHex(sha384(new Uint8Array(length).fill(7)))).toBe(
        createHash('sha384').update(new Uint8Array(length).fill(7)).digest('hex'),
      );
    const some = new Uint8Array(randomBytes(500));
    expect(toHex(sha384(some))).toBe(createHash('sha384').update(some).digest('hex'));
  });
});
