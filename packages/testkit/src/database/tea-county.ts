import type pg from 'pg';
import { addAccount, sharedHash } from '@lianxin/server';
import { valueOf } from '@lianxin/domain';

/**
 * A made-up county for tests 茶县: one county, two townships, three villages, one person an office. Codes are of no real place.
 */
export const teaCounty = {
  county: '999901',
  divisions: {
    county: '999901000000',
    north: '999901001000',
    south: '999901002000',
    upper: '999901001001',
    lower: '999901001002',
    far: '999901002001',
  },
} as const;

/** Somebody of the made-up county. */
export interface TeaPerson {
  readonly username: string;
  readonly name: string;
  readonly person: string;
  /** Where he lives. */
  readonly division: string;
  readonly office?: {
    readonly appointment: string;
    readonly post: string;
    readonly body: string;
    readonly division: string;
  };
}

const id = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;

const { divisions } = teaCounty;

const holding = (
  number: number,
  username: string,
  name: string,
  post: string,
  body: number,
  division: string,
): TeaPerson => ({
  username,
  name,
  person: id(1, number),
  division,
  office: { appointment: id(3, number), post, body: id(2, body), division },
});

/** The people, by user name; two of them hold no office. */
export const teaPeople = {
  upperClerk: holding(1, 'upper.clerk', '茶上文书', 'tea-village-clerk', 1, divisions.upper),
  lowerClerk: holding(2, 'lower.clerk', '茶下文书', 'tea-village-clerk', 2, divisions.lower),
  farClerk: holding(3, 'far.clerk', '茶远文书', 'tea-village-clerk', 3, divisions.far),
  northOfficer: holding(4, 'north.officer', '北镇干事', 'tea-township-officer', 4, divisions.north),
  southOfficer: holding(5, 'south.officer', '南镇干事', 'tea-township-officer', 5, divisions.south),
  countyOfficer: holding(6, 'county.officer', '茶县管理员', 'tea-county-officer', 6, divisions.county),
  upperResident: { username: 'upper.resident', name: '茶上村民', person: id(1, 7), division: divisions.upper },
  lowerResident: { username: 'lower.resident', name: '茶下村民', person: id(1, 8), division: divisions.lower },
} as const satisfies Record<string, TeaPerson>;

/** Every password of the made-up county. */
export const teaPassword = 'tea-and-biscuits';

const divisionRows: readonly (readonly [string, string, string, string, string | null])[] = [
  [divisions.county, '茶县', 'county', 'county', null],
  [divisions.north, '北茶镇', 'township', 'township', divisions.county],
  [divisions.south, '南茶镇', 'township', 'township', divisions.county],
  [divisions.upper, '上茶村', 'village', 'village', divisions.north],
  [divisions.lower, '下茶村', 'village', 'village', divisions.north],
  [divisions.far, '远茶社区', 'village', 'community', divisions.south],
];

const bodyRows: readonly (readonly [number, string, string, string])[] = [
  [1, divisions.upper, 'villagers-committee', '上茶村村民委员会'],
  [2, divisions.lower, 'villagers-committee', '下茶村村民委员会'],
  [3, divisions.far, 'villagers-committee', '远茶社区居民委员会'],
  [4, divisions.north, 'office', '北茶镇便民中心'],
  [5, divisions.south, 'office', '南茶镇便民中心'],
  [6, divisions.county, 'office', '茶县联系办'],
];

const postRows: readonly (readonly [string, string, string, string, string, readonly string[]])[] = [
  ['tea-village-clerk', '村文书', 'village clerk', 'villagers-committee', 'village', []],
  ['tea-township-officer', '镇干事', 'township officer', 'office', 'township', []],
  ['tea-county-officer', '县管理员', 'county officer', 'office', 'county', ['administer', 'import', 'audit']],
];

/** Adds divisions, bodies, posts, persons and appointments of the made-up county, without accounts. */
export const addTeaCounty = async (owner: Pick<pg.ClientBase, 'query'>): Promise<void> => {
  const { county } = teaCounty;
  const from = '2020-01-01';
  const at = '2020-01-01T00:00:00Z';
  for (const [code, name, level, kind, parent] of divisionRows) {
    await owner.query(
      `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
       values ($1, $2, $2, $3, $4, $5, $6, 'made up', $7)`,
      [code, name, level, kind, parent, county, from],
    );
  }
  for (const [number, division, kind, name] of bodyRows) {
    await owner.query(
      `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [county, id(2, number), division, kind, name, from, at],
    );
  }
  for (const [post, title, english, bodyKind, level, capabilities] of postRows) {
    await owner.query(
      `insert into lx.post (id, title, title_en, body_kind, level, capabilities) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do nothing`,
      [post, title, english, bodyKind, level, [...capabilities]],
    );
  }
  for (const person of Object.values<TeaPerson>(teaPeople)) {
    await owner.query(
      `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at) values ($1, $2, $3, $4, true, $5, $6)`,
      [county, person.person, person.division, person.name, from, at],
    );
    if (person.office === undefined) continue;
    const { appointment, post, body, division } = person.office;
    await owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [county, appointment, division, person.person, post, body, person.name, from, at],
    );
  }
};

/** Adds log-ins for those named, or for everybody. */
export const addTeaAccounts = async (
  owner: Pick<pg.ClientBase, 'query'>,
  people: readonly TeaPerson[] = Object.values<TeaPerson>(teaPeople),
): Promise<void> => {
  const hash = sharedHash();
  for (const { username, name, person } of people) {
    valueOf(await addAccount(owner, { username, name, person, county: teaCounty.county, password: teaPassword }, hash));
  }
};
