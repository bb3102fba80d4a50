import type { LogInRow } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaCounty,
  teaPassword,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
  sumOfTables,
} from '@lianxin/testkit/database';

const { county, upper } = teaCounty.divisions;
let server: TestServer;
let administrator: SignedInClient;
const others: { readonly who: string; readonly client: SignedInClient; readonly code: string }[] = [];
let helper = '';

const standing = async (): Promise<string> =>
  sumOfTables(server.database.owner, ['account', 'credential', 'journal_entry']);
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
    const steps = await administrator.get('/api/first-steps');
    expect(await steps.json()).toMatchObject({ villages: 3, logIns: Object.keys(teaPeople).length });
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

  describe('that were handed out', () => {
    const { upperClerk, lowerClerk, countyOfficer } = teaPeople;
    const reason = '已调离岗位';
    const change = (
      what: 'closing' | 'reopening' | 'unlocking' | 'sign-on',
      person: string,
      { by = administrator, ...more }: { by?: SignedInClient; subject?: string } = {},
    ) =>
      by.send(
        'POST',
        `/api/log-ins/${person}/${what}`,
        { reason, ...more },
        { 'idempotency-key': crypto.randomUUID() },
      );
    const standingOf = async (person: string): Promise<LogInRow['standing']> => {
      const list = (await (await administrator.get(`/api/log-ins?division=${county}`)).json()) as { rows: LogInRow[] };
      return list.rows.find((row) => row.person === person)?.standing ?? null;
    };
    const lastEntry = async () =>
      (
        await server.database.owner.query<{ pub: object; private: object }>(
          `select pub, private from lx.journal_entry where kind = 'account.change' order by id desc limit 1`,
        )
      ).rows[0];
    const tryIn = (password: string) =>
      server.request('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: lowerClerk.username, password }),
      });

    it('are closed with a reason, end where they are logged in, and are opened again', async () => {
      const client = await signIn(server, lowerClerk.username);
      expect(await standingOf(lowerClerk.person)).toMatchObject({
        closed: false,
        lastSignedIn: server.clock.now(),
        sessions: 1,
        secondFactor: false,
        passkeys: 0,
        signOn: false,
        lockedUntil: null,
      });
      expect((await change('closing', lowerClerk.person)).status).toBe(201);
      expect(await lastEntry()).toMatchObject({ pub: { change: 'close' }, private: { reason } });
      expect((await client.get('/api/me')).status).toBe(401);
      expect(await codesOf(await tryIn(teaPassword))).toEqual(['secret-wrong']);
      expect(await standingOf(lowerClerk.person)).toMatchObject({ closed: true, sessions: 0 });
      expect(await codesOf(await change('closing', lowerClerk.person))).toEqual(['already-done']);
      expect((await change('reopening', lowerClerk.person)).status).toBe(201);
      expect(await codesOf(await change('reopening', lowerClerk.person))).toEqual(['already-done']);
      expect((await tryIn(teaPassword)).status).toBe(200);
    });

    it('show until when wrong passwords have locked the name, and are unlocked everywhere', async () => {
      for (let round = 0; round < 5; round += 1) await tryIn('wrong');
      expect(await codesOf(await tryIn(teaPassword))).toEqual(['account-locked']);
      expect((await standingOf(lowerClerk.person))?.lockedUntil).toBe('2026-03-02T01:15:00Z');
      expect((await change('unlocking', lowerClerk.person)).status).toBe(201);
      expect((await standingOf(lowerClerk.person))?.lockedUntil).toBe(null);
      expect((await tryIn(teaPassword)).status).toBe(200);
      expect(await codesOf(await change('unlocking', lowerClerk.person))).toEqual(['already-done']);
    });

    it('are bound to the county’s sign-on where there is one; one identity, one log-in', async () => {
      expect(await codesOf(await change('sign-on', lowerClerk.person, { subject: 'clerk-9' }))).toEqual(['not-found']);
      Object.assign(server.deps.config, {
        signOn: { issuer: 'https://id.tea.example', clientId: 'tea', clientSecret: 'tea', name: '茶县统一身份认证' },
      });
      expect((await change('sign-on', lowerClerk.person, { subject: 'clerk-9' })).status).toBe(201);
      expect(await standingOf(lowerClerk.person)).toMatchObject({ signOn: true });
      expect(await codesOf(await change('sign-on', upperClerk.person, { subject: 'clerk-9' }))).toEqual([
        'already-exists',
      ]);
      Object.assign(server.deps.config, { signOn: undefined });
    });

    it('are changed by nobody else, never one’s own, none that is not there, and not without a reason; nothing changes', async () => {
      const before = await standing();
      const whats = ['closing', 'reopening', 'unlocking'] as const;
      for (const what of whats) {
        for (const { who, client, code } of others)
          expect([who, await codesOf(await change(what, helper, { by: client }))]).toEqual([who, [code]]);
        expect(await codesOf(await change(what, countyOfficer.person))).toEqual(['not-found']);
        expect(await codesOf(await change(what, '00000001-0000-7000-8000-0000000000bb'))).toEqual(['not-found']);
        const without = await administrator.send('POST', `/api/log-ins/${helper}/${what}`, { reason: '' });
        expect(without.status).toBe(422);
      }
      expect(await standing()).toBe(before);
    });
  });
});
