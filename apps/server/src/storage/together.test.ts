import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import type { Pool } from 'pg';
import { systemContext } from './context.js';
import { openPool } from './database.js';
import { rowsInContext } from './in-context.js';
import { together, togetherOn } from './together.js';

const county = '431122';
const pour = (cups: number) => ({ text: 'insert into public.pourings (cups) values ($1)', values: [cups] });
const poured = { text: 'select coalesce(sum(cups), 0)::bigint as cups from public.pourings' };

describe('statements that travel together', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    await database.owner.query('create table public.pourings (cups bigint check (cups > 0), at timestamptz)');
    await database.owner.query('grant select, insert on public.pourings to lx_app');
    // One connection, so that what one question leaves behind would be found by the next.
    pool = openPool(database.appConnection, 1, () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const cups = async () => (await togetherOn(pool, [poured]))[0]?.rows;

  it('are answered one by one, the second time from what the connection has prepared', async () => {
    const ask = () =>
      togetherOn(pool, [
        { text: `select $1::bigint as many, null as none, timestamptz '2026-03-02 08:00+08' as at`, values: ['7'] },
        { text: 'update public.pourings set cups = 1 where false' },
        { text: 'select g from generate_series(1, 3) g' },
      ]);
    await expect(ask()).rejects.toThrow(/permission denied/);
    await database.owner.query('grant update on public.pourings to lx_app');
    for (const answers of [await ask(), await ask()])
      expect(answers).toEqual([
        { rows: [{ many: 7, none: null, at: '2026-03-02T00:00:00Z' }], count: 1 },
        { rows: [], count: 0 },
        { rows: [{ g: 1 }, { g: 2 }, { g: 3 }], count: 3 },
      ]);
  });

  it('are one transaction: where one fails, what went before is undone and what follows is not carried out', async () => {
    const before = await cups();
    await expect(togetherOn(pool, [pour(5), pour(-1), pour(8)])).rejects.toMatchObject({ code: '23514' });
    expect(await cups()).toEqual(before);
    await togetherOn(pool, [pour(5), pour(8)]);
    expect(await cups()).toEqual([{ cups: 13 }]);
  });

  it('leave the connection in step after a failure, and after a number too large to be exact', async () => {
    const client = await pool.connect();
    try {
      const late = { text: 'select 1 as late' };
      await expect(together(client, [pour(-1), late])).rejects.toMatchObject({ code: '23514' });
      expect((await together(client, [late]))[0]?.rows).toEqual([{ late: 1 }]);
      const large = { text: 'select 9007199254740993::bigint as many from generate_series(1, 2)' };
      await expect(together(client, [large, late])).rejects.toThrow(RangeError);
      expect((await together(client, [poured]))[0]?.rows).toEqual([{ cups: 13 }]);
    } finally {
      client.release();
    }
  });

  it('end with their context: nothing of role, county and range is left on the connection', async () => {
    const seen = `select current_user as role, current_setting('lx.county', true) as county, pg_backend_pid() as connection`;
    const [inside] = await rowsInContext({ pool }, systemContext(county), seen, []);
    const [after] = (await togetherOn(pool, [{ text: seen }]))[0]?.rows ?? [];
    expect(inside).toMatchObject({ role: 'rt_worker', county });
    expect(after).toMatchObject({ role: 'lx_app', connection: inside?.['connection'] });
    expect(after?.['county'] ?? '').toBe('');
  });
});
