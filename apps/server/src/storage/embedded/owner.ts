import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../deps.js';
import { answers, connectionTo, start, stop, type Cluster } from './cluster.js';

/** The database of Lianxin inside the cluster. */
export const databaseName = 'lianxin';

/** Two processes own one folder: the second is refused in words. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(
      `数据目录 ${folder} 正由另一个连心进程使用；请先停止它，或用 LIANXIN_DATA 指定别的目录。 ` +
        `Another Lianxin uses ${folder}: stop it first, or choose another folder with LIANXIN_DATA.`,
    );
  }
}

/** The owner of a running cluster: keeps it alive until told to let go. */
export interface Owner {
  readonly found: 'adopted' | 'started';
  /** Stops the database. */
  readonly close: () => Promise<void>;
}

/** Any number; the same for every Lianxin. */
const ownerLock = 7_135_201;

const ensureDatabase = async (cluster: Cluster): Promise<void> => {
  const client = new pg.Client(connectionTo(cluster, 'postgres'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`).catch(ignoreTwin);
  } finally {
    await client.end();
  }
};

/** Another process made the same database at the same time. */
const ignoreTwin = (error: unknown): void => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== '42P04' && code !== '23505') throw error;
};

/** Takes the lock on a connection that lives as long as we do: the kernel closes it when we are killed, and the lock with it. */
const takeLock = async (cluster: Cluster, patience: number): Promise<pg.Client | undefined> => {
  const client = new pg.Client({ ...connectionTo(cluster, databaseName), keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const until = Date.now() + patience;
  for (;;) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [ownerLock]);
    if (rows[0]?.got === true) return client;
    if (Date.now() > until) break;
    await wait(50);
  }
  await client.end();
  return undefined;
};

/**
 * Owns the cluster: starts or adopts it, refuses when another process owns it (`FolderInUse`), and starts it again whenever it
 * dies. The owner's lock is a lock of the database itself, so no stale file can keep a folder closed.
 */
export const ownCluster = async (cluster: Cluster, log: Log): Promise<Owner> => {
  const begin = async (): Promise<{ found: 'adopted' | 'started'; held: pg.Client }> => {
    const found = await start(cluster);
    await ensureDatabase(cluster);
    // A killed owner's connection may take a moment to be noticed.
    const held = await takeLock(cluster, 3000);
    if (held === undefined) throw new FolderInUse(cluster.folder);
    return { found, held };
  };
  const state = { closing: false };
  let restarting: Promise<void> = Promise.resolve();
  const first = await begin();
  let { held } = first;

  const restart = async (): Promise<void> => {
    for (let pause = 100; !state.closing; pause = Math.min(pause * 2, 5000)) {
      try {
        ({ held } = await begin());
        watch();
        log('warn', 'database-restarted', { folder: cluster.folder });
        return;
      } catch (error) {
        log('error', 'database-restart-failed', { error: String(error) });
        await wait(pause);
      }
    }
  };
  const watch = (): void => {
    held.once('end', () => {
      if (state.closing) return;
      log('error', 'database-died', { folder: cluster.folder });
      restarting = restart();
    });
  };
  watch();
  return {
    found: first.found,
    close: async () => {
      state.closing = true;
      await restarting;
      await held.end().catch(() => undefined);
      await stop(cluster);
    },
  };
};

/** For a tool beside a running server: what is there is used and left; otherwise the tool owns it while it works. */
export const useCluster = async (cluster: Cluster, log: Log): Promise<Owner> =>
  (await answers(cluster)) ? { found: 'adopted', close: async () => undefined } : ownCluster(cluster, log);
