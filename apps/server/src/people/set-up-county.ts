import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { countyDate, fault, ok, refuse, type Result } from '@lianxin/domain';
import { readPosts } from '@lianxin/pack-reader';
import { addAccount } from '../access/index.js';
import type { Deps } from '../deps.js';
import { activatePacks } from '../policy-packs/index.js';
import { writePosts, type OwnerDb } from './demonstration/write-rows.js';

/** A first officer as named at setting up. */
export interface FirstOfficer {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

/** What setting a county up asks for. */
export interface SetUp {
  readonly county: string;
  readonly administrator: FirstOfficer;
  readonly organiser: FirstOfficer;
  readonly packs: readonly string[];
}

/** The two first posts of a county, found by what they may do: who runs the system appoints nobody, and the other way round. */
const firstPosts = [
  { duty: 'administer', office: '信息化管理办公室', code: 'data-department', who: 'administrator' },
  { duty: 'appoint', office: '组织部', code: 'organisation-department', who: 'organiser' },
] as const;

type SetUpDeps = Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'config'>;

const addOfficer = async (
  deps: SetUpDeps,
  owner: OwnerDb,
  county: { readonly code: string; readonly name: string },
  first: (typeof firstPosts)[number],
  officer: FirstOfficer,
): Promise<Result<unknown>> => {
  const [tenant, from, at] = [county.code.slice(0, 6), countyDate(deps.clock()), deps.clock()];
  const [person, body] = [deps.newId(), deps.newId()];
  const { rows } = await owner.query(
    `select id from lx.post where level = 'county' and $1 = any (capabilities) order by id limit 1`,
    [first.duty],
  );
  const post = (rows[0] as { id: string } | undefined)?.id;
  if (post === undefined) return refuse(fault('not-found'));
  await owner.query(
    `insert into lx.person (county, id, division, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
    [tenant, person, county.code, officer.name, from, at],
  );
  await owner.query(
    `insert into lx.body (county, id, division, kind, name, code, enterprise_led, valid_from, recorded_at)
     values ($1, $2, $3, 'office', $4, $5, false, $6, $7)`,
    [tenant, body, county.code, `${county.name}${first.office}`, first.code, from, at],
  );
  await owner.query(
    `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenant, deps.newId(), county.code, person, post, body, officer.name, from, at],
  );
  return addAccount(owner, { ...officer, county: tenant, person });
};

/**
 * Sets a county up 开县 on an installation without demonstration: the catalogue of posts, its packs from today, an office and a log-in each
 * for the administrator and for who appoints. One transaction and one journal entry; nothing remains of one that is refused.
 *
 * Refuses `unknown-division` until the county is on record (import of divisions), `already-done` for a county that has a body, the faults of
 * a pack that does not check, and what `addAccount` refuses.
 */
export const setUpCounty = async (
  deps: SetUpDeps,
  owner: OwnerDb,
  input: SetUp,
): Promise<Result<{ county: string }>> => {
  await owner.query('begin');
  const refusing = async <T>(result: Result<T>): Promise<Result<T>> => {
    await owner.query('rollback');
    return result;
  };
  try {
    const { rows } = await owner.query(
      `select name, exists (select from lx.body b where b.county = d.county) as standing from lx.division d
       where code = $1 and level = 'county' and valid_to is null`,
      [input.county],
    );
    const found = rows[0] as { name: string; standing: boolean } | undefined;
    if (found === undefined) return await refusing(refuse(fault('unknown-division', { code: input.county })));
    if (found.standing) return await refusing(refuse(fault('already-done')));
    await writePosts(owner, { posts: readPosts(path.join(deps.config.packs, 'demo-county')) });
    const [fault1, ...more] = await activatePacks(deps, owner, {
      division: input.county,
      packs: input.packs,
      from: countyDate(deps.clock()),
    });
    if (fault1 !== undefined) return await refusing(refuse(fault1, ...more));
    for (const first of firstPosts) {
      const added = await addOfficer(deps, owner, { code: input.county, name: found.name }, first, input[first.who]);
      if (!added.ok) return await refusing(added as Result<{ county: string }>);
    }
    await owner.query(
      `insert into lx.journal_entry (county, id, kind, division, pub, private, seed, leaf, recorded_at)
       values ($1, $2, 'body.change', $3, $4, '{}', $5, 'public', $6)`,
      [
        input.county.slice(0, 6),
        deps.newId(),
        input.county,
        JSON.stringify({ change: 'set-up', packs: input.packs }),
        randomBytes(16),
        deps.clock(),
      ],
    );
    await owner.query('commit');
    return ok({ county: found.name });
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
};
