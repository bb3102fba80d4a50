import { contains, distanceTo, flatten, type Position, type Shape } from './plane.js';
import { planeOf, type DrawnGrid } from './check-partition.js';

/** How far from a border a door may be drawn and still belong to the grid behind it, in metres. */
const nearby = 1;

/**
 * Gives the one grid that a position lies in 每户只在一个网格, or undefined when it is in none [DY-59].
 *
 * On a border, and in a sliver that the tolerance left, it is still exactly one: the grid that holds the point, of several the one
 * with the lowest code, of none the nearest within a metre.
 */
export const gridFinder = (
  boundary: Shape,
  grids: readonly DrawnGrid[],
): ((position: Position) => string | undefined) => {
  const plane = planeOf(boundary);
  if (plane === undefined) return () => undefined;
  const drawn = grids
    .map((grid) => ({ code: grid.code, flat: flatten(plane, grid.shape) }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return (position) => {
    const point = plane.toMetres(position);
    const holding = drawn.find((grid) => contains(grid.flat, point));
    if (holding !== undefined) return holding.code;
    const near = drawn
      .map((grid) => ({ code: grid.code, distance: distanceTo(grid.flat, point) }))
      .toSorted((a, b) => a.distance - b.distance)[0];
    return near !== undefined && near.distance <= nearby ? near.code : undefined;
  };
};
