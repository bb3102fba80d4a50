import { concatBytes } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { nodeHash, nodesOf } from './tree.js';
import type { LeafRange, NodeHashes, TreeNode } from './tree.js';

/** Tile 册块 (c2sp.org/tlog-tiles): up to 256 neighbouring hashes of one tile level. */
export interface TileName {
  readonly level: number;
  readonly index: number;
  /** How many hashes it holds: 256 is full and never changes. */
  readonly width: number;
}

/** Hashes in a full tile. */
export const tileWidth = 256;

const tileHeight = 8;
const hashLength = 32;

/** Path of a tile or an entry bundle below the log's address: `tile/0/x001/067` or `tile/entries/x001/067.p/12`. */
export function tilePath(kind: number | 'entries', index: number, width: number = tileWidth): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${kind}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Reads a path; null unless it is exactly what tilePath writes. */
export function parseTilePath(path: string): (TileName & { readonly kind: 'hashes' | 'entries' }) | null {
  const found = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (found?.[1] === undefined || found[2] === undefined) return null;
  const index = Number(found[2].replaceAll(/[x/]/g, ''));
  const width = found[3] === undefined ? tileWidth : Number(found[3]);
  const kind = found[1] === 'entries' ? 'entries' : 'hashes';
  const level = kind === 'entries' ? 0 : Number(found[1]);
  if (width < 1 || !Number.isSafeInteger(index) || level > 7) return null;
  const name = { kind, level, index, width } as const;
  return tilePath(kind === 'entries' ? 'entries' : level, index, width) === path ? name : null;
}

/** Every tile of a tree of this size, level by level, the partial one of each level last. */
export function tilesOf(size: number): readonly TileName[] {
  const tiles: TileName[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    for (let index = 0; index * tileWidth < count; index += 1) {
      tiles.push({ level, index, width: Math.min(tileWidth, count - index * tileWidth) });
    }
  }
  return tiles;
}

/** The tiles whose content differs between two sizes: what a sequencer has to write when a tree grows. */
export function grownTiles(older: number, newer: number): readonly TileName[] {
  const tiles: TileName[] = [];
  let before = older;
  for (let level = 0, count = newer; count > before; level += 1) {
    for (let index = Math.floor(before / tileWidth); index * tileWidth < count; index += 1) {
      tiles.push({ level, index, width: Math.min(tileWidth, count - index * tileWidth) });
    }
    before = Math.floor(before / tileWidth);
    count = Math.floor(count / tileWidth);
  }
  return tiles;
}

/** The tile that holds a node of a tree of this size. */
export function tileOfNode(node: TreeNode, size: number): TileName {
  const level = Math.floor(node.level / tileHeight);
  const first = node.index * 2 ** (node.level % tileHeight);
  const index = Math.floor(first / tileWidth);
  const count = Math.floor(size / tileWidth ** level);
  return { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
}

/** The tiles that must be read to compute the hashes of these ranges. */
export function tilesForRanges(ranges: readonly LeafRange[], size: number): readonly TileName[] {
  const tiles = new Map<string, TileName>();
  for (const range of ranges) {
    for (const node of nodesOf(range)) {
      const tile = tileOfNode(node, size);
      tiles.set(`${tile.level}/${tile.index}`, tile);
    }
  }
  return [...tiles.values()];
}

/** Gives the bytes of a tile; at least as wide as any node asked from it. */
export type TileBytes = (level: number, index: number) => Uint8Array;

/** Reads complete subtrees off tiles; throws where a tile is too short, because the tree then is not what it claims. */
export function hashesOfTiles(sha256: Sha256, tiles: TileBytes): NodeHashes {
  return (node) => {
    const level = Math.floor(node.level / tileHeight);
    const span = 2 ** (node.level % tileHeight);
    const first = node.index * span;
    const bytes = tiles(level, Math.floor(first / tileWidth));
    return foldHashes(
      sha256,
      Array.from({ length: span }, (_, at) => hashInTile(bytes, (first % tileWidth) + at)),
    );
  };
}

/** Hash of a complete subtree over a power of two of hashes. */
function foldHashes(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  let hashes = leaves;
  while (hashes.length > 1) {
    const below = hashes;
    hashes = Array.from({ length: below.length / 2 }, (_, at) =>
      nodeHash(sha256, below[at * 2] ?? noHash(), below[at * 2 + 1] ?? noHash()),
    );
  }
  return hashes[0] ?? noHash();
}

function allHashes(tile: Uint8Array): Uint8Array[] {
  return Array.from({ length: tile.length / hashLength }, (_, place) => hashInTile(tile, place));
}

/** A tile with its bytes. */
export interface FilledTile extends TileName {
  readonly bytes: Uint8Array;
}

/**
 * The tiles that change when leaves are added, with their new content; full tiles that were there stay as they are.
 *
 * `edge` gives the partial tile at the right end of a level, or nothing where the level is empty or ends full: a sequencer
 * reads at most one tile a level, however large the log.
 */
export function growTiles(
  sha256: Sha256,
  size: number,
  edge: (level: number, index: number) => Uint8Array | undefined,
  added: readonly Uint8Array[],
): readonly FilledTile[] {
  const tiles: FilledTile[] = [];
  let count = size;
  let hashes = added;
  for (let level = 0; hashes.length > 0; level += 1) {
    const above: Uint8Array[] = [];
    let index = Math.floor(count / tileWidth);
    const held = count % tileWidth;
    let bytes = held === 0 ? new Uint8Array(0) : (edge(level, index) ?? noHash());
    if (bytes.length !== held * hashLength) return noHash();
    for (let at = 0; at < hashes.length; index += 1) {
      const room = tileWidth - bytes.length / hashLength;
      const taken = hashes.slice(at, at + room);
      bytes = concatBytes(bytes, ...taken);
      at += taken.length;
      const full: Uint8Array = bytes;
      tiles.push({ level, index, width: full.length / hashLength, bytes: full });
      if (full.length === tileWidth * hashLength) {
        above.push(foldHashes(sha256, allHashes(full)));
      }
      bytes = new Uint8Array(0);
    }
    count = Math.floor(count / tileWidth);
    hashes = above;
  }
  return tiles;
}

/** The hash at one place of a tile. */
export function hashInTile(tile: Uint8Array, place: number): Uint8Array {
  if (tile.length < (place + 1) * hashLength) return noHash();
  return tile.slice(place * hashLength, (place + 1) * hashLength);
}

/** Writes an entry bundle: each leaf behind its length in two bytes. */
export function entryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 255), leaf]));
}

/** Reads an entry bundle; null where a length does not fit. */
export function parseEntryBundle(bundle: Uint8Array): Uint8Array[] | null {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    if (at + 2 + length > bundle.length) return null;
    leaves.push(bundle.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return leaves;
}

function noHash(): never {
  throw new RangeError('a tile is shorter than the tree needs');
}
