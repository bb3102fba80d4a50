import { createRoute, z } from '@hono/zod-openapi';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer, codesOf } from '@lianxin/testkit/database';
import { mostBytes } from './body.js';
import type { Feature } from './feature.js';
import { makeLimiter } from './rate-limit.js';
import { addressOf, localeOf } from './request.js';

const Tea = z.object({ leaf: z.string().min(1).max(20), grams: z.number().int(), cup: z.uuid().optional() });
const pourRoute = createRoute({
  method: 'post',
  path: '/api/tea/{pot}',
  request: {
    params: z.object({ pot: z.string().max(40) }),
    body: { content: { 'application/json': { schema: Tea } }, required: true },
  },
  responses: { 200: { description: 'poured', content: { 'application/json': { schema: Tea } } } },
});

/** A feature that does what a careless one might. */
const teaFeature: Feature = {
  name: 'tea',
  routes: (app, deps) => {
    app.openapi(pourRoute, async (c) => {
      const tea = c.req.valid('json');
      await deps.pool.query('select $1::text, $2::text', [tea.leaf, c.req.valid('param').pot]);
      return c.json(tea, 200);
    });
    app.post('/api/broken', async () => {
      throw new Error('the secret recipe is 7 leaves');
    });
    app.get('/api/lost', async () => {
      throw new Error('Connection terminated unexpectedly');
    });
  },
};

describe('the frame of every request', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ features: [teaFeature] });
  });
  afterAll(async () => server.close());

  const post = async (body: RequestInit['body'], headers: Record<string, string> = {}, path = '/api/tea/pot') =>
    server.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      duplex: 'half',
    } as RequestInit);

  it.each([
    ['malformed JSON', '{"leaf":', {}, 400, ['malformed-json']],
    ['an empty body', '', {}, 400, ['malformed-json']],
    ['a field missing, by name', '{"leaf":"oolong"}', {}, 422, ['field-missing']],
    [
      'every field at fault and not only the first',
      '{"leaf":"","grams":1.5}',
      {},
      422,
      ['field-invalid', 'field-invalid'],
    ],
    ['a kind of body nobody asked for', '<tea/>', { 'content-type': 'text/xml' }, 415, ['media-type-not-supported']],
    ['no kind of body at all', '{}', { 'content-type': '' }, 415, ['media-type-not-supported']],
    ['a compressed body', '{}', { 'content-encoding': 'gzip' }, 415, ['media-type-not-supported']],
    ['half a character, written as an escape', '{"leaf":"\\ud800","grams":1}', {}, 400, ['bad-encoding']],
    ['half a character as the name of a field', '{"\\udc00":1}', {}, 400, ['bad-encoding']],
    ['another charset', '{}', { 'content-type': 'application/json; charset=gbk' }, 400, ['bad-encoding']],
  ] as const)('refuses %s in words with a stable code', async (_title, body, headers, status, codes) => {
    const answer = await post(body, headers);
    expect([answer.status, await codesOf(answer)]).toEqual([status, codes]);
  });

  it('takes a whole character that is written as two escapes', async () => {
    const answer = await post('{"leaf":"\\ud83c\\udf75","grams":1}');
    expect(answer.status).toBeLessThan(300);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const answer = await post(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
    expect([answer.status, await codesOf(answer)]).toEqual([400, ['bad-encoding']]);
  });

  it('refuses a body over one mebibyte with its limit, whether or not it says its length', async () => {
    const big = JSON.stringify({ leaf: 'x'.repeat(mostBytes.text) });
    const said = await post(big, { 'content-length': String(big.length) });
    const unsaid = await post(new Blob([big]).stream(), { 'transfer-encoding': 'chunked' });
    expect([said.status, await codesOf(said)]).toEqual([413, ['body-too-large']]);
    expect([unsaid.status, await codesOf(unsaid)]).toEqual([413, ['body-too-large']]);
  });

  it('refuses a text with a zero byte instead of failing in the database', async () => {
    const answer = await post(JSON.stringify({ leaf: 'a\u0000b', grams: 1 }));
    expect([answer.status, await codesOf(answer)]).toEqual([422, ['field-invalid']]);
  });

  it('hides what a bug was and gives an id that the log knows', async () => {
    const answer = await post('{}', { 'accept-language': 'en' }, '/api/broken');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain('recipe');
    const line = server.logged.find((one) => one.event === 'bug');
    expect(line?.details?.error).toContain('recipe');
    expect(text).toContain(String(line?.details?.requestId));
    expect(answer.headers.get('x-request-id')).toBe(line?.details?.requestId);
  });

  it('says to come back when the database is away', async () => {
    const answer = await server.request('/api/lost');
    expect([answer.status, await codesOf(answer)]).toEqual([503, ['temporarily-unavailable']]);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('speaks the language that is asked for, Chinese otherwise', async () => {
    const chinese = await (await server.request('/api/nothing')).json();
    const english = await (
      await server.request('/api/nothing', { headers: { 'accept-language': 'en-GB,zh;q=0.5' } })
    ).json();
    expect(chinese.faults[0].what).toContain('没有找到');
    expect(english.faults[0].what).toContain('Not found');
    expect([localeOf(undefined), localeOf('fr, en;q=0.8'), localeOf('zh-TW')]).toEqual(['zh-CN', 'en', 'zh-CN']);
  });

  it('answers nothing that a wild address, header or body brings with a 5xx', async () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('%E0%A4%A', '..%2f', '%00', "'; drop"),
    );
    await fc.assert(
      fc.asyncProperty(wild, fc.json(), fc.string({ unit: 'binary', maxLength: 30 }), async (segment, json, leaf) => {
        const path = `/api/tea/${segment.includes('%') ? segment : encodeURIComponent(segment.toWellFormed())}`;
        const answers = [
          await post(json, {}, path),
          await post(JSON.stringify({ leaf, grams: 1 }), {}, path),
          await server.request(path, { headers: { 'idempotency-key': encodeURIComponent(leaf.toWellFormed()) } }),
        ];
        for (const answer of answers) expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it('sends security headers with every answer and lets scripts come from here alone', async () => {
    for (const path of ['/healthz', '/api/nothing', '/api/openapi.json']) {
      const { headers } = await server.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src 'self'`);
      expect(policy).toContain(`frame-ancestors 'none'`);
      expect(policy.split('script-src')[1]?.split(';')[0]).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('tells a balancer whether the database answers', async () => {
    expect((await server.request('/healthz')).status).toBe(200);
  });

  it('describes its routes as OpenAPI 3.1', async () => {
    const document = await (await server.request('/api/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/tea/{pot}'].post.requestBody.required).toBe(true);
  });
});

describe('the limit of writes', () => {
  it('lets a full bucket through, then one for every share of a minute, and says how long to wait', () => {
    let now = 0;
    const take = makeLimiter(60, () => now);
    expect(Array.from({ length: 60 }, () => take('a')).every((seconds) => seconds === 0)).toBe(true);
    expect(take('a')).toBe(1);
    expect(take('b')).toBe(0);
    now += 1000;
    expect(take('a')).toBe(0);
    expect(take('a')).toBe(1);
  });

  it('refuses in words over HTTP', async () => {
    const server = await testServer({ features: [], config: { writesPerMinute: 2 } });
    const post = async () => server.request('/api/any', { method: 'POST' });
    expect([(await post()).status, (await post()).status]).toEqual([404, 404]);
    const third = await post();
    expect(third.status).toBe(429);
    expect((await third.json()).faults[0].params).toEqual({ seconds: 30 });
    expect(third.headers.get('retry-after')).toBe('30');
    await server.close();
  });
});

describe('the address of a caller', () => {
  const request = (socket: string, forwarded?: string) => ({
    env: { incoming: { socket: { remoteAddress: socket } } },
    req: { header: () => forwarded } as never,
  });

  it('believes a forwarding header only from a trusted proxy, and takes the nearest stranger in it', () => {
    const config = { trustedProxies: ['10.0.0.1'] };
    expect(addressOf(request('203.0.113.9', '1.2.3.4'), config)).toBe('203.0.113.9');
    expect(addressOf(request('::ffff:10.0.0.1', 'evil, 198.51.100.7, 10.0.0.1'), config)).toBe('198.51.100.7');
    expect(addressOf(request('10.0.0.1'), config)).toBe('10.0.0.1');
  });
});
