import type { Tx } from '../storage/index.js';
import { planeOf } from './geometry/check-partition.js';
import { contains, flatten, type Position, type Shape } from './geometry/plane.js';

/**
 * The village whose boundary, as posted on the portal, holds a WGS-84 position 坐标所在村; undefined where no posted boundary does. Only what
 * the public sees is asked, so a boundary that is still being drawn places nothing.
 */
export const villageAt = async (tx: Tx, position: Position): Promise<string | undefined> => {
  const maps = await tx.rows<{ division: string; boundary: Shape }>(
    `select distinct on (m.division) m.division, m.boundary from lx.grid_map m
     join lx.chart_posting p on p.county = m.county and p.map = m.id and p.channel = 'portal' and p.chart = 'grid-map'
     where m.county = $1 order by m.division, m.number desc`,
    [tx.context.county],
  );
  return maps.find(({ boundary }) => {
    const plane = planeOf(boundary);
    return plane !== undefined && contains(flatten(plane, boundary), plane.toMetres(position));
  })?.division;
};
