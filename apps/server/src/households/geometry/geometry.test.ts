import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPartition, type DrawnGrid } from './check-partition.js';
import { shapeFrom, shapeIn, type Datum } from './datum.js';
import { gridFinder } from './find-grid.js';
import { loadsOf } from './loads.js';
import { areaOf, flatten, planeAround, type Position, type Shape } from './plane.js';

/** A tea garden 茶园 of one kilometre by one, at a place where nobody lives. */
const corner: Position = [111.3, 26.4];
const plane = planeAround(corner);
const side = 1000;
const tolerance = 10;

const shape = (...points: readonly (readonly [number, number])[]): Shape => {
  const ring = points.map(plane.toDegrees);
  return [[[...ring, ring[0] as Position]]];
};
const square = shape([0, 0], [side, 0], [side, side], [0, side]);
const codesOf = (grids: readonly DrawnGrid[], boundary = square) =>
  checkPartition(boundary, grids, tolerance).faults.map((one) => one.code);
const grid = (code: string, area: Shape): DrawnGrid => ({ code, name: `第${code}网格`, shape: area });

type Corners = readonly (readonly [number, number])[][];

/** A square cut into columns and rows whose inner corners are pushed about, so that no border is straight. */
const netOf = (columns: number, rows: number, push: readonly number[]): Corners => {
  const step = [side / columns, side / rows] as const;
  let next = 0;
  const pushed = (room: number): number => ((push[(next += 1) % push.length] ?? 0) - 0.5) * room * 0.6;
  return Array.from({ length: rows + 1 }, (_, row) =>
    Array.from({ length: columns + 1 }, (__, column): readonly [number, number] => [
      column * step[0] + (column === 0 || column === columns ? 0 : pushed(step[0])),
      row * step[1] + (row === 0 || row === rows ? 0 : pushed(step[1])),
    ]),
  );
};
const gridsOf = (net: Corners): DrawnGrid[] =>
  net.slice(0, -1).flatMap((line, row) =>
    line.slice(0, -1).map((low, column) => {
      const above = net[row + 1] ?? [];
      const corners = [low, line[column + 1] ?? low, above[column + 1] ?? low, above[column] ?? low];
      return grid(`${row}${column}`, shape(...corners));
    }),
  );
const net = fc
  .tuple(
    fc.integer({ min: 2, max: 4 }),
    fc.integer({ min: 2, max: 4 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 40 }),
  )
  .map(([columns, rows, push]) => netOf(columns, rows, push));

/** Borders that meet within a third of a millimetre of one line: once no piece could be cut out of these. */
const almostInLine: Corners = [
  [0, 175, 425, 675, side].map((x) => [x, 0] as const),
  [
    [0, 350],
    [175.00032745431184, 649.9964012589406],
    [425, 350],
    [675, 350],
    [side, 350],
  ],
  [0, 175, 425, 675, side].map((x) => [x, side] as const),
];

describe('grids fill a village', () => {
  it('accepts any division of a square into grids that share their borders [BZ-54]', () => {
    fc.assert(
      fc.property(net, (corners) => {
        expect(codesOf(gridsOf(corners))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a border moved for one grid alone: what it takes is an overlap, what it leaves is a gap [BZ-54]', () => {
    const far = fc.integer({ min: 8, max: 60 });
    fc.assert(
      fc.property(net, far, fc.boolean(), (corners, metres, outwards) => {
        const [first, ...others] = gridsOf(corners);
        if (first === undefined) throw new Error('no grid');
        const [a, b, c, d] = [corners[0]?.[0], corners[0]?.[1], corners[1]?.[1], corners[1]?.[0]];
        if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('no corners');
        const by = outwards ? metres : -metres;
        const moved = grid(first.code, shape(a, b, [c[0] + by, c[1] + by], d));
        const { faults, pieces } = checkPartition(square, [moved, ...others], 1);
        expect(faults.length).toBeGreaterThan(0);
        const sum = (kind: string) =>
          pieces.filter((piece) => piece.kind === kind).reduce((total, piece) => total + piece.squareMetres, 0);
        const [before, after] = [first, moved].map((one) => areaOf(flatten(plane, one.shape)));
        // What the moved border takes from others less what it leaves to nobody is what its own grid has gained.
        expect(Math.abs(sum('overlap') - sum('gap') - ((after ?? 0) - (before ?? 0)))).toBeLessThan(12);
        expect(pieces.some((piece) => piece.kind === 'outside')).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('is cured by what each wrong piece proposes', () => {
    fc.assert(
      fc.property(net, fc.integer({ min: 8, max: 60 }), fc.boolean(), (corners, metres, outwards) => {
        let grids = gridsOf(corners);
        const [first] = grids;
        const c = corners[1]?.[1];
        if (first === undefined || c === undefined) throw new Error('no grid');
        const by = outwards ? metres : -metres;
        const ring = [...(first.shape[0]?.[0] ?? [])];
        ring[2] = plane.toDegrees([c[0] + by, c[1] + by]);
        grids = [{ ...first, shape: [[ring]] }, ...grids.slice(1)];
        for (let round = 0; round < 8; round += 1) {
          const [piece] = checkPartition(square, grids, tolerance).pieces;
          if (piece === undefined) break;
          const { cure } = piece;
          if (cure === null) throw new Error('nothing is proposed');
          grids = grids.map((one) => (one.code === cure.code ? { ...one, shape: cure.shape } : one));
        }
        expect(codesOf(grids)).toEqual([]);
      }),
      { numRuns: 25, examples: [[almostInLine, 54, true]] },
    );
  });

  it('names the grids and the area: 20 m by 1 km in both of two neighbours is 20,000 square metres', () => {
    const west = grid('1', shape([0, 0], [520, 0], [520, side], [0, side]));
    const east = grid('2', shape([500, 0], [side, 0], [side, side], [500, side]));
    expect(checkPartition(square, [west, east], tolerance).faults).toEqual([
      expect.objectContaining({
        code: 'grid-overlap',
        params: { one: '第1网格', other: '第2网格', area: expect.closeTo(20_000, -1) },
      }),
    ]);
  });

  it('lets ten square metres pass and refuses more', () => {
    const east = grid('2', shape([500, 0], [side, 0], [side, side], [500, side]));
    const west = (x: number) => grid('1', shape([0, 0], [500, 0], [500, side - 1], [x, side], [0, side]));
    expect(codesOf([west(482), east])).toEqual([]);
    expect(codesOf([west(478), east])).toEqual(['grid-gap']);
  });

  it('refuses a grid that leaves the village, a border that crosses itself, and shapes far away', () => {
    const all = grid('1', shape([0, 0], [1050, 0], [1050, side], [0, side]));
    expect(codesOf([all])).toEqual(['grid-outside']);
    expect(codesOf([grid('1', shape([0, 0], [side, side], [side, 0], [0, side]))])).toEqual(['shape-unreadable']);
    expect(
      codesOf([
        grid('1', [
          [
            [
              [0, 0],
              [0, 1],
              [1, 1],
              [0, 0],
            ],
          ],
        ]),
      ]),
    ).toEqual(['shape-unreadable']);
    expect(codesOf([])).toEqual(['grid-gap']);
    expect(codesOf([], [])).toEqual(['shape-unreadable']);
  });
});

describe('a household', () => {
  it('is in exactly one grid, wherever its door is, on a border too [DY-59]', () => {
    const metre = fc.double({ min: 0.01, max: side - 0.01, noNaN: true });
    fc.assert(
      fc.property(net, metre, metre, fc.boolean(), (corners, x, y, onCorner) => {
        const inner = corners[1]?.[1] ?? [x, y];
        const found = gridFinder(square, gridsOf(corners))(plane.toDegrees(onCorner ? inner : [x, y]));
        expect(found).toBeDefined();
      }),
      { numRuns: 60 },
    );
    expect(gridFinder(square, [grid('1', square)])(plane.toDegrees([-5, 500]))).toBeUndefined();
  });

  it('is counted in the load of its grid; more than one and a half times the even share is too many [DY-59]', () => {
    const loads = loadsOf(new Map([['1', 46], ['2', 30], ['3', 14]]), 1.5); // prettier-ignore
    expect(loads.map(({ code, percent, tooMany }) => [code, percent, tooMany])).toEqual([
      ['1', 51, true],
      ['2', 33, false],
      ['3', 16, false],
    ]);
    expect(loadsOf(new Map([['1', 0]]), 1.5)).toEqual([{ code: '1', households: 0, percent: 0, tooMany: false }]);
  });
});

describe('the plane and the datum', () => {
  it('measure a square kilometre, to a hundredth of a per cent', () => {
    expect(areaOf(flatten(plane, square))).toBeCloseTo(1_000_000, -2);
  });

  it('bring GCJ-02 back to within half a metre, and leave WGS-84 as it is', () => {
    const spot = fc.tuple(fc.double({ min: 98, max: 122, noNaN: true }), fc.double({ min: 22, max: 41, noNaN: true }));
    fc.assert(
      fc.property(spot, fc.constantFrom<Datum>('wgs-84', 'gcj-02'), ([longitude, latitude], datum) => {
        const there = shapeIn([[[[longitude, latitude]]]], datum);
        const [[[back]]] = shapeFrom(there, datum) as [[[Position]]];
        const [x, y] = planeAround([longitude, latitude]).toMetres(back);
        expect(Math.hypot(x, y)).toBeLessThan(0.5);
        const moved = there[0]?.[0]?.[0]?.[0] !== Math.round(longitude * 1e7) / 1e7;
        expect(moved).toBe(datum === 'gcj-02');
      }),
      { numRuns: 60 },
    );
  });
});
