/// <reference types="node" />
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyRanges,
  entryBundle,
  grownTiles,
  growTiles,
  hashesOfLeaves,
  hashesOfTiles,
  hashOfRange,
  inclusionRanges,
  leafHash,
  parseEntryBundle,
  parseTilePath,
  rootOf,
  tilePath,
  tilesForRanges,
  tilesOf,
  toHex,
} from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const leaves = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, at) => leafHash(sha256, Uint8Array.of(at & 255, at >> 8)));

/** A shelf of tiles as a server keeps them: one growing value for each place. */
const shelf = () => {
  const tiles = new Map<string, Uint8Array>();
  const read = (level: number, index: number): Uint8Array => {
    const tile = tiles.get(`${level}/${index}`);
    if (tile === undefined) throw new RangeError(`tile ${level}/${index} was not asked for`);
    return tile;
  };
  return { tiles, read };
};

describe('tiles of the public log', () => {
  it('writes the paths that tlog-tiles prescribes, and reads back no other', () => {
    expect(tilePath(0, 1_234_067)).toBe('tile/0/x001/x234/067');
    expect(tilePath('entries', 5, 12)).toBe('tile/entries/005.p/12');
    expect(parseTilePath('tile/0/x001/x234/067')).toEqual({ kind: 'hashes', level: 0, index: 1_234_067, width: 256 });
    expect(parseTilePath('tile/entries/005.p/12')).toEqual({ kind: 'entries', level: 0, index: 5, width: 12 });
    for (const wrong of [
      'tile/0/5',
      'tile/00/005',
      'tile/0/005.p/0',
      'tile/0/005.p/256',
      'tile/0/x000/005',
      'tile/0/005.p/012',
      'tile/0/../005',
      'tile/9/005',
    ]) {
      expect(parseTilePath(wrong)).toBeNull();
    }
  });

  it('lays a tree of 70,000 leaves out as the specification counts it (T5)', () => {
    const tiles = tilesOf(70_000);
    expect(tiles.filter((tile) => tile.level === 0 && tile.width === 256)).toHaveLength(273);
    expect(tiles.filter((tile) => tile.width < 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(tilesOf(256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  it(
    'grows by batches of any size into the tiles of the whole, and never touches a full tile again (T5, J4)',
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }), (batches) => {
          const total = batches.reduce((sum, batch) => sum + batch, 0);
          const all = leaves(total);
          const { tiles, read } = shelf();
          const full = new Map<string, string>();
          let size = 0;
          for (const batch of batches) {
            const grown = growTiles(
              sha256,
              size,
              (level, index) => tiles.get(`${level}/${index}`),
              all.slice(size, size + batch),
            );
            expect(grown.map(({ level, index, width }) => ({ level, index, width }))).toEqual(
              grownTiles(size, size + batch),
            );
            for (const tile of grown) tiles.set(`${tile.level}/${tile.index}`, tile.bytes);
            size += batch;
            for (const [name, bytes] of tiles) {
              expect(toHex(bytes)).toBe(full.get(name) ?? toHex(bytes));
              if (bytes.length === 8192) full.set(name, toHex(bytes));
            }
            expect(toHex(rootOf(sha256, size, hashesOfTiles(sha256, read)))).toBe(
              toHex(rootOf(sha256, size, hashesOfLeaves(sha256, all))),
            );
          }
          for (const tile of tilesOf(total)) expect(read(tile.level, tile.index)).toHaveLength(tile.width * 32);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('finds in the named tiles alone the hashes of every inclusion and consistency proof (T5)', () => {
    const size = 1_300;
    const all = leaves(size);
    const { tiles } = shelf();
    for (const tile of growTiles(sha256, 0, () => undefined, all)) tiles.set(`${tile.level}/${tile.index}`, tile.bytes);
    const whole = hashesOfLeaves(sha256, all);
    for (const ranges of [
      inclusionRanges(0, size),
      inclusionRanges(1_299, size),
      inclusionRanges(700, size),
      consistencyRanges(513, size),
      consistencyRanges(1_024, size),
    ]) {
      const { tiles: few, read } = shelf();
      for (const tile of tilesForRanges(ranges, size)) {
        const bytes = tiles.get(`${tile.level}/${tile.index}`) ?? new Uint8Array(0);
        expect(bytes).toHaveLength(tile.width * 32);
        few.set(`${tile.level}/${tile.index}`, bytes);
      }
      for (const range of ranges) {
        expect(toHex(hashOfRange(sha256, range, hashesOfTiles(sha256, read)))).toBe(
          toHex(hashOfRange(sha256, range, whole)),
        );
      }
    }
  });

  it('packs entries behind two bytes of length and refuses a bundle that is cut off', () => {
    const entries = [Uint8Array.of(1, 2, 3), new Uint8Array(300).fill(7), new Uint8Array(0)];
    const bundle = entryBundle(entries);
    expect(parseEntryBundle(bundle)).toEqual(entries);
    expect(parseEntryBundle(bundle.slice(0, -3))).toBeNull();
  });
});
