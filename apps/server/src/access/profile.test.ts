import type { AccountView } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaPassword,
  teaPeople,
  testServer,
  type TestServer,
} from '@lianxin/testkit/database';
import { readConfig } from '../config.js';
import { accessFeature, profileOf, setPassword } from './index.js';

const { upperClerk, lowerClerk, northOfficer, southOfficer } = teaPeople;
const json = { 'content-type': 'application/json' };
let server: TestServer;

const tryIn = (username: string, password: string, next?: string) =>
  server.request('/api/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ username, password, next }),
  });
/** A password that was set on the clock of the test, as everybody's is in the real world. */
const setSince = (username: string, since: string) =>
  server.database.owner.query(
    `update lx.credential set password_set_at = $2 where account_id = (select id from lx.account where username = $1)`,
    [username, since],
  );

beforeAll(async () => {
  server = await testServer({
    features: [accessFeature],
    config: { accountProfile: 'djbh', idleMinutes: undefined, sessionHours: undefined },
  });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  await server.database.owner.query(`update lx.credential set password_set_at = '2026-03-01T00:00:00Z'`);
});
afterAll(() => server.close());

describe('the profile of accounts', () => {
  it('is chosen by the operator; another word than the two is refused with the variable’s name', () => {
    expect(readConfig({}).accountProfile).toBe('asvs');
    expect(
      readConfig({ LIANXIN_ACCOUNT_PROFILE: 'djbh', LIANXIN_IDLE_MINUTES: '10', LIANXIN_SESSION_HOURS: '4' }),
    ).toMatchObject({
      accountProfile: 'djbh',
      idleMinutes: 10,
      sessionHours: 4,
    });
    expect(() => readConfig({ LIANXIN_ACCOUNT_PROFILE: 'strict' })).toThrow(/LIANXIN_ACCOUNT_PROFILE=strict/);
    expect(() => readConfig({ LIANXIN_IDLE_MINUTES: '-1' })).toThrow(/LIANXIN_IDLE_MINUTES=-1/);
  });

  it('djbh asks for three kinds of characters, and does not take one of the last five passwords again', async () => {
    const change = async (next: string): Promise<string[]> => {
      server.clock.advance({ minutes: 1 });
      const rules = { profile: profileOf(server.deps.config), at: server.clock.now() };
      const changed = await setPassword(server.deps.authPool, upperClerk.username, next, rules);
      return changed.ok ? [] : changed.faults.map((one) => one.code);
    };
    expect(await change('only-small-letters')).toEqual(['password-kinds']);
    for (const number of [1, 2, 3, 4, 5]) expect([number, await change(`Green-tea-${number}`)]).toEqual([number, []]);
    for (const barred of [1, 5])
      expect([barred, await change(`Green-tea-${barred}`)]).toEqual([barred, ['password-used-before']]);
    expect(await change('Green-tea-6')).toEqual([]);
    // The first is the sixth of before by now.
    expect(await change('Green-tea-1')).toEqual([]);
    const { rows } = await server.database.owner.query(`select 1 from lx.former_password`);
    expect(rows).toHaveLength(4);
    const account = await (await signIn(server, upperClerk.username, 'Green-tea-1')).get('/api/account');
    expect(((await account.json()) as AccountView).passwordRules).toEqual({
      leastLength: 8,
      leastKinds: 3,
      mostDays: 90,
      notAgain: 5,
    });
  });

  it('djbh warns fourteen days before a password is ninety days old; then it gives way to a new one at the log-in', async () => {
    const left = async (): Promise<unknown> =>
      ((await (await tryIn(lowerClerk.username, teaPassword)).json()) as { passwordDaysLeft?: unknown })
        .passwordDaysLeft;
    const day = (count: number) => new Date(Date.parse(server.clock.now()) - count * 86_400_000).toISOString();
    await setSince(lowerClerk.username, day(75));
    expect(await left()).toBe(null);
    await setSince(lowerClerk.username, day(76));
    expect(await left()).toBe(14);
    await setSince(lowerClerk.username, day(89));
    expect(await left()).toBe(1);
    await setSince(lowerClerk.username, day(90));
    const open = () => server.database.owner.query('select id from lx.session');
    const before = (await open()).rowCount;
    expect(await codesOf(await tryIn(lowerClerk.username, teaPassword))).toEqual(['password-expired']);
    expect(await codesOf(await tryIn(lowerClerk.username, 'wrong', 'White-tea-1'))).toEqual(['secret-wrong']);
    expect(await codesOf(await tryIn(lowerClerk.username, teaPassword, teaPassword))).toEqual(['password-kinds']);
    expect((await open()).rowCount).toBe(before);
    expect((await tryIn(lowerClerk.username, teaPassword, 'White-tea-1')).status).toBe(200);
    expect(await codesOf(await tryIn(lowerClerk.username, teaPassword))).toEqual(['secret-wrong']);
    expect((await tryIn(lowerClerk.username, 'White-tea-1')).status).toBe(200);
  });

  it('djbh closes the door for thirty minutes after five failures', async () => {
    for (let round = 0; round < 5; round += 1) await tryIn(northOfficer.username, 'wrong');
    server.clock.advance({ minutes: 29 });
    expect(await codesOf(await tryIn(northOfficer.username, teaPassword))).toEqual(['account-locked']);
    server.clock.advance({ minutes: 2 });
    expect((await tryIn(northOfficer.username, teaPassword)).status).toBe(200);
  });

  it('ends a session after the profile’s eight hours, used or not', async () => {
    const client = await signIn(server, southOfficer.username);
    const { rows } = await server.database.owner.query<{ hours: number }>(
      `select round(extract(epoch from expires_at - s.created_at) / 3600)::integer as hours
       from lx.session s join lx.account a on a.id = s.account_id where a.username = $1`,
      [southOfficer.username],
    );
    expect(rows).toEqual([{ hours: 8 }]);
    const asked = async () => {
      const answer = await client.get('/api/me');
      return [answer.status, await codesOf(answer)];
    };
    const began = server.clock.now();
    for (let quarters = 1; quarters < 32; quarters += 1) {
      server.clock.advance({ minutes: 14 });
      expect(await asked()).toEqual([200, []]);
    }
    server.clock.set(new Date(Date.parse(began) + 8 * 3_600_000).toISOString());
    expect(await asked()).toEqual([401, ['not-signed-in']]);
  });
});

describe('the locked screen', () => {
  it('comes after fifteen minutes without a request; nothing is answered until the password is given again', async () => {
    const client = await signIn(server, southOfficer.username);
    const unlock = (password: string) => client.send('POST', '/api/session/unlock', { password });
    expect(await (await client.get('/api/me')).json()).toMatchObject({ idleMinutes: 15 });
    server.clock.advance({ minutes: 14 });
    expect((await client.get('/api/me')).status).toBe(200);
    server.clock.advance({ minutes: 15 });
    for (const [method, path, body] of [
      ['GET', '/api/me', undefined],
      ['GET', '/api/account', undefined],
      ['POST', '/api/account/password', { current: teaPassword, next: 'Green-tea-9' }],
      ['POST', '/api/account/second-factor', { password: teaPassword }],
    ] as const) {
      const answer = method === 'GET' ? await client.get(path) : await client.send(method, path, body);
      expect([path, answer.status, await codesOf(answer)]).toEqual([path, 401, ['session-locked']]);
    }
    expect(await codesOf(await unlock('wrong'))).toEqual(['secret-wrong']);
    expect((await client.get('/api/me')).status).toBe(401);
    expect(await (await unlock(teaPassword)).json()).toMatchObject({ username: southOfficer.username });
    expect((await client.get('/api/me')).status).toBe(200);
  });

  it('is put on by its owner, for that session alone, and is no way round the limit of wrong passwords', async () => {
    const desk = await signIn(server, southOfficer.username);
    const phone = await signIn(server, southOfficer.username);
    expect((await desk.send('POST', '/api/session/lock', {})).status).toBe(204);
    expect(await codesOf(await desk.get('/api/me'))).toEqual(['session-locked']);
    expect((await phone.get('/api/me')).status).toBe(200);
    const nobody = await server.request('/api/session/unlock', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ password: teaPassword }),
    });
    expect(await codesOf(nobody)).toEqual(['not-signed-in']);
    const unlock = (password: string) => desk.send('POST', '/api/session/unlock', { password });
    for (let round = 0; round < 5; round += 1) expect(await codesOf(await unlock('wrong'))).toEqual(['secret-wrong']);
    expect(await codesOf(await unlock(teaPassword))).toEqual(['account-locked']);
    server.clock.advance({ minutes: 31 });
    expect((await unlock(teaPassword)).status).toBe(200);
    expect((await desk.get('/api/me')).status).toBe(200);
  });
});
