import gcoordModule from 'gcoord';
import type { Position, Shape } from './plane.js';

// Node gives the package's object itself as its default; its types speak of one more level.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

/** A datum 坐标系: WGS-84 is what is stored; GCJ-02 is what maps sold in China show. */
export type Datum = 'wgs-84' | 'gcj-02';

const exact = (position: Position): Position => [
  Math.round(position[0] * 1e7) / 1e7,
  Math.round(position[1] * 1e7) / 1e7,
];

const convert = (position: Position, from: Datum, to: Datum): Position => {
  if (from === to) return exact(position);
  const [of, into] = from === 'gcj-02' ? [gcoord.GCJ02, gcoord.WGS84] : [gcoord.WGS84, gcoord.GCJ02];
  const [longitude, latitude] = gcoord.transform([position[0], position[1]], of, into);
  return exact([longitude, latitude]);
};

/** A position as stored, from the datum in which it was given; exact to seven decimals, the conversion itself to about 0.15 m. */
export const positionFrom = (position: Position, datum: Datum): Position => convert(position, datum, 'wgs-84');

/** A stored position in the datum in which it is asked for. */
export const positionIn = (position: Position, datum: Datum): Position => convert(position, 'wgs-84', datum);

const each = (shape: Shape, change: (position: Position) => Position): Shape =>
  shape.map((polygon) => polygon.map((ring) => ring.map(change)));

/** A shape as stored, from the datum in which it was drawn. */
export const shapeFrom = (shape: Shape, datum: Datum): Shape =>
  each(shape, (position) => positionFrom(position, datum));

/** A stored shape in the datum in which it is asked for. */
export const shapeIn = (shape: Shape, datum: Datum): Shape => each(shape, (position) => positionIn(position, datum));
