import type { AccountView } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passkeyDevice, type Misbehaviour } from '@lianxin/testkit/authenticator';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaPassword,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { accessFeature } from './index.js';

const { upperClerk, lowerClerk, northOfficer } = teaPeople;
const json = { 'content-type': 'application/json' };
const origin = 'http://lianxin.test';
let server: TestServer;
let owner: SignedInClient;
const device = passkeyDevice(origin);

type Offer = Parameters<typeof device.register>[0];
const post = (path: string, body: unknown, cookie = '') =>
  server.request(path, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(body) });
const offerTo = async (client: SignedInClient): Promise<Offer> =>
  (await (await client.send('POST', '/api/account/passkeys/offer', { password: teaPassword })).json()) as Offer;
const offerLogIn = async (): Promise<Offer> => (await (await post('/api/session/passkey/offer', {})).json()) as Offer;
const logIn = async (behaviour: Misbehaviour = {}, from = device) =>
  post('/api/session/passkey', { answer: from.answer(await offerLogIn(), behaviour) });
const kept = async () => (await server.database.owner.query('select * from lx.passkey')).rows;

beforeAll(async () => {
  server = await testServer({ features: [accessFeature] });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  owner = await signIn(server, upperClerk.username);
});
afterAll(() => server.close());

describe('a passkey', () => {
  it('is begun with the password, and registered once, from this site, by an owner whom the device has verified', async () => {
    expect(await codesOf(await owner.send('POST', '/api/account/passkeys/offer', { password: 'wrong' }))).toEqual([
      'secret-wrong',
    ]);
    const add = (answer: unknown) => owner.send('POST', '/api/account/passkeys', { name: '我的手机', answer });
    const wrongs: Misbehaviour[] = [{ verified: false }, { origin: 'http://lianxin.evil' }];
    for (const wrong of wrongs)
      expect([wrong, await codesOf(await add(device.register(await offerTo(owner), wrong)))]).toEqual([
        wrong,
        ['passkey-refused'],
      ]);
    const stranger = await signIn(server, lowerClerk.username);
    expect(await codesOf(await add(device.register(await offerTo(stranger))))).toEqual(['passkey-refused']);
    const late = await offerTo(owner);
    server.clock.advance({ minutes: 6 });
    expect(await codesOf(await add(device.register(late)))).toEqual(['passkey-refused']);
    expect(await kept()).toEqual([]);
    const made = device.register(await offerTo(owner));
    expect((await add(made)).status).toBe(204);
    expect(await codesOf(await add(made))).toEqual(['passkey-refused']);
    expect(await codesOf(await add(device.register(await offerTo(owner))))).toEqual(['already-exists']);
    const account = (await (await owner.get('/api/account')).json()) as AccountView;
    expect(account.passkeys).toMatchObject([{ name: '我的手机', lastUsed: null }]);
  });

  it('logs in without name and password, and counts as the second factor', async () => {
    await server.database.owner.query('update lx.account set two_factor_enabled = true where username = $1', [
      upperClerk.username,
    ]);
    const answer = await logIn({ count: 7 });
    expect([answer.status, await answer.json()]).toMatchObject([200, { username: upperClerk.username }]);
    const line = answer.headers.getSetCookie().join('\n');
    expect(line).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = line.split(';')[0] ?? '';
    expect((await server.request('/api/me', { headers: { cookie } })).status).toBe(200);
    expect((await server.request('/api/me', { headers: { cookie: cookie.slice(0, -6) } })).status).toBe(401);
    await server.database.owner.query('update lx.account set two_factor_enabled = false');
  });

  it('is refused when it is a stranger’s, unverified, from another site, repeated, or a copy that counts backwards', async () => {
    const sessions = async () => (await server.database.owner.query('select 1 from lx.session')).rowCount;
    const before = await sessions();
    const strange = await logIn({ count: 9 }, passkeyDevice(origin));
    const tries = [strange, await logIn({ verified: false, count: 9 }), await logIn({ origin: 'http://lianxin.evil' })];
    const repeated = { answer: device.answer(await offerLogIn(), { count: 3 }) };
    tries.push(await post('/api/session/passkey', repeated), await post('/api/session/passkey', repeated));
    for (const answer of tries) expect(await codesOf(answer)).toEqual(['passkey-refused']);
    await server.database.owner.query('update lx.account set disabled_at = now() where username = $1', [
      upperClerk.username,
    ]);
    expect(await codesOf(await logIn({ count: 10 }))).toEqual(['passkey-refused']);
    await server.database.owner.query('update lx.account set disabled_at = null');
    expect(await sessions()).toBe(before);
  });

  it('unlocks the screen of its owner, and of nobody else', async () => {
    const other = await signIn(server, northOfficer.username);
    for (const [client, codes] of [
      [other, ['passkey-refused']],
      [owner, []],
    ] as const) {
      await client.send('POST', '/api/session/lock', {});
      const passkey = device.answer(await offerLogIn(), { count: codes.length === 0 ? 21 : 20 });
      expect(await codesOf(await client.send('POST', '/api/session/unlock', { passkey }))).toEqual(codes);
      expect((await client.get('/api/me')).status).toBe(codes.length === 0 ? 200 : 401);
    }
  });

  it('is removed by its owner with the password, and by nobody else', async () => {
    const [{ id }] = (await kept()) as [{ id: string }];
    const path = `/api/account/passkeys/${id}/removal`;
    const stranger = await signIn(server, lowerClerk.username);
    expect(await codesOf(await post(path, { password: teaPassword }))).toEqual(['not-signed-in']);
    expect(await codesOf(await stranger.send('POST', path, { password: teaPassword }))).toEqual(['not-found']);
    expect(await codesOf(await owner.send('POST', path, { password: 'wrong' }))).toEqual(['secret-wrong']);
    expect(await kept()).toHaveLength(1);
    expect((await owner.send('POST', path, { password: teaPassword })).status).toBe(204);
    expect(await codesOf(await logIn({ count: 30 }))).toEqual(['passkey-refused']);
  });
});
