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
const isEmpty = async (database: Pick<Database, 'owner'>): Promise<boolean> => {
  const client = await connectOwner(database);
  try {
    const { rows } = await client.query<{ empty: boolean }>(
      'select not exists (select from lx.division) and not exists (select from lx.account) as empty',
    );
    return rows[0]?.empty === true;
  } finally {
    await client.end();
  }
};

/**
 * Lets every feature write its part of the made-up demonstration, in their order, into an empty database; gives the log-ins worth
 * showing. A database that holds anything is left alone and gives none.
 */
export const seedDemonstration = async (
  deps: Deps,
  database: Pick<Database, 'owner'>,
  features: readonly Feature[] = allFeatures,
): Promise<DemonstrationLogin[]> => {
  if (!(await isEmpty(database))) return [];
  const logins: DemonstrationLogin[] = [];
  for (const feature of features) logins.push(...((await feature.seed?.(deps, database)) ?? []));
  return logins;
};
