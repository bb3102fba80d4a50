import type { AppointmentProposalRow } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';

const { divisions, county } = teaCounty;
const { upperClerk, lowerClerk, northOfficer, southOfficer, countyOfficer, upperResident } = teaPeople;
const child = '00000001-0000-7000-8000-000000000077';

let server: TestServer;
const clients = new Map<string, SignedInClient>();
const as = (person: { readonly username: string }): SignedInClient => {
  const client = clients.get(person.username);
  if (client === undefined) throw new Error(`${person.username} is not logged in`);
  return client;
};
const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await server.database.owner.query<{ n: number }>(`select (${sql})::int as n`, values)).rows[0]?.n ?? 0;
const idIn = async (answer: Response): Promise<string> => ((await answer.json()) as { id: string }).id;

beforeAll(async () => {
  server = await testServer();
  const { owner } = server.database;
  await addTeaCounty(owner);
  await addTeaAccounts(owner);
  await owner.query(`update lx.post set capabilities = '{appoint,approve-minors}' where id = 'tea-township-officer'`);
  await owner.query(`update lx.post set capabilities = '{administer,audit,appoint}' where id = 'tea-county-officer'`);
  await owner.query(
    `insert into lx.person (county, id, division, name, birth_year, made_up, valid_from, recorded_at)
     values ($1, $2, $3, '茶小苗', 2012, true, '2020-01-01', now())`,
    [county, child, divisions.upper],
  );
  for (const person of Object.values(teaPeople)) clients.set(person.username, await signIn(server, person.username));
});
afterAll(() => server.close());

describe('reading the record of a minor (LAW-MN-36)', () => {
  const path = `/api/persons/${child}?purpose=${encodeURIComponent('核对入学登记')}`;

  it('is 404 without an approval, and the try stands in the access log and in the operator’s', async () => {
    expect(await codesOf(await as(upperClerk).get(path))).toEqual(['not-found']);
    expect(
      await count(`select count(*) from lx.access_log where what = 'minor-record-refused' and subject = $1`, [child]),
    ).toBe(1);
    expect(server.logged.some((line) => line.event === 'minor-record-refused' && line.level === 'warn')).toBe(true);
    const list = await (await as(upperClerk).get(`/api/persons?division=${divisions.upper}`)).json();
    const row = (list as { persons: { id: string; birthYear: number | null }[] }).persons.find(
      (one) => one.id === child,
    );
    expect(row?.birthYear).toBeNull();
  });

  it('is asked for by an office of the range, decided by somebody else with the duty, and by nobody else', async () => {
    const journal = () => count('select count(*) from lx.journal_entry');
    const before = await journal();
    const ask = { person: child, purpose: '核对入学登记' };
    expect(await codesOf(await as(lowerClerk).send('POST', '/api/minor-accesses', ask))).toEqual(['not-found']);
    expect(await codesOf(await as(upperResident).send('POST', '/api/minor-accesses', ask))).toEqual(['not-found']);
    expect(
      await codesOf(await as(upperClerk).send('POST', '/api/minor-accesses', { ...ask, person: upperResident.person })),
    ).toEqual(['minor-approval-not-needed']);
    expect(await journal()).toBe(before);
    const id = await idIn(await as(upperClerk).send('POST', '/api/minor-accesses', ask));
    const decide = (who: { readonly username: string }, request = id) =>
      as(who).send('POST', `/api/minor-accesses/${request}/decision`, { approve: true, days: 2 });
    expect(await codesOf(await decide(upperClerk))).toEqual(['capability-missing']);
    expect(await codesOf(await decide(southOfficer))).toEqual(['not-found']);
    expect(await codesOf(await as(upperClerk).get(path))).toEqual(['not-found']);
    const own = await idIn(await as(northOfficer).send('POST', '/api/minor-accesses', ask));
    expect(await codesOf(await decide(northOfficer, own))).toEqual(['second-person-needed']);
    expect((await decide(northOfficer)).status).toBe(201);
    expect(await codesOf(await decide(northOfficer))).toEqual(['already-done']);
  });

  it('is given for the days approved, logged each time, and to the one who asked alone', async () => {
    const answer = await as(upperClerk).get(path);
    expect(await answer.json()).toMatchObject({ id: child, name: '茶小苗', birthYear: 2012, minor: true });
    await as(upperClerk).get(path);
    expect(
      await count(`select count(*) from lx.access_log where what = 'minor-record' and subject = $1`, [child]),
    ).toBe(2);
    expect(await codesOf(await as(northOfficer).get(path))).toEqual(['not-found']);
    server.clock.advance({ days: 2, minutes: 1 });
    clients.set(upperClerk.username, await signIn(server, upperClerk.username));
    expect(await codesOf(await as(upperClerk).get(path))).toEqual(['not-found']);
    for (const person of Object.values(teaPeople)) clients.set(person.username, await signIn(server, person.username));
  });
});

describe('who read what', () => {
  it('is shown to an auditor of the range, and refused to everybody else', async () => {
    const path = `/api/access-log?division=${divisions.upper}`;
    const page = (await (await as(countyOfficer).get(path)).json()) as {
      rows: { what: string; reader: string; subject: string }[];
    };
    expect(page.rows.map((row) => row.what)).toContain('minor-record');
    expect(page.rows.find((row) => row.what === 'minor-record')).toMatchObject({
      reader: upperClerk.name,
      subject: child,
    });
    expect(await codesOf(await as(upperClerk).get(path))).toEqual(['capability-missing']);
    expect(await codesOf(await as(lowerClerk).get(path))).toEqual(['not-found']);
    expect(await codesOf(await as(upperResident).get(path))).toEqual(['not-found']);
  });

  it('is shown to the person it concerns: the name, the office and the purpose; and nothing about others', async () => {
    const read = `/api/persons/${upperResident.person}?purpose=${encodeURIComponent('办理低保复核')}`;
    expect((await as(upperClerk).get(read)).status).toBe(200);
    const mine = (await (await as(upperResident).get('/api/access-log/mine')).json()) as {
      rows: Record<string, unknown>[];
    };
    expect(mine.rows).toHaveLength(1);
    expect(mine.rows[0]).toMatchObject({
      reader: upperClerk.name,
      purpose: '办理低保复核',
      office: '上茶村村民委员会',
    });
    expect(await (await as(lowerClerk).get('/api/access-log/mine')).json()).toEqual({ rows: [], next: null });
  });
});

describe('a post that administers the system', () => {
  const post = { post: 'tea-county-officer', body: '00000002-0000-7000-8000-000000000006', validFrom: '2026-03-01' };
  const wanted = { ...post, person: southOfficer.person };

  it('is given by two persons: alone nobody gives it, neither over HTTP nor in the database', async () => {
    expect(await codesOf(await as(countyOfficer).send('POST', '/api/appointments', wanted))).toEqual([
      'second-person-needed',
    ]);
    const second = '00000003-0000-7000-8000-0000000000aa';
    await server.database.owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
       values ($1, $2, $3, $4, 'tea-county-officer', $5, '第二人', '2020-01-01', now())`,
      [county, second, divisions.county, upperClerk.person, post.body],
    );
    const proposed = await idIn(await as(countyOfficer).send('POST', '/api/appointment-proposals', wanted));
    const confirm = (who: { readonly username: string }, headers = {}) =>
      as(who).send(
        'POST',
        `/api/appointment-proposals/${proposed}/confirmation`,
        {},
        { 'idempotency-key': `confirm-${who.username}`, ...headers },
      );
    const list = async (who: { readonly username: string }) => {
      const answer = await as(who).get(`/api/appointment-proposals?division=${divisions.county}`);
      return answer.status === 200
        ? ((await answer.json()) as { proposals: AppointmentProposalRow[] }).proposals
        : codesOf(answer);
    };
    expect(await list(countyOfficer)).toMatchObject([
      { id: proposed, personName: southOfficer.name, askedBy: countyOfficer.name, mine: true, confirmedBy: null },
    ]);
    expect(await list(northOfficer)).toEqual(['not-found']);
    expect(await list(upperResident)).toEqual(['not-found']);
    expect(await codesOf(await confirm(countyOfficer))).toEqual(['second-person-needed']);
    expect(await codesOf(await confirm(northOfficer))).toEqual(['not-found']);
    expect(await codesOf(await confirm(lowerClerk))).toEqual(['not-found']);
    const offices = async () =>
      ((await (await as(southOfficer).get('/api/me')).json()) as { offices: unknown[] }).offices.length;
    expect(await offices()).toBe(1);
    const appointed = await confirm(upperClerk, { 'lianxin-office': second });
    expect(appointed.status).toBe(201);
    expect(await offices()).toBe(2);
    const id = await idIn(appointed);
    expect(
      await count(`select count(*) from lx.journal_entry where kind = 'role.grant' and private ->> 'proposedBy' = $1`, [
        countyOfficer.person,
      ]),
    ).toBe(1);
    await as(countyOfficer).send('POST', `/api/appointments/${id}/end`, { on: '2026-03-02' });
    expect(await offices()).toBe(1);
  });
});
