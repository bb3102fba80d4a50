import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from '@lianxin/testkit/processes';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.js';
import { openDatabase } from '../database.js';
import { openKeys } from '../keys.js';
import { answers, clusterAt, connectionTo, postmasterOf, start, stop, type Cluster } from './cluster.js';
import { namespacesWork, openLauncher } from './launcher.js';
import { FolderInUse, ownCluster, useCluster } from './owner.js';
import { socketFolderOf } from './socket-folder.js';

const silent = (): void => undefined;
const alive = (pid: number): boolean => existsSync(`/proc/${pid}`);

const ask = async (cluster: Cluster, sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client(connectionTo(cluster, database));
  client.on('error', silent);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded PostgreSQL', () => {
  let root: string;
  const clusters: Cluster[] = [];
  const children: ChildProcess[] = [];
  // Only what is said about syncing waits for the disk; the rest is about processes.
  const cluster = (folder = path.join(root, 'database'), settings: readonly string[] = ['fsync=off']): Cluster => {
    const made = clusterAt(folder, settings);
    clusters.push(made);
    return made;
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'lianxin-pg-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const one of clusters.splice(0)) {
      await stop(one);
      if (one.socket !== one.folder) rmSync(one.socket, { recursive: true, force: true });
    }
    rmSync(root, { recursive: true, force: true });
  });

  it('makes a cluster in UTF-8 that syncs to disk and listens on nothing but a socket of our own', async () => {
    const one = cluster(path.join(root, 'database'), []);
    expect(await start(one)).toBe('started');
    const [row] = await ask(
      one,
      `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp,
        current_setting('data_checksums') as checksums`,
    );
    expect(row).toEqual({ encoding: 'UTF8', fsync: 'on', tcp: '', checksums: 'on' });
    expect(statSync(one.folder).mode & 0o077).toBe(0);
    expect(readdirSync(root).filter((name) => name.includes('.new'))).toEqual([]);
  });

  it('stops cleanly, keeps what was committed, and starts again', async () => {
    const one = cluster();
    await start(one);
    await ask(one, 'create table cup as select 7 as leaves');
    await stop(one);
    expect(await answers(one)).toBe(false);
    expect(readFileSync(one.logFile, 'utf8')).toContain('database system is shut down');
    expect(await start(one)).toBe('started');
    expect(await ask(one, 'select leaves from cup')).toEqual([{ leaves: 7 }]);
  });

  it('adopts the server that a killed process left running', async () => {
    const one = cluster();
    await start(one);
    const pid = postmasterOf(one);
    expect(await start(clusterAt(one.folder))).toBe('adopted');
    expect(postmasterOf(one)).toBe(pid);
  });

  it('lets two starts at once end on one server', async () => {
    const one = cluster();
    await start(one);
    await stop(one);
    await Promise.all([start(one), start(clusterAt(one.folder))]);
    // The second to start takes a moment to see the lock and go, and a child of the first looks like it until it has its own name.
    const servers = (): number[] =>
      readdirSync('/proc')
        .filter((pid) => {
          try {
            return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`-D\0${one.folder}\0`);
          } catch {
            return false;
          }
        })
        .map(Number);
    await expect.poll(servers, { timeout: 10_000 }).toEqual([postmasterOf(one)]);
  });

  it('finds the socket of a long path again, by the hash of the path', async () => {
    const long = path.join(root, 'a-folder-with-a-very-long-name-'.repeat(4), 'database');
    mkdirSync(path.dirname(long), { recursive: true });
    const one = cluster(long);
    expect(one.socket).not.toBe(one.folder);
    expect(Buffer.byteLength(`${one.socket}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107);
    expect(await start(one)).toBe('started');
    expect(await start(clusterAt(long))).toBe('adopted');
    expect(statSync(one.socket).mode & 0o077).toBe(0);
    expect(socketFolderOf(long)).not.toBe(socketFolderOf(`${long}2`));
  });

  it('refuses a socket folder that somebody else could listen in', async () => {
    const long = path.join(root, 'x'.repeat(120), 'database');
    const one = cluster(long);
    mkdirSync(one.socket, { recursive: true, mode: 0o777 });
    const { chmodSync } = await import('node:fs');
    chmodSync(one.socket, 0o777);
    await expect(start(one)).rejects.toThrow(/belongs to somebody else/);
    chmodSync(one.socket, 0o700);
  });

  it('refuses a second owner politely and lets a tool share', async () => {
    const one = cluster();
    const owner = await ownCluster(one, silent);
    await expect(ownCluster(clusterAt(one.folder), silent)).rejects.toThrow(FolderInUse);
    const tool = await useCluster(clusterAt(one.folder), silent);
    expect(tool.found).toBe('adopted');
    await tool.close();
    expect(await answers(one)).toBe(true);
    await owner.close();
    expect(await answers(one)).toBe(false);
  });

  it('starts a PostgreSQL again that was killed, with its children, and loses no committed row', async () => {
    const one = cluster();
    const events: string[] = [];
    const owner = await ownCluster(one, (_level, event) => events.push(event));
    await ask(one, 'create table cup as select 7 as leaves', 'lianxin');
    const pid = postmasterOf(one);
    if (pid === undefined) throw new Error('no postmaster');
    process.kill(pid, 'SIGKILL');
    await until(() => events.includes('database-restarted'));
    expect(postmasterOf(one)).not.toBe(pid);
    expect(await ask(one, 'select leaves from cup', 'lianxin')).toEqual([{ leaves: 7 }]);
    await expect(ownCluster(clusterAt(one.folder), silent)).rejects.toThrow(FolderInUse);
    await owner.close();
  });

  it('survives kill -9 of the process that owns it: the next owner adopts and takes over', async () => {
    const one = cluster();
    const script = `import { clusterAt } from '${path.resolve(import.meta.dirname, 'cluster.ts')}';
      import { ownCluster } from '${path.resolve(import.meta.dirname, 'owner.ts')}';
      await ownCluster(clusterAt(${JSON.stringify(one.folder)}), () => undefined);
      console.log('owned'); setInterval(() => undefined, 1000);`;
    const child = spawn(
      process.execPath,
      ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', script],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
    const pid = postmasterOf(one);
    child.kill('SIGKILL');
    await until(() => child.pid !== undefined && (!alive(child.pid) || child.signalCode !== null));
    const owner = await ownCluster(clusterAt(one.folder), silent);
    expect(owner.found).toBe('adopted');
    expect(postmasterOf(one)).toBe(pid);
    await owner.close();
  });

  const asRoot = process.getuid?.() === 0;
  if (asRoot && namespacesWork()) {
    it('runs inside a user namespace as root: files stay root’s, no user is made', async () => {
      const one = cluster();
      await start(one);
      expect(one.launcher.way).toBe('user-namespace');
      expect(statSync(path.join(one.folder, 'PG_VERSION')).uid).toBe(0);
    });
  } else console.warn('not run: root in a user namespace; this machine is not root or has no namespaces');

  if (asRoot) {
    it('runs as another user where a machine has no user namespaces', async () => {
      const { chmodSync } = await import('node:fs');
      chmodSync(root, 0o755);
      const one = clusterAt(path.join(root, 'database'), [], openLauncher('other-uid'));
      clusters.push(one);
      expect(await start(one)).toBe('started');
      expect(one.launcher.way).toMatch(/^uid [1-9]/);
      expect(statSync(path.join(one.folder, 'PG_VERSION')).uid).not.toBe(0);
      expect(await ask(one, 'select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('runs as a plain user', async () => {
      const { chownSync, chmodSync } = await import('node:fs');
      chmodSync(root, 0o755);
      const home = path.join(root, 'home');
      mkdirSync(home, { mode: 0o700 });
      chownSync(home, 65_534, 65_534);
      const script = `import { clusterAt, start, stop, answers } from '${path.resolve(import.meta.dirname, 'cluster.ts')}';
        const one = clusterAt(${JSON.stringify(path.join(home, 'database'))});
        console.log(one.launcher.way, await start(one), await answers(one)); await stop(one);`;
      const said = await new Promise<string>((resolve) => {
        const child = spawn(
          process.execPath,
          ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', script],
          {
            uid: 65_534,
            gid: 65_534,
            env: { ...process.env, HOME: home, TMPDIR: home },
          },
        );
        let text = '';
        child.stdout.on('data', (chunk) => (text += String(chunk)));
        child.stderr.on('data', (chunk) => (text += String(chunk)));
        child.once('close', () => resolve(text.trim()));
      });
      expect(said).toBe('self started true');
    });
  } else console.warn('not run: starting as another uid; this machine is not root');

  it('gives the server a log-in that row-level security binds, while migrations run as the owner', async () => {
    const config = readConfig({ LIANXIN_DATA: path.join(root, 'data') });
    const database = await openDatabase(config, openKeys(path.join(config.data, 'keys')), silent, 'server');
    const client = new pg.Client(database.app);
    await client.connect();
    const { rows } = await client.query(
      `select current_user as who, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user`,
    );
    await client.end();
    await database.close();
    expect(rows).toEqual([{ who: 'lx_app', unbound: false }]);
    expect(statSync(path.join(config.data, 'keys')).mode & 0o077).toBe(0);
    expect(statSync(path.join(config.data, 'keys/root')).mode & 0o077).toBe(0);
    expect(readdirSync(path.join(config.data, 'database')).some((name) => name.includes('key'))).toBe(false);
  });
});
