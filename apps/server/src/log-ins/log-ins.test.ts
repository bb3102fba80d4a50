import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';

const { county, upper } = teaCounty.divisions;
let server: TestServer;
let administrator: SignedInClient;
const others: { readonly who: string; readonly client: SignedInClient; readonly code: string }[] = [];
let helper = '';

const standing = async (): Promise<string> => {
  const sums: string[] = [];
  for (const table of ['account', 'credential', 'journal_entry']) {
    const { rows } = await server.database.owner.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from lx.${table} t`,
    );
    sums.push(rows[0]?.sum ?? '');
  }
  return sums.join(' ');
};
const codesOf = async (answer: Response): Promise<string[]> =>
  ((await answer.json()) as { faults: { code: string }[] }).faults.map((each) => each.code);
interface Handed {
  readonly username: string;
  readonly password: string;
}

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  administrator = await signIn(server, teaPeople.countyOfficer.username);
  others.push(
    {
      who: 'a village office',
      client: await signIn(server, teaPeople.upperClerk.username),
      code: 'capability-missing',
    },
    { who: 'another village’s office', client: await signIn(server, teaPeople.farClerk.username), code: 'not-found' },
    { who: 'a resident', client: await signIn(server, teaPeople.upperResident.username), code: 'not-found' },
  );
  // A helper of the upper village, on record and in a post, without a log-in.
  helper = '00000001-0000-7000-8000-0000000000aa';
  await server.database.owner.query(
    `insert into lx.person (county, id, division, name, valid_from, recorded_at) values ($1, $2, $3, '茶帮手', '2026-01-01', now())`,
    [teaCounty.county, helper, upper],
  );
  await server.database.owner.query(
    `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
     select county, '00000003-0000-7000-8000-0000000000aa', division, $2, post, body, '茶帮手', '2026-01-01', now()
     from lx.appointment where county = $1 and person = $3`,
    [teaCounty.county, helper, teaPeople.upperClerk.person],
  );
});
afterAll(async () => server.close());

describe('log-ins 账号', () => {
  it('are handed out by the administrator with a first password that opens the console and is kept nowhere', async () => {
    const open = await administrator.get(`/api/log-ins?division=${county}&without=yes`);
    expect(((await open.json()) as { rows: object[] }).rows).toEqual([
      expect.objectContaining({ person: helper, name: '茶帮手', username: null }),
    ]);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const answer = await administrator.send('POST', '/api/log-ins', { person: helper, username: 'Cha.Bang' }, key);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const handed = (await answer.json()) as Handed;
    expect(handed).toMatchObject({ username: 'cha.bang', password: expect.stringMatching(/^[a-z0-9]{12}$/) as string });
    // The answer again, after a lost line: the same slip.
    const repeated = await administrator.send('POST', '/api/log-ins', { person: helper, username: 'Cha.Bang' }, key);
    expect(await repeated.json()).toEqual(handed);
    for (const table of ['command', 'journal_entry', 'credential', 'account']) {
      const { rows } = await server.database.owner.query(`select 1 from lx.${table} t where strpos(t::text, $1) > 0`, [
        handed.password,
      ]);
      expect([table, rows]).toEqual([table, []]);
    }
    // It is good for one log-in, and only together with a password of the person's own.
    const tryWith = (body: object) =>
      server.request('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'cha.bang', password: handed.password, ...body }),
      });
    expect(await codesOf(await tryWith({}))).toEqual(['password-first-use']);
    expect(await codesOf(await tryWith({ next: 'qzx-1' }))).toEqual(['password-length']);
    const client = await signIn(server, 'cha.bang', handed.password, 'leaves-of-my-own');
    expect((await client.get('/api/me')).status).toBe(200);
    expect(await codesOf(await tryWith({}))).toEqual(['secret-wrong']);
    await signIn(server, 'cha.bang', 'leaves-of-my-own');
  });

  it('are renewed for who forgot the password: the old one and its sessions end', async () => {
    const before = await administrator.send('POST', `/api/log-ins/${helper}/password`, undefined);
    const first = (await before.json()) as Handed;
    const client = await signIn(server, 'cha.bang', first.password, 'leaves-of-the-second');
    const again = (await (
      await administrator.send('POST', `/api/log-ins/${helper}/password`, undefined)
    ).json()) as Handed;
    expect(again.password).not.toBe(first.password);
    expect((await client.get('/api/me')).status).toBe(401);
    expect(
      (await (await signIn(server, 'cha.bang', again.password, 'leaves-of-the-third')).get('/api/me')).status,
    ).toBe(200);
  });

  it('are refused to every other office, for a name that is taken, a second one, and a name of another shape; nothing changes', async () => {
    const before = await standing();
    for (const { who, client, code } of others) {
      const list = await client.get(`/api/log-ins?division=${upper}`);
      expect([who, await codesOf(list)]).toEqual([who, [code]]);
      const handing = await client.send('POST', '/api/log-ins', {
        person: teaPeople.lowerResident.person,
        username: 'new.name',
      });
      expect(handing.status).toBeGreaterThanOrEqual(403);
      const renewing = await client.send('POST', `/api/log-ins/${helper}/password`, undefined);
      expect([who, await codesOf(renewing)]).toEqual([who, [code]]);
    }
    const tries = [
      [{ person: helper, username: 'second.one' }, 'already-exists'],
      [{ person: '00000001-0000-7000-8000-0000000000bb', username: 'nobody.here' }, 'not-found'],
      [{ person: helper, username: '-x-' }, 'field-invalid'],
    ] as const;
    for (const [body, code] of tries)
      expect(await codesOf(await administrator.send('POST', '/api/log-ins', body))).toEqual([code]);
    expect(await standing()).toBe(before);
  });
});
