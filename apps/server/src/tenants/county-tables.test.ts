import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countyTables, leftOut } from './county-tables.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => database.drop());

it('a county’s file holds every table of the schema, or says why not', async () => {
  const owner = await database.owner.connect();
  const carried = (await countyTables(owner)).map((table) => table.name);
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'lx'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  owner.release();
  expect([...carried, ...Object.keys(leftOut)].toSorted()).toEqual(rows.map((row) => row.name).toSorted());
});

it('a table stands behind all that its rows point at', async () => {
  const owner = await database.owner.connect();
  const names = (await countyTables(owner)).map((table) => table.name);
  owner.release();
  for (const [first, second] of [
    ['division', 'body'],
    ['person', 'appointment'],
    ['matter', 'act'],
    ['matter', 'matter_count'],
    ['account', 'credential'],
    ['log_leaf', 'log_private_entry'],
  ] as const)
    expect(names.indexOf(first)).toBeLessThan(names.indexOf(second));
});
