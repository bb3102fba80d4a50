import type pg from 'pg';
import { readDemonstration, type DemonstrationMeetings } from '@lianxin/pack-reader';
import { addAccount, sharedHash } from '../../access/index.js';
import type { Deps } from '../../deps.js';

type Owner = Pick<pg.ClientBase, 'query'>;
type Village = DemonstrationMeetings['bodies'][number];

/** Somebody made up for a body of a village. */
interface MadeUp {
  readonly id: string;
  readonly name: string;
}

/** Adds the made-up members of the bodies of a village 虚构的代表、党员和委员, with log-ins for one representative and one Party member. */
export const addMembers = async (deps: Deps, owner: Owner, folder: string, village: Village): Promise<void> => {
  const { people } = readDemonstration(folder);
  const county = village.village.slice(0, 6);
  const now = deps.clock();
  let next = people.surnames.length * people.given.length;
  const person = async (female: boolean, household: string | null): Promise<MadeUp> => {
    // From the end of the list of names, so that nobody is called as somebody the county already has.
    next -= 1;
    const surname = people.surnames[next % people.surnames.length] ?? '';
    const second = people.given[Math.floor(next / people.surnames.length) % people.given.length] ?? '';
    const made = { id: deps.newId(), name: `${surname}演${second}` };
    await owner.query(
      `insert into lx.person (county, id, division, name, sex, birth_year, made_up, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, true, $7, $8)`,
      [county, made.id, village.village, made.name, female ? 'female' : 'male', 1958 + (next % 40), people.from, now],
    );
    if (household !== null) {
      await owner.query(
        `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
        [county, household, made.id, village.village, people.from, now],
      );
    }
    return made;
  };
  const bodyOf = async (kind: string): Promise<string> => {
    const { rows } = await owner.query<{ id: string }>(
      'select id from lx.body where county = $1 and division = $2 and kind = $3 order by id limit 1',
      [county, village.village, kind],
    );
    const [found] = rows;
    if (found === undefined) throw new Error(`demonstration: ${village.village} has no ${kind}`);
    return found.id;
  };
  const appoint = async (made: MadeUp, post: string, body: string): Promise<void> => {
    await owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [county, deps.newId(), village.village, made.id, post, body, made.name, people.from, now],
    );
  };
  const login = async (username: string, made: MadeUp): Promise<void> => {
    const account = { username, name: made.name, person: made.id, county, password: people.password };
    const added = await addAccount(owner, account, sharedHash());
    if (!added.ok) throw new Error(`demonstration: ${username} was refused`);
  };
  const homes: string[] = [];
  for (let at = 1; at <= village.households; at += 1) {
    const home = deps.newId();
    await owner.query(
      `insert into lx.household (county, id, division, label, takes_contact, valid_from, recorded_at) values ($1, $2, $3, $4, true, $5, $6)`,
      [county, home, village.village, `演示${at}号`, people.from, now],
    );
    homes.push(home);
  }
  const assembly = await bodyOf('representative-assembly');
  for (let at = 0; at < village.representatives; at += 1) {
    const made = await person(at < village.women, homes[at % homes.length] ?? null);
    await appoint(made, 'representative', assembly);
    if (at === 0) await login(village.logins.representative, made);
  }
  const branch = await bodyOf('branch');
  for (let at = 0; at < village.partyMembers; at += 1) {
    const made = await person(at % 3 === 0, null);
    await owner.query(
      `insert into lx.party_membership (county, id, division, person, branch, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [county, deps.newId(), village.village, made.id, branch, people.from, now],
    );
    if (at === 0) await login(village.logins.member, made);
    if (at > 0 && at <= village.branchMembers) await appoint(made, 'committee-member', branch);
  }
  const committee = await bodyOf('villagers-committee');
  for (let at = 0; at < village.committeeMembers; at += 1) {
    await appoint(await person(at === 0, null), 'committee-member', committee);
  }
};
