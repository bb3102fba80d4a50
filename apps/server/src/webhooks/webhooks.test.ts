import type { Webhook, WebhookAdded } from '@lianxin/contract';
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
import { startReceiver } from '@lianxin/testkit/processes';
import { Webhook as ForeignVerifier } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carryOutDue } from '../effects/worker.js';
import { writeJournal } from '../journal/index.js';
import { sealCounty } from '../log/index.js';
import { checkAddress } from '../outbound/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { deliverWebhook } from './deliver.js';
import { tellWebhooks } from './tell-webhooks.js';

const { county, divisions } = teaCounty;
let server: TestServer;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let administrator: SignedInClient;
const others: SignedInClient[] = [];

/** The verifier measures time by the machine's own clock: a test's clock is put beside it. */
const now = (): Date => new Date(server.clock.now());
const open = (secret: string, got: { headers: Record<string, string>; body: string }): Record<string, unknown> => {
  const real = Date.now;
  Date.now = () => now().getTime();
  try {
    return new ForeignVerifier(secret).verify(got.body, got.headers) as Record<string, unknown>;
  } finally {
    Date.now = real;
  }
};

const add = async (input: object, headers = {}): Promise<Response> =>
  administrator.send('POST', '/api/webhooks', input, headers);
const list = async (): Promise<Webhook[]> =>
  ((await (await administrator.get('/api/webhooks')).json()) as { rows: Webhook[] }).rows;
const only = async (): Promise<Webhook> => {
  const [one] = await list();
  if (one === undefined) throw new Error('no webhook');
  return one;
};
const carryOut = (): Promise<number> => carryOutDue(server.deps, [deliverWebhook]);
/** Something public happens in a village, and enters the log. */
const publish = async (title: string): Promise<void> => {
  await inContext(server.deps, systemContext(county), async (tx) =>
    writeJournal(tx, {
      kind: 'board.publish',
      division: divisions.upper,
      pub: { board: '财务公开', title, version: 1 },
      commitFields: { drafter: 'x' },
    }),
  );
  await sealCounty(server.deps, county);
};
const tell = async (): Promise<number> => {
  const told = await tellWebhooks(server.deps, county);
  await carryOut();
  return told;
};
const standing = async (): Promise<string> => {
  const { rows } = await server.database.owner.query<{ sum: string }>(
    `select md5(coalesce(string_agg(t, '|' order by t), '')) as sum from (
       select w::text as t from lx.webhook w union all select o.id::text from lx.outbox o
       union all select j.id::text from lx.journal_entry j) all_of_it`,
  );
  return rows[0]?.sum ?? '';
};

beforeAll(async () => {
  server = await testServer({ config: { innerNetworks: ['127.0.0.0/8'] } });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  receiver = await startReceiver();
  administrator = await signIn(server, teaPeople.countyOfficer.username);
  // A township's administrator is none of the county.
  await server.database.owner.query(
    `update lx.post set capabilities = '{administer}' where id = 'tea-township-officer'`,
  );
  for (const person of ['northOfficer', 'upperClerk', 'upperResident'] as const)
    others.push(await signIn(server, teaPeople[person].username));
});
afterAll(async () => {
  await receiver.close();
  await server.close();
});
beforeEach(async () => {
  receiver.got.length = 0;
  receiver.answers.length = 0;
  await server.database.owner.query('delete from lx.webhook_delivery; delete from lx.webhook; delete from lx.outbox');
});

describe('webhooks 推送', () => {
  it('are kept by the county’s administrator; the secret is shown once and stands nowhere', async () => {
    const key = { 'idempotency-key': 'add-one-receiver' };
    const input = { title: '县数据局', url: receiver.url, kinds: ['board.publish'] };
    const answer = await add(input, key);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { secret } = (await answer.json()) as WebhookAdded;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    // The answer again after a lost line: the same secret, and no second webhook.
    expect(((await (await add(input, key)).json()) as WebhookAdded).secret).toBe(secret);
    expect(await list()).toHaveLength(1);
    expect(await (await administrator.get('/api/webhooks')).text()).not.toContain(secret.slice(6));
    for (const table of ['webhook', 'command', 'journal_entry', 'outbox']) {
      const { rows } = await server.database.owner.query(`select 1 from lx.${table} t where strpos(t::text, $1) > 0`, [
        secret.slice(6),
      ]);
      expect(rows, table).toEqual([]);
    }
  });

  it('tell a public act in a message that the library of somebody else verifies, and nothing that is not public', async () => {
    await publish('登记之前');
    const { secret } = (await (
      await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] })
    ).json()) as WebhookAdded;
    await inContext(server.deps, systemContext(county), async (tx) =>
      writeJournal(tx, { kind: 'matter.open', division: divisions.upper, commitFields: { filer: '某人' } }),
    );
    await publish('三月财务公开');
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    expect(receiver.got).toHaveLength(1);
    const [got] = receiver.got;
    if (got === undefined) throw new Error('nothing came');
    const told = open(secret, got);
    expect(told).toMatchObject({
      type: 'board.publish',
      data: { county, division: divisions.upper, public: { board: '财务公开', title: '三月财务公开', version: 1 } },
    });
    expect(got.body).not.toContain('drafter');
    expect(() => open('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', got)).toThrow();
    expect(() => open(secret, { ...got, body: got.body.replace('三月财务', '四月财务') })).toThrow();
    // A try that was recorded is refused later: the moment is signed too.
    server.clock.advance({ minutes: 6 });
    expect(() => open(secret, got)).toThrow(/timestamp/i);
    expect((await only()).deliveries).toMatchObject([
      { kind: 'board.publish', attempts: 1, status: 204, state: 'arrived' },
    ]);
  });

  it('are tried again later with the same id and a new moment, until they arrive', async () => {
    const { secret } = (await (
      await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] })
    ).json()) as WebhookAdded;
    receiver.answers.push({ status: 503 }, { status: 302, headers: { location: '/elsewhere' } });
    await publish('一');
    await tell();
    expect((await only()).failingSince).not.toBeNull();
    expect((await only()).deliveries).toMatchObject([
      { attempts: 1, status: 503, said: '对方回答 503', state: 'waiting' },
    ]);
    expect(await carryOut()).toBe(0);
    server.clock.advance({ milliseconds: 6_000 });
    await carryOut();
    server.clock.advance({ minutes: 6 });
    await carryOut();
    // A redirection is not followed: it could lead anywhere.
    expect(receiver.got.map(({ path }) => path)).toEqual(['/inbound', '/inbound', '/inbound']);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
    const last = receiver.got.at(-1);
    expect(last === undefined ? undefined : open(secret, last).type).toBe('board.publish');
    expect(await only()).toMatchObject({
      failingSince: null,
      deliveries: [{ attempts: 3, state: 'arrived', said: null }],
    });
  });

  it('get a new secret that is shown once; for a day both sign, so that the receiver misses nothing, then the old one is no good', async () => {
    const first = (await (
      await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] })
    ).json()) as WebhookAdded;
    const renew = async (): Promise<Response> =>
      administrator.send('POST', `/api/webhooks/${first.id}/secret`, {}, { 'idempotency-key': 'renew-the-secret' });
    const answer = await renew();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { secret } = (await answer.json()) as WebhookAdded;
    expect(secret).not.toBe(first.secret);
    // The same command once more shows the same secret, and renews nothing again.
    expect(((await (await renew()).json()) as WebhookAdded).secret).toBe(secret);
    await publish('换密钥的当天');
    await tell();
    const [during] = receiver.got;
    if (during === undefined) throw new Error('nothing came');
    for (const one of [first.secret, secret]) expect(open(one, during).type).toBe('board.publish');
    const { bothUntil } = await only();
    expect(bothUntil).not.toBeNull();
    server.clock.advance({ hours: 24 });
    expect(bothUntil).toBe(server.clock.now());
    expect((await only()).bothUntil).toBeNull();
    await publish('换密钥的第二天');
    await tell();
    const after = receiver.got.at(-1);
    if (after === undefined) throw new Error('nothing came');
    expect(open(secret, after).type).toBe('board.publish');
    expect(() => open(first.secret, after)).toThrow();
  });

  it('are turned off in words after five days without success, and tell what they missed once they are on again', async () => {
    await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] });
    const { id } = await only();
    receiver.answers.push(...Array.from({ length: 20 }, () => ({ status: 500 })));
    await publish('一');
    await tell();
    for (let turn = 0; turn < 9; turn += 1) {
      server.clock.advance({ hours: 20 });
      await carryOut();
    }
    const off = await only();
    expect(off.offBecause).toBe('连续 5 天没有一条送到，已自动停用');
    expect(server.logged.some((line) => line.event === 'webhook-turned-off' && line.level === 'error')).toBe(true);
    const tries = receiver.got.length;
    await publish('停用期间');
    expect(await tell()).toBe(0);
    expect(receiver.got).toHaveLength(tries);
    const refused = await administrator.send('POST', `/api/webhooks/${id}/test`, {});
    expect(refused.status).toBe(422);
    receiver.answers.length = 0;
    expect((await administrator.send('POST', `/api/webhooks/${id}/switch`, { on: true })).status).toBe(200);
    expect(await tell()).toBe(1);
    expect(receiver.got.at(-1)?.body).toContain('停用期间');
  });

  it('are turned off at once when the other side says that it is gone; a test goes the way of every message; removed is silent', async () => {
    await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] });
    const { id } = await only();
    expect((await administrator.send('POST', `/api/webhooks/${id}/test`, {})).status).toBe(202);
    await carryOut();
    expect((await only()).deliveries).toMatchObject([{ kind: 'test', state: 'arrived' }]);
    receiver.answers.push({ status: 410 });
    await publish('一');
    await tell();
    expect((await only()).offBecause).toContain('410');
    await administrator.send('POST', `/api/webhooks/${id}/switch`, { on: true });
    await publish('二');
    await tellWebhooks(server.deps, county);
    expect((await administrator.send('POST', `/api/webhooks/${id}/end`, {})).status).toBe(200);
    const before = receiver.got.length;
    await carryOut();
    expect(receiver.got).toHaveLength(before);
    expect(await list()).toEqual([]);
  });

  it('go to no inner address, whatever name it hides behind, unless the operator named its network', async () => {
    const names: Readonly<Record<string, string[]>> = {
      'public.example': ['93.184.216.34'],
      'inner.example': ['10.2.3.4'],
      'mixed.example': ['93.184.216.34', '192.168.1.1'],
      'mapped.example': ['::ffff:127.0.0.1'],
    };
    const asked = (url: string, networks: string[] = []): Promise<string> =>
      checkAddress(url, networks, async (host) => names[host] ?? []).then(
        ({ address }) => address,
        (error: Error) => error.message,
      );
    expect(await asked('https://public.example/hook')).toBe('93.184.216.34');
    expect(await asked('https://inner.example/hook', ['10.2.0.0/16'])).toBe('10.2.3.4');
    expect(await asked('http://inner.example/hook', ['10.2.0.0/16'])).toBe('10.2.3.4');
    for (const url of [
      'https://inner.example',
      'https://mixed.example',
      'https://mapped.example',
      'https://127.0.0.1',
      'https://[::1]',
      'https://[fd00::1]',
      'https://169.254.169.254/latest/meta-data',
      'https://2130706433',
      'https://0.0.0.0',
    ])
      expect(await asked(url), url).toMatch(/内部地址/);
    expect(await asked('http://public.example')).toMatch(/https/);
    expect(await asked('https://user:secret@public.example')).toMatch(/用户名/);
    expect(await asked('ftp://public.example')).toMatch(/https/);
    expect(await asked('https://nowhere.example')).toMatch(/找不到主机/);
  });

  it('are nobody else’s: whoever may not is refused and nothing changes', async () => {
    await add({ title: '平台', url: receiver.url, kinds: ['board.publish'] });
    const { id } = await only();
    const before = await standing();
    const input = { title: '别处', url: receiver.url, kinds: ['board.publish'] };
    for (const [at, client] of others.entries()) {
      const wanted = at < 2 ? 403 : 404;
      expect((await client.get('/api/webhooks')).status).toBe(wanted);
      expect((await client.send('POST', '/api/webhooks', input)).status).toBe(wanted);
      expect((await client.send('POST', `/api/webhooks/${id}/test`, {})).status).toBe(wanted);
      expect((await client.send('POST', `/api/webhooks/${id}/switch`, { on: false })).status).toBe(wanted);
      expect((await client.send('POST', `/api/webhooks/${id}/secret`, {})).status).toBe(wanted);
      expect((await client.send('POST', `/api/webhooks/${id}/end`, {})).status).toBe(wanted);
    }
    expect((await server.request('/api/webhooks')).status).toBe(401);
    expect((await add({ ...input, url: 'https://10.0.0.1/x' })).status).toBe(422);
    expect((await add({ ...input, kinds: ['matter.open'] })).status).toBe(422);
    const nobody = '00000009-0000-7000-8000-000000000009';
    expect((await administrator.send('POST', `/api/webhooks/${nobody}/secret`, {})).status).toBe(404);
    expect((await administrator.send('POST', `/api/webhooks/${nobody}/end`, {})).status).toBe(404);
    expect(await standing()).toBe(before);
  });
});
