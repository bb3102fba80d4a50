import { everyCapability, made, officeOver, codesIn, registerCounty } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import type { Command } from '../http/command.js';
import { inContext, publicContext } from '../storage/index.js';
import { checkDrawing } from './check-grid-map.js';
import { shapeIn } from './geometry/datum.js';
import type { Position, Shape } from './geometry/plane.js';
import { listChartTasks, postChart } from './post-chart.js';
import { gridMapGeoJson, readGridMap, readPublicCharts } from './read-grid-map.js';
import { listHouseholds } from './read-households.js';
import { saveGridMap } from './save-grid-map.js';
import {
  clerk,
  column,
  division,
  drawing,
  gridVillage,
  keeper,
  neighbour,
  plane,
  square,
  stranger,
  three,
  validFrom,
  villager,
} from './test-pack/grid-village.js';

const town = officeOver(registerCounty.town, everyCapability, 'town');
const { by, count, everything, read, server } = gridVillage({ drawn: false });

describe('a grid map', () => {
  it('is refused with an overlap, a gap, a household outside, by a stranger and by an office without the duty [BZ-54]', async () => {
    const before = await everything();
    const save = (actor: Command['actor'], grids = three) => saveGridMap(server().deps, by(actor, drawing(grids, 0)));
    expect(codesIn(await save(neighbour))).toEqual(['not-found']);
    expect(codesIn(await save(villager))).toEqual(['not-found']);
    expect(codesIn(await save(clerk))).toEqual(['capability-missing']);
    const wide = [column('001', 0, 320), ...three.slice(1)];
    const overlap = await save(keeper, wide);
    expect('faults' in overlap ? overlap.faults : []).toEqual([
      expect.objectContaining({
        code: 'grid-overlap',
        params: expect.objectContaining({ one: '第001网格', other: '第002网格' }),
      }),
    ]);
    expect(codesIn(await save(keeper, three.slice(0, 2)))).toEqual(['grid-gap', 'household-outside-grids']);
    expect(codesIn(await save(keeper, [...three, column('003', 0, 10)]))).toEqual(['already-exists']);
    expect(await everything()).toEqual(before);
  });

  it('says while it is drawn what is wrong and what would cure it, and saves nothing', async () => {
    const before = await everything();
    const grids = [column('001', 0, 290), ...three.slice(1)];
    const found = await read(keeper, (tx) => checkDrawing(server().deps, tx, division, drawing(grids, 0), 'zh-CN'));
    if (!found.ok) throw new Error('refused');
    expect(found.value.pieces).toEqual([
      expect.objectContaining({ kind: 'gap', squareMetres: 9000, grids: ['001', '002'] }),
    ]);
    const cure = found.value.pieces[0]?.cure;
    const cured = grids.map((grid) =>
      grid.code === cure?.code ? { ...grid, shape: cure.shape as unknown as Shape } : grid,
    );
    const again = await read(keeper, (tx) => checkDrawing(server().deps, tx, division, drawing(cured, 0), 'zh-CN'));
    expect(again).toMatchObject({ ok: true, value: { sound: true, pieces: [] } });
    expect(
      await read(neighbour, (tx) => checkDrawing(server().deps, tx, division, drawing(grids, 0), 'zh-CN')),
    ).toMatchObject({ ok: false });
    expect(await everything()).toEqual(before);
  });

  it('puts every household with a door into exactly one grid, with one grid worker, and warns of uneven loads [DY-59]', async () => {
    made(await saveGridMap(server().deps, by(keeper, drawing([column('001', 0, 720), column('002', 720, 900)], 0))));
    expect(await count('grid_household', 'valid_to is null')).toBe(290);
    const { rows } = await server().database.owner.query(
      `select count(*)::int as n from (select household from lx.grid_household where valid_to is null group by household having count(*) <> 1) twice`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    await server().database.owner.query(
      `insert into lx.duty_contact (county, id, division, grid, name, duty, office_phone, published_day, valid_from, recorded_at)
       select county, gen_random_uuid(), division, id, '茶网格长' || code, '网格长', '0746-123', '2026-03-02', '2026-03-02', now() from lx.grid`,
    );
    const list = await read(keeper, (tx) => listHouseholds(tx, { division }));
    if (!list.ok) throw new Error('refused');
    expect(list.value.households.every((row) => row.worker !== null || row.grid === null)).toBe(true);
    const view = await read(keeper, (tx) => readGridMap(server().deps, tx, { division }));
    if (!view.ok) throw new Error('refused');
    // Of 290 the even share is 145; one and a half times that is 217.
    expect(view.value.loads.map((load) => [load.code, load.households, load.tooMany])).toEqual([
      ['001', 236, true],
      ['002', 54, false],
    ]);
    expect(view.value).toMatchObject({ unlocated: 10, tolerance: 10, unevenLoad: 1.5, map: { number: 1 } });
    expect(view.value.map?.grids[0]).toMatchObject({ worker: '茶网格长001', squareMetres: 648_000 });
  });

  it('is one of many versions: whoever changed an old one is told, and a household moves with its grid', async () => {
    const stale = await saveGridMap(server().deps, by(keeper, drawing(three, 0)));
    expect(codesIn(stale)).toEqual(['stale-version']);
    made(await saveGridMap(server().deps, by(keeper, drawing(three, 1))));
    const view = await read(keeper, (tx) => readGridMap(server().deps, tx, { division }));
    if (!view.ok) throw new Error('refused');
    expect(view.value.loads.map((load) => load.households)).toEqual([100, 100, 90]);
    expect(view.value.versions.map((version) => version.number)).toEqual([2, 1]);
    const older = await read(keeper, (tx) => readGridMap(server().deps, tx, { division, number: 1 }));
    expect(older).toMatchObject({ ok: true, value: { map: { number: 1, grids: [{ code: '001' }, { code: '002' }] } } });
  });

  it('comes in and goes out in GCJ-02 when that is said, and is the same map in WGS-84', async () => {
    const gcj = (area: Shape) => shapeIn(area, 'gcj-02');
    const given = drawing(
      three.map((grid) => ({ ...grid, shape: gcj(grid.shape) })),
      2,
    );
    made(await saveGridMap(server().deps, by(keeper, { ...given, datum: 'gcj-02', boundary: gcj(square) as never })));
    const view = await read(keeper, (tx) => readGridMap(server().deps, tx, { division }));
    if (!view.ok || view.value.map === null) throw new Error('refused');
    const [x, y] = plane.toMetres(view.value.map.boundary[0]?.[0]?.[1] as unknown as Position);
    expect(Math.hypot(x - 900, y)).toBeLessThan(0.5);
    const out = gridMapGeoJson(view.value, 'wgs-84');
    expect(out.features.map((feature) => feature.properties.kind)).toEqual(['boundary', 'grid', 'grid', 'grid']);
  });
});

describe('the two charts', () => {
  it('leave a village an open task until the newest version is posted on board and portal [DY-60]', async () => {
    const tasks = async (actor = town, of: string = registerCounty.town) => {
      const found = await read(actor, (tx) => listChartTasks(tx, of));
      return found.ok ? found.value.map((task) => [task.division, task.number, task.toPost.length]) : found.faults;
    };
    const postAll = async (): Promise<void> => {
      const view = await read(keeper, (tx) => readGridMap(server().deps, tx, { division }));
      if (!view.ok) throw new Error('refused');
      for (const one of view.value.toPost)
        made(await postChart(server().deps, by(keeper, { id: view.value.map?.id ?? '', ...one, on: validFrom })));
    };
    expect(await tasks()).toEqual([[division, 3, 4]]);
    expect(
      (await read({ ...stranger, context: publicContext(division) }, (tx) => readPublicCharts(tx, division))).map,
    ).toBeNull();
    await postAll();
    expect(await tasks()).toEqual([]);
    // A boundary is changed: the portal still shows the earlier map, so the village has an open task.
    made(
      await saveGridMap(
        server().deps,
        by(keeper, drawing([column('001', 0, 310), column('002', 310, 600), column('003', 600, 900)], 3)),
      ),
    );
    const open = await inContext(server().deps, publicContext(division), (tx) => readPublicCharts(tx, division));
    expect(open.map?.number).toBe(3);
    expect(open.map?.grids.map((grid) => grid.worker)).toEqual(['茶网格长001', '茶网格长002', null]);
    expect(JSON.stringify(open)).not.toContain('号');
    expect(await tasks()).toEqual([[division, 4, 4]]);
    await postAll();
    expect(await tasks()).toEqual([]);
    expect(
      (await inContext(server().deps, publicContext(division), (tx) => readPublicCharts(tx, division))).map?.number,
    ).toBe(4);
  });

  it('are posted once, in the newest version, by an office with the duty', async () => {
    const { rows } = await server().database.owner.query<{ id: string; number: number }>(
      'select id, number from lx.grid_map order by number',
    );
    const before = await everything();
    const post = (actor: Command['actor'], id: string | undefined) =>
      postChart(
        server().deps,
        by(actor, { id: id ?? '', chart: 'grid-map' as const, channel: 'board' as const, on: validFrom }),
      );
    const newest = rows.at(-1)?.id;
    expect(codesIn(await post(neighbour, newest))).toEqual(['not-found']);
    expect(codesIn(await post(clerk, newest))).toEqual(['capability-missing']);
    expect(codesIn(await post(keeper, rows[0]?.id))).toEqual(['stale-version']);
    expect(codesIn(await post(keeper, newest))).toEqual(['already-done']);
    expect(await everything()).toEqual(before);
  });
});
