import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { testServer } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import { buildVerifyPage } from './build-page.js';
import { verifyEd25519Plainly } from './ed25519.js';
import { verifyFeature, verifyPageHash } from './index.js';
import { sha256, sha512 } from './sha2.js';
import { verifyPageHtml, verifyPagePolicy } from './verify-page.generated.js';

const vectors = path.resolve(import.meta.dirname, '../../../../../../shared/data/vectors/wycheproof-ed25519.json');

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

describe('checking page', () => {
  it('is one file below 60 KB, made from its sources as they are now, with nothing from elsewhere', async () => {
    expect(await buildVerifyPage()).toEqual({ html: verifyPageHtml, policy: verifyPagePolicy });
    expect(Buffer.byteLength(verifyPageHtml)).toBeLessThan(60_000);
    expect(verifyPageHtml).not.toMatch(/(?:src|href)="(?!#)|https?:\/\//);
    expect(verifyPagePolicy).not.toContain('unsafe');
  });

  it('is served under a policy that allows its own script and nothing else, and sends nothing elsewhere', async () => {
    const server = await testServer({ features: [verifyFeature] });
    const answer = await server.request('/verify');
    const page = await answer.text();
    const script = /<script>(.*)<\/script>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(answer.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(createHash('sha256').update(page).digest('hex')).toBe(verifyPageHash);
    const again = await server.request('/verify', { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    // A browser puts these headers in the place of those it kept: under another policy the page it kept would not run.
    expect([again.status, again.headers.get('content-security-policy')]).toEqual([
      304,
      answer.headers.get('content-security-policy'),
    ]);
    await server.close();
  });

  it('hashes as the machine does, at every length around a block', () => {
    for (let length = 0; length < 300; length += 1) {
      const message = Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 255);
      expect(Buffer.from(sha256(message)).toString('hex')).toBe(createHash('sha256').update(message).digest('hex'));
      expect(Buffer.from(sha512(message)).toString('hex')).toBe(createHash('sha512').update(message).digest('hex'));
    }
  });

  it('verifies signatures of the machine and refuses them with one bit changed', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
    const message = new Uint8Array(Buffer.from('册首'));
    const signature = new Uint8Array(sign(null, message, privateKey));
    expect(verifyEd25519Plainly(key, message, signature)).toBe(true);
    for (let bit = 0; bit < 512; bit += 13) {
      const changed = signature.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyEd25519Plainly(key, message, changed)).toBe(false);
    }
  });

  it('agrees with every public Ed25519 vector', (context) => {
    if (!existsSync(vectors)) return context.skip(`no test vectors: ${vectors}`);
    const { testGroups } = JSON.parse(readFileSync(vectors, 'utf8')) as Wycheproof;
    const all = testGroups.flatMap((group) => group.tests.map((test) => ({ ...test, key: group.publicKey.pk })));
    const differing = all.filter(
      (test) => verifyEd25519Plainly(bytes(test.key), bytes(test.msg), bytes(test.sig)) !== (test.result === 'valid'),
    );
    expect(all.length).toBeGreaterThan(100);
    expect(differing.map((test) => test.tcId)).toEqual([]);
    return undefined;
  });
});
