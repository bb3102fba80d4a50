import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  checkout,
  clusterAt,
  connectionTo,
  connectOwner,
  sharedBuffers,
  startCluster,
  stopCluster,
} from '@lianxin/server';

/** A PostgreSQL of the bench's own, with every safety on (fsync, synchronous_commit) and the memory Lianxin's own has. Both sides of a ratio run on it. */
export interface BenchDatabase {
  readonly folder: string;
  readonly url: (database: string) => string;
  readonly socket: { readonly host: string; readonly port: number; readonly user: string };
  readonly query: (database: string, sql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly remove: () => Promise<void>;
}

export const startDatabase = async (): Promise<BenchDatabase> => {
  const parent = path.join(checkout, '.tmp');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, 'bench-'));
  const cluster = clusterAt(path.join(folder, 'postgres'), ['max_connections=200', sharedBuffers()]);
  await startCluster(cluster);
  const { host, port, user } = connectionTo(cluster, 'postgres');
  if (host === undefined || port === undefined || user === undefined)
    throw new Error('the bench database has no address');
  return {
    folder,
    socket: { host, port, user },
    url: (database) => `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    query: async (database, sql) => {
      const client = await connectOwner({ owner: connectionTo(cluster, database) });
      try {
        const answer = await client.query(sql);
        return (Array.isArray(answer) ? (answer.at(-1)?.rows ?? []) : answer.rows) as Record<string, unknown>[];
      } finally {
        await client.end();
      }
    },
    remove: async () => {
      await stopCluster(cluster);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
