import { createECDH, createPublicKey, verify } from 'node:crypto';
import { decrypt } from 'http_ece';
import type { OwnPush } from '@lianxin/contract';
import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import { startReceiver, type Got } from '@lianxin/testkit/processes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { carryOutDue } from '../effects/worker.js';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';
import { queueRings, ringBrowser } from './ring.js';

const { county } = teaCounty;
const wanted = '家里屋顶漏水';
let tea: TeaServer;
let service: Awaited<ReturnType<typeof startReceiver>>;

/** A browser of somebody: its keys, as it makes them itself. */
const browser = createECDH('prime256v1');
browser.generateKeys();
const auth = Buffer.alloc(16, 7).toString('base64url');
const subscription = () => ({
  endpoint: service.url,
  keys: { p256dh: browser.getPublicKey().toString('base64url'), auth },
});
const own = async (): Promise<OwnPush> =>
  (await (await tea.as('upperClerk').get('/api/account/push')).json()) as OwnPush;
const turnOn = (): Promise<Response> => tea.as('upperClerk').send('POST', '/api/account/push', subscription());
const ring = async (): Promise<number> => {
  const queued = await queueRings(tea.server.deps, county);
  await carryOutDue(tea.server.deps, [ringBrowser]);
  return queued;
};
const open = (got: Got): unknown =>
  JSON.parse(decrypt(got.bytes, { version: 'aes128gcm', privateKey: browser, authSecret: auth }).toString('utf8'));

beforeAll(async () => {
  service = await startReceiver();
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer'], '2026-03-02T01:00:00.000Z', {
    innerNetworks: ['127.0.0.0/8'],
  });
});
afterAll(async () => {
  await service.close();
  await tea.server.close();
});
beforeEach(async () => {
  service.got.length = 0;
  service.answers.length = 0;
  tea.server.clock.advance({ minutes: 5 });
  await tea.server.database.owner.query('delete from lx.push_subscription');
});

describe('web push 手机通知', () => {
  it('rings when something new waits, encrypted for that browser alone, with a number and no word of anybody', async () => {
    await tea.tell('need', { wanted: '早就在这里' });
    tea.server.clock.advance({ minutes: 1 });
    expect((await turnOn()).status).toBe(201);
    expect((await own()).endpoints).toEqual([service.url]);
    expect(await ring()).toBe(0);
    tea.server.clock.advance({ minutes: 1 });
    await tea.tell('need', { wanted });
    await tea.tell('hardship', { wanted });
    tea.server.clock.advance({ minutes: 1 });
    expect(await ring()).toBe(1);
    // Told once: nothing new, no second ring.
    expect(await ring()).toBe(0);
    expect(service.got).toHaveLength(1);
    const [got] = service.got;
    if (got === undefined) throw new Error('no ring');
    expect(open(got)).toEqual({ kind: 'inbox', fresh: 2 });
    for (const secret of [wanted, teaPeople.upperClerk.name, teaPeople.upperClerk.person])
      expect(got.bytes.includes(secret), secret).toBe(false);
    expect(got.headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: 'inbox', ttl: '43200' });
  });

  it('proves to the push service who sends, under the key that the browser was given (RFC 8292)', async () => {
    const { publicKey } = await own();
    await turnOn();
    tea.server.clock.advance({ minutes: 1 });
    await tea.tell('need', { wanted });
    await ring();
    const [, token = '', key = ''] =
      /^vapid t=([^,]+), ?k=(\S+)$/.exec(service.got[0]?.headers.authorization ?? '') ?? [];
    expect(key).toBe(publicKey);
    const raw = Buffer.from(key, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: raw.subarray(1, 33).toString('base64url'),
      y: raw.subarray(33).toString('base64url'),
    };
    const [head = '', body = '', signature = ''] = token.split('.');
    const proved = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(proved).toBe(true);
    expect(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).toMatchObject({
      aud: new URL(service.url).origin,
    });
  });

  it('forgets a browser that is gone, and tries one that could not be reached again', async () => {
    await turnOn();
    service.answers.push({ status: 503 }, { status: 410 });
    tea.server.clock.advance({ minutes: 1 });
    await tea.tell('need', { wanted });
    await ring();
    expect((await own()).endpoints).toHaveLength(1);
    tea.server.clock.advance({ minutes: 1 });
    await carryOutDue(tea.server.deps, [ringBrowser]);
    expect(service.got).toHaveLength(2);
    expect((await own()).endpoints).toEqual([]);
  });

  it('is the person’s own: others see and remove nothing, an inner address and an eleventh browser are refused, nothing changes', async () => {
    await turnOn();
    const other = tea.as('lowerClerk');
    expect(((await (await other.get('/api/account/push')).json()) as OwnPush).endpoints).toEqual([]);
    const removal = await other.send('POST', '/api/account/push/removal', { endpoint: service.url });
    expect(await removal.json()).toEqual({ removed: 0 });
    const entries = await tea.count('select count(*) from lx.journal_entry');
    const refused = (input: object): Promise<string[]> =>
      tea.as('upperClerk').send('POST', '/api/account/push', input).then(codesOf);
    expect(await refused({ ...subscription(), endpoint: 'https://10.0.0.1/push' })).toEqual(['field-invalid']);
    expect(await refused({ ...subscription(), endpoint: 'https://[::1]/push' })).toEqual(['field-invalid']);
    expect(await refused({ endpoint: service.url, keys: { p256dh: 'short', auth } })).toContain('field-invalid');
    expect((await tea.server.request('/api/account/push')).status).toBe(401);
    await tea.server.database.owner.query(
      `insert into lx.push_subscription (county, id, person, division, endpoint, public_key, auth, told_at, recorded_at)
       select county, gen_random_uuid(), person, division, endpoint || n, public_key, auth, told_at, recorded_at
       from lx.push_subscription, generate_series(1, 9) n`,
    );
    expect(await refused({ ...subscription(), endpoint: `${service.url}/eleventh` })).toEqual(['field-invalid']);
    expect(await tea.count('select count(*) from lx.push_subscription')).toBe(10);
    expect(await tea.count('select count(*) from lx.journal_entry')).toBe(entries);
    const gone = await tea.as('upperClerk').send('POST', '/api/account/push/removal', { endpoint: service.url });
    expect(await gone.json()).toEqual({ removed: 1 });
  });
});
