import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { teaCounty, testServer, type TestServer } from '@lianxin/testkit/database';
import { inContext } from '../storage/in-context.js';
import { systemContext } from '../storage/context.js';
import type { Effect, EffectHandler } from './handler.js';
import { startJobs } from './jobs.js';
import { queueEffect } from './queue.js';
import { carryOutDue, startEffects } from './worker.js';

const division = teaCounty.divisions.upper;

describe('effects', () => {
  let server: TestServer;
  const done: Effect[] = [];
  const tell: EffectHandler = {
    effect: 'tell',
    carryOut: async (_deps, effect) => {
      done.push(effect);
    },
  };
  const fail: EffectHandler = {
    effect: 'fail',
    carryOut: async () => {
      throw new Error('the line is busy');
    },
  };

  beforeAll(async () => {
    server = await testServer({ features: [] });
  });
  afterAll(async () => server.close());
  beforeEach(async () => {
    done.length = 0;
    await server.database.owner.query('delete from lx.outbox');
  });

  const queue = async (effect: string, notBefore?: string) =>
    inContext(server.deps, systemContext(teaCounty.county), async (tx) =>
      queueEffect(tx, { effect, division, payload: { n: 1 }, notBefore }),
    );
  const rows = async () => (await server.database.owner.query('select * from lx.outbox order by id')).rows;

  it('are carried out once each and marked', async () => {
    await queue('tell');
    await queue('tell');
    expect(await carryOutDue(server.deps, [tell])).toBe(2);
    expect(await carryOutDue(server.deps, [tell])).toBe(0);
    expect(done.map((effect) => effect.payload)).toEqual([{ n: 1 }, { n: 1 }]);
    expect((await rows()).every((row) => row.done_at !== null)).toBe(true);
  });

  it('never happen when the act does not commit', async () => {
    const failing = inContext(server.deps, systemContext(teaCounty.county), async (tx) => {
      queueEffect(tx, { effect: 'tell', division, payload: {} });
      throw new Error('no act');
    });
    await expect(failing).rejects.toThrow('no act');
    expect(await carryOutDue(server.deps, [tell])).toBe(0);
  });

  it('wait for their time', async () => {
    await queue('tell', '2026-03-02T02:00:00.000Z');
    expect(await carryOutDue(server.deps, [tell])).toBe(0);
    server.clock.advance({ hours: 1, minutes: 1 });
    expect(await carryOutDue(server.deps, [tell])).toBe(1);
  });

  it('go to one of ten workers that ask at the same time', async () => {
    for (let n = 0; n < 20; n += 1) await queue('tell');
    const taken = await Promise.all(Array.from({ length: 10 }, async () => carryOutDue(server.deps, [tell], 5)));
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(20);
    expect(new Set(done.map((effect) => effect.id)).size).toBe(20);
  });

  it('are taken again when a worker died with them in hand, after its lease', async () => {
    await queue('tell');
    await server.database.owner.query(`update lx.outbox set attempts = 1, not_before = $1`, [server.clock.now()]);
    server.clock.advance({ minutes: 3 });
    expect(await carryOutDue(server.deps, [tell])).toBe(1);
    expect(done[0]?.attempts).toBe(2);
  });

  it('that fail hold up no other, are tried again later, and at last wait for a person', async () => {
    await queue('fail');
    await queue('tell');
    expect(await carryOutDue(server.deps, [tell, fail])).toBe(2);
    expect(done).toHaveLength(1);
    expect(await carryOutDue(server.deps, [tell, fail])).toBe(0);
    for (let round = 0; round < 8; round += 1) {
      server.clock.advance({ hours: 2 });
      await carryOutDue(server.deps, [tell, fail]);
    }
    const failed = (await rows()).find((row) => row.effect === 'fail');
    expect(failed).toMatchObject({ attempts: 8, done_at: null, last_error: 'the line is busy' });
    expect(failed?.failed_at).not.toBeNull();
    expect(server.logged.some((line) => line.event === 'effect-failed' && line.details?.over === true)).toBe(true);
  });

  it('are looked for by a worker that stops when it is told', async () => {
    const stop = await startEffects(server.deps, [{ name: 'tea', effects: [tell] }], 20);
    await queue('tell');
    const end = Date.now() + 5000;
    while (done.length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    await stop();
    expect(done).toHaveLength(1);
    await queue('tell');
    expect((await rows()).filter((row) => row.done_at === null)).toHaveLength(1);
  });
});

describe('recurring jobs', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ features: [] });
  });
  afterAll(async () => server.close());

  const place = () => ({
    app: server.database.appConnection,
    owner: server.database.ownerConnection,
    place: '',
    applied: [],
    close: async () => undefined,
  });

  it('are scheduled in county time, in a schema of their own that only the worker’s role may use', async () => {
    const job = { name: 'steep', cron: '20 3 * * *', run: async () => undefined };
    for (const round of [1, 2]) {
      const stop = await startJobs(server.deps, place(), [{ name: 'tea', jobs: [job] }]);
      await stop();
      const { rows } = await server.database.owner.query('select name, cron, timezone from pgboss.schedule');
      expect(rows, `start ${round}`).toEqual([{ name: 'steep', cron: '20 3 * * *', timezone: 'Asia/Shanghai' }]);
    }
    await expect(server.database.pool.query('select 1 from pgboss.job')).rejects.toThrow(/permission denied/);
    expect(server.logged.filter((line) => line.event === 'jobs-waiting')).toEqual([]);
  });

  it('run when their turn comes, on one of two servers', async () => {
    const cups = { poured: 0 };
    const job = {
      name: 'pour',
      cron: '* * * * *',
      run: async () => {
        cups.poured += 1;
      },
    };
    const began = Date.now();
    const stops = [
      await startJobs(server.deps, place(), [{ name: 'tea', jobs: [job] }], 0.5),
      await startJobs(server.deps, place(), [{ name: 'tea', jobs: [job] }], 0.5),
    ];
    const end = began + 20_000;
    while (cups.poured === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    for (const stop of stops) await stop();
    // A second turn only when a minute of the clock has passed meanwhile.
    const minutes = Math.floor(Date.now() / 60_000) - Math.floor(began / 60_000);
    expect(cups.poured).toBeGreaterThanOrEqual(1);
    expect(cups.poured).toBeLessThanOrEqual(1 + minutes);
    expect(server.logged.filter((line) => line.event === 'jobs-waiting')).toEqual([]);
  });
});
