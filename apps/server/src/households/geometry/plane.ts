/** A position 坐标: longitude and latitude in degrees, WGS-84, as GeoJSON orders them. */
export type Position = readonly [longitude: number, latitude: number];

/** A closed line of positions; the first is repeated as the last. */
export type Ring = readonly Position[];

/** An area 图形 as GeoJSON's MultiPolygon coordinates: polygons, each an outer ring and its holes. */
export type Shape = readonly (readonly Ring[])[];

/** A point of the plane in metres. */
export type Point = readonly [x: number, y: number];
export type FlatShape = (readonly Point[])[][];

/**
 * A plane of metres around one position 局部平面.
 *
 * A village is a few kilometres wide; over that, treating the earth as flat errs by less than a millionth of a length, which is less
 * than the centimetre to which points are rounded. Rounding comes first, so that a border drawn once is the same border for both sides.
 */
export interface Plane {
  readonly toMetres: (position: Position) => Point;
  readonly toDegrees: (point: Point) => Position;
}

/** Radius of the sphere that stands for the earth, in metres (mean radius, IUGG). */
const radius = 6_371_008.8;
const perDegree = (Math.PI / 180) * radius;
const centimetre = (metres: number): number => Math.round(metres * 100) / 100;
/** Seven decimals of a degree are about a centimetre. */
const sevenDecimals = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

export const planeAround = ([longitude, latitude]: Position): Plane => {
  const narrowing = Math.cos((latitude * Math.PI) / 180);
  return {
    toMetres: (position) => [
      centimetre((position[0] - longitude) * perDegree * narrowing),
      centimetre((position[1] - latitude) * perDegree),
    ],
    toDegrees: ([x, y]) => [
      sevenDecimals(longitude + x / (perDegree * narrowing)),
      sevenDecimals(latitude + y / perDegree),
    ],
  };
};

/** A shape in the plane. A ring loses its repeated last point and any point that rounding has laid on its neighbour. */
export const flatten = (plane: Plane, shape: Shape): FlatShape =>
  shape.map((polygon) =>
    polygon.map((ring) => {
      const points = ring.map(plane.toMetres);
      return points.filter((point, at) => {
        const next = points[(at + 1) % points.length];
        return next === undefined || point[0] !== next[0] || point[1] !== next[1];
      });
    }),
  );

/** A flat shape back in degrees, with closed rings. */
export const unflatten = (plane: Plane, shape: readonly (readonly (readonly Point[])[])[]): Shape =>
  shape.map((polygon) =>
    polygon.map((ring) => {
      const [first] = ring;
      const last = ring.at(-1);
      const open =
        first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]
          ? ring.slice(0, -1)
          : ring;
      const positions = open.map(plane.toDegrees);
      const [start] = positions;
      return start === undefined ? positions : [...positions, start];
    }),
  );

/** Twice the area a ring goes round, positive when it goes round against the clock. */
const twiceArea = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);

/** The area of a flat shape in square metres: outer rings less their holes. */
export const areaOf = (shape: readonly (readonly (readonly Point[])[])[]): number =>
  shape.reduce(
    (all, [outer = [], ...holes]) =>
      all + Math.abs(twiceArea(outer)) / 2 - holes.reduce((sum, hole) => sum + Math.abs(twiceArea(hole)) / 2, 0),
    0,
  );

/** Whether a point lies in a flat shape; a point on a shared border lies in exactly one of two neighbours. */
export const contains = (shape: FlatShape, [x, y]: Point): boolean => {
  let inside = false;
  for (const ring of shape.flat()) {
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
};

/** How far a point is from the border of a flat shape, in metres. */
export const distanceTo = (shape: FlatShape, [x, y]: Point): number => {
  let least = Infinity;
  for (const ring of shape.flat()) {
    for (const [at, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
      const [dx, dy] = [bx - ax, by - ay];
      const long = dx * dx + dy * dy;
      const along = long === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / long));
      least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
    }
  }
  return least;
};
