import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import PgBoss from 'pg-boss';
import type { Deps } from '../deps.js';
import { faultOfException } from '../http/on-error.js';
import type { Feature, RecurringJob } from '../http/feature.js';
import { connectOwner, openPool, type Database } from '../storage/database.js';

const schema = 'pgboss';

/** Queue of the library itself, by which one server of many hands out a turn; it would make it as a role that may not. */
const turns = '__pgboss__send-it';

const jobsOf = (features: readonly Feature[]): RecurringJob[] => features.flatMap((feature) => feature.jobs ?? []);

const onPool = (pool: Pick<pg.Pool, 'query'>) => ({
  executeSql: (text: string, values: unknown[]) => (values === undefined ? pool.query(text) : pool.query(text, values)),
});

/** Makes the schema of the job library and the queues, as the owner; the worker's role may only use them. */
const prepareJobs = async (database: Database, jobs: readonly RecurringJob[]): Promise<void> => {
  const client = await connectOwner(database);
  const boss = new PgBoss({ db: onPool(client), schema, supervise: false, schedule: false });
  boss.on('error', () => undefined);
  try {
    await boss.start();
    await boss.createQueue(turns);
    for (const job of jobs)
      await boss.createQueue(job.name, { name: job.name, policy: 'short', retryLimit: 3, retryDelay: 60 });
    await client.query(`grant usage on schema ${schema} to rt_worker`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to rt_worker`);
    await client.query(`grant execute on all functions in schema ${schema} to rt_worker`);
  } finally {
    await boss.stop({ graceful: false, close: false });
    await client.end();
  }
};

/** What passes by itself, or by the operator who makes room. */
const passing = new Set<string | undefined>(['temporarily-unavailable', 'storage-full']);

/**
 * Begins; while the database is away or has no room, again and again: requests are answered meanwhile, and a server that gave up would
 * answer none (F2). Anything else that is wrong is thrown at once.
 */
const patiently = async <T>(deps: Pick<Deps, 'log'>, begin: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await begin();
    } catch (error) {
      if (!passing.has(faultOfException(error)?.code)) throw error;
      deps.log('warn', 'jobs-waiting', { error: String(error) });
      await wait(Math.min(100 * 2 ** tries, 3000));
    }
  }
};

/**
 * Starts the recurring jobs 定时任务 in county time: whatever the number of servers, one of them runs each turn, and a turn missed while
 * all were down is not made up. Gives the function that stops them after the job at work.
 */
export const startJobs = async (
  deps: Deps,
  database: Database,
  features: readonly Feature[],
  pollingIntervalSeconds = 30,
): Promise<() => Promise<void>> => {
  const jobs = jobsOf(features);
  if (jobs.length === 0) return async () => undefined;
  const pool = openPool(database.app, 2, deps.log, ['role=rt_worker'], { pipeline: false });
  const often = Math.max(1, pollingIntervalSeconds);
  const begin = async (): Promise<PgBoss> => {
    await prepareJobs(database, jobs);
    const boss = new PgBoss({
      db: onPool(pool),
      schema,
      migrate: false,
      cronMonitorIntervalSeconds: often,
      cronWorkerIntervalSeconds: often,
    });
    boss.on('error', (error) => deps.log('warn', 'jobs-waiting', { error: error.message }));
    try {
      await boss.start();
      for (const job of jobs) {
        await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' });
        await boss.work(job.name, { pollingIntervalSeconds }, async () => job.run(deps));
      }
      return boss;
    } catch (error) {
      await boss.stop({ graceful: false, close: false }).catch(() => undefined);
      throw error;
    }
  };
  const boss = await patiently(deps, begin);
  return async () => {
    await boss.stop({ graceful: true, close: false, timeout: 5000 });
    await pool.end();
  };
};
