import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { countyDate } from '@lianxin/domain';
import { readDemonstration } from '@lianxin/pack-reader';
import type { Deps } from '../deps.js';
import { gridFinder } from './geometry/find-grid.js';
import { areaOf, flatten, planeAround, type Position, type Shape } from './geometry/plane.js';
import type { OwnerDb } from './succession/succession.store.js';

/** Where the made-up village lies: a round position, not that of the place whose name it carries. */
const corner: Position = [111.3, 26.4];
const plane = planeAround(corner);

type Corner = readonly [x: number, y: number];
const shapeOf = (points: readonly Corner[]): Shape => {
  const ring = points.map(plane.toDegrees);
  const [first] = ring;
  return first === undefined ? [] : [[[...ring, first]]];
};

/** A brook through the middle: both grids share every corner of it. */
const brook: readonly Corner[] = [
  [640, -40],
  [600, 260],
  [720, 520],
  [660, 900],
];
const west: readonly Corner[] = [[580, 940], [120, 860], [-60, 480], [0, 0]]; // prettier-ignore
const east: readonly Corner[] = [[700, 960], [1220, 840], [1340, 420], [1180, 20]]; // prettier-ignore
const boundary = shapeOf([...west, brook[0] ?? [0, 0], ...east.toReversed(), brook[3] ?? [0, 0]]);
const shapes: readonly Shape[] = [shapeOf([...west, ...brook]), shapeOf([...brook, ...east])];
const doors: readonly Corner[] = [[300, 300], [860, 340], [960, 640]]; // prettier-ignore

const flow = [
  '群众把事告诉网格长，或者扫码',
  '网格长当天登记，能办的当场办',
  '办不了的报村里，村里受理并告知时限',
  '村里解决不了的报乡镇',
  '办完答复本人，由本人确认和评价',
];

/**
 * Draws the grids of one village of the demonstration 演示村网格 and gives its households doors and, but for one, cards. Shapes and
 * places are made up and marked so; a database that has a grid map is left as it is.
 */
export const seedGrids = async (deps: Pick<Deps, 'clock' | 'newId' | 'config'>, owner: OwnerDb): Promise<void> => {
  const folder = path.join(deps.config.packs, 'demo-county');
  if (!existsSync(folder)) return;
  const division = readDemonstration(folder).divisions.counties[0]?.townships.find((one) => one.villages.length > 0)
    ?.villages[0]?.code;
  const { rows: drawn } = await owner.query('select 1 from lx.grid_map limit 1');
  if (division === undefined || drawn.length > 0) return;
  const county = division.slice(0, 6);
  const at = deps.clock();
  const on = countyDate(at);
  const { rows: grids } = await owner.query<{ id: string; code: string; name: string; leader: string | null }>(
    `select g.id, g.code, g.name, c.name as leader from lx.grid g
     left join lx.duty_contact c on c.county = g.county and c.grid = g.id and c.valid_to is null
     where g.county = $1 and g.division = $2 and g.valid_to is null order by g.code limit 2`,
    [county, division],
  );
  if (grids.length !== shapes.length) return;
  await owner.query('begin');
  try {
    const map = deps.newId();
    await owner.query(
      `insert into lx.grid_map (county, id, division, number, boundary, flow, original_datum, valid_from, made_up, recorded_at)
       values ($1, $2, $3, 1, $4::jsonb, $5::jsonb, 'wgs-84', $6, true, $7)`,
      [county, map, division, JSON.stringify(boundary), JSON.stringify(flow), on, at],
    );
    for (const [index, grid] of grids.entries()) {
      const shape = shapes[index] ?? [];
      await owner.query(
        `insert into lx.grid_shape (county, map, grid, division, name, shape, square_metres, recorded_at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
        [
          county,
          map,
          grid.id,
          division,
          grid.name,
          JSON.stringify(shape),
          Math.round(areaOf(flatten(plane, shape))),
          at,
        ],
      );
    }
    for (const [chart, channel] of [
      ['grid-map', 'board'],
      ['grid-map', 'portal'],
      ['service-flow', 'board'],
      ['service-flow', 'portal'],
    ]) {
      await owner.query(
        `insert into lx.chart_posting (county, map, chart, channel, division, posted_on, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [county, map, chart, channel, division, on, at],
      );
    }
    const find = gridFinder(
      boundary,
      grids.map((grid, index) => ({ ...grid, shape: shapes[index] ?? [] })),
    );
    const { rows: households } = await owner.query<{ id: string }>(
      `select id from lx.household where county = $1 and division = $2 and valid_to is null order by id limit 3`,
      [county, division],
    );
    for (const [index, { id }] of households.entries()) {
      const [longitude, latitude] = plane.toDegrees(doors[index] ?? [300, 300]);
      const grid = grids.find((one) => one.code === find([longitude, latitude]));
      await owner.query(
        `insert into lx.household_point (county, id, division, household, longitude, latitude, original_datum, valid_from, recorded_at)
         values ($1, $2, $3, $4, $5, $6, 'wgs-84', $7, $8)`,
        [county, deps.newId(), division, id, longitude, latitude, on, at],
      );
      if (grid === undefined) continue;
      await owner.query(
        `insert into lx.grid_household (county, id, division, household, grid, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [county, deps.newId(), division, id, grid.id, on, at],
      );
      if (index === 2) continue;
      const card = deps.newId();
      await owner.query(
        `insert into lx.household_card (county, id, division, household, issued_on, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
        [county, card, division, id, on, at],
      );
      await owner.query(
        `insert into lx.household_card_entry (county, card, number, division, staff, channels, needs, entered_by, recorded_at)
         values ($1, $2, 1, $3, $4::jsonb, $5::jsonb, '[]', 'office', $6)`,
        [
          county,
          card,
          division,
          JSON.stringify([{ name: grid.leader ?? '网格长', duty: '网格长' }]),
          JSON.stringify([
            { kind: 'visit', value: '每月上门一次' },
            { kind: 'portal', value: '扫门口的二维码' },
          ]),
          at,
        ],
      );
    }
    await owner.query(
      `insert into lx.journal_entry (county, id, kind, division, pub, private, seed, leaf, recorded_at)
       values ($1, $2, 'record.change', $3, '{}', $4, $5, 'private-day', $6)`,
      [
        county,
        deps.newId(),
        division,
        JSON.stringify({ table: 'grid_map', id: map, what: 'demonstration' }),
        randomBytes(16),
        at,
      ],
    );
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
};
