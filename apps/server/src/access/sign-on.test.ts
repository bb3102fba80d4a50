import type { AccountView, SecondFactorOffer } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeNow } from '@lianxin/testkit/authenticator';
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
import { readConfig } from '../config.js';
import { accessFeature } from './index.js';
import { startCountyProvider, type CountyProvider } from './test-pack/county-provider.js';

const { upperClerk, lowerClerk, northOfficer } = teaPeople;
const json = { 'content-type': 'application/json' };
const client = { id: 'lianxin', secret: 'a-secret-of-the-county', returns: 'http://lianxin.test/console/sign-on' };
let provider: CountyProvider;
let server: TestServer;

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const post = (path: string, body: unknown, cookie = '') =>
  server.request(path, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(body) });
/** Leaves for the provider as a browser does; gives where to and the cookie that stays behind. */
const leave = async (path = '/api/session/sign-on/offer', body: unknown = {}, cookie = '') => {
  const answer = await post(path, body, cookie);
  if (answer.status !== 200) throw new Error(await answer.text());
  const { address } = (await answer.json()) as { address: string };
  return { address, cookie: [cookie, cookiesOf(answer)].filter((one) => one !== '').join('; ') };
};
const comeBack = (search: string, cookie: string) => post('/api/session/sign-on', { search }, cookie);
const signOn = async (subject: string | null): Promise<Response> => {
  provider.logsIn = subject;
  const left = await leave();
  return comeBack(await provider.visit(left.address), left.cookie);
};
const bindTo = async (subject: string, person: SignedInClient): Promise<Response> => {
  provider.logsIn = subject;
  const left = await leave('/api/account/sign-on', { password: teaPassword }, person.cookie);
  return comeBack(await provider.visit(left.address), left.cookie);
};
const standing = async () =>
  (await server.database.owner.query('select id from lx.session union all select id from lx.credential')).rowCount;

beforeAll(async () => {
  provider = await startCountyProvider(client);
  server = await testServer({
    features: [accessFeature],
    config: {
      signOn: { issuer: provider.issuer, clientId: client.id, clientSecret: client.secret, name: '县统一身份认证' },
    },
  });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

describe('the county’s sign-on', () => {
  it('is configured with an https address and all it needs, or not at all', () => {
    const env = { LIANXIN_SIGN_ON_ISSUER: 'https://id.example', LIANXIN_SIGN_ON_CLIENT_ID: 'lianxin' };
    expect(readConfig({}).signOn).toBe(undefined);
    expect(() => readConfig(env)).toThrow(/LIANXIN_SIGN_ON_CLIENT_SECRET/);
    expect(() => readConfig({ ...env, LIANXIN_SIGN_ON_ISSUER: 'http://id.example' })).toThrow(/https/);
    expect(readConfig({ ...env, LIANXIN_SIGN_ON_CLIENT_SECRET: 's' }).signOn).toMatchObject({ name: '统一身份认证' });
  });

  it('cannot be come back from where none is configured', async () => {
    const without = await testServer();
    const answer = await without.request('/api/session/sign-on', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ search: '?state=x' }),
    });
    expect(await codesOf(answer)).toEqual(['not-found']);
    await without.close();
  });

  it('opens nothing for somebody whom no account is bound to, and makes no account and no office', async () => {
    const accounts = async () => (await server.database.owner.query('select 1 from lx.account')).rowCount;
    const before = [await standing(), await accounts()];
    expect(await codesOf(await signOn('stranger'))).toEqual(['sign-on-unbound']);
    expect(await codesOf(await signOn(null))).toEqual(['sign-on-failed']);
    expect([await standing(), await accounts()]).toEqual(before);
  });

  it('is bound by the person, logged in with the password, and logs in from then on with the offices of the appointments', async () => {
    const person = await signIn(server, upperClerk.username);
    expect(await codesOf(await post('/api/account/sign-on', { password: 'wrong' }, person.cookie))).toEqual([
      'secret-wrong',
    ]);
    const bound = await bindTo('clerk-7', person);
    expect(await bound.json()).toMatchObject({ bound: true, me: { username: upperClerk.username } });
    const account = (await (await person.get('/api/account')).json()) as AccountView;
    expect(account.signOn).toEqual({ name: '县统一身份认证', bound: true });
    const inside = await signOn('clerk-7');
    expect(await inside.json()).toMatchObject({
      bound: false,
      me: { username: upperClerk.username, offices: [{ post: 'tea-village-clerk' }] },
    });
    expect((await server.request('/api/me', { headers: { cookie: cookiesOf(inside) } })).status).toBe(200);
    const left = await leave();
    const answer = await provider.visit(left.address);
    expect((await comeBack(answer, left.cookie)).status).toBe(200);
    expect(await codesOf(await comeBack(answer, left.cookie))).toEqual(['sign-on-failed']);
    // One identity, one account.
    const other = await signIn(server, lowerClerk.username);
    expect(await codesOf(await bindTo('clerk-7', other))).toEqual(['already-exists']);
  });

  it('refuses an answer of another browser, a changed code, another nonce, and one that is late', async () => {
    const before = await standing();
    provider.logsIn = 'clerk-7';
    const [mine, theirs] = [await leave(), await leave()];
    const answer = await provider.visit(mine.address);
    expect(await codesOf(await comeBack(answer, ''))).toEqual(['sign-on-failed']);
    expect(await codesOf(await comeBack(answer, theirs.cookie))).toEqual(['sign-on-failed']);
    expect(await codesOf(await comeBack(answer.replace(/code=./, 'code=x'), mine.cookie))).toEqual(['sign-on-failed']);
    expect(await codesOf(await comeBack(answer, mine.cookie))).toEqual(['sign-on-failed']);
    const again = await leave();
    const nonce = new URL(again.address);
    nonce.searchParams.set('nonce', 'of-somebody-else');
    expect(await codesOf(await comeBack(await provider.visit(nonce.href), again.cookie))).toEqual(['sign-on-failed']);
    expect(JSON.stringify(server.logged.at(-1))).toMatch(/nonce/);
    const late = await leave();
    const lateAnswer = await provider.visit(late.address);
    server.clock.advance({ minutes: 11 });
    expect(await codesOf(await comeBack(lateAnswer, late.cookie))).toEqual(['sign-on-failed']);
    expect(await standing()).toBe(before);
  });

  it('binds nothing for a session that is not the one it was begun in', async () => {
    const [person, other] = [await signIn(server, northOfficer.username), await signIn(server, lowerClerk.username)];
    provider.logsIn = 'somebody';
    const left = await leave('/api/account/sign-on', { password: teaPassword }, person.cookie);
    const answer = await provider.visit(left.address);
    const crossed = left.cookie.replace(person.cookie, other.cookie);
    expect(await codesOf(await comeBack(answer, crossed))).toEqual(['sign-on-failed']);
    expect(await codesOf(await signOn('somebody'))).toEqual(['sign-on-unbound']);
  });

  it('stands in for the password alone: a second factor that was turned on here is still asked for', async () => {
    const person = await signIn(server, upperClerk.username);
    const offered = await person.send('POST', '/api/account/second-factor', { password: teaPassword });
    const { secret } = (await offered.json()) as SecondFactorOffer;
    await person.send('POST', '/api/account/second-factor/confirmation', { code: codeNow(secret) });
    const first = await signOn('clerk-7');
    expect([first.status, await codesOf(first)]).toEqual([401, ['second-factor-needed']]);
    const cookie = cookiesOf(first);
    expect((await server.request('/api/me', { headers: { cookie } })).status).toBe(401);
    expect(await codesOf(await post('/api/session/second-factor', { code: '000000' }, cookie))).toEqual([
      'secret-wrong',
    ]);
    const second = await post('/api/session/second-factor', { code: codeNow(secret) }, cookie);
    expect([second.status, await second.json()]).toMatchObject([200, { username: upperClerk.username }]);
    await server.database.owner.query('delete from lx.two_factor');
    await server.database.owner.query('update lx.account set two_factor_enabled = false');
  });

  it('opens no closed account, and none whose owner has ended the binding', async () => {
    await server.database.owner.query('update lx.account set disabled_at = now() where username = $1', [
      upperClerk.username,
    ]);
    expect(await codesOf(await signOn('clerk-7'))).toEqual(['sign-on-closed']);
    await server.database.owner.query('update lx.account set disabled_at = null');
    const person = await signIn(server, upperClerk.username);
    const end = (password: string) => post('/api/account/sign-on/removal', { password }, person.cookie);
    expect(await codesOf(await end('wrong'))).toEqual(['secret-wrong']);
    expect((await end(teaPassword)).status).toBe(204);
    expect(await codesOf(await end(teaPassword))).toEqual(['not-found']);
    expect(await codesOf(await signOn('clerk-7'))).toEqual(['sign-on-unbound']);
  });
});
