import { levelOf } from '@lianxin/domain';
import type { Demonstration } from '@lianxin/pack-reader';
import { addExamples } from './build-examples.js';
import { buildPlace, namesOf, type BuiltPlace } from './build-place.js';
import { addHouseholds, buildVillage } from './build-village.js';
import { CountyRows } from './rows.js';

type County = Demonstration['divisions']['counties'][number];
type Township = County['townships'][number];

/** The bodies by village and township that examples refer to. */
export interface BuiltCounty {
  readonly rows: CountyRows;
  readonly branches: ReadonlyMap<string, string>;
  readonly contacts: ReadonlyMap<string, string>;
  /** Township offices by township and catalogue code. */
  readonly offices: ReadonlyMap<string, string>;
}

/** A village code from 001 to 199 is a community (居委会), above a village (村委会). */
export const isCommunity = (code: string): boolean => levelOf(code) === 'village' && Number(code.slice(9)) < 200;

const inStreet = (text: string): string =>
  text.replace('人民政府', '办事处').replace(/^中共(.*)委员会$/, '中共$1工作委员会');

/** The offices of departments that stand beside them in the chain, under its head. */
const addDepartmentOffices = (rows: CountyRows, division: string, built: BuiltPlace): string => {
  const head = built.bodies.find((body) => body.pattern.headOfChain);
  if (head === undefined) throw new Error('the county pattern has no head of the chain of offices');
  for (const department of built.bodies.filter((body) => body.pattern.liaison)) {
    const office = rows.add('body', {
      division,
      kind: 'liaison-office',
      name: `${department.name}联系服务群众工作办公室`,
      parent: department.id,
      code: `liaison-${department.pattern.code}`,
      branch_kind: null,
      enterprise_led: false,
      place: null,
      place_tier: null,
    });
    rows.add('body_link', { division, from_body: office, to_body: head.id, kind: 'liaison' });
  }
  return head.id;
};

/** Prefix of log-in names of a township: the county's key, with a number where several townships have villages. */
const prefixOf = (county: County, township: Township): string | null => {
  const peopled = county.townships.filter((one) => one.villages.length > 0);
  if (township.villages.length === 0) return null;
  return peopled.length === 1 ? county.key : `${county.key}-t${peopled.indexOf(township) + 1}`;
};

/** Township bodies that also stand where nobody is made up. */
const standing = ['committee', 'government', 'liaison-office'];

/** Builds all rows of one county from the demonstration's data; pure but for ids, which are the same every time. */
export const buildCounty = (data: Demonstration, county: County, at: string): BuiltCounty => {
  const { people, posts } = data;
  const code = county.code.slice(0, 6);
  const rows = new CountyRows(code, people.from, at);
  const nameNext = namesOf(people);
  const common = { rows, nameNext, posts: posts.posts, kindOf: (kind: string) => kind };
  const branches = new Map<string, string>();
  const contacts = new Map<string, string>();
  const offices = new Map<string, string>();
  const atCounty = buildPlace({
    ...common,
    division: county.code,
    patterns: people.county,
    named: (text) => text.replace('{place}', county.name),
    tier: null,
    prefix: county.key,
  });
  const head = addDepartmentOffices(rows, county.code, atCounty);
  for (const township of county.townships) {
    const prefix = prefixOf(county, township);
    const named = (text: string): string =>
      (township.name.endsWith('街道') ? inStreet(text) : text).replace('{place}', township.name);
    const built = buildPlace({
      ...common,
      division: township.code,
      patterns: prefix === null ? people.township.filter((one) => standing.includes(one.kind)) : people.township,
      named,
      tier: 'township',
      prefix,
    });
    for (const body of built.bodies)
      if (body.pattern.code) offices.set(`${township.code} ${body.pattern.code}`, body.id);
    const of = (kind: string): string => built.bodies.find((body) => body.pattern.kind === kind)?.id ?? '';
    rows.add('body_link', { division: township.code, from_body: of('liaison-office'), to_body: head, kind: 'liaison' });
    for (const [at, village] of township.villages.entries()) {
      const toBuild = {
        ...common,
        division: village.code,
        name: village.name,
        community: isCommunity(village.code),
        patterns: people.village,
        prefix: `${prefix}-v${String(at + 1).padStart(2, '0')}`,
        committee: of('committee'),
        liaison: of('liaison-office'),
        gaps: people.gaps.gridsWithoutPartyGroup.filter((gap) => gap.village === village.code).map((gap) => gap.grid),
      };
      const done = buildVillage(toBuild);
      if (done.branch !== undefined) branches.set(village.code, done.branch);
      const contact = done.members[0];
      if (contact !== undefined) contacts.set(village.code, contact.id);
      if (at === 0) addHouseholds(toBuild, done, people.households);
    }
  }
  const made = { rows, branches, contacts, offices };
  addExamples(data, made);
  return made;
};
