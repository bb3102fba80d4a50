import type { AccountView, SecondFactorOffer } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { codeNow } from '@lianxin/testkit/authenticator';

const { upperClerk, lowerClerk, northOfficer, southOfficer, countyOfficer } = teaPeople;
const json = { 'content-type': 'application/json' };
let server: TestServer;

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const firstStep = (username: string, password = teaPassword) =>
  server.request('/api/session', { method: 'POST', headers: json, body: JSON.stringify({ username, password }) });
const secondStep = (cookie: string, given: object) =>
  server.request('/api/session/second-factor', {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify(given),
  });
const enable = async (client: SignedInClient): Promise<SecondFactorOffer> => {
  const offered = await client.send('POST', '/api/account/second-factor', { password: teaPassword });
  if (offered.status !== 200) throw new Error(await offered.text());
  const offer = (await offered.json()) as SecondFactorOffer;
  const confirmed = await client.send('POST', '/api/account/second-factor/confirmation', {
    code: codeNow(offer.secret),
  });
  expect(confirmed.status).toBe(204);
  return offer;
};

beforeAll(async () => {
  // Codes are of the machine's moment, and so must the sessions be in which the library sets them up.
  server = await testServer({ features: [accessFeature], now: new Date().toISOString() });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
});
afterAll(() => server.close());

describe('a second factor', () => {
  let offer: SecondFactorOffer;

  it('is begun with the password, shown as a picture, and counts from the first confirmed code', async () => {
    const client = await signIn(server, upperClerk.username);
    expect(await codesOf(await client.send('POST', '/api/account/second-factor', { password: 'wrong' }))).toEqual([
      'secret-wrong',
    ]);
    const offered = await client.send('POST', '/api/account/second-factor', { password: teaPassword });
    const shown = (await offered.json()) as SecondFactorOffer;
    expect(shown.address).toMatch(/^otpauth:\/\/totp\/.*upper\.clerk\?secret=[A-Z2-7]+&issuer=/);
    expect(shown.picture).toContain('<svg');
    expect(new Set(shown.recoveryCodes).size).toBe(10);
    // Not confirmed yet: the password alone still logs in.
    expect((await firstStep(upperClerk.username)).status).toBe(200);
    offer = await enable(await signIn(server, upperClerk.username));
    const { rows } = await server.database.owner.query<{ kept: string }>(
      'select secret || backup_codes as kept from lx.two_factor',
    );
    for (const secret of [offer.secret, ...offer.recoveryCodes]) expect(rows[0]?.kept).not.toContain(secret);
  });

  it('is asked for after the right password; without it nobody is logged in', async () => {
    const first = await firstStep(upperClerk.username);
    expect([first.status, await codesOf(first)]).toEqual([401, ['second-factor-needed']]);
    const cookie = cookieOf(first);
    expect((await server.request('/api/me', { headers: { cookie } })).status).toBe(401);
    expect(await codesOf(await secondStep(cookie, { code: '000000' }))).toEqual(['secret-wrong']);
    expect(await codesOf(await secondStep('', { code: codeNow(offer.secret) }))).toEqual(['session-expired']);
    const second = await secondStep(cookie, { code: codeNow(offer.secret) });
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({ username: upperClerk.username });
    expect((await server.request('/api/me', { headers: { cookie: cookieOf(second) } })).status).toBe(200);
    expect(await codesOf(await firstStep(upperClerk.username, 'wrong'))).toEqual(['secret-wrong']);
  });

  it('gives way to a recovery code, once', async () => {
    const [code = ''] = offer.recoveryCodes;
    expect((await secondStep(cookieOf(await firstStep(upperClerk.username)), { recoveryCode: code })).status).toBe(200);
    const again = await secondStep(cookieOf(await firstStep(upperClerk.username)), { recoveryCode: code });
    expect(await codesOf(again)).toEqual(['secret-wrong']);
  });

  it('takes five wrong codes for one first step, and no more', async () => {
    const cookie = cookieOf(await firstStep(upperClerk.username));
    for (let wrong = 0; wrong < 5; wrong += 1)
      expect(await codesOf(await secondStep(cookie, { code: '000000' }))).toEqual(['secret-wrong']);
    expect(await codesOf(await secondStep(cookie, { code: codeNow(offer.secret) }))).toEqual(['session-expired']);
  });

  it('is taken away by an administrator of the range with a reason, in the journal, and by nobody else', async () => {
    const path = `/api/accounts/${upperClerk.person}/second-factor-reset`;
    const entries = async () => (await server.database.owner.query(`select 1 from lx.journal_entry`)).rowCount;
    const before = await entries();
    const ask = async (who: { readonly username: string }, target = path) =>
      codesOf(
        await (
          await signIn(server, who.username)
        ).send(
          'POST',
          target,
          { reason: '手机丢失' },
          { 'idempotency-key': `reset-${who.username}-${target.slice(14, 50)}` },
        ),
      );
    expect(await ask(northOfficer)).toEqual(['capability-missing']);
    expect(await ask(southOfficer)).toEqual(['not-found']);
    expect(await ask(lowerClerk)).toEqual(['not-found']);
    expect(await ask(countyOfficer, `/api/accounts/${countyOfficer.person}/second-factor-reset`)).toEqual([
      'not-found',
    ]);
    expect(await entries()).toBe(before);
    expect(await ask(countyOfficer)).toEqual([]);
    expect(await entries()).toBe((before ?? 0) + 1);
    expect((await firstStep(upperClerk.username)).status).toBe(200);
  });

  it('is removed by its owner with the password', async () => {
    await enable(await signIn(server, lowerClerk.username));
    const first = await firstStep(lowerClerk.username);
    expect(await codesOf(first)).toEqual(['second-factor-needed']);
    await server.database.owner.query('delete from lx.two_factor');
    await server.database.owner.query('update lx.account set two_factor_enabled = false');
    const client = await signIn(server, lowerClerk.username);
    const offer = await enable(client);
    const inside = cookieOf(
      await secondStep(cookieOf(await firstStep(lowerClerk.username)), { code: codeNow(offer.secret) }),
    );
    const remove = (password: string) =>
      server.request('/api/account/second-factor/removal', {
        method: 'POST',
        headers: { ...json, cookie: inside },
        body: JSON.stringify({ password }),
      });
    expect(await codesOf(await remove('wrong'))).toEqual(['secret-wrong']);
    expect((await remove(teaPassword)).status).toBe(204);
    expect((await firstStep(lowerClerk.username)).status).toBe(200);
  });
});

describe('one’s own account', () => {
  it('shows where it is logged in, and ends one place with the very next request there', async () => {
    const phone = await signIn(server, southOfficer.username);
    const desk = await signIn(server, southOfficer.username);
    const account = (await (await desk.get('/api/account')).json()) as AccountView;
    expect(account.sessions.filter((one) => one.current)).toHaveLength(1);
    const other = account.sessions.find((one) => !one.current);
    const stranger = await signIn(server, lowerClerk.username);
    expect((await stranger.send('POST', `/api/account/sessions/${other?.id}/end`, {})).status).toBe(404);
    const others = account.sessions.filter((one) => !one.current);
    for (const one of others)
      expect((await desk.send('POST', `/api/account/sessions/${one.id}/end`, {})).status).toBe(204);
    expect((await phone.get('/api/me')).status).toBe(401);
    expect((await desk.get('/api/me')).status).toBe(200);
  });

  it('changes the password with the old one, refuses a poor one in words, and ends every session', async () => {
    const client = await signIn(server, northOfficer.username);
    const change = (current: string, next: string) => client.send('POST', '/api/account/password', { current, next });
    expect(await codesOf(await change('wrong', 'a-new-cup-of-tea'))).toEqual(['secret-wrong']);
    expect(await codesOf(await change(teaPassword, 'qzx-1'))).toEqual(['password-length']);
    expect((await change(teaPassword, 'a-new-cup-of-tea')).status).toBe(204);
    expect((await client.get('/api/me')).status).toBe(401);
    expect((await firstStep(northOfficer.username, 'a-new-cup-of-tea')).status).toBe(200);
  });
});
