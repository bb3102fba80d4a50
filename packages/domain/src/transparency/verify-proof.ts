import { equalBytes } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { emptyRoot, nodeHash } from './tree.js';

const hashLength = 32;

/** What an inclusion proof claims. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** What a consistency proof claims. */
export interface ConsistencyClaim {
  readonly olderSize: number;
  readonly olderRoot: Uint8Array;
  readonly newerSize: number;
  readonly newerRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** What the consistency of a subtree with the whole tree claims: leaves `start` to `end` have `subtreeRoot`. */
export interface SubtreeConsistencyClaim {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly subtreeRoot: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Checks an inclusion proof by RFC 9162 section 2.1.3.2; never throws, whatever the sizes and lengths. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false;
  if (!areHashes([claim.leafHash, claim.root, ...claim.proof])) return false;
  let index = claim.index;
  let last = claim.size - 1;
  let hash = claim.leafHash;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (index % 2 === 1 || index === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (index % 2 === 0 && index !== 0) {
        index = half(index);
        last = half(last);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    index = half(index);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, claim.root);
}

/**
 * Checks that the newer tree only added to the older one (RFC 9162 section 2.1.4.2); never throws.
 *
 * The empty tree is the beginning of every tree: older size 0 is accepted with an empty proof and the root of the
 * empty tree, and with nothing else (docs/decisions/2026-11-22-empty-tree-consistency.md).
 */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): boolean {
  const { olderSize, newerSize, olderRoot, newerRoot, proof } = claim;
  if (!isCount(olderSize) || !isCount(newerSize) || olderSize > newerSize) return false;
  if (olderSize > 0) {
    return verifySubtreeConsistency(sha256, {
      start: 0,
      end: olderSize,
      size: newerSize,
      subtreeRoot: olderRoot,
      root: newerRoot,
      proof,
    });
  }
  if (proof.length > 0 || !areHashes([newerRoot]) || !equalBytes(olderRoot, emptyRoot(sha256))) return false;
  return newerSize > 0 || equalBytes(newerRoot, olderRoot);
}

/** Checks that a leaf is in the subtree of leaves `start` to `end`. */
export function verifySubtreeInclusion(
  sha256: Sha256,
  claim: Omit<InclusionClaim, 'size'> & { readonly start: number; readonly end: number },
): boolean {
  if (!isSubtree(claim.start, claim.end) || claim.index < claim.start) return false;
  return verifyInclusion(sha256, { ...claim, index: claim.index - claim.start, size: claim.end - claim.start });
}

/** Checks that a subtree is part of the tree; with `start` 0 this is the consistency of two trees. Never throws. */
export function verifySubtreeConsistency(sha256: Sha256, claim: SubtreeConsistencyClaim): boolean {
  const { start, end, size, subtreeRoot, root } = claim;
  if (!isCount(size) || end > size) return false;
  // No leaves at all: nothing is claimed of the tree, so only the empty root with an empty proof is right.
  if (start === end) return isCount(start) && claim.proof.length === 0 && equalBytes(subtreeRoot, emptyRoot(sha256));
  if (!isSubtree(start, end)) return false;
  if (!areHashes([subtreeRoot, root, ...claim.proof])) return false;
  const at = { first: start, second: end - 1, last: size - 1 };
  const shift = (): void => {
    at.first = half(at.first);
    at.second = half(at.second);
    at.last = half(at.last);
  };
  if (at.second === at.last) while (at.first !== at.second) shift();
  else while (at.first !== at.second && at.second % 2 === 1) shift();

  const rest = [...claim.proof];
  // Where the subtree is one complete node its own root starts the path; else the proof names the first node.
  const seed = at.first === at.second ? subtreeRoot : rest.shift();
  if (seed === undefined) return false;
  let subtree = seed;
  let whole = seed;
  for (const hash of rest) {
    if (at.last === 0) return false;
    if (at.second % 2 === 1 || at.second === at.last) {
      if (at.first < at.second) subtree = nodeHash(sha256, hash, subtree);
      whole = nodeHash(sha256, hash, whole);
      while (at.second % 2 === 0 && at.second !== 0) shift();
    } else {
      whole = nodeHash(sha256, whole, hash);
    }
    shift();
  }
  return at.last === 0 && equalBytes(subtree, subtreeRoot) && equalBytes(whole, root);
}

/** A subtree starts at a multiple of the power of two that covers it; any other range is no node of the tree. */
function isSubtree(start: number, end: number): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false;
  let cover = 1;
  while (cover < end - start) cover *= 2;
  return start % cover === 0;
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashLength);
}
