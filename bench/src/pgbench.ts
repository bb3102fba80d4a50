import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchDatabase } from './database.js';

const program = [
  '/usr/bin/pgbench',
  ...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`),
].find(existsSync);

/** Why there is no reference where pgbench is not installed; undefined where it is. */
export const pgbenchMissing: string | undefined =
  program === undefined ? 'pgbench is not installed (Debian: postgresql-contrib or postgresql-15)' : undefined;

/** A script of pgbench in the bench's own folder. */
export const pgbenchScript = (database: BenchDatabase, name: string, text: string): string => {
  const file = path.join(database.folder, `${name}.sql`);
  writeFileSync(file, text);
  return file;
};

/** Transactions a second of a script, prepared statements, on the same PostgreSQL as ours. Throws where pgbench is missing. */
export const runPgbench = (
  database: BenchDatabase,
  on: string,
  file: string,
  clients: number,
  seconds: number,
): number => {
  if (program === undefined) throw new Error(pgbenchMissing);
  const { host, port, user } = database.socket;
  const how = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file];
  const where = ['-h', host, '-p', String(port), '-U', user, on];
  const run = spawnSync(program, [...how, ...where], { encoding: 'utf8' });
  const rate = /tps = ([\d.]+)/.exec(run.stdout)?.[1];
  if (rate === undefined) throw new Error(`pgbench gave no figure: ${run.stdout}${run.stderr}`);
  return Number(rate);
};
