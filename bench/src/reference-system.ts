import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '@lianxin/server';
import type { BenchDatabase } from './database.js';
import { freePort, serve, type Served } from './lianxin-process.js';
import { runToEnd } from './run-to-end.js';

/** A system that a county's office would pick instead of Lianxin, as npm serves it. */
export interface ReferenceSystem {
  readonly name: string;
  readonly version: string;
  /** What its installation asks npm for, as a package.json says it. */
  readonly packages: {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly overrides?: Readonly<Record<string, string>>;
  };
  readonly npmFlags?: readonly string[];
  /** How its tables are made in its database, which is empty. */
  readonly setUp: (folder: string, database: BenchDatabase) => NodeRun;
  /** How it is started with its tables in place, and which path answers once it is there. */
  readonly start: (folder: string, database: BenchDatabase, port: number) => NodeRun & { readonly ping: string };
}

/** A program for Node, with what it is told. */
export interface NodeRun {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The folder under `.tmp` and the database that a reference system has for itself. */
const keyOf = ({ name }: ReferenceSystem): string => name.toLowerCase();

/** The system in a folder that git does not track. Gives how long it took, or why it cannot be had. */
export const installInto = async (
  system: ReferenceSystem,
  folder: string,
): Promise<{ seconds: number } | { missing: string }> => {
  const { name, version, packages, npmFlags = [] } = system;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'reference', private: true, ...packages }));
  const began = performance.now();
  const failed = await runToEnd(
    `installing ${name} ${version}; it takes some minutes`,
    'npm',
    ['install', '--no-audit', '--no-fund', '--omit=dev', ...npmFlags],
    { cwd: folder },
  );
  return failed === undefined
    ? { seconds: (performance.now() - began) / 1000 }
    : { missing: `${name} ${version} could not be installed: ${failed}` };
};

/** The folder a system is kept in once it is installed. */
export const folderOf = (system: ReferenceSystem): string => path.join(checkout, '.tmp', keyOf(system));

/** The system, installed on the first run and kept in its folder under `.tmp`; or the reason why it cannot be. */
export const install = async (system: ReferenceSystem): Promise<{ folder: string } | { missing: string }> => {
  const folder = folderOf(system);
  const done = path.join(folder, `installed-${system.version}`);
  if (existsSync(done)) return { folder };
  const installed = await installInto(system, folder);
  if ('missing' in installed) return installed;
  // Written last, so that an installation cut short is begun again.
  writeFileSync(done, '');
  return { folder };
};

/** The system with its tables in a database of its own on the bench's PostgreSQL, made on the first call; or why not. */
export const prepare = async (
  system: ReferenceSystem,
  database: BenchDatabase,
): Promise<{ folder: string } | { missing: string }> => {
  const installed = await install(system);
  if ('missing' in installed) return installed;
  const key = keyOf(system);
  const known = await database.query('postgres', `select from pg_database where datname = '${key}'`);
  if (known.length > 0) return installed;
  await database.query('postgres', `create database ${key}`);
  const { args, env } = system.setUp(installed.folder, database);
  const failed = await runToEnd(`setting up the database of ${system.name}`, process.execPath, args, {
    cwd: installed.folder,
    env: { ...process.env, ...env },
  });
  if (failed === undefined) return installed;
  // Half a database would pass for a whole one in the next measurement.
  await database.query('postgres', `drop database ${key} with (force)`);
  return { missing: `${system.name} could not be set up: ${failed}` };
};

/** A prepared system, started and answering. */
export const start = async (system: ReferenceSystem, folder: string, database: BenchDatabase): Promise<Served> => {
  const port = await freePort();
  const { args, env, ping } = system.start(folder, database, port);
  return serve(process.execPath, args, { cwd: folder, port, ping, env });
};

/** Asks a reference system to do something while it is set up, and gives the `data` of its answer; throws where it refuses. */
export const ask = async (
  server: Served,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<unknown> => {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the reference system refuses ${path}: ${answer.status} ${await answer.text()}`);
  const { data } = (await answer.json()) as { data: unknown };
  return data;
};
