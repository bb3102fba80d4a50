import type { Chart, Datum, PostingChannel } from '@lianxin/contract';
import { holdsOn } from '../people/index.js';
import type { Tx } from '../storage/index.js';
import type { Position, Shape } from './geometry/plane.js';

/** A version of a village's map as stored. */
export interface StoredMap {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly division: string;
  readonly number: number;
  readonly boundary: Shape;
  readonly flow: readonly string[];
  readonly originalDatum: Datum;
  readonly validFrom: string;
  readonly madeUp: boolean;
}

const columns = `m.id, m.division, m.number, m.boundary, m.flow, m.original_datum as "originalDatum", m.valid_from::text as "validFrom", m.made_up as "madeUp"`;

/** The newest version, or the one with a number. */
export const mapOf = (tx: Tx, division: string, number: number | null = null): Promise<StoredMap | undefined> =>
  tx.first<StoredMap>(
    `select ${columns} from lx.grid_map m where m.county = $1 and m.division = $2 and ($3::int is null or m.number = $3)
     order by m.number desc limit 1`,
    [tx.context.county, division, number],
  );

export const mapById = (tx: Tx, id: string): Promise<StoredMap | undefined> =>
  tx.first<StoredMap>(`select ${columns} from lx.grid_map m where m.county = $1 and m.id = $2`, [
    tx.context.county,
    id,
  ]);

export const versionsOf = (tx: Tx, division: string) =>
  tx.rows<{ number: number; validFrom: string }>(
    `select number, valid_from::text as "validFrom" from lx.grid_map where county = $1 and division = $2 order by number desc`,
    [tx.context.county, division],
  );

/** The newest version that was posted on the portal: what the public sees, whatever has been drawn since. */
export const postedMap = (
  tx: Tx,
  division: string,
  chart: Chart,
): Promise<(StoredMap & { postedOn: string }) | undefined> =>
  tx.first<StoredMap & { postedOn: string }>(
    `select ${columns}, p.posted_on::text as "postedOn" from lx.grid_map m
     join lx.chart_posting p on p.county = m.county and p.map = m.id and p.channel = 'portal' and p.chart = $3
     where m.county = $1 and m.division = $2 order by m.number desc limit 1`,
    [tx.context.county, division, chart],
  );

/** A grid of a version, with the name and phone published for it. */
export interface StoredGrid {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shape: Shape;
  readonly squareMetres: number;
  readonly worker: string | null;
  readonly phone: string | null;
}

export const gridsOf = (tx: Tx, map: string): Promise<StoredGrid[]> =>
  tx.rows<StoredGrid>(
    `select g.id, g.code, s.name, s.shape, s.square_metres::int as "squareMetres", c.name as worker, c.office_phone as phone
     from lx.grid_shape s join lx.grid g on g.county = s.county and g.id = s.grid
     left join lx.duty_contact c on c.county = g.county and c.grid = g.id and c.valid_to is null and c.published_day is not null
     where s.county = $1 and s.map = $2 order by g.code`,
    [tx.context.county, map],
  );

export const postingsOf = (tx: Tx, map: string) =>
  tx.rows<{ chart: Chart; channel: PostingChannel; postedOn: string }>(
    `select chart, channel, posted_on::text as "postedOn" from lx.chart_posting where county = $1 and map = $2 order by chart, channel`,
    [tx.context.county, map],
  );

/** The households of a village with their doors and grids today. */
export interface PlacedHousehold {
  readonly [column: string]: unknown;
  readonly household: string;
  readonly label: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly gridId: string | null;
  readonly grid: string | null;
}

export const householdsOn = (tx: Tx, division: string, on: string): Promise<PlacedHousehold[]> =>
  tx.rows<PlacedHousehold>(
    `select h.id as household, h.label, p.longitude, p.latitude, g.id as "gridId", g.code as grid
     from lx.household h
     left join lx.household_point p on p.county = h.county and p.household = h.id and p.valid_to is null
     left join lx.grid_household i on i.county = h.county and i.household = h.id and i.valid_to is null
     left join lx.grid g on g.county = i.county and g.id = i.grid
     where h.county = $1 and h.division = $2 and ${holdsOn('h', 3)} order by h.label, h.id`,
    [tx.context.county, division, on],
  );

export const doorOf = (row: PlacedHousehold): Position | undefined =>
  row.longitude === null || row.latitude === null ? undefined : [row.longitude, row.latitude];

/** Grids that stand in a village, by code. */
export const standingGrids = (tx: Tx, division: string) =>
  tx.rows<{ id: string; code: string; name: string }>(
    `select id, code, name from lx.grid where county = $1 and division = $2 and valid_to is null order by code`,
    [tx.context.county, division],
  );

/** Moves a household to a grid from a day on, if it is not there; exactly one at a time. */
export const putIntoGrid = async (
  tx: Tx,
  move: { readonly household: string; readonly division: string; readonly grid: string; readonly on: string },
): Promise<void> => {
  const ended = await tx.run(
    `update lx.grid_household set valid_to = greatest($4::date, valid_from) where county = $1 and household = $2 and valid_to is null and grid <> $3`,
    [tx.context.county, move.household, move.grid, move.on],
  );
  const stays = ended === 0 && (await isInGrid(tx, move.household));
  if (stays) return;
  await tx.run(
    `insert into lx.grid_household (county, id, division, household, grid, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.context.county, tx.makers.newId(), move.division, move.household, move.grid, move.on, tx.makers.clock()],
  );
};

const isInGrid = async (tx: Tx, household: string): Promise<boolean> =>
  (await tx.first('select 1 as here from lx.grid_household where county = $1 and household = $2 and valid_to is null', [
    tx.context.county,
    household,
  ])) !== undefined;

/** Records where a household's door is; the point before ends on that day. */
export const putPoint = async (
  tx: Tx,
  point: {
    readonly household: string;
    readonly division: string;
    readonly position: Position;
    readonly datum: Datum;
    readonly on: string;
  },
): Promise<string> => {
  const id = tx.makers.newId();
  await tx.run(
    `update lx.household_point set valid_to = greatest($3::date, valid_from) where county = $1 and household = $2 and valid_to is null`,
    [tx.context.county, point.household, point.on],
  );
  await tx.run(
    `insert into lx.household_point (county, id, division, household, longitude, latitude, original_datum, valid_from, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.context.county,
      id,
      point.division,
      point.household,
      point.position[0],
      point.position[1],
      point.datum,
      point.on,
      tx.makers.clock(),
    ],
  );
  return id;
};
