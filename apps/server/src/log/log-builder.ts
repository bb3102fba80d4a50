import { growTiles, leafHash, leafText, tileWidth, utf8Bytes, type Leaf, type Instant } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import {
  insertLeaves,
  insertPlaces,
  lastLeaves,
  markSealed,
  readTiles,
  sizeOf,
  writeTiles,
  type LeafRow,
  type PlaceRow,
} from './log.store.js';
import { sha256 } from './sha256.js';

/** Where the next leaf of a division stands. */
export interface NextPlace {
  readonly n: number;
  readonly previous: Uint8Array | null;
}

/** Collects new leaves of one log and writes them, their tiles and the marks of their entries at once. */
export interface LogBuilder {
  readonly year: number;
  /** Leaves so far, with those not yet written. */
  readonly size: () => number;
  readonly nextPlace: (division: string) => Promise<NextPlace>;
  /** Adds a leaf; gives its index. */
  readonly append: (leaf: Leaf) => number;
  /** The entry that became the leaf at an index, or a place inside it. */
  readonly mark: (id: string, index: number, position: number | null) => void;
  readonly place: (place: PlaceRow) => void;
  /** Writes everything; in the caller's transaction, so it is all there or none of it. */
  readonly flush: (sealedAt: Instant) => Promise<number>;
}

/** The levels of tiles that a log can have: 256^8 leaves are more than a county writes. */
const levels = [0, 1, 2, 3, 4, 5, 6, 7];

/** Opens a builder at the end of a log. The caller holds the lock of the log. */
export const openBuilder = async (tx: Tx, county: string, year: number): Promise<LogBuilder> => {
  const written = await sizeOf(tx, county, year);
  const heads = new Map<string, NextPlace>();
  const leaves: LeafRow[] = [];
  const places: PlaceRow[] = [];
  const marks: { id: string; index: number; position: number | null }[] = [];

  const writeTree = async (): Promise<void> => {
    const edge = levels.map((level) => ({ level, index: Math.floor(written / tileWidth ** (level + 1)) }));
    const held = await readTiles(tx, county, year, edge);
    const hashes = leaves.map((leaf) => leaf.hash);
    await writeTiles(
      tx,
      county,
      year,
      growTiles(sha256, written, (level, index) => held.get(`${level}/${index}`), hashes),
    );
  };

  return {
    year,
    size: () => written + leaves.length,
    nextPlace: async (division) => {
      const known = heads.get(division);
      if (known !== undefined) return known;
      const [last] = await lastLeaves(tx, county, year, [division]);
      const place: NextPlace =
        last === undefined ? { n: 1, previous: null } : { n: last.n + 1, previous: new Uint8Array(last.leaf_hash) };
      heads.set(division, place);
      return place;
    },
    append: (leaf) => {
      const text = leafText(leaf);
      const hash = leafHash(sha256, utf8Bytes(text));
      const index = written + leaves.length;
      leaves.push({ index, kind: leaf.k, division: leaf.d, n: leaf.n, text, hash });
      heads.set(leaf.d, { n: leaf.n + 1, previous: hash });
      return index;
    },
    mark: (id, index, position) => {
      marks.push({ id, index, position });
    },
    place: (place) => {
      places.push(place);
    },
    flush: async (sealedAt) => {
      if (leaves.length === 0) return 0;
      await insertLeaves(tx, county, year, leaves, sealedAt);
      if (places.length > 0) await insertPlaces(tx, county, year, places);
      await writeTree();
      if (marks.length > 0) await markSealed(tx, county, year, marks);
      return leaves.length;
    },
  };
};
