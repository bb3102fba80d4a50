/// <reference types="node" />
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  emptyRoot,
  equalBytes,
  fromBase64,
  hashesOfLeaves,
  inclusionProof,
  leafHash,
  rootOfLeaves,
  toHex,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const leaves = (size: number, salt = 0): Uint8Array[] =>
  Array.from({ length: size }, (_, at) => leafHash(sha256, Uint8Array.of(at & 255, at >> 8, salt)));
const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
};

describe('tree of the public log', () => {
  it('hashes the empty leaf, the empty tree and the eight standard leaves as RFC 6962 does (T1)', () => {
    const standard = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const hashes = standard.map((hex) => leafHash(sha256, new Uint8Array(Buffer.from(hex, 'hex'))));
    expect(toHex(leafHash(sha256, new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(toHex(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(rootOfLeaves(sha256, hashes))).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  it('proves every leaf of every tree of up to 70 leaves, and no other leaf with the same path (T2)', () => {
    for (let size = 1; size <= 70; size += 1) {
      const hashes = leaves(size);
      const read = hashesOfLeaves(sha256, hashes);
      const root = rootOfLeaves(sha256, hashes);
      for (const [index, hash] of hashes.entries()) {
        const proof = inclusionProof(sha256, index, size, read);
        expect(verifyInclusion(sha256, { index, size, leafHash: hash, proof, root })).toBe(true);
        const other = hashes[(index + 1) % size] ?? hash;
        expect(verifyInclusion(sha256, { index, size, leafHash: other, proof, root })).toBe(other === hash);
      }
    }
  });

  it(
    'proves for any older and newer size that the log only grew, and never for a forked one (T3, J3)',
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.nat(), (a, b, at) => {
          const [older, newer] = a < b ? [a, b] : [b, a];
          const kept = leaves(newer);
          const claim = {
            olderSize: older,
            newerSize: newer,
            olderRoot: rootOfLeaves(sha256, kept.slice(0, older)),
            newerRoot: rootOfLeaves(sha256, kept),
          };
          const proof = consistencyProof(sha256, older, newer, hashesOfLeaves(sha256, kept));
          expect(verifyConsistency(sha256, { ...claim, proof })).toBe(true);
          // The fork: one leaf below the older size is another one; its operator may offer any proof he can compute.
          const forked = [...kept];
          forked[at % older] = leafHash(sha256, Uint8Array.of(1, 2, 3, 4));
          const lie = consistencyProof(sha256, older, newer, hashesOfLeaves(sha256, forked));
          const forkedRoot = rootOfLeaves(sha256, forked);
          expect(verifyConsistency(sha256, { ...claim, newerRoot: forkedRoot, proof: lie })).toBe(false);
          expect(verifyConsistency(sha256, { ...claim, newerRoot: forkedRoot, proof })).toBe(false);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('refuses an inclusion proof in which any one bit is changed, or a hash is added or left out (T2)', () => {
    const size = 37;
    const index = 21;
    const hashes = leaves(size);
    const hash = hashes[index] ?? new Uint8Array(0);
    const proof = inclusionProof(sha256, index, size, hashesOfLeaves(sha256, hashes));
    const claim = { index, size, leafHash: hash, proof, root: rootOfLeaves(sha256, hashes) };
    expect(verifyInclusion(sha256, claim)).toBe(true);
    for (let bit = 0; bit < 256; bit += 1) {
      expect(verifyInclusion(sha256, { ...claim, leafHash: flip(hash, bit) })).toBe(false);
      expect(verifyInclusion(sha256, { ...claim, root: flip(claim.root, bit) })).toBe(false);
      for (const place of proof.keys()) {
        const changed = proof.map((item, at) => (at === place ? flip(item, bit) : item));
        expect(verifyInclusion(sha256, { ...claim, proof: changed })).toBe(false);
      }
    }
    expect(verifyInclusion(sha256, { ...claim, proof: proof.slice(1) })).toBe(false);
    expect(verifyInclusion(sha256, { ...claim, proof: [...proof, hash] })).toBe(false);
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** 60, size]) {
      expect(verifyInclusion(sha256, { ...claim, index: wrong })).toBe(false);
    }
  });

  it('takes the empty tree as the beginning of every tree, with an empty proof and its own root only (T4)', () => {
    const newerRoot = rootOfLeaves(sha256, leaves(5));
    const empty = emptyRoot(sha256);
    const claim = { olderSize: 0, olderRoot: empty, newerSize: 5, newerRoot, proof: [] };
    expect(verifyConsistency(sha256, claim)).toBe(true);
    expect(verifyConsistency(sha256, { ...claim, newerSize: 0, newerRoot: empty })).toBe(true);
    expect(verifyConsistency(sha256, { ...claim, newerSize: 0 })).toBe(false);
    expect(verifyConsistency(sha256, { ...claim, olderRoot: newerRoot })).toBe(false);
    expect(verifyConsistency(sha256, { ...claim, proof: [empty] })).toBe(false);
  });
});

const vectorFolder = path.resolve(import.meta.dirname, '../../../../../shared/data/vectors/merkle');

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly size1: number;
  readonly size2: number;
  readonly root: string;
  readonly root1: string;
  readonly root2: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const bytes = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array(0);

/** What the public vectors say about one kind of proof, and what this kernel says. */
const kinds: Readonly<Record<string, (vector: Vector, proof: readonly Uint8Array[]) => boolean>> = {
  inclusion: (v, proof) =>
    verifyInclusion(sha256, {
      index: v.leafIdx,
      size: v.treeSize,
      leafHash: bytes(v.leafHash),
      root: bytes(v.root),
      proof,
    }),
  consistency: (v, proof) =>
    verifyConsistency(sha256, {
      olderSize: v.size1,
      newerSize: v.size2,
      olderRoot: bytes(v.root1),
      newerRoot: bytes(v.root2),
      proof,
    }),
  subtreeinclusion: (v, proof) =>
    verifySubtreeInclusion(sha256, {
      index: v.leafIdx,
      start: v.start,
      end: v.end,
      leafHash: bytes(v.leafHash),
      root: bytes(v.root),
      proof,
    }),
  subtreeconsistency: (v, proof) =>
    verifySubtreeConsistency(sha256, {
      start: v.start,
      end: v.end,
      size: v.size,
      subtreeRoot: bytes(v.root1),
      root: bytes(v.root2),
      proof,
    }),
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });

describe('public vectors of RFC 9162 proofs', () => {
  for (const [kind, check] of Object.entries(kinds)) {
    it(`agrees with every public vector of ${kind}, save those written down in the decision (T1)`, (context) => {
      const folder = path.join(vectorFolder, kind);
      if (!existsSync(folder)) return context.skip(`no test vectors in ${folder}`);
      const files = filesBelow(folder);
      const differing = files.filter((file) => {
        const vector = JSON.parse(readFileSync(file, 'utf8')) as Vector;
        return check(vector, (vector.proof ?? []).map(bytes)) === vector.wantErr;
      });
      expect(files.length).toBeGreaterThan(60);
      expect(differing.map((file) => path.basename(file))).toEqual(deviations[kind] ?? []);
      return undefined;
    });
  }
});

/** Where this kernel answers otherwise on purpose: docs/decisions/2026-11-22-empty-tree-consistency.md. */
const deviations: Readonly<Record<string, readonly string[]>> = {
  consistency: ['sizes-are-equal-one-and-proof-is-empty.json'],
  subtreeconsistency: ['sizes-are-equal-one-and-proof-is-empty.json'],
};

describe('bytes', () => {
  it('compares by content and length', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });
});
