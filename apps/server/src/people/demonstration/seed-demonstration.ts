import path from 'node:path';
import { countyDate } from '@lianxin/domain';
import { readDemonstration, readPacks } from '@lianxin/pack-reader';
import { addDemonstrationAccounts } from '../../access/add-accounts.js';
import type { Makers } from '../../deps.js';
import { activate, bodyOf, keepVersion } from '../../policy-packs/index.js';
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
  /** Packs activated now, as `county pack`. */
  readonly activated: readonly string[];
}

/** Packs that may be activated: those with rules and without a fault. */
const activatable = (folder: string) => {
  const read = readPacks(folder);
  const faulty = new Set(read.faults.map((each) => each.file.split('/')[0]));
  return [...read.packs.values()].filter((pack) => pack.rules.length > 0 && !faulty.has(pack.manifest.id));
};

/** Activates every pack in every county, and a document's own pack in its own place once more, nearer than the others. */
const activatePacks = async (
  deps: SeedDeps,
  counties: readonly string[],
  nearer: readonly { pack: string; division: string }[],
  from: string,
): Promise<string[]> => {
  const activated: string[] = [];
  const recordedAt = deps.clock();
  for (const pack of activatable(deps.packs)) {
    await keepVersion(deps.owner, pack.hash, bodyOf(pack), recordedAt);
    const own = nearer.filter((one) => one.pack === pack.manifest.id).map((one) => one.division);
    for (const division of new Set([...counties, ...own])) {
      const county = division.slice(0, 6);
      const { rows } = await deps.owner.query<{ hash: string }>(
        `select encode(version_hash, 'hex') as hash from lx.pack_activation
         where county = $1 and division = $2 and pack = $3 and valid_to is null`,
        [county, division, pack.manifest.id],
      );
      if (rows.some((row) => row.hash === pack.hash)) continue;
      // The first version answers for replays of old years too; a later one only from today.
      const since = rows.length === 0 ? from : countyDate(recordedAt);
      const id = deps.newId();
      await activate(deps.owner, {
        county,
        id,
        division,
        pack: pack.manifest.id,
        hash: pack.hash,
        from: since,
        recordedAt,
      });
      activated.push(`${county} ${pack.manifest.id}`);
    }
  }
  return activated;
};

/**
 * Seeds the demonstration 演示县: five counties with real divisions, made-up people, accounts, and packs activated.
 *
 * May run at every start: a county that has made-up people is left as it is, and a pack version that is active is not activated again.
 * It needs the owner's connection, since divisions and posts are imports; each county leaves one journal entry. One transaction.
 */
export const seedDemonstration = async (deps: SeedDeps): Promise<Seeded> => {
  const data = readDemonstration(path.join(deps.packs, 'demo-county'));
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
    const codes = data.divisions.counties.map((county) => county.code);
    const activated = await activatePacks(deps, codes, people.packs, people.from);
    await deps.owner.query('commit');
    return { counties, accounts, shown: people.shown, password: people.password, activated };
  } catch (error) {
    await deps.owner.query('rollback');
    throw error;
  }
};
