import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { askTable, linesFor, openDesk, tableRows, type Difference, type TableDesk } from './test-pack/ask-tables.js';
import { readMatrix } from './test-pack/matrix.js';
import type { Reach } from './test-pack/askers.js';
import { askPolicies } from './test-pack/ask-policies.js';
import { listMutants, sampleOf, tryMutants } from './test-pack/policy-mutants.js';

const rows = readMatrix();
const matrix = tableRows(rows);
const keyOfLine = (line: string): string => line.split(',').slice(1, 4).join(' ');

describe('the tables do what the access matrix says', () => {
  let database: TestDatabase;
  let desk: TableDesk;
  const differences: Difference[] = [];
  const observed = new Map<string, Map<string, Record<string, Reach>>>();
  beforeAll(async () => {
    database = await testDatabase();
    desk = await openDesk(database.owner);
    const client = await database.owner.connect();
    await client.query('begin');
    for (const table of desk.tables) {
      const found = new Map<string, Record<string, Reach>>();
      differences.push(...(await askTable(client, desk, table, matrix, { observed: found })));
      observed.set(table.name, found);
    }
    await client.query('rollback');
    client.release();
  });
  afterAll(async () => database.drop());

  it('has a line for whatever anybody reaches, and none for a table that is not there', async () => {
    const missing = [...observed].flatMap(([table, found]) =>
      linesFor(table, found).filter((line) => !matrix.has(keyOfLine(line))),
    );
    const known = new Set(desk.tables.map((table) => table.name));
    const gone = rows.filter((row) => row.kind === 'table' && !known.has(row.resource)).map((row) => row.resource);
    expect(
      { missing, gone },
      'Add the missing lines to docs/access/access.matrix.csv if they are what the policy should be; then npm run access -- --print',
    ).toEqual({ missing: [], gone: [] });
  });

  it('lets everybody read, add, change and remove exactly as far as the matrix says', () => {
    expect(differences).toEqual([]);
  });

  it('keeps each policy inside the village by itself, whatever stands before it', async () => {
    const client = await database.owner.connect();
    const found: Difference[] = [];
    try {
      await client.query('begin');
      for (const table of desk.tables) found.push(...(await askPolicies(client, desk, table, matrix)));
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(found).toEqual([]);
  });

  it('goes red for every policy that is dropped or loosened: a seeded sample here, all with npm run access -- --mutants', async () => {
    const mutants = await listMutants(database.owner);
    expect(mutants.length).toBeGreaterThan(400);
    const seed = Number(process.env.LIANXIN_SEED ?? Date.now() % 1_000_000);
    const tried = process.env.LIANXIN_MUTANTS === 'all' ? mutants : sampleOf(mutants, 100, seed);
    const alive = await tryMutants(database.owner, desk, matrix, tried);
    const sample = `policy mutants: ${tried.length - alive.length} of ${tried.length} turn a check red (there are ${mutants.length}; LIANXIN_SEED=${seed} repeats the sample)`;
    console.log(sample);
    expect(alive, sample).toEqual([]);
  }, 180_000);
});
