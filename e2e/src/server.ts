import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@lianxin/testkit/processes';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const command = path.join(checkout, 'apps/cli/src/main.ts');
const movingClock = fileURLToPath(new URL('moving-clock.mjs', import.meta.url));
/** The command line's own entry, run from source: a journey tests what is written, not what was built last week. */
const program = (args: readonly string[]): string =>
  `import { main } from ${JSON.stringify(command)}; process.exitCode = await main(${JSON.stringify(args)});`;
const node = (args: readonly string[]): readonly string[] => [
  '--no-warnings',
  '--conditions=source',
  '--import',
  'tsx',
  '--input-type=module',
  '-e',
  program(args),
];

/** Where the global set-up says the seeded data folder of this run belongs. */
export const seededVariable = 'LIANXIN_E2E_SEEDED';

/** How long a first start may take on a slow machine: database, schema, demonstration. */
const patience = 150_000;

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

/**
 * Starts `lianxin start` on a free port with a data folder of its own and waits until it answers. The demonstration is a copy of the one
 * the run of the suite has seeded; with arguments the folder is empty, as for a newcomer.
 */
export const startServer = async (
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<RunningServer> => {
  const data = await mkdtemp(path.join(os.tmpdir(), 'lianxin-e2e-'));
  const seeded = process.env[seededVariable];
  if (seeded !== undefined && args.length === 0) {
    await cp(seeded, data, { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  return startIn(data, env, args);
};

/** Makes the data folder of a demonstration just started and stopped. */
export const seed = async (folder: string): Promise<void> => (await startIn(folder, {}, [])).stop({ keep: true });

const startIn = async (
  data: string,
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
      DATABASE_URL: '',
      TSX_TSCONFIG_PATH: path.join(checkout, 'apps/server/tsconfig.json'),
      LIANXIN_DATA: data,
      LIANXIN_ORIGIN: url,
      LIANXIN_WRITES_PER_MINUTE: '0',
      PORT: String(port),
      ...env,
    },
  };
  const child = spawn(process.execPath, ['--import', movingClock, ...node(['start', ...args])], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const beside: RunningServer['command'] = async (...wanted) => {
    const { stdout } = await promisify(execFile)(process.execPath, [...node(wanted)], options);
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
    if (after?.keep !== true) await rm(data, { recursive: true, force: true });
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
