import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import type { Config } from '../config.js';
import type { Log } from '../deps.js';
import { clusterAt, connectionTo } from './embedded/cluster.js';
import { sharedBuffers } from './embedded/memory.js';
import { databaseName, ownCluster, useCluster, type Owner } from './embedded/owner.js';
import type { Keys } from './keys.js';
import { migrate } from './migrate.js';
import { appRole, ensureRoles } from './roles.js';
import { valueTypes } from './types.js';

/** The database 数据库 of an installation, opened. */
export interface Database {
  /** How the owner of the tables connects: migrations, imports, `rebuild`. */
  readonly owner: pg.ClientConfig;
  /** How the server connects, as `lx_app`. */
  readonly app: pg.ClientConfig;
  /** Where it is, for people: `embedded` with its folder, or the host. */
  readonly place: string;
  /** Migrations applied while opening. */
  readonly applied: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * What a session of the server may take: a runaway statement ends before it takes the machine along, and one answer is one process. A statement planned
 * for any number of rows expects a tenth of them all; of ten million PostgreSQL would read that with helpers, whose start takes ten times as long as a page.
 */
const limits = [
  'statement_timeout=30s',
  'lock_timeout=10s',
  'idle_in_transaction_session_timeout=60s',
  'max_parallel_workers_per_gather=0',
];

/** Settings of every session. How statements are planned is said by the context they run in; what opens one, and the look-up of a session, is planned once. */
const sessionOptions = (settings: readonly string[]): string =>
  ['timezone=UTC', ...settings].map((setting) => `-c ${setting}`).join(' ');

/** A pool for `lx_app`. Statements sent together travel together (`pipeline`). */
export const openPool = (
  connection: pg.ClientConfig,
  size: number,
  log: Log,
  settings: readonly string[] = [],
  { pipeline = true }: { readonly pipeline?: boolean } = {},
): pg.Pool => {
  const pool = new pg.Pool({
    ...connection,
    max: size,
    types: valueTypes,
    pipeline,
    options: sessionOptions([...limits, ...settings]),
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks while a request holds it also says so by an event, besides failing the query; unheard, it ends Node.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // An idle connection that the database closed is replaced on the next use; without a listener it would end the process.
  pool.on('error', (error) => log('warn', 'connection-lost', { error: error.message }));
  return pool;
};

/** A connection as the owner of the tables; the caller ends it. */
export const connectOwner = async (database: Pick<Database, 'owner'>): Promise<pg.Client> => {
  const client = new pg.Client({
    ...database.owner,
    types: valueTypes,
    options: sessionOptions(['plan_cache_mode=force_custom_plan']),
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Makes roles and tables as the owner; gives what was applied. */
export const prepare = async (owner: pg.ClientConfig, appPassword?: string): Promise<string[]> => {
  const client = await connectOwner({ owner });
  try {
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    if ((rows[0]?.version ?? 0) < 150_000)
      throw new Error('PostgreSQL 15 or newer is needed; this one is older. 需要 PostgreSQL 15 或更新版本。');
    await ensureRoles(client, appPassword);
    return await migrate(client);
  } finally {
    await client.end();
  }
};

/**
 * The owner's address with the server's own user and password. Read by `pg` itself, since an address with a socket folder
 * (`postgresql://owner@/lianxin?host=/run/postgresql`) is none to a web address parser.
 */
const derivedApp = (ownerUrl: string, password: string): pg.ClientConfig => {
  const { host, port, database, ssl } = new pg.Client({ connectionString: ownerUrl });
  return { host, port, database: database ?? '', user: appRole, password, ...(ssl ? { ssl } : {}) };
};

const openGiven = async (config: Config, keys: Keys, ownerUrl: string): Promise<Database> => {
  const password = keys
    .fileOf('app-database-password', () => Buffer.from(randomBytes(24).toString('base64url')))
    .toString();
  const applied = await prepare(
    { connectionString: ownerUrl },
    config.appDatabaseUrl === undefined ? password : undefined,
  );
  return {
    owner: { connectionString: ownerUrl },
    app:
      config.appDatabaseUrl === undefined
        ? derivedApp(ownerUrl, password)
        : { connectionString: config.appDatabaseUrl },
    place: new pg.Client({ connectionString: ownerUrl }).host,
    applied,
    close: async () => undefined,
  };
};

/**
 * Opens the database: the operator's when `DATABASE_URL` is set, else the embedded PostgreSQL in the data folder; makes it, migrates it.
 *
 * As `server` it owns the embedded cluster, keeps it alive and stops it at the end (`FolderInUse` when another process does);
 * as `tool` it uses what a running server has, and starts and stops a cluster of its own only when there is none.
 */
export const openDatabase = async (config: Config, keys: Keys, log: Log, as: 'server' | 'tool'): Promise<Database> => {
  if (config.databaseUrl !== undefined) return openGiven(config, keys, config.databaseUrl);
  const cluster = clusterAt(path.join(config.data, 'database'), [sharedBuffers()]);
  const owner: Owner = await (as === 'server' ? ownCluster(cluster, log) : useCluster(cluster, log));
  try {
    const connection = connectionTo(cluster, databaseName);
    const applied = await prepare(connection);
    return {
      owner: connection,
      app: connectionTo(cluster, databaseName, appRole),
      place: `${cluster.folder} (${cluster.launcher.way}, ${owner.found})`,
      applied,
      close: owner.close,
    };
  } catch (error) {
    await owner.close();
    throw error;
  }
};
