import { createHash } from 'node:crypto';
import type pg from 'pg';
import { scopeOf } from '@lianxin/domain';

/**
 * A made-up county of registers 册县: one town with as many villages as a test counts, another town beside it. Codes are of no real place.
 */
export const registerCounty = {
  county: '999902',
  whole: '999902000000',
  town: '999902001000',
  otherTown: '999902002000',
  otherVillage: '999902002001',
} as const;

/** The code of the village with this number, from 1; those from 200 on are villages by the list's rule, below are communities. */
export const villageOf = (number: number): string => `999902001${String(200 + number)}`;

/** Everything a keeper of the registers may do. */
export const everyCapability = [
  'keep-bodies',
  'appoint',
  'keep-places',
  'assign-contacts',
  'read-members',
  'keep-cards',
] as const;

/** An id that is the same in every run, by a word. */
export const idOf = (word: string): string => {
  const hash = createHash('sha256').update(`register county ${word}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(12, 15)}-a${hash.slice(15, 18)}-${hash.slice(18, 30)}`;
};

/** Somebody acting in an office over a division, with the given capabilities. */
export const officeOver = (division: string, caps: readonly string[] = everyCapability, person = 'keeper') => ({
  key: `person:${idOf(person)}`,
  context: {
    role: 'rt_office' as const,
    county: division.slice(0, 6),
    uid: idOf(person),
    ...scopeOf(division),
    caps: [...caps],
  },
});

/** A person acting as a resident of a division. */
export const residentOf = (division: string, person: string) => ({
  key: `person:${idOf(person)}`,
  context: {
    role: 'rt_resident' as const,
    county: division.slice(0, 6),
    uid: idOf(person),
    ...scopeOf(division),
    caps: [],
  },
});

type Owner = Pick<pg.ClientBase, 'query'>;
const from = '2020-01-01';
const at = '2020-01-01T00:00:00Z';

/** Adds the county's divisions, and the posts that field work and offices ask for. */
export const addRegisterCounty = async (owner: Owner, villages = 12): Promise<void> => {
  const { county, whole, town, otherTown, otherVillage } = registerCounty;
  const rows = [
    [whole, '册县', 'county', 'county', null],
    [town, '册镇', 'township', 'township', whole],
    [otherTown, '邻镇', 'township', 'township', whole],
    [otherVillage, '邻镇社区', 'village', 'community', otherTown],
    ...Array.from({ length: villages }, (_, at_) => [villageOf(at_ + 1), `第${at_ + 1}村`, 'village', 'village', town]),
  ];
  for (const [code, name, level, kind, parent] of rows) {
    await owner.query(
      `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
       values ($1, $2, $2, $3, $4, $5, $6, 'made up', $7)`,
      [code, name, level, kind, parent, county, from],
    );
  }
  const posts = [
    ['secretary', '书记', 'branch'],
    ['grid-leader', '网格长', 'grid'],
    ['group-head', '村民小组组长', 'group'],
    ['info-officer', '民情信息员', 'grid'],
    ['liaison-director', '主任', 'liaison-office'],
  ];
  for (const [id, title, kind] of posts) {
    await owner.query(
      `insert into lx.post (id, title, title_en, body_kind, level) values ($1, $2, $1, $3, 'village') on conflict (id) do nothing`,
      [id, title, kind],
    );
  }
};

/** Adds a person by a word; the name is the word. Gives the id. */
export const addPerson = async (owner: Owner, word: string, division: string): Promise<string> => {
  await owner.query(
    `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at) values ($1, $2, $3, $4, true, $5, $6)
     on conflict do nothing`,
    [division.slice(0, 6), idOf(word), division, word, from, at],
  );
  return idOf(word);
};
