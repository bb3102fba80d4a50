import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { clusterAt, connectionTo, prepare, startCluster, stopCluster } from '@lianxin/server';

/** A PostgreSQL for a suite of tests, with one migrated database to copy. */
export interface SuiteDatabase {
  /** How the owner connects, to a database of the given name. */
  readonly owner: pg.ClientConfig;
  /** The migrated database that tests copy. */
  readonly template: string;
  /** Where files lie that several tests of a run copy. */
  readonly folder: string;
}

/** The database that holds the demonstration, once somebody in the run has asked for it. */
export const demonstrationOf = ({ template }: SuiteDatabase): string => `${template}_demonstration`;

const folderOf = (root: string, pid: number): string => path.join(root, `suite-${pid}`);

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Removes what suites left behind that were killed; their PostgreSQL is stopped first. */
const sweep = async (root: string): Promise<void> => {
  for (const name of readdirSync(root)) {
    const pid = Number(/^suite-(\d+)$/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || alive(pid)) continue;
    await stopCluster(clusterAt(path.join(root, name, 'database')), 5000).catch(() => undefined);
    rmSync(path.join(root, name), { recursive: true, force: true });
  }
};

/** Password of the server's log-in in tests: over the network a name is not enough; a socket of our own does not ask. */
export const testPassword = 'lx-app-in-tests';

const makeTemplate = async (server: pg.ClientConfig): Promise<string> => {
  const template = `lianxin_template_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  await prepare({ ...server, database: template }, testPassword);
  return template;
};

/** An address in its parts; the driver reads it, since an address of a socket is no URL that others understand. */
const partsOf = (address: string): pg.ClientConfig => {
  const { host, port, user, password, database } = new pg.Client({ connectionString: address });
  return {
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(password ? { password } : {}),
    ...(database === undefined ? {} : { database }),
  };
};

/**
 * Starts the suite's PostgreSQL: the one `TEST_DATABASE_URL` names (its user must be allowed to make databases and roles), else an
 * embedded one that never waits for the disk. Gives the function that removes it.
 */
export const startSuiteDatabase = async (): Promise<{ database: SuiteDatabase; remove: () => Promise<void> }> => {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    const owner = partsOf(given);
    const template = await makeTemplate(owner);
    const database = { owner, template, folder: mkdtempSync(path.join(os.tmpdir(), 'lianxin-suite-')) };
    const remove = async (): Promise<void> => {
      const client = new pg.Client(owner);
      await client.connect();
      for (const name of [template, demonstrationOf(database)])
        await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
      rmSync(database.folder, { recursive: true, force: true });
    };
    return { database, remove };
  }
  const root = path.join(os.tmpdir(), 'lianxin-tests');
  mkdirSync(root, { recursive: true });
  await sweep(root);
  const folder = folderOf(root, process.pid);
  const quick = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=400',
    'shared_buffers=64MB',
  ];
  const cluster = clusterAt(path.join(folder, 'database'), quick);
  await startCluster(cluster);
  const owner = connectionTo(cluster, 'postgres');
  const template = await makeTemplate(owner);
  const remove = async (): Promise<void> => {
    await stopCluster(cluster);
    rmSync(folder, { recursive: true, force: true });
  };
  return { database: { owner, template, folder }, remove };
};
