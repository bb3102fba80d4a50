import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addressOf, bundleCommandLine, testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { freePort } from '@lianxin/testkit/processes';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const movingClock = fileURLToPath(new URL('moving-clock.mjs', import.meta.url));
/** Where the global set-up has left word of what the journeys of this run share. */
export const sharedVariable = 'LIANXIN_E2E_SHARED';

/** What the journeys of a run share. */
export interface Shared {
  /** The command line, bundled. */
  readonly program: string;
  /** A seeded data folder to copy, and the database that belongs to it. */
  readonly seeded?: { readonly data: string; readonly database: string };
}

let bundled: Promise<Shared> | undefined;
/** Scripts beside the suite, such as those that take pictures, have no set-up: they bundle for themselves and seed anew, in a PostgreSQL of their own. */
const sharedOfRun = async (): Promise<Shared> => {
  const text = process.env[sharedVariable];
  if (text !== undefined) return JSON.parse(text) as Shared;
  bundled ??= bundleCommandLine().then(({ file, remove }) => {
    process.once('exit', remove);
    return { program: file };
  });
  return bundled;
};

/** How long a first start may take on a slow machine: database, schema, demonstration. */
const patience = 280_000;

/** A log-in of the demonstration as the start prints it. */
export interface PrintedLogin {
  readonly username: string;
  readonly password: string;
  readonly words: string;
}

/** A real Lianxin process 真实进程 with a data folder of its own. */
export interface RunningServer {
  readonly url: string;
  readonly data: string;
  readonly logins: readonly PrintedLogin[];
  /** Everything it has said so far. */
  readonly said: () => string;
  /** Runs another command on the same data folder, beside the server; gives what it printed, fails when it refuses. */
  readonly command: (...args: readonly string[]) => Promise<string>;
  /** Lets days pass for it, all at once: a posting ends, a deadline comes. Its sessions end with them. */
  readonly pass: (days: number) => Promise<void>;
  /** Stops it as Ctrl-C would, and removes its data unless they are to be kept. */
  readonly stop: (after?: { readonly keep: boolean }) => Promise<void>;
}

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

const loginsIn = (said: string): readonly PrintedLogin[] => {
  const [, after = ''] = said.split('made-up people)');
  return after.split('\n').flatMap((line) => {
    const [, username, password, words] = /^ {2}(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
    return username && password && words ? [{ username, password, words }] : [];
  });
};

/** Where a server's data and facts lie. */
interface Home {
  readonly data: string;
  /** In the suite's PostgreSQL, which waits for no disk; without one the server starts an embedded one in its folder. */
  readonly database?: TestDatabase;
}

/**
 * Starts `lianxin start` on a free port with data of its own and waits until it answers. The demonstration is a copy of the one
 * the run of the suite has seeded; with arguments there is nothing yet, as for a newcomer.
 */
export const startServer = async (
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<RunningServer> => {
  const data = await mkdtemp(path.join(os.tmpdir(), 'lianxin-e2e-'));
  const { program, seeded } = await sharedOfRun();
  if (seeded === undefined) return startIn({ data }, program, env, args);
  if (args.length === 0) await cp(seeded.data, data, { recursive: true });
  const database = await testDatabase(args.length === 0 ? seeded.database : undefined);
  return startIn({ data, database }, program, env, args);
};

/** Makes the data of a demonstration just started and stopped; what takes it away again is the caller's to do. */
export const seed = async (program: string, data: string): Promise<TestDatabase> => {
  const database = await testDatabase();
  const server = await startIn({ data, database }, program, {}, []);
  await server.stop({ keep: true });
  return database;
};

const startIn = async (
  { data, database }: Home,
  program: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<RunningServer> => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const options = {
    cwd: checkout,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: database === undefined ? '' : addressOf(database.ownerConnection),
      LIANXIN_APP_DATABASE_URL: database === undefined ? '' : addressOf(database.appConnection),
      LIANXIN_DATA: data,
      LIANXIN_ORIGIN: url,
      LIANXIN_WRITES_PER_MINUTE: '0',
      PORT: String(port),
      ...env,
    },
  };
  const child = spawn(process.execPath, ['--no-warnings', '--import', movingClock, program, 'start', ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const beside: RunningServer['command'] = async (...wanted) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', program, ...wanted], options);
    return stdout;
  };
  const pass: RunningServer['pass'] = async (days) => {
    const told = once(child, 'message');
    child.send({ milliseconds: days * 86_400_000 });
    await told;
  };
  const stop: RunningServer['stop'] = async (after) => {
    child.kill('SIGTERM');
    await Promise.race([ended(child), wait(20_000)]);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    if (after?.keep === true) return;
    await database?.drop();
    await rm(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + patience;
  while (!(await isUp(url)) || !said.includes('Lianxin is running')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the server did not start:\n${said}`);
    }
    await wait(150);
  }
  return { url, data, logins: loginsIn(said), said: () => said, command: beside, pass, stop };
};
