import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkout } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { median, type Figure } from './figures.js';
import { freePort, residentMemory, serve, startLianxin, type Served } from './lianxin-process.js';

/** The version the reference figures of the design were taken with. */
const directusVersion = '11.3.5';

/**
 * Runs a program of the reference system to its end, saying every half minute that it is still at work: an installation that compiles
 * takes minutes, and silence looks like a hang. Gives the end of what it printed where it failed. Progress goes to stderr, figures to stdout.
 */
const runToEnd = async (
  what: string,
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string | undefined> => {
  const began = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  console.error(`${what} …`);
  const still = setInterval(() => console.error(`${what} … ${seconds()}`), 30_000);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (problem) => {
      printed += problem.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  clearInterval(still);
  console.error(`${what}: ${code === 0 ? 'done' : 'failed'} after ${seconds()}`);
  return code === 0 ? undefined : printed.slice(-300);
};

/** Directus in a folder of its own that git does not track, installed on the first run and kept; or the reason why it cannot be. */
const installDirectus = async (): Promise<{ folder: string } | { missing: string }> => {
  const folder = path.join(checkout, '.tmp/directus');
  const done = path.join(folder, `installed-${directusVersion}`);
  mkdirSync(folder, { recursive: true });
  if (existsSync(done)) return { folder };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'reference', private: true }));
  const failed = await runToEnd(
    `installing Directus ${directusVersion} into .tmp/directus, once; it compiles native modules for some minutes`,
    'npm',
    ['install', '--no-audit', '--no-fund', '--omit=dev', `directus@${directusVersion}`],
    { cwd: folder },
  );
  if (failed !== undefined) return { missing: `Directus ${directusVersion} could not be installed: ${failed}` };
  // Written last, so that an installation cut short is begun again.
  writeFileSync(done, '');
  return { folder };
};

const startDirectus = async (folder: string, database: BenchDatabase): Promise<Served> => {
  const port = await freePort();
  const { host, user, port: databasePort } = database.socket;
  return serve(process.execPath, [path.join(folder, 'node_modules/directus/cli.js'), 'start'], {
    cwd: folder,
    port,
    ping: '/server/ping',
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      SECRET: 'bench-secret-of-the-reference-system',
      DB_CLIENT: 'pg',
      DB_HOST: host,
      DB_PORT: String(databasePort),
      DB_USER: user,
      DB_PASSWORD: '',
      DB_DATABASE: 'directus',
      TELEMETRY: 'false',
      LOG_LEVEL: 'error',
      NODE_ENV: 'production',
    },
  });
};

const bootstrapDirectus = async (folder: string, database: BenchDatabase): Promise<string | undefined> => {
  const { host, user, port } = database.socket;
  const failed = await runToEnd(
    'setting up the database of Directus',
    process.execPath,
    [path.join(folder, 'node_modules/directus/cli.js'), 'bootstrap'],
    {
      cwd: folder,
      env: {
        ...process.env,
        SECRET: 'bench-secret-of-the-reference-system',
        DB_CLIENT: 'pg',
        DB_HOST: host,
        DB_PORT: String(port),
        DB_USER: user,
        DB_PASSWORD: '',
        DB_DATABASE: 'directus',
        ADMIN_EMAIL: 'admin@example.com',
        ADMIN_PASSWORD: 'bench-password',
        TELEMETRY: 'false',
      },
    },
  );
  return failed === undefined ? undefined : `Directus could not be set up: ${failed}`;
};

/** Start to first answer, and memory after ten quiet seconds. */
const once = async (start: () => Promise<Served>): Promise<{ seconds: number; memory: number }> => {
  const server = await start();
  await wait(10_000);
  const memory = residentMemory(server.child.pid ?? 0);
  await server.stop();
  return { seconds: server.milliseconds / 1000, memory };
};

/** P9: cold start and idle memory of the Node processes, both systems on the same PostgreSQL, databases made beforehand. */
export const measureColdStart = async (database: BenchDatabase, rounds: number): Promise<Figure[]> => {
  await database.query('postgres', 'create database lianxin_start');
  await database.query('postgres', 'create database directus');
  const data = path.join(database.folder, 'start');
  const ours = () => startLianxin(data, database.url('lianxin_start'));
  await (await ours()).stop();

  const installed = await installDirectus();
  const missing = 'missing' in installed ? installed.missing : await bootstrapDirectus(installed.folder, database);
  const mine: { seconds: number; memory: number }[] = [];
  const theirs: { seconds: number; memory: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    console.error(`cold start, round ${round + 1} of ${rounds}`);
    mine.push(await once(ours));
    if ('folder' in installed && missing === undefined)
      theirs.push(await once(() => startDirectus(installed.folder, database)));
  }
  const figure = (
    id: string,
    title: string,
    asked: string,
    unit: string,
    read: (one: { seconds: number; memory: number }) => number,
  ): Figure => ({
    id,
    title,
    asked,
    ratio: theirs.length === 0 ? null : median(mine.map(read)) / median(theirs.map(read)),
    ours: { unit, rounds: mine.map(read) },
    reference: { title: `Directus ${directusVersion}`, unit, rounds: theirs.map(read) },
    ...(missing === undefined ? {} : { missing }),
  });
  return [
    figure('P9/start', 'cold start to first answer, schema in place', '≤ 0.25', 's', (one) => one.seconds),
    figure('P9/memory', 'idle memory of the Node processes', '≤ 0.55', 'MiB', (one) => one.memory),
  ];
};
