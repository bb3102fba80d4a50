import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { connectOwner } from './database.js';
import { migrate, readMigrations, type Migration } from './migrate.js';

const migration = (number: string, sql: string): Migration => ({
  number,
  name: 'tea',
  sql,
  sha256: createHash('sha256').update(sql).digest('hex'),
});

describe('the migrator', () => {
  let database: TestDatabase;
  let shipped: Migration[];
  beforeAll(async () => {
    database = await testDatabase();
    const { rows } = await database.owner.query<{ number: string }>('select number from lx.schema_migration');
    shipped = readMigrations().filter((one) => rows.some((row) => row.number === one.number));
  });
  afterAll(async () => database.drop());

  const apply = async (extra: readonly Migration[]): Promise<string[]> => {
    const client = await connectOwner({ owner: database.ownerConnection });
    try {
      return await migrate(client, [...shipped, ...extra]);
    } finally {
      await client.end();
    }
  };
  const cup = migration(
    '9001',
    `create table lx.cup (id int primary key); alter table lx.cup enable row level security`,
  );

  it('applies what is missing, once, and gives the owner its policy', async () => {
    expect(await apply([])).toEqual([]);
    expect(await apply([cup])).toEqual(['9001_tea']);
    expect(await apply([cup])).toEqual([]);
    const { rows } = await database.owner.query(`select polname from pg_policy where polrelid = 'lx.cup'::regclass`);
    expect(rows).toEqual([{ polname: 'owner' }]);
  });

  it('lets one of two that start together do the work', async () => {
    const pot = migration('9002', 'create table lx.pot (id int primary key); select pg_sleep(0.2)');
    const both = await Promise.all([apply([cup, pot]), apply([cup, pot])]);
    expect(both.flat()).toEqual(['9002_tea']);
  });

  it('leaves nothing of a migration that fails, and names it', async () => {
    const broken = migration('9003', 'create table lx.half (id int); select nonsense');
    const before = migration('9002', 'create table lx.pot (id int primary key); select pg_sleep(0.2)');
    await expect(apply([cup, before, broken])).rejects.toThrow(/migration 9003_tea: column "nonsense"/);
    const { rows } = await database.owner.query(`select to_regclass('lx.half') as half`);
    expect(rows).toEqual([{ half: null }]);
  });

  it('refuses a database whose history is another one', async () => {
    await expect(apply([{ ...cup, sha256: 'other' }])).rejects.toThrow(/has changed since/);
  });

  it('checks a function that names a later table when all tables are there', async () => {
    const calls = migration(
      '9004',
      `create function lx.leaves() returns bigint language sql as 'select count(*) from lx.leaf'`,
    );
    const leaf = migration('9005', 'create table lx.leaf (id int)');
    const before = migration('9002', 'create table lx.pot (id int primary key); select pg_sleep(0.2)');
    await expect(apply([cup, before, calls])).rejects.toThrow(/relation "lx.leaf" does not exist/);
    expect(await apply([cup, before, calls, leaf])).toEqual(['9005_tea']);
  });

  it('refuses two files of one number and a name of another shape', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
    writeFileSync(path.join(folder, '0001_a.sql'), '');
    writeFileSync(path.join(folder, '0001_b.sql'), '');
    expect(() => readMigrations(folder)).toThrow(/two migrations have number 0001/);
    rmSync(path.join(folder, '0001_b.sql'));
    writeFileSync(path.join(folder, 'later.sql'), '');
    expect(() => readMigrations(folder)).toThrow(/not the name of a migration/);
    rmSync(folder, { recursive: true });
  });
});
