import type { BuiltPlace, PlaceToBuild } from './build-place.js';
import { buildPlace } from './build-place.js';
import type { CountyRows } from './rows.js';

/** A village's place in the county: the offices above it, and whether it is a community. */
export interface VillageToBuild extends Omit<PlaceToBuild, 'kindOf' | 'tier' | 'named'> {
  readonly name: string;
  readonly community: boolean;
  readonly committee: string;
  readonly liaison: string;
  /** Grids left without a Party group, by code. */
  readonly gaps: readonly string[];
}

/** What things are called in a community instead of a village. */
const inCommunity = (text: string): string => text.replaceAll('村民', '居民').replaceAll('村务', '居务');

/** The name without the words that only say what kind of committee it has. */
export const shortName = (name: string): string => name.replace(/(?:居民委员会|居委会)$/, '');

const link = (rows: CountyRows, division: string, from: string, to: string, kind: string): void => {
  rows.add('body_link', { division, from_body: from, to_body: to, kind });
};

const addGrids = (village: VillageToBuild, built: BuiltPlace): void => {
  const { rows, division } = village;
  const groups = built.bodies.filter((body) => body.pattern.kind === 'party-group');
  const leaders = ['grid-leader-1', 'grid-leader-2'].map((word) => built.persons.get(word));
  for (const [at, body] of built.bodies.filter((one) => one.pattern.grid !== undefined).entries()) {
    const code = body.pattern.grid ?? '';
    const grid = rows.add('grid', { division, code, name: body.name });
    const group = groups[(body.pattern.partyGroup ?? 1) - 1];
    const contact = built.members[at] ?? built.members[0];
    if (group !== undefined && contact !== undefined && !village.gaps.includes(code)) {
      rows.add('grid_party_group', { division, grid, body: group.id, contact: contact.id });
    }
    const leader = leaders[at];
    if (leader !== undefined) {
      rows.add('duty_contact', {
        division,
        grid,
        body: null,
        name: leader.name,
        duty: '网格长',
        office_phone: null,
        published_day: rows.from,
      });
    }
  }
};

/** Links the Party tree and the chain of offices, and publishes who directs the village's one office. */
const addLinks = (village: VillageToBuild, built: BuiltPlace): string | undefined => {
  const { rows, division } = village;
  const branch = built.bodies.find((body) => body.pattern.kind === 'branch');
  if (branch !== undefined) link(rows, division, branch.id, village.committee, 'party-tree');
  const office = built.bodies.find((body) => body.pattern.kind === 'liaison-office');
  if (office !== undefined) link(rows, division, office.id, village.liaison, 'liaison');
  for (const group of built.bodies.filter((body) => body.pattern.kind === 'party-group')) {
    if (branch !== undefined) link(rows, division, group.id, branch.id, 'party-tree');
  }
  const secretary = built.persons.get('secretary');
  if (office !== undefined && secretary !== undefined) {
    rows.add('duty_contact', {
      division,
      grid: null,
      body: office.id,
      name: secretary.name,
      duty: '主任（书记兼任）',
      office_phone: null,
      published_day: rows.from,
    });
  }
  return branch?.id;
};

const addMembers = (village: VillageToBuild, built: BuiltPlace, branch: string): void => {
  const groups = built.bodies.filter((body) => body.pattern.kind === 'party-group');
  for (const [at, member] of built.members.entries()) {
    village.rows.add('party_membership', {
      division: village.division,
      person: member.id,
      branch,
      party_group: groups[at % Math.max(1, groups.length)]?.id ?? null,
    });
  }
};

const addSeats = (village: VillageToBuild, built: BuiltPlace): void => {
  for (const { id, pattern } of built.bodies) {
    const post =
      pattern.kind === 'branch' ? 'secretary' : pattern.kind === 'villagers-committee' ? 'director' : undefined;
    if (post !== undefined) village.rows.add('establishment', { division: village.division, body: id, post, seats: 1 });
  }
};

/** Example households with a resident who can log in, the first with a Party member as contact. */
export const addHouseholds = (village: VillageToBuild, built: BuiltPlace, labels: readonly string[]): void => {
  const { rows, division } = village;
  for (const [at, label] of labels.entries()) {
    const household = rows.add('household', { division, label, takes_contact: true });
    const { name, sex, birthYear } = village.nameNext();
    const person = rows.add('person', { division, name, sex, birth_year: birthYear, made_up: true });
    rows.add('household_member', { household, person, division });
    const contact = built.members.at(-1);
    if (at > 0 || contact === undefined) continue;
    rows.add('contact_assignment', {
      division,
      household,
      member: contact.id,
      contact_name: contact.name,
      ended_by: null,
    });
    const username = `${village.prefix}-resident`;
    rows.accounts.push({
      username,
      county: rows.county,
      person,
      name,
      office: `${village.name} 村民`,
      officeInEnglish: 'Resident',
    });
  }
};

/** Builds one village after the patterns: bodies, people, grids, links; gives what was built and its branch. */
export const buildVillage = (village: VillageToBuild): BuiltPlace & { branch: string | undefined } => {
  const name = shortName(village.name);
  const built = buildPlace({
    ...village,
    tier: 'community',
    named: (text) => (village.community ? inCommunity(text) : text).replace('{name}', name),
    kindOf: (kind) => (village.community && kind === 'villagers-committee' ? 'residents-committee' : kind),
  });
  addGrids(village, built);
  const branch = addLinks(village, built);
  if (branch !== undefined) addMembers(village, built, branch);
  addSeats(village, built);
  return { ...built, branch };
};
