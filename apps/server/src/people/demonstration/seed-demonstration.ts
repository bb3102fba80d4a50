import { existsSync } from 'node:fs';
import path from 'node:path';
import { readDemonstration } from '@lianxin/pack-reader';
import { addDemonstrationAccounts } from '../../access/add-accounts.js';
import type { Makers } from '../../deps.js';
import { buildCounty } from './build-county.js';
import type { DemoAccount } from './rows.js';
import { writeCounty, writeDivisions, writePosts, type OwnerDb } from './write-rows.js';

/** What seeding needs: the owner's connection, time and ids, and where the packs lie. */
export interface SeedDeps extends Makers {
  readonly owner: OwnerDb;
  readonly packs: string;
}

/** What was seeded. */
export interface Seeded {
  /** Counties written now; empty when all stood already. */
  readonly counties: readonly string[];
  readonly accounts: readonly DemoAccount[];
  /** Those worth showing at start, by log-in name. */
  readonly shown: readonly string[];
  /** The password all accounts of the demonstration share; printed at start, meant to be known. */
  readonly password: string;
}

/**
 * Seeds the demonstration 演示县: five counties with real divisions, made-up people and their accounts; which packs apply where is
 * the seed of the feature `policy-packs`.
 *
 * May run at every start: a county that has made-up people is left as it is.
 * It needs the owner's connection, since divisions and posts are imports; each county leaves one journal entry. One transaction.
 */
export const seedDemonstration = async (deps: SeedDeps): Promise<Seeded> => {
  const folder = path.join(deps.packs, 'demo-county');
  // An operator's own packs folder need not carry a demonstration.
  if (!existsSync(folder)) return { counties: [], accounts: [], shown: [], password: '' };
  const data = readDemonstration(folder);
  const { people } = data;
  const counties: string[] = [];
  const accounts: DemoAccount[] = [];
  await deps.owner.query('begin');
  try {
    await deps.owner.query('select pg_advisory_xact_lock(7135203)');
    await writePosts(deps.owner, data);
    await writeDivisions(deps.owner, data);
    const { rows } = await deps.owner.query<{ county: string }>('select distinct county from lx.person where made_up');
    const standing = new Set(rows.map((row) => row.county));
    for (const county of data.divisions.counties) {
      const built = buildCounty(data, county, deps.clock());
      accounts.push(...built.rows.accounts);
      if (standing.has(built.rows.county)) continue;
      await writeCounty(deps.owner, built, deps.newId());
      await addDemonstrationAccounts(deps.owner, built.rows.accounts, people.password);
      counties.push(built.rows.county);
    }
    await deps.owner.query('commit');
    return { counties, accounts, shown: people.shown, password: people.password };
  } catch (error) {
    await deps.owner.query('rollback');
    throw error;
  }
};
