import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPassword,
  teaPeople,
  testServer,
  type TestServer,
} from '@lianxin/testkit/database';
import { setPassword } from './account.js';
import { profileOf } from './profile.js';
import { accessFeature } from './index.js';

const json = { 'content-type': 'application/json' };

describe('logging in', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await testServer({ features: [accessFeature] });
    await addTeaCounty(server.database.owner);
    await addTeaAccounts(server.database.owner);
  });
  afterAll(async () => server.close());

  const tryIn = async (username: string, password: string, headers: Record<string, string> = {}) =>
    server.request('/api/session', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify({ username, password }),
    });
  const rules = () => ({ profile: profileOf(server.deps.config), at: server.clock.now() });
  const failures = async (): Promise<void> => {
    await server.database.owner.query('delete from lx.sign_in_attempt');
  };

  it('shows a person the offices that appointments give today, and the capabilities of their posts', async () => {
    const client = await signIn(server, teaPeople.countyOfficer.username);
    const me = await (await client.get('/api/me')).json();
    expect(me).toMatchObject({
      person: teaPeople.countyOfficer.person,
      county: teaCounty.county,
      capabilities: ['administer', 'audit', 'import'],
      offices: [{ post: 'tea-county-officer', division: teaCounty.divisions.county, level: 'county' }],
    });
  });

  it('takes an office away on the day its appointment ends, in the middle of a session', async () => {
    const client = await signIn(server, teaPeople.farClerk.username);
    expect((await (await client.get('/api/me')).json()).offices).toHaveLength(1);
    await server.database.owner.query('update lx.appointment set valid_to = $1 where id = $2', [
      '2026-03-02',
      teaPeople.farClerk.office?.appointment,
    ]);
    expect((await (await client.get('/api/me')).json()).offices).toEqual([]);
    await server.database.owner.query('update lx.appointment set valid_to = null where id = $1', [
      teaPeople.farClerk.office?.appointment,
    ]);
  });

  it('answers 401 to nobody, to a cookie signed by somebody else, and to a token that does not exist', async () => {
    const client = await signIn(server, teaPeople.upperClerk.username);
    const forged = client.cookie.replace(/=[^.]+/, '=someoneelsestokensomeoneelsestoken');
    for (const cookie of ['', forged, client.cookie.slice(0, -4)]) {
      const answer = await server.request('/api/me', { headers: cookie === '' ? {} : { cookie } });
      expect(answer.status).toBe(401);
      expect((await answer.json()).faults[0].code).toBe('not-signed-in');
    }
  });

  it('gives an unknown name, a wrong password and a closed account the same words', async () => {
    await failures();
    await server.database.owner.query('update lx.account set disabled_at = now() where username = $1', [
      teaPeople.southOfficer.username,
    ]);
    const answers = await Promise.all([
      tryIn('nobody.at.all', teaPassword),
      tryIn(teaPeople.upperClerk.username, 'not the password'),
      tryIn(teaPeople.southOfficer.username, teaPassword),
      tryIn('名', 'x'),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(bodies).size).toBe(1);
    expect(answers.every((answer) => answer.headers.getSetCookie().length === 0)).toBe(true);
    const { rows } = await server.database.owner.query(
      `select 1 from lx.session s join lx.account a on a.id = s.account_id where a.username = $1`,
      [teaPeople.southOfficer.username],
    );
    expect(rows).toEqual([]);
  });

  it('hashes a password for a name that does not exist too, so that the time tells nothing', async () => {
    const time = async (username: string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await failures();
        const began = performance.now();
        await tryIn(username, 'wrong-password');
        times.push(performance.now() - began);
      }
      return Math.min(...times);
    };
    const known = await time(teaPeople.lowerClerk.username);
    const unknown = await time('unknown.name');
    // One scrypt dominates both; without it an unknown name would answer ten times faster.
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('closes after five failures of a name at an address, says until when, and opens again by itself', async () => {
    await failures();
    for (let round = 0; round < 5; round += 1)
      expect((await tryIn(teaPeople.northOfficer.username, 'wrong')).status).toBe(401);
    const closed = await tryIn(teaPeople.northOfficer.username, teaPassword, { 'accept-language': 'en' });
    expect(closed.status).toBe(429);
    expect((await closed.json()).faults[0]).toMatchObject({
      code: 'account-locked',
      params: { until: '2026-03-02 09:15' },
    });
    expect((await tryIn(teaPeople.lowerClerk.username, teaPassword)).status).toBe(200);
    server.clock.advance({ minutes: 16 });
    expect((await tryIn(teaPeople.northOfficer.username, teaPassword)).status).toBe(200);
  });

  it('counts a name that nobody has like any other', async () => {
    await failures();
    for (let round = 0; round < 5; round += 1) await tryIn('still.nobody', 'wrong');
    expect((await tryIn('still.nobody', 'wrong')).status).toBe(429);
  });

  it('ends a session on the server when the person logs out', async () => {
    const client = await signIn(server, teaPeople.lowerClerk.username);
    const out = await server.request('/api/session', { method: 'DELETE', headers: { cookie: client.cookie } });
    expect(out.status).toBe(204);
    expect((await client.get('/api/me')).status).toBe(401);
  });

  it('ends every session of an account whose password is changed', async () => {
    const client = await signIn(server, teaPeople.lowerResident.username);
    const changed = await setPassword(
      server.database.owner,
      teaPeople.lowerResident.username,
      'another-cup-of-tea',
      rules(),
    );
    expect(changed.ok).toBe(true);
    expect((await client.get('/api/me')).status).toBe(401);
    await signIn(server, teaPeople.lowerResident.username, 'another-cup-of-tea');
  });

  it('refuses a password that is short, holds the name, repeats itself or is on the list of leaked ones, with every reason', async () => {
    const { username } = teaPeople.upperClerk;
    const poor = [
      ['qzx-1', ['password-length']],
      [`x${username}x`, ['password-holds-name']],
      ['aaaaaaaaaaaa', ['password-well-known']],
      ['Password123', ['password-well-known']],
      ['1qaz2wsx', ['password-well-known']],
      ['aaa', ['password-length', 'password-well-known']],
    ] as const;
    for (const [password, codes] of poor) {
      const refused = await setPassword(server.database.owner, username, password, rules());
      expect([password, refused.ok ? [] : refused.faults.map((one) => one.code)]).toEqual([password, codes]);
    }
  });

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await tryIn(teaPeople.upperClerk.username, teaPassword);
    const cookies = answer.headers.getSetCookie().join('\n');
    expect(cookies).toMatch(/HttpOnly/i);
    expect(cookies).toMatch(/SameSite=Lax/i);
  });

  it('refuses a log-in that another site sends', async () => {
    const crossing = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }];
    for (const headers of crossing) {
      const answer = await tryIn(teaPeople.upperClerk.username, teaPassword, headers);
      expect(answer.status).toBe(403);
      expect((await answer.json()).faults[0].code).toBe('origin-refused');
    }
    expect((await tryIn(teaPeople.upperClerk.username, teaPassword, { origin: 'http://lianxin.test' })).status).toBe(
      200,
    );
  });

  it('offers none of the paths of the log-in library that create, look up or bypass', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'sign-in/username',
      'is-username-available',
      'request-password-reset',
    ]) {
      const answer = await server.request(`/api/auth/${path}`, {
        method: 'POST',
        headers: json,
        body: '{"username":"upper.clerk"}',
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('lets the log-in role see accounts and nothing of a county, and the office role nothing of accounts', async () => {
    await expect(server.database.authPool.query('select 1 from lx.person')).rejects.toThrow(/permission denied/);
    const client = await server.database.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local role rt_office');
      await expect(client.query('select 1 from lx.account')).rejects.toThrow(/permission denied/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
