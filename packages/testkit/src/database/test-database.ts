import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openPool, valueTypes } from '@lianxin/server';
import { testPassword, type SuiteDatabase } from './cluster.js';
import { suiteVariable } from './global-setup.js';

/** An address for a connection that may be over a socket, for a process that is told by its environment. */
export const addressOf = ({
  host = 'localhost',
  port = 5432,
  user = '',
  password = '',
  database = '',
}: Pick<pg.ClientConfig, 'host' | 'port' | 'user' | 'database'> & { readonly password?: unknown }): string => {
  const secret = typeof password === 'string' && password !== '' ? `:${encodeURIComponent(password)}` : '';
  return `postgresql://${user}${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
};

/** A database of a test file's own: migrated, empty, gone afterwards. */
export interface TestDatabase {
  /** How the owner of the tables connects. */
  readonly ownerConnection: pg.ClientConfig;
  /** How the server connects. */
  readonly appConnection: pg.ClientConfig;
  /** As the owner, whom row-level security of a superuser does not bind: to arrange facts and to count them. */
  readonly owner: pg.Pool;
  /** As the server's log-in role, bound like the server. */
  readonly pool: pg.Pool;
  /** As `rt_auth`. */
  readonly authPool: pg.Pool;
  /** Closes every connection; what is in it stays, to be copied. */
  readonly rest: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** The PostgreSQL of this run, as the global set-up has left word of it. */
export const suite = (): SuiteDatabase => {
  const text = process.env[suiteVariable];
  if (text === undefined)
    throw new Error('no suite database: add testkit/src/database/global-setup.ts to the project in vitest.config.ts');
  return JSON.parse(text) as SuiteDatabase;
};

/** Makes a database by copying the migrated one, or the one so called, which nobody may be connected to; about 50 ms. */
export const testDatabase = async (original?: string): Promise<TestDatabase> => {
  const { owner: server, template: migrated } = suite();
  const template = original ?? migrated;
  const name = `lianxin_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const ownerConnection: pg.ClientConfig = { ...server, database: name };
  const app: pg.ClientConfig = { ...ownerConnection, user: 'lx_app', password: testPassword };
  const silent = (): void => undefined;
  const owner = new pg.Pool({
    ...ownerConnection,
    types: valueTypes,
    options: '-c timezone=UTC',
    max: 4,
  });
  owner.on('error', silent);
  const pool = openPool(app, 20, silent);
  const authPool = openPool(app, 6, silent, ['role=rt_auth', 'search_path=lx']);
  const rest = async (): Promise<void> => {
    await Promise.allSettled([owner, pool, authPool].filter(({ ended }) => !ended).map((one) => one.end()));
  };
  return {
    ownerConnection,
    appConnection: app,
    owner,
    pool,
    authPool,
    rest,
    drop: async () => {
      await rest();
      const last = new pg.Client(server);
      await last.connect();
      await last.query(`drop database if exists ${name} with (force)`);
      await last.end();
    },
  };
};
