import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openLauncher, type Launcher } from './launcher.js';
import { makeSocketFolder, socketFolderOf } from './socket-folder.js';

/** The owner of everything in an embedded cluster; reachable through its socket alone, which is ours alone. */
const clusterOwner = 'lianxin';

/** An embedded cluster 内置数据库: a folder, the socket it listens on, and who runs it. */
export interface Cluster {
  readonly folder: string;
  readonly socket: string;
  readonly logFile: string;
  readonly launcher: Launcher;
  /** Extra settings, e.g. `fsync=off` for a test suite. */
  readonly settings: readonly string[];
}

/** Names a cluster without touching it. */
export const clusterAt = (folder: string, settings: readonly string[] = [], launcher = openLauncher()): Cluster => {
  const whole = path.resolve(folder);
  return { folder: whole, socket: socketFolderOf(whole), logFile: `${whole}.log`, launcher, settings };
};

/** How to connect to a database of the cluster. */
export const connectionTo = (cluster: Cluster, database: string, user = clusterOwner): pg.ClientConfig => ({
  host: cluster.socket,
  port: 5432,
  user,
  database,
});

const flushFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/**
 * Makes the cluster when its folder is not there. It is made under another name, synced whole, and renamed: a power cut or a second
 * process leaves either nothing or all of it.
 */
const initialise = (cluster: Cluster): void => {
  if (existsSync(path.join(cluster.folder, 'PG_VERSION'))) return;
  const parent = path.dirname(cluster.folder);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const fresh = `${cluster.folder}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  cluster.launcher.own(fresh);
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    cluster.launcher.run('initdb', [
      '-D',
      fresh,
      '-U',
      clusterOwner,
      '-A',
      'trust',
      ...locale,
      '--no-sync',
      '--no-instructions',
    ]);
    if (!cluster.settings.includes('fsync=off')) cluster.launcher.run('initdb', ['-D', fresh, '--sync-only']);
    renameSync(fresh, cluster.folder);
    flushFolder(parent);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Somebody else was quicker and the folder is whole: theirs is as good as ours.
    if (!existsSync(path.join(cluster.folder, 'PG_VERSION'))) throw error;
  }
};

/** Whether this cluster, and no other, answers on the socket. */
export const answers = async (cluster: Cluster): Promise<boolean> => {
  if (!existsSync(path.join(cluster.socket, '.s.PGSQL.5432'))) return false;
  const client = new pg.Client({ ...connectionTo(cluster, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return rows[0]?.folder === cluster.folder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** The postmaster of the cluster by its lock file, when that process lives and is one. */
export const postmasterOf = (cluster: Cluster): number | undefined => {
  try {
    const pid = Number(readFileSync(path.join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(cluster.folder) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** A log that grew past 20 MB is put aside once, so that it never fills the disk. */
const openLog = (file: string): number => {
  if (existsSync(file) && statSync(file).size > 20_000_000) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
};

const argumentsOf = (cluster: Cluster): string[] => [
  '-D',
  cluster.folder,
  '-k',
  cluster.socket,
  '-p',
  '5432',
  ...['listen_addresses=', 'unix_socket_permissions=0700', 'max_connections=120', ...cluster.settings].flatMap((s) => [
    '-c',
    s,
  ]),
];

/**
 * Starts the cluster, or adopts the server that a killed process left running. Gives how it was found.
 *
 * A postmaster that died leaves children which hold its memory for a moment, and PostgreSQL refuses until they are gone: hence
 * the patience.
 */
export const start = async (cluster: Cluster, patience = 30_000): Promise<'adopted' | 'started'> => {
  initialise(cluster);
  if (await answers(cluster)) return 'adopted';
  if (cluster.socket !== cluster.folder) {
    makeSocketFolder(cluster.socket, [process.getuid?.() ?? 0, statSync(cluster.folder).uid]);
    cluster.launcher.own(cluster.socket);
  }
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const log = openLog(cluster.logFile);
    const child = cluster.launcher.start(argumentsOf(cluster), log);
    closeSync(log);
    let ended = false;
    child.once('exit', () => (ended = true));
    child.once('error', () => (ended = true));
    while (Date.now() < until) {
      if (await answers(cluster)) return ended ? 'adopted' : 'started';
      if (ended) break;
      await wait(20);
    }
    await wait(100);
  }
  throw new Error(`数据库没有启动，请看 ${cluster.logFile}。 The database did not start: see ${cluster.logFile}`);
};

/**
 * Stops the cluster: running transactions are rolled back, everything committed is on disk. Waits until it is gone. One that does not
 * go within the patience is told to drop everything, which its next start repairs from the log like a power cut.
 */
export const stop = async (cluster: Cluster, patience = 20_000): Promise<void> => {
  const pid = postmasterOf(cluster);
  if (pid === undefined) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (postmasterOf(cluster) !== pid) return;
      await wait(20);
    }
  }
  throw new Error(`the database (process ${pid}) did not stop; see ${cluster.logFile}`);
};
