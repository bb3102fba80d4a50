import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientBase } from 'pg';
import type { Deps } from './deps.js';
import { features as allFeatures } from './features.js';
import type { Feature } from './http/feature.js';
import { connectOwner, type Database } from './storage/database.js';

/** A log-in of the demonstration 演示账号, to be shown at the start. */
export interface DemonstrationLogin {
  readonly username: string;
  readonly password: string;
  readonly zh: string;
  readonly en: string;
}

/** Whether nothing was ever entered here: a demonstration is never mixed with a county's own data. */
const isEmpty = async (client: ClientBase): Promise<boolean> => {
  const { rows } = await client.query<{ empty: boolean }>(
    `select not exists (select from lx.division) and not exists (select from lx.account)
       and not exists (select from lx.command) and not exists (select from lx.pack_version) as empty`,
  );
  return rows[0]?.empty === true;
};

/** The mark of an installation that is to hold a county's own data alone 不要演示数据. */
const ownDataMark = (deps: Pick<Deps, 'config'>): string => path.join(deps.config.data, 'without-demonstration');

/** Says once that this installation never gets a demonstration; later starts remember it. */
export const refuseDemonstration = (deps: Pick<Deps, 'config'>): void => writeFileSync(ownDataMark(deps), '');

/** Where the log-ins of the demonstration stand, so that a later start shows them too. */
const loginsFile = (deps: Pick<Deps, 'config'>): string => path.join(deps.config.data, 'demonstration.json');

/** The log-ins of this folder's demonstration as they were when it was written; none where there is no demonstration. */
export const demonstrationLogins = (deps: Pick<Deps, 'config'>): readonly DemonstrationLogin[] =>
  existsSync(loginsFile(deps)) ? (JSON.parse(readFileSync(loginsFile(deps), 'utf8')) as DemonstrationLogin[]) : [];

/** Takes back a demonstration that was cut short; only ever called for a database that was empty when it began. */
const clear = async (client: ClientBase): Promise<void> => {
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(format('lx.%I', relname), ', ') as tables from pg_class
     where relnamespace = 'lx'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migration'`,
  );
  await client.query(`truncate ${rows[0]?.tables ?? ''}`);
};

/**
 * Lets every feature write its part of the made-up demonstration, in their order, into an empty database; gives the log-ins worth
 * showing. A database that holds anything, or an installation that refused it, is left alone and gives none. One that was cut short, by an error or a power cut, is taken
 * back whole and begun again: a mark in the data folder says so.
 */
export const seedDemonstration = async (
  deps: Deps,
  database: Pick<Database, 'owner'>,
  features: readonly Feature[] = allFeatures,
): Promise<DemonstrationLogin[]> => {
  if (existsSync(ownDataMark(deps))) return [];
  const mark = path.join(deps.config.data, 'demonstration-unfinished');
  const client = await connectOwner(database);
  try {
    if (existsSync(mark)) await clear(client);
    else if (!(await isEmpty(client))) return [];
    writeFileSync(mark, '');
    const logins: DemonstrationLogin[] = [];
    for (const feature of features) logins.push(...((await feature.seed?.(deps, database)) ?? []));
    writeFileSync(loginsFile(deps), JSON.stringify(logins));
    rmSync(mark);
    return logins;
  } finally {
    await client.end();
  }
};
