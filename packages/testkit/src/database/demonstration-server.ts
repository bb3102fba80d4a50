import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { seedDemonstration } from '@lianxin/server';
import pg from 'pg';
import { demonstrationOf } from './cluster.js';
import { suite } from './test-database.js';
import { serverFrom, testServer, type TestServer } from './test-server.js';

/** Any number; whoever else takes a lock on the suite's PostgreSQL takes another. */
const seeding = 20_261_128;

/**
 * A server with the whole demonstration 演示县 on it, as a first start leaves it, log-ins included. The first to ask in a run seeds it, and everybody is
 * given a copy: to seed takes longer than most that is tested on it.
 */
export const demonstrationServer = async (): Promise<TestServer> => {
  const kept = { database: demonstrationOf(suite()), data: path.join(suite().folder, 'demonstration') };
  const admin = new pg.Client(suite().owner);
  await admin.connect();
  try {
    // The lock ends with the connection. Files of other workers wait for it instead of seeding too.
    await admin.query('select pg_advisory_lock($1)', [seeding]);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [kept.database]);
    if (rowCount === 0) {
      const { deps, database } = await testServer();
      await seedDemonstration(deps, { owner: database.ownerConnection });
      await database.rest();
      cpSync(deps.config.data, kept.data, { recursive: true });
      rmSync(deps.config.data, { recursive: true, force: true });
      await admin.query(`alter database ${database.ownerConnection.database} rename to ${kept.database}`);
    }
  } finally {
    await admin.end();
  }
  return serverFrom(kept, {});
};
