import type pg from 'pg';
import type { ProcedureText } from '@lianxin/domain';
import { sharedHash, addAccount } from '../../access/index.js';
import { activateTeaPack, proceduresOf, teaCounty, teaPassword } from '@lianxin/testkit/database';

const inForce = { from: '2011-01-01' };
const { upper } = teaCounty.divisions;

/** How the tea county decides: the committee drafts, twelve representatives resolve after three days' notice, and the resolution stands for five days. */
const decision: ProcedureText = {
  kind: 'procedure',
  id: 'tea-decision',
  title: '茶事议决',
  inForce,
  covers: [],
  forMatters: { kinds: ['tea-decision'], source: ['TEA-1'] },
  level: 'village',
  opensBy: [{ body: 'villagers-committee' }],
  form: [
    { id: 'subject', title: '事项', type: 'text' },
    { id: 'kind', title: '类别', type: 'choice', optional: true, choices: [{ id: 'tea-decision', title: '茶事' }] },
  ],
  names: [
    { id: 'representative-assembly', title: '茶客代表会' },
    { id: 'villagers-committee', title: '茶村委会' },
  ],
  stages: [
    {
      id: 'resolve',
      title: '代表会决议',
      by: [{ body: 'villagers-committee' }],
      vote: {
        roll: 'representative-assembly',
        attendance: { atLeast: '2/3', of: 'entitled' },
        approval: { moreThan: '1/2', of: 'present' },
        notice: { atLeast: '3 days', before: 'meeting' },
        convenedBy: [{ body: 'villagers-committee' }],
        demandedBy: [
          { id: 'guests', title: '茶客代表', share: { atLeast: '1/3', of: 'entitled' }, source: ['TEA-31'] },
        ],
        composition: [{ id: 'women', title: '女代表', share: { atLeast: '1/3', of: 'present' } }],
        proxies: { most: 1 },
        source: ['TEA-30'],
      },
    },
    {
      id: 'publish',
      title: '公示决议',
      by: [{ body: 'villagers-committee' }],
      publish: {
        what: '决议',
        channels: ['wall'],
        noticePeriod: '5 days',
        objections: { within: '5 days', answeredBy: [{ body: 'villagers-committee' }] },
      },
      then: { end: 'adopted' },
    },
  ],
  closes: {
    results: [
      { id: 'adopted', title: '通过', settled: true },
      { id: 'rejected', title: '未通过' },
    ],
  },
};

/** The host is elected in secret, on paper. */
const election: ProcedureText = {
  kind: 'procedure',
  id: 'tea-election',
  title: '选举馆主',
  inForce,
  covers: [],
  forMatters: { kinds: ['tea-election'] },
  level: 'village',
  opensBy: [{ body: 'villagers-committee' }],
  form: [{ id: 'subject', title: '事项', type: 'text' }],
  stages: [
    {
      id: 'elect',
      title: '投票选举',
      by: [{ body: 'villagers-committee' }],
      vote: {
        roll: 'assembly',
        attendance: { moreThan: '1/2', of: 'registered-voters' },
        approval: { moreThan: '1/2', of: 'voting' },
        ballot: 'secret',
        source: ['LAW-VC-18e'],
      },
      then: { end: 'elected' },
    },
  ],
  closes: {
    results: [
      { id: 'elected', title: '当选', settled: true },
      { id: 'rejected', title: '未当选' },
    ],
  },
};

/** The members of the Party branch look at a draft. */
const review: ProcedureText = {
  kind: 'procedure',
  id: 'tea-review',
  title: '党员审议',
  inForce,
  covers: [],
  forMatters: { kinds: ['tea-review'] },
  level: 'village',
  opensBy: [{ body: 'branch' }],
  form: [{ id: 'subject', title: '事项', type: 'text' }],
  stages: [
    {
      id: 'review',
      title: '党员大会审议',
      by: [{ body: 'branch' }],
      vote: {
        roll: 'party-assembly',
        attendance: { atLeast: '1/2', of: 'entitled' },
        approval: { moreThan: '1/2', of: 'entitled' },
        source: ['LAW-PB-11'],
      },
      then: { end: 'agreed' },
    },
  ],
  closes: {
    results: [
      { id: 'agreed', title: '同意', settled: true },
      { id: 'rejected', title: '不同意' },
    ],
  },
};

const id = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** The twelve representatives, the fourth part women and more; and others of the village. */
export const representatives = Array.from({ length: 12 }, (_, at) => id(6, at + 1));
/** Members of the Party branch; the first is its secretary. */
export const members = representatives.slice(0, 4);
export const teller = id(6, 21);
export const stranger = id(6, 22);

/** Adds the procedures, a representative assembly of twelve with log-ins for two, a branch of four, a convener, a second teller. */
export const addTeaMeetings = async (owner: Pick<pg.ClientBase, 'query'>): Promise<void> => {
  const { county } = teaCounty;
  const from = '2020-01-01';
  const at = '2020-01-01T00:00:00Z';
  await activateTeaPack(owner, teaCounty.divisions.county, '00000009-0000-7000-8000-000000000007', {
    id: 'tea-meetings',
    title: '茶县议事',
    mechanism: 'meetings',
    rules: proceduresOf(decision, election, review),
    from: '2011-01-01',
  });
  const bodies = [
    [31, 'representative-assembly', '上茶村茶客代表会'],
    [32, 'branch', '上茶村支部'],
    [33, 'deliberation-council', '上茶村议事会'],
    [34, 'assembly', '上茶村茶客大会'],
  ] as const;
  for (const [number, kind, name] of bodies) {
    await owner.query(
      `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [county, id(2, number), upper, kind, name, from, at],
    );
  }
  const posts = [
    ['representative', '代表', 'representative-assembly', []],
    ['secretary', '书记', 'branch', ['read-members']],
    ['convener', '召集人', 'deliberation-council', []],
  ] as const;
  for (const [post, title, kind, caps] of posts) {
    await owner.query(
      `insert into lx.post (id, title, title_en, body_kind, level, capabilities) values ($1, $2, $1, $3, 'village', $4) on conflict (id) do nothing`,
      [post, title, kind, [...caps]],
    );
  }
  const person = async (who: string, name: string, sex: string): Promise<void> => {
    await owner.query(
      `insert into lx.person (county, id, division, name, sex, birth_year, made_up, valid_from, recorded_at) values ($1, $2, $3, $4, $5, 1980, true, $6, $7)`,
      [county, who, upper, name, sex, from, at],
    );
  };
  let appointments = 100;
  const appoint = async (who: string, name: string, post: string, body: number): Promise<void> => {
    appointments += 1;
    await owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [county, id(3, appointments), upper, who, post, id(2, body), name, from, at],
    );
  };
  for (const [index, who] of representatives.entries()) {
    await person(who, `代表${index + 1}`, index % 2 === 0 ? 'female' : 'male');
    await appoint(who, `代表${index + 1}`, 'representative', 31);
  }
  for (const who of members) {
    await owner.query(
      `insert into lx.party_membership (county, id, division, person, branch, valid_from, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [county, who.replace(/^00000006/, '00000008'), upper, who, id(2, 32), from, at],
    );
  }
  await appoint(members[0] ?? '', '代表1', 'secretary', 32);
  await person(teller, '计票人乙', 'male');
  await appoint(teller, '计票人乙', 'convener', 33);
  await person(stranger, '路过的人', 'male');
  const logins = [
    ['tea.secretary', '代表1', members[0]],
    ['tea.rep', '代表2', representatives[1]],
    ['tea.teller', '计票人乙', teller],
  ] as const;
  const hashed = sharedHash();
  for (const [username, name, who] of logins) {
    const added = await addAccount(owner, { username, name, person: who ?? '', county, password: teaPassword }, hashed);
    if (!added.ok) throw new Error(JSON.stringify(added.faults));
  }
};
