import type { CardContent, GridMapInput, HouseholdImport } from '@lianxin/contract';
import {
  addPerson,
  addRegisterCounty,
  everyCapability,
  idOf,
  officeOver,
  registerCounty,
  residentOf,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../access/index.js';
import type { Answer, Command } from '../http/command.js';
import { readSheet, sheetOf } from '../sheets/index.js';
import { inContext, publicContext } from '../storage/index.js';
import { checkDrawing } from './check-grid-map.js';
import { shapeIn } from './geometry/datum.js';
import { planeAround, type Position, type Shape } from './geometry/plane.js';
import { cardsToPrint, correctCard, issueCard, readCard, readOwnCards, withdrawCard } from './household-card.js';
import { householdTemplate, importHouseholds } from './import-households.js';
import { locateHousehold } from './locate-household.js';
import { listChartTasks, postChart } from './post-chart.js';
import { gridMapGeoJson, readGridMap, readPublicCharts } from './read-grid-map.js';
import { cardReport, householdsSheet, listHouseholds } from './read-households.js';
import { saveGridMap } from './save-grid-map.js';

const division = villageOf(1);
const keeper = officeOver(division, everyCapability);
const town = officeOver(registerCounty.town, everyCapability, 'town');
const neighbour = officeOver(villageOf(2), everyCapability, 'neighbour');
const clerk = officeOver(division, [], 'clerk');
const villager = residentOf(division, '户主');
const stranger = residentOf(division, '路人');
const plane = planeAround([111.3, 26.4]);
const validFrom = '2026-03-02';

let server: TestServer;
let commands = 0;
const by = <Input>(actor: Command['actor'], input: Input) => ({ actor, commandId: `place-${(commands += 1)}`, input });
const made = (answer: Answer): { id: string } => {
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return answer.body as { id: string };
};
const codesOf = (answer: Answer): string[] => ('faults' in answer ? answer.faults.map((one) => one.code) : []);
const read = <T>(actor: Command['actor'], work: Parameters<typeof inContext<T>>[2]) =>
  inContext(server.deps, actor.context, work);
const asSession = (actor: Command['actor']) => ({ ...actor, office: null, session: null }) as unknown as SessionActor;
const count = async (table: string, where = 'true'): Promise<number> =>
  Number(
    (await server.database.owner.query<{ n: string }>(`select count(*)::text as n from lx.${table} where ${where}`))
      .rows[0]?.n,
  );
/** Every table this feature writes: a refusal leaves all of them as they were. */
const tables = [
  'grid_map',
  'grid_shape',
  'grid',
  'chart_posting',
  'household_point',
  'grid_household',
  'household_card',
  'household_card_entry',
  'household',
  'journal_entry',
];
const everything = async (): Promise<number[]> => {
  const counts: number[] = [];
  for (const table of tables) counts.push(await count(table));
  return counts;
};

const shape = (...points: readonly (readonly [number, number])[]): Shape => {
  const ring = points.map(plane.toDegrees);
  return [[[...ring, ring[0] as Position]]];
};
const square = shape([0, 0], [900, 0], [900, 900], [0, 900]);
const column = (code: string, from: number, to: number) => ({
  code,
  name: `第${code}网格`,
  shape: shape([from, 0], [to, 0], [to, 900], [from, 900]),
});
const drawing = (grids: readonly { code: string; name: string; shape: Shape }[], base: number) =>
  ({
    division,
    datum: 'wgs-84',
    boundary: square,
    grids,
    base,
    flow: ['群众说', '网格长收', '村里办', '答复本人'],
    validFrom,
  }) as unknown as GridMapInput & { division: string };
const three = [column('001', 0, 300), column('002', 300, 600), column('003', 600, 900)];

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const { owner } = server.database;
  await addRegisterCounty(owner, 2);
  await owner.query(
    `insert into lx.household (county, id, division, label, valid_from, recorded_at)
     select $1, ('00000001-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $2, n || '号', '2020-01-01', now() from generate_series(1, 300) n`,
    [registerCounty.county, division],
  );
  // Doors stand in a net of thirty by ten; the last of each row is left without a place.
  await owner.query(
    `insert into lx.household_point (county, id, division, household, longitude, latitude, original_datum, valid_from, recorded_at)
     select $1, gen_random_uuid(), $2, ('00000001-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, p.x, p.y, 'wgs-84', '2020-01-01', now()
     from json_to_recordset($3::json) as p (n int, x float, y float)`,
    [
      registerCounty.county,
      division,
      JSON.stringify(
        Array.from({ length: 290 }, (_, at) => {
          const [x, y] = plane.toDegrees([15 + 30 * (at % 30), 20 + 80 * Math.floor(at / 30)]);
          return { n: at + 1, x, y };
        }),
      ),
    ],
  );
  await addPerson(owner, '户主', division);
  await owner.query(
    `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, '2020-01-01', now())`,
    [registerCounty.county, household(1), idOf('户主'), division],
  );
});
afterAll(() => server.close());

const household = (number: number): string => `00000001-0000-7000-8000-${String(number).padStart(12, '0')}`;

describe('a grid map', () => {
  it('is refused with an overlap, a gap, a household outside, by a stranger and by an office without the duty [BZ-54]', async () => {
    const before = await everything();
    const save = (actor: Command['actor'], grids = three) => saveGridMap(server.deps, by(actor, drawing(grids, 0)));
    expect(codesOf(await save(neighbour))).toEqual(['not-found']);
    expect(codesOf(await save(villager))).toEqual(['not-found']);
    expect(codesOf(await save(clerk))).toEqual(['capability-missing']);
    const wide = [column('001', 0, 320), ...three.slice(1)];
    const overlap = await save(keeper, wide);
    expect('faults' in overlap ? overlap.faults : []).toEqual([
      expect.objectContaining({
        code: 'grid-overlap',
        params: expect.objectContaining({ one: '第001网格', other: '第002网格' }),
      }),
    ]);
    expect(codesOf(await save(keeper, three.slice(0, 2)))).toEqual(['grid-gap', 'household-outside-grids']);
    expect(codesOf(await save(keeper, [...three, column('003', 0, 10)]))).toEqual(['already-exists']);
    expect(await everything()).toEqual(before);
  });

  it('says while it is drawn what is wrong and what would cure it, and saves nothing', async () => {
    const before = await everything();
    const grids = [column('001', 0, 290), ...three.slice(1)];
    const found = await read(keeper, (tx) => checkDrawing(server.deps, tx, division, drawing(grids, 0), 'zh-CN'));
    if (!found.ok) throw new Error('refused');
    expect(found.value.pieces).toEqual([
      expect.objectContaining({ kind: 'gap', squareMetres: 9000, grids: ['001', '002'] }),
    ]);
    const cure = found.value.pieces[0]?.cure;
    const cured = grids.map((grid) =>
      grid.code === cure?.code ? { ...grid, shape: cure.shape as unknown as Shape } : grid,
    );
    const again = await read(keeper, (tx) => checkDrawing(server.deps, tx, division, drawing(cured, 0), 'zh-CN'));
    expect(again).toMatchObject({ ok: true, value: { sound: true, pieces: [] } });
    expect(
      await read(neighbour, (tx) => checkDrawing(server.deps, tx, division, drawing(grids, 0), 'zh-CN')),
    ).toMatchObject({ ok: false });
    expect(await everything()).toEqual(before);
  });

  it('puts every household with a door into exactly one grid, with one grid worker, and warns of uneven loads [DY-59]', async () => {
    made(await saveGridMap(server.deps, by(keeper, drawing([column('001', 0, 720), column('002', 720, 900)], 0))));
    expect(await count('grid_household', 'valid_to is null')).toBe(290);
    const { rows } = await server.database.owner.query(
      `select count(*)::int as n from (select household from lx.grid_household where valid_to is null group by household having count(*) <> 1) twice`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    await server.database.owner.query(
      `insert into lx.duty_contact (county, id, division, grid, name, duty, office_phone, published_day, valid_from, recorded_at)
       select county, gen_random_uuid(), division, id, '茶网格长' || code, '网格长', '0746-123', '2026-03-02', '2026-03-02', now() from lx.grid`,
    );
    const list = await read(keeper, (tx) => listHouseholds(tx, { division }));
    if (!list.ok) throw new Error('refused');
    expect(list.value.households.every((row) => row.worker !== null || row.grid === null)).toBe(true);
    const view = await read(keeper, (tx) => readGridMap(server.deps, tx, { division }));
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
    const stale = await saveGridMap(server.deps, by(keeper, drawing(three, 0)));
    expect(codesOf(stale)).toEqual(['stale-version']);
    made(await saveGridMap(server.deps, by(keeper, drawing(three, 1))));
    const view = await read(keeper, (tx) => readGridMap(server.deps, tx, { division }));
    if (!view.ok) throw new Error('refused');
    expect(view.value.loads.map((load) => load.households)).toEqual([100, 100, 90]);
    expect(view.value.versions.map((version) => version.number)).toEqual([2, 1]);
    const older = await read(keeper, (tx) => readGridMap(server.deps, tx, { division, number: 1 }));
    expect(older).toMatchObject({ ok: true, value: { map: { number: 1, grids: [{ code: '001' }, { code: '002' }] } } });
  });

  it('comes in and goes out in GCJ-02 when that is said, and is the same map in WGS-84', async () => {
    const gcj = (area: Shape) => shapeIn(area, 'gcj-02');
    const given = drawing(
      three.map((grid) => ({ ...grid, shape: gcj(grid.shape) })),
      2,
    );
    made(await saveGridMap(server.deps, by(keeper, { ...given, datum: 'gcj-02', boundary: gcj(square) as never })));
    const view = await read(keeper, (tx) => readGridMap(server.deps, tx, { division }));
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
      const view = await read(keeper, (tx) => readGridMap(server.deps, tx, { division }));
      if (!view.ok) throw new Error('refused');
      for (const one of view.value.toPost)
        made(await postChart(server.deps, by(keeper, { id: view.value.map?.id ?? '', ...one, on: validFrom })));
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
        server.deps,
        by(keeper, drawing([column('001', 0, 310), column('002', 310, 600), column('003', 600, 900)], 3)),
      ),
    );
    const open = await inContext(server.deps, publicContext(division), (tx) => readPublicCharts(tx, division));
    expect(open.map?.number).toBe(3);
    expect(open.map?.grids.map((grid) => grid.worker)).toEqual(['茶网格长001', '茶网格长002', null]);
    expect(JSON.stringify(open)).not.toContain('号');
    expect(await tasks()).toEqual([[division, 4, 4]]);
    await postAll();
    expect(await tasks()).toEqual([]);
    expect(
      (await inContext(server.deps, publicContext(division), (tx) => readPublicCharts(tx, division))).map?.number,
    ).toBe(4);
  });

  it('are posted once, in the newest version, by an office with the duty', async () => {
    const { rows } = await server.database.owner.query<{ id: string; number: number }>(
      'select id, number from lx.grid_map order by number',
    );
    const before = await everything();
    const post = (actor: Command['actor'], id: string | undefined) =>
      postChart(
        server.deps,
        by(actor, { id: id ?? '', chart: 'grid-map' as const, channel: 'board' as const, on: validFrom }),
      );
    const newest = rows.at(-1)?.id;
    expect(codesOf(await post(neighbour, newest))).toEqual(['not-found']);
    expect(codesOf(await post(clerk, newest))).toEqual(['capability-missing']);
    expect(codesOf(await post(keeper, rows[0]?.id))).toEqual(['stale-version']);
    expect(codesOf(await post(keeper, newest))).toEqual(['already-done']);
    expect(await everything()).toEqual(before);
  });
});

const content: CardContent = {
  staff: [{ name: '茶网格长001', duty: '网格长', phone: '0746-123' }],
  channels: [{ kind: 'phone', value: '0746-123' }],
  needs: [{ text: '院里水泵要修', expressedOn: '2026-03-01' }],
};

describe('contact cards', () => {
  it('are one for each household: 290 of 300 are reported, and a second for one household is refused [DY-63]', async () => {
    for (let number = 1; number <= 290; number += 1) {
      const issued = await issueCard(
        server.deps,
        by(keeper, { id: household(number), ...content, issuedOn: validFrom }),
      );
      if (issued.status !== 201) throw new Error(JSON.stringify(issued));
    }
    const report = await read(keeper, (tx) => cardReport(tx, division));
    if (!report.ok) throw new Error('refused');
    expect(`${report.value.cards}/${report.value.households}`).toBe('290/300');
    expect(report.value.without.map((one) => one.label)).toContain('300号');
    const second = await issueCard(server.deps, by(keeper, { id: household(1), ...content, issuedOn: validFrom }));
    expect('faults' in second ? second.faults : []).toEqual([
      expect.objectContaining({ code: 'household-has-card', params: { issuedOn: validFrom } }),
    ]);
    const without = await read(keeper, (tx) => listHouseholds(tx, { division, card: 'without' }));
    expect(without).toMatchObject({ ok: true, value: { households: { length: 10 } } });
  });

  it('are refused to strangers, to offices without the duty, and to words that are no need; nothing changes', async () => {
    const before = await everything();
    const issue = (actor: Command['actor'], more: Partial<CardContent> = {}) =>
      issueCard(server.deps, by(actor, { id: household(300), ...content, ...more, issuedOn: validFrom }));
    expect(codesOf(await issue(neighbour))).toEqual(['not-found']);
    expect(codesOf(await issue(villager))).toEqual(['not-found']);
    expect(codesOf(await issue(clerk))).toEqual(['capability-missing']);
    expect(codesOf(await issue(keeper, { needs: [{ text: '这家人信教', expressedOn: validFrom }] }))).toEqual([
      'note-not-a-need',
    ]);
    expect(await everything()).toEqual(before);
    expect(await read(clerk, (tx) => readCard(tx, asSession(clerk), household(1)))).toMatchObject({ ok: false });
    expect(await read(neighbour, (tx) => readCard(tx, asSession(neighbour), household(1)))).toMatchObject({
      ok: false,
    });
    expect(await count('access_log')).toBe(0);
  });

  it('are read by an office with a line in the access log, and printed by grid [DY-63]', async () => {
    const card = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)));
    expect(card).toMatchObject({
      ok: true,
      value: { label: '1号', content, entries: [{ number: 1, enteredBy: 'office' }] },
    });
    const { rows } = await server.database.owner.query<{ id: string }>(
      `select id from lx.grid where code = '001' and valid_to is null`,
    );
    const printed = await read(keeper, (tx) => cardsToPrint(tx, asSession(keeper), { division, grid: rows[0]?.id }));
    expect(printed).toMatchObject({ ok: true });
    expect(printed.ok && printed.value.every((one) => one.gridName === '第001网格')).toBe(true);
    const log = await server.database.owner.query('select what, subject from lx.access_log order by id');
    expect(log.rows).toEqual([
      { what: 'household-card', subject: household(1) },
      { what: 'household-card', subject: null },
    ]);
  });

  it('corrected on an older entry are merged field by field; the same field twice is refused until a person has chosen [DY-63]', async () => {
    const seen = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(2)));
    if (!seen.ok || seen.value === null) throw new Error('no card');
    const { id } = seen.value;
    const correct = (actor: Command['actor'], base: number, more: Partial<CardContent>) =>
      correctCard(server.deps, by(actor, { id, base, ...content, ...more }));
    const staff = (phone: string) => [{ name: '茶网格长001', duty: '网格长', phone }];
    const need = { text: '要一根拐杖', expressedOn: '2026-03-02' };
    made(await correct(keeper, 1, { staff: staff('0746-456') }));
    // Written on the same first entry, without signal: another field, and it sends all the rest as it was.
    made(await correct(keeper, 1, { needs: [...content.needs, need] }));
    const merged = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(2)));
    expect(merged).toMatchObject({
      value: { content: { staff: staff('0746-456'), needs: [...content.needs, need] }, entries: { length: 3 } },
    });
    const before = await everything();
    const refused = await correct(keeper, 1, { staff: staff('0746-789') });
    expect('faults' in refused ? refused.faults : []).toEqual([
      expect.objectContaining({ code: 'card-changed-twice', params: { count: 1, now: 3 } }),
    ]);
    expect(codesOf(await correct(keeper, 9, {}))).toEqual(['not-found']);
    expect(codesOf(await correct(clerk, 3, {}))).toEqual(['capability-missing']);
    expect(codesOf(await correct(villager, 3, {}))).toEqual(['not-found']);
    expect(await everything()).toEqual(before);
    made(await correct(keeper, 3, { staff: staff('0746-789'), needs: [...content.needs, need] }));
  });

  it('are the household’s to see, correct and withdraw; then no office reads them, and another may be issued [DY-63]', async () => {
    const [own] = await read(villager, readOwnCards);
    expect(own).toMatchObject({ label: '1号', content: { needs: [{ text: '院里水泵要修' }] } });
    expect(await read(stranger, readOwnCards)).toEqual([]);
    const id = own?.id ?? '';
    const corrected = { ...content, needs: [], base: 1 };
    expect(codesOf(await correctCard(server.deps, by(stranger, { id, ...corrected })))).toEqual(['not-found']);
    made(await correctCard(server.deps, by(villager, { id, ...corrected })));
    const seen = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)));
    expect(seen).toMatchObject({
      ok: true,
      value: { content: { needs: [] }, entries: [{}, { enteredBy: 'household' }] },
    });
    expect(codesOf(await withdrawCard(server.deps, by(stranger, { id, on: validFrom })))).toEqual(['not-found']);
    expect(codesOf(await withdrawCard(server.deps, by(clerk, { id, on: validFrom })))).toEqual(['capability-missing']);
    made(await withdrawCard(server.deps, by(villager, { id, on: validFrom })));
    expect(await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)))).toEqual({
      ok: true,
      value: null,
    });
    expect(await read(keeper, (tx) => tx.rows('select 1 from lx.household_card_entry where card = $1', [id]))).toEqual(
      [],
    );
    expect(codesOf(await correctCard(server.deps, by(keeper, { id, ...content, base: 2 })))).toEqual([
      'card-withdrawn',
    ]);
    made(await issueCard(server.deps, by(keeper, { id: household(1), ...content, issuedOn: validFrom })));
  });
});

describe('households on the map', () => {
  it('are moved by an office with the duty, into the grid that holds the door; a door outside is refused', async () => {
    const before = await everything();
    const locate = (actor: Command['actor'], point: readonly [number, number]) => {
      const [longitude, latitude] = plane.toDegrees(point);
      return locateHousehold(
        server.deps,
        by(actor, { id: household(300), longitude, latitude, datum: 'wgs-84' as const, validFrom }),
      );
    };
    expect(codesOf(await locate(neighbour, [700, 10]))).toEqual(['not-found']);
    expect(codesOf(await locate(clerk, [700, 10]))).toEqual(['capability-missing']);
    expect(codesOf(await locate(keeper, [950, 10]))).toEqual(['household-outside-grids']);
    expect(await everything()).toEqual(before);
    made(await locate(keeper, [700, 10]));
    const found = await read(keeper, (tx) => listHouseholds(tx, { division, label: '300号' }));
    expect(found).toMatchObject({ ok: true, value: { households: [{ gridName: '第003网格', located: true }] } });
  });

  it('come in from a sheet, all rows or none, with a report by row', async () => {
    const sheet = (rows: readonly (readonly (string | number | null)[])[]) =>
      sheetOf(
        '住户',
        ['门牌', '网格代码', '经度', '纬度'].map((title, at) => ({
          title,
          value: (row: (typeof rows)[number]) => row[at] ?? null,
        })),
        rows,
      );
    const send = async (
      actor: Command['actor'],
      rows: readonly (readonly (string | number | null)[])[],
      dryRun = false,
    ) =>
      importHouseholds(
        server.deps,
        by(actor, { division, datum: 'wgs-84' as const, dryRun, bytes: await sheet(rows) }),
        'zh-CN',
      );
    const [x, y] = plane.toDegrees([100, 100]);
    const good = [['新一号', '003', null, null], ['新二号', null, x, y]] as const; // prettier-ignore
    const before = await everything();
    expect(codesOf(await send(neighbour, good))).toEqual(['not-found']);
    expect(codesOf(await send(clerk, good))).toEqual(['capability-missing']);
    const bad = await send(keeper, [...good, ['5号', '009', 0, 0]]);
    expect('body' in bad ? (bad.body as HouseholdImport) : null).toMatchObject({
      imported: 0,
      problems: [
        { row: 4, column: '门牌' },
        { row: 4, column: '网格代码' },
        { row: 4, column: '经度' },
      ],
    });
    expect((await send(keeper, good, true)).status).toBe(200);
    expect(await everything()).toEqual(before);
    expect((await send(keeper, good)).status).toBe(201);
    const out = await read(keeper, (tx) => householdsSheet(tx, { division, label: '新' }));
    if (!out.ok) throw new Error('refused');
    expect((await readSheet(out.value, 10))?.rows.map((row) => row.slice(1, 3))).toEqual([
      ['新一号', '第003网格'],
      ['新二号', '第001网格'],
    ]);
    expect((await readSheet(await householdTemplate(), 10))?.head).toEqual(['门牌', '网格代码', '经度', '纬度']);
  });
});
