import { concatBytes } from './bytes.js';
import type { Sha256 } from './bytes.js';

/** Node 树节点: a complete subtree of 2^level leaves; `index` counts such subtrees from the left. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `lo` up to, not including, `hi`. */
export interface LeafRange {
  readonly lo: number;
  readonly hi: number;
}

/** Gives the hash of a complete subtree; throws where the reader does not hold it (a bug of the caller). */
export type NodeHashes = (node: TreeNode) => Uint8Array;

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** Leaf hash 叶子哈希 of RFC 6962: prefix 00, so that no inner node can be passed off as a leaf. */
export function leafHash(sha256: Sha256, leaf: Uint8Array): Uint8Array {
  return sha256(concatBytes(leafPrefix, leaf));
}

/** Hash of an inner node, RFC 6962: prefix 01, then left, then right. */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(nodePrefix, left, right));
}

/** Root of the empty tree: the hash of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** The largest power of two below `size` (RFC 9162 calls it k); `size` is at least 2. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The complete subtrees that make up a range, left to right. The range is one that the tree's own splitting yields. */
export function nodesOf(range: LeafRange): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = range.lo;
  while (at < range.hi) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= range.hi) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Hash of a range, folded from the right as RFC 9162 splits it. */
export function hashOfRange(sha256: Sha256, range: LeafRange, hashes: NodeHashes): Uint8Array {
  return nodesOf(range)
    .map(hashes)
    .reduceRight((right, left) => nodeHash(sha256, left, right));
}

/** Root 根哈希 of a tree of `size` leaves. */
export function rootOf(sha256: Sha256, size: number, hashes: NodeHashes): Uint8Array {
  return size === 0 ? emptyRoot(sha256) : hashOfRange(sha256, { lo: 0, hi: size }, hashes);
}

/** The ranges whose hashes prove that leaf `index` is in a tree of `size`, sibling first. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  mustBeWithin(index, size);
  const ranges: LeafRange[] = [];
  let lo = 0;
  let hi = size;
  while (hi - lo > 1) {
    const middle = lo + splitOf(hi - lo);
    if (index < middle) {
      ranges.push({ lo: middle, hi });
      hi = middle;
    } else {
      ranges.push({ lo, hi: middle });
      lo = middle;
    }
  }
  return ranges.reverse();
}

/** The ranges whose hashes prove that the tree of `older` leaves is the beginning of the tree of `newer`. */
export function consistencyRanges(older: number, newer: number): readonly LeafRange[] {
  if (!Number.isSafeInteger(older) || older < 0 || older > newer) {
    throw new RangeError(`no consistency from ${older} to ${newer}`);
  }
  if (older === 0 || older === newer) return [];
  const ranges: LeafRange[] = [];
  let lo = 0;
  let hi = newer;
  // While only left turns were taken, the subtree is one whose hash the verifier already has: the older root.
  let known = true;
  while (older !== hi) {
    const middle = lo + splitOf(hi - lo);
    if (older <= middle) {
      ranges.push({ lo: middle, hi });
      hi = middle;
    } else {
      ranges.push({ lo, hi: middle });
      lo = middle;
      known = false;
    }
  }
  if (!known) ranges.push({ lo, hi });
  return ranges.reverse();
}

/** Inclusion proof 包含证明: the hashes beside the path from a leaf to the root, leaf's sibling first. */
export function inclusionProof(sha256: Sha256, index: number, size: number, hashes: NodeHashes): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => hashOfRange(sha256, range, hashes));
}

/** Consistency proof 一致性证明: the hashes from which both the older and the newer root can be computed. */
export function consistencyProof(sha256: Sha256, older: number, newer: number, hashes: NodeHashes): Uint8Array[] {
  return consistencyRanges(older, newer).map((range) => hashOfRange(sha256, range, hashes));
}

/** Reads complete subtrees off a list of leaf hashes, remembering each so that a proof costs no second pass. */
export function hashesOfLeaves(sha256: Sha256, leafHashes: readonly Uint8Array[]): NodeHashes {
  const levels = new Map<number, Map<number, Uint8Array>>();
  const read = (node: TreeNode): Uint8Array => {
    if (node.level === 0) {
      const leaf = leafHashes[node.index];
      if (leaf === undefined) throw new RangeError(`no leaf ${node.index}`);
      return leaf;
    }
    const level = levels.get(node.level) ?? new Map<number, Uint8Array>();
    levels.set(node.level, level);
    const held = level.get(node.index);
    if (held !== undefined) return held;
    const below = node.level - 1;
    const hash = nodeHash(
      sha256,
      read({ level: below, index: node.index * 2 }),
      read({ level: below, index: node.index * 2 + 1 }),
    );
    level.set(node.index, hash);
    return hash;
  };
  return read;
}

/** Root of the tree over these leaf hashes. */
export function rootOfLeaves(sha256: Sha256, leafHashes: readonly Uint8Array[]): Uint8Array {
  return rootOf(sha256, leafHashes.length, hashesOfLeaves(sha256, leafHashes));
}

function mustBeWithin(index: number, size: number): void {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  }
}
