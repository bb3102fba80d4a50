import {
  consistencyRanges,
  hashesOfTiles,
  hashOfRange,
  inclusionRanges,
  rootOf,
  tilesForRanges,
  type LeafRange,
} from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { readTiles } from './log.store.js';
import { sha256 } from './sha256.js';

/** A tree of a log at one size, read from its tiles. */
export interface TreeAt {
  readonly county: string;
  readonly year: number;
  readonly size: number;
}

const readHashes = async (tx: Tx, tree: TreeAt, ranges: readonly LeafRange[]): Promise<Uint8Array[]> => {
  const tiles = await readTiles(tx, tree.county, tree.year, tilesForRanges(ranges, tree.size));
  const hashes = hashesOfTiles(sha256, (level, index) => tiles.get(`${level}/${index}`) ?? new Uint8Array(0));
  return ranges.map((range) => hashOfRange(sha256, range, hashes));
};

/** Root of a tree; throws when the tiles are not those of a tree of this size. */
export const readRoot = async (tx: Tx, tree: TreeAt): Promise<Uint8Array> => {
  if (tree.size === 0) return rootOf(sha256, 0, () => new Uint8Array(0));
  const [root] = await readHashes(tx, tree, [{ lo: 0, hi: tree.size }]);
  if (root === undefined) throw new Error('a tree without a root');
  return root;
};

/** Inclusion proof of one leaf: at most two tiles a level are read, however large the log. */
export const readInclusionProof = async (tx: Tx, tree: TreeAt, index: number): Promise<Uint8Array[]> =>
  readHashes(tx, tree, inclusionRanges(index, tree.size));

/** Consistency proof from an older size. */
export const readConsistencyProof = async (tx: Tx, tree: TreeAt, olderSize: number): Promise<Uint8Array[]> =>
  readHashes(tx, tree, consistencyRanges(olderSize, tree.size));
