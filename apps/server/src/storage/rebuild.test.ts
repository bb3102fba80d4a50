import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import type { Feature } from '../http/feature.js';
import type { Projection } from './projection.js';
import { rebuild } from './rebuild.js';

const pots: Projection = {
  name: 'pot',
  version: 1,
  key: ['pot'],
  standing: 'select pot, cups::int as cups from pots',
  derived: 'select pot, count(*)::int as cups from pourings group by pot',
};
const potsByDomain: Projection = {
  ...pots,
  name: 'pot-by-domain',
  derived: async function* (read) {
    const cups = new Map<string, number>();
    for (const { pot } of await read<{ pot: string }>('select pot from pourings'))
      cups.set(pot, (cups.get(pot) ?? 0) + 1);
    for (const [pot, count] of cups) yield { pot, cups: count };
  },
};

describe('rebuilding projections from facts', () => {
  let database: TestDatabase;
  const feature: Feature = { name: 'tea', projections: [pots, potsByDomain] };
  beforeAll(async () => {
    database = await testDatabase();
    await database.owner
      .query(`create table public.pourings (pot text); create table public.pots (pot text, cups bigint);
      insert into pourings values ('a'), ('a'), ('b'); insert into pots values ('a', 2), ('b', 1)`);
  });
  afterAll(async () => database.drop());

  const check = async () => {
    const client = await database.owner.connect();
    try {
      return await rebuild(client, [feature], '2026-03-02T00:00:00Z');
    } finally {
      client.release();
    }
  };

  it('finds nothing where the rows are what the facts say, by SQL and by the domain', async () => {
    expect(await check()).toMatchObject([
      { name: 'pot', rows: 2, differing: 0, examples: [] },
      { name: 'pot-by-domain', rows: 2, differing: 0 },
    ]);
  });

  it('finds a wrong row, a missing row and one too many, shows them, and changes nothing', async () => {
    await database.owner.query(`update pots set cups = 3 where pot = 'a'; update pots set pot = 'c' where pot = 'b'`);
    const [report, other] = await check();
    expect(report).toMatchObject({
      differing: 3,
      examples: [
        { key: 'a', standing: { pot: 'a', cups: 3 }, derived: { pot: 'a', cups: 2 } },
        { key: 'c', derived: null },
        { key: 'b', standing: null },
      ],
    });
    expect(other?.differing).toBe(3);
    expect((await database.owner.query('select * from pots order by pot')).rows).toEqual([
      { pot: 'a', cups: 3 },
      { pot: 'c', cups: 1 },
    ]);
    const { rows } = await database.owner.query('select name, differing from lx.projection_state order by name');
    expect(rows).toEqual([
      { name: 'pot', differing: 3 },
      { name: 'pot-by-domain', differing: 3 },
    ]);
  });
});
