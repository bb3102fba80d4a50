import { difference, intersection, setPrecision, union, type Geom } from 'polyclip-ts';
import { fault, type Fault } from '@lianxin/domain';
import {
  areaOf,
  distanceTo,
  flatten,
  planeAround,
  unflatten,
  type FlatShape,
  type Plane,
  type Shape,
} from './plane.js';

/** A grid as drawn: its code, its name, its polygon. */
export interface DrawnGrid {
  readonly code: string;
  readonly name: string;
  readonly shape: Shape;
}

/** A piece that is wrong: in two grids, in none, or outside the village. */
export interface WrongPiece {
  readonly kind: 'overlap' | 'gap' | 'outside';
  readonly squareMetres: number;
  readonly shape: Shape;
  /** The grids concerned: the two that overlap, those that border a gap, the one that leaves the village. */
  readonly grids: readonly string[];
  /** What would cure it: this grid with that shape. Absent where no grid borders the gap. */
  readonly cure: { readonly code: string; readonly shape: Shape } | null;
}

/** What is wrong with a drawing: faults in the order in which one would cure them, and the pieces to show on the map. */
export interface PartitionCheck {
  readonly faults: readonly Fault[];
  readonly pieces: readonly WrongPiece[];
  /** Square metres of each grid, by code. */
  readonly areas: ReadonlyMap<string, number>;
}

/** A village is not wider than this; further away the plane would no longer be one. In metres. */
const widest = 60_000;
/** How near a border must pass to count as touching, in metres. */
const touching = 0.05;

// Crossings nearer to each other than a micrometre are one: counted as several, where borders lie almost in one line, they leave the
// library with a ring it cannot close.
setPrecision(1e-6);

const geom = (shape: FlatShape): Geom => shape.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [x, y])));
const flat = (shape: [number, number][][][]): FlatShape => shape;

/** The plane of a village: around the first position of its boundary. Undefined when there is none. */
export const planeOf = (boundary: Shape): Plane | undefined => {
  const first = boundary[0]?.[0]?.[0];
  return first === undefined ? undefined : planeAround(first);
};

/** Why a shape cannot be used, or undefined: too few points, too far away, or a border that crosses itself. */
const checkShape = (name: string, shape: FlatShape, tolerance: number): Fault | undefined => {
  const rings = shape.flat();
  if (rings.length === 0 || rings.some((ring) => ring.length < 3))
    return fault('shape-unreadable', { grid: name, reason: '至少要有三个点' });
  if (rings.flat().some(([x, y]) => Math.abs(x) > widest || Math.abs(y) > widest))
    return fault('shape-unreadable', { grid: name, reason: '离村界太远，请核对坐标系' });
  // Where a border crosses itself, the area it really covers is not the area it goes round. A loop smaller than the tolerance passes:
  // rounding to the centimetre makes such loops where two borders meet at a sharp angle.
  const covered = areaOf(flat(union(geom(shape))));
  return Math.abs(covered - areaOf(shape)) > tolerance
    ? fault('shape-unreadable', { grid: name, reason: '边线自相交叉' })
    : undefined;
};

const whole = (squareMetres: number): number => Math.max(1, Math.round(squareMetres));

/**
 * Checks that grids fill a village without gap and without overlap 横向到边 [BZ-54]; pure, and the same answer for the same drawing.
 *
 * A piece of at most `tolerance` square metres is no fault: two people who draw one ditch differ by that much. Faults:
 * `shape-unreadable`, `grid-overlap`, `grid-gap`, `grid-outside`, each naming the grids and the area concerned.
 */
export const checkPartition = (boundary: Shape, grids: readonly DrawnGrid[], tolerance: number): PartitionCheck => {
  const plane = planeOf(boundary);
  const none = { pieces: [], areas: new Map<string, number>() };
  if (plane === undefined) return { ...none, faults: [fault('shape-unreadable', { grid: '村界', reason: '没有画' })] };
  const village = flatten(plane, boundary);
  const drawn = grids.map((grid) => ({ ...grid, flat: flatten(plane, grid.shape) }));
  const unreadable = [
    checkShape('村界', village, tolerance),
    ...drawn.map((grid) => checkShape(grid.name, grid.flat, tolerance)),
  ].flatMap((one) => one ?? []);
  if (unreadable.length > 0) return { ...none, faults: unreadable };
  const areas = new Map(drawn.map((grid) => [grid.code, areaOf(grid.flat)]));
  if (drawn.length === 0)
    return { ...none, areas, faults: [fault('grid-gap', { area: whole(areaOf(village)), grids: '—' })] };

  const pieces: WrongPiece[] = [];
  const faults: Fault[] = [];
  /** Each connected piece above the tolerance, largest first. */
  const found = (shape: [number, number][][][], each: (piece: FlatShape, area: number) => void): void => {
    const parts = shape.map((polygon) => [polygon]).map((piece) => ({ piece, area: areaOf(piece) }));
    for (const { piece, area } of parts.toSorted((a, b) => b.area - a.area)) if (area > tolerance) each(piece, area);
  };
  /** A cure without the crumbs that clipping leaves, which the tolerance forgives anyway. */
  const back = (shape: [number, number][][][]): Shape =>
    unflatten(
      plane,
      shape.filter((polygon) => areaOf([polygon]) > tolerance),
    );

  for (const [at, one] of drawn.entries()) {
    for (const other of drawn.slice(at + 1)) {
      found(intersection(geom(one.flat), geom(other.flat)), (piece, area) => {
        // The larger of the two gives way: a small grid drawn over large ones is what somebody meant to add.
        const gives = areaOf(one.flat) > areaOf(other.flat) ? one : other;
        pieces.push({
          kind: 'overlap',
          squareMetres: whole(area),
          shape: unflatten(plane, piece),
          grids: [one.code, other.code],
          cure: { code: gives.code, shape: back(difference(geom(gives.flat), geom(piece))) },
        });
        faults.push(fault('grid-overlap', { one: one.name, other: other.name, area: whole(area) }));
      });
    }
  }
  const [first, ...rest] = drawn.map((grid) => geom(grid.flat));
  const together = first === undefined ? [] : union(first, ...rest);
  found(difference(geom(village), together), (piece, area) => {
    const border = piece.flat(2) as unknown as (readonly [number, number])[];
    const neighbours = drawn
      .map((grid) => ({ grid, shared: border.filter((point) => distanceTo(grid.flat, point) <= touching).length }))
      .filter(({ shared }) => shared > 0)
      .toSorted((a, b) => b.shared - a.shared)
      .map(({ grid }) => grid);
    const [nearest] = neighbours;
    pieces.push({
      kind: 'gap',
      squareMetres: whole(area),
      shape: unflatten(plane, piece),
      grids: neighbours.map((grid) => grid.code),
      cure: nearest ? { code: nearest.code, shape: back(union(geom(nearest.flat), geom(piece))) } : null,
    });
    faults.push(
      fault('grid-gap', { area: whole(area), grids: neighbours.map((grid) => `“${grid.name}”`).join('、') || '—' }),
    );
  });
  for (const grid of drawn) {
    const outside = difference(geom(grid.flat), geom(village));
    found(outside, (piece, area) => {
      pieces.push({
        kind: 'outside',
        squareMetres: whole(area),
        shape: unflatten(plane, piece),
        grids: [grid.code],
        cure: { code: grid.code, shape: back(intersection(geom(grid.flat), geom(village))) },
      });
      faults.push(fault('grid-outside', { grid: grid.name, area: whole(area) }));
    });
  }
  return { faults, pieces, areas };
};
