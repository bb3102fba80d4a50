import { teaCounty, codesOf } from '@lianxin/testkit/database';
import type { Opened } from '@lianxin/contract';
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions } = teaCounty;
let tea: TeaServer;
let opened: Opened;

beforeAll(async () => {
  tea = await teaServer(['upperClerk']);
  opened = await tea.tell('need', { wanted: '修路灯' });
});
afterAll(() => tea.server.close());

const facts = () =>
  tea.count(
    'select (select count(*) from lx.matter) + (select count(*) from lx.act) + (select count(*) from lx.journal_entry)',
  );

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  tea.server.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body,
  });

describe('bad input', () => {
  it('refuses each kind in words with a stable code, and nothing changes', async () => {
    const { formToken } = await tea.form();
    const good = { formToken, division: divisions.upper, kind: 'need', fields: { wanted: '甲' } };
    const before = await facts();
    const cases: readonly (readonly [string, Response, readonly string[]])[] = [
      ['broken JSON', await post('/api/requests', '{"division":"9999'), ['malformed-json']],
      [
        'wrong encoding',
        await post('/api/requests', new Uint8Array([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d])),
        ['bad-encoding'],
      ],
      [
        'other media type',
        await post('/api/requests', 'x=1', { 'content-type': 'text/csv' }),
        ['media-type-not-supported'],
      ],
      [
        'too large',
        await post('/api/requests', JSON.stringify({ ...good, fields: { wanted: '甲'.repeat(600_000) } })),
        ['body-too-large'],
      ],
      [
        'longer than the form takes',
        await post('/api/requests', JSON.stringify({ ...good, fields: { wanted: '甲'.repeat(4001) } })),
        ['field-invalid'],
      ],
      [
        'unknown village',
        await post('/api/requests', JSON.stringify({ ...good, division: '999901001099' })),
        ['unknown-division'],
      ],
      [
        'another county',
        await post('/api/requests', JSON.stringify({ ...good, division: '110101001001' })),
        ['unknown-division'],
      ],
      [
        'no division at all',
        await post('/api/requests', JSON.stringify({ ...good, division: 'upper' })),
        ['field-invalid'],
      ],
      [
        'unknown field',
        await post('/api/requests', JSON.stringify({ ...good, fields: { wanted: '甲', total: 1 } })),
        ['field-unknown'],
      ],
      ['nothing asked', await post('/api/requests', JSON.stringify({ ...good, fields: {} })), ['field-missing']],
      [
        'wrong type',
        await post('/api/requests', JSON.stringify({ ...good, fields: { wanted: 17 } })),
        ['field-invalid'],
      ],
      [
        'old form',
        await post('/api/requests', JSON.stringify({ ...good, formToken: 'abcdefghijklmnopqrstuvwxyz' })),
        ['form-expired'],
      ],
      [
        'no key',
        await tea.server.request('/api/requests', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(good),
        }),
        ['idempotency-key-missing'],
      ],
    ];
    for (const [name, response, codes] of cases) {
      const body = (await response.clone().json()) as { faults: { what: string; cure: string }[] };
      expect([name, await codesOf(response)]).toEqual([name, codes]);
      expect(response.status).toBeLessThan(500);
      for (const fault of body.faults)
        expect([name, fault.what === '', fault.cure === '']).toEqual([name, false, false]);
    }
    expect(await facts()).toBe(before);
  });

  it('refuses a form that stayed open beyond a day', async () => {
    const { formToken } = await tea.form();
    tea.server.clock.advance({ hours: 25 });
    const late = await post(
      '/api/requests',
      JSON.stringify({ formToken, division: divisions.upper, kind: 'need', fields: { wanted: '甲' } }),
    );
    expect([late.status, await codesOf(late)]).toEqual([410, ['form-expired']]);
    tea.server.clock.advance({ hours: -25 });
  });

  it('refuses a stale version and names both, so that the page can show what changed', async () => {
    await tea.act('upperClerk', opened.id, 'accept');
    const before = await facts();
    const answer = await tea
      .as('upperClerk')
      .send('POST', `/api/matters/${opened.id}/acts`, { act: 'feedback', fields: { told: '好' }, baseVersion: 1 });
    expect(answer.status).toBe(409);
    const { faults } = (await answer.json()) as { faults: { code: string; params: Record<string, number> }[] };
    expect(faults[0]).toMatchObject({ code: 'stale-version', params: { yours: 1, current: 2 } });
    expect(await facts()).toBe(before);
  });

  it('reads a moment whatever offset it is written with, and refuses a year that no act can have', async () => {
    const before = await facts();
    const tried = async (occurredAt: string) =>
      tea
        .as('upperClerk')
        .send('POST', `/api/matters/${opened.id}/acts`, { act: 'feedback', fields: {}, baseVersion: 2, occurredAt });
    const inUtc = await codesOf(await tried('2026-01-05T00:30:00Z'));
    expect(inUtc).toContain('late-entry-not-allowed');
    expect(await codesOf(await tried('2026-01-04T13:00:00-11:30'))).toEqual(inUtc);
    for (const moment of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59-11:30'])
      expect(await codesOf(await tried(moment))).toEqual(['field-invalid']);
    expect(await facts()).toBe(before);
  });

  it('lets one of many who act on the same version at once, and tells the others', async () => {
    const version = await tea.versionOf(opened.id);
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        tea.as('upperClerk').send('POST', `/api/matters/${opened.id}/acts`, {
          act: 'feedback',
          fields: { told: `第${at}次` },
          baseVersion: version,
        }),
      ),
    );
    const statuses = sent.map((one) => one.status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    expect(await tea.versionOf(opened.id)).toBe(version + 1);
  });

  it('answers a double submit with the first answer and does it once', async () => {
    const version = await tea.versionOf(opened.id);
    const key = { 'idempotency-key': 'one-and-the-same' };
    const body = { act: 'feedback', fields: { told: '只说一次' }, baseVersion: version };
    const first = await tea.as('upperClerk').send('POST', `/api/matters/${opened.id}/acts`, body, key);
    const second = await tea.as('upperClerk').send('POST', `/api/matters/${opened.id}/acts`, body, key);
    expect([first.status, await first.text()]).toEqual([second.status, await second.text()]);
    const other = await tea
      .as('upperClerk')
      .send('POST', `/api/matters/${opened.id}/acts`, { ...body, fields: { told: '别的' } }, key);
    expect(await codesOf(other)).toEqual(['idempotency-key-reused']);
    expect(await tea.versionOf(opened.id)).toBe(version + 1);
  });

  it('answers an intake that is sent again with the very same receipt, its checking link included', async () => {
    const { formToken, commandId } = await tea.form();
    const body = JSON.stringify({ formToken, division: divisions.upper, kind: 'need', fields: { wanted: '再说一次' } });
    const first = await (await post('/api/requests', body, { 'idempotency-key': commandId })).json();
    const again = await (await post('/api/requests', body, { 'idempotency-key': commandId })).json();
    expect(first.receipt.verify).toMatch(/^\/verify#/);
    expect(again).toEqual(first);
  });

  it('refuses to act on a closed matter and says what is still possible', async () => {
    const told = await tea.tell('need', { wanted: '不用了' });
    expect((await tea.byReceipt(told, 'withdraw', {}, null)).status).toBe(200);
    const before = await facts();
    expect(await tea.tryAct('upperClerk', told.id, 'accept')).toContain('matter-closed');
    expect(await facts()).toBe(before);
  });

  it('refuses a matter about one that is not there', async () => {
    const before = await facts();
    const answer = await tea.as('upperClerk').send('POST', '/api/matters', {
      division: divisions.upper,
      kind: 'need',
      fields: { wanted: '修路灯' },
      about: '01890000-0000-7000-8000-000000000001',
    });
    expect(await codesOf(answer)).toEqual(['not-found']);
    expect(await facts()).toBe(before);
  });

  it('refuses an id of another county, an id that is none, and a cursor it never gave', async () => {
    const clerk = tea.as('upperClerk');
    expect((await clerk.get('/api/matters/01890000-0000-7000-8000-000000000001')).status).toBe(404);
    expect((await clerk.get('/api/matters/42')).status).toBe(422);
    expect(await codesOf(await clerk.get('/api/matters?after=bm9uc2Vuc2U'))).toEqual(['field-invalid']);
    expect(await codesOf(await clerk.get('/api/inbox?after=bm9uc2Vuc2U'))).toEqual(['field-invalid']);
    expect((await tea.server.request('/api/receipts/%00%27%3B')).status).toBe(422);
  });

  it('never answers 5xx to whatever fields a form is filled with', async () => {
    const { formToken } = await tea.form();
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 4 }),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('wanted', 'phone', 'kind', 'topic', '__proto__', 'constructor'), value),
        async (fields) => {
          const response = await post(
            '/api/requests',
            JSON.stringify({ formToken, division: divisions.upper, kind: 'need', fields }),
          );
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
  });
});
