import { teaCounty, codesOf } from '@lianxin/testkit/database';
import type { Opened } from '@lianxin/contract';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions } = teaCounty;
let tea: TeaServer;
let opened: Opened;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'southOfficer', 'countyOfficer', 'upperResident']);
  opened = await tea.tell('need', { wanted: '修路灯' });
  await tea.act('upperClerk', opened.id, 'accept');
});
afterAll(() => tea.server.close());

/** Facts of matters, counted: equal before and after means that nothing changed. */
const facts = () =>
  tea.count(
    `select (select count(*) from lx.matter) + (select count(*) from lx.act) + (select count(*) from lx.journal_entry)
       + (select count(*) from lx.inbox_item) + (select count(*) from lx.follow_up) + (select sum(version) from lx.matter)`,
  );

const unchanged = async (work: () => Promise<void>): Promise<void> => {
  const before = await facts();
  await work();
  expect(await facts()).toBe(before);
};

const act = (baseVersion: number, name = 'feedback', fields: Record<string, unknown> = { told: '好' }) => ({
  act: name,
  fields,
  baseVersion,
});

describe('who may open a matter', () => {
  const body = { division: divisions.upper, kind: 'need', fields: { wanted: '甲' } };

  it('refuses a stranger, a neighbour village, another township, and a resident who would file for somebody else', async () => {
    await unchanged(async () => {
      const stranger = await tea.server.request('/api/matters', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      });
      expect(await codesOf(stranger)).toEqual(['not-signed-in']);
      expect(await codesOf(await tea.as('lowerClerk').send('POST', '/api/matters', body))).toEqual(['not-found']);
      expect(await codesOf(await tea.as('southOfficer').send('POST', '/api/matters', body))).toEqual(['not-found']);
      const forOther = { ...body, onBehalfOf: { name: '别人' } };
      expect(await codesOf(await tea.as('upperResident').send('POST', '/api/matters', forOther))).toEqual([
        'not-found',
      ]);
    });
  });

  it('refuses the past without the import capability, and the future to everybody', async () => {
    await unchanged(async () => {
      const past = { ...body, occurredAt: '2019-01-01T00:00:00.000Z', onBehalfOf: { name: '旧信' } };
      expect(await codesOf(await tea.as('upperClerk').send('POST', '/api/matters', past))).toEqual([
        'late-entry-not-allowed',
      ]);
      const future = { ...body, occurredAt: '2027-01-01T00:00:00.000Z', onBehalfOf: { name: '未来' } };
      expect(await codesOf(await tea.as('countyOfficer').send('POST', '/api/matters', future))).toEqual([
        'date-in-future',
      ]);
    });
    const past = { ...body, occurredAt: '2019-01-01T00:00:00.000Z', onBehalfOf: { name: '旧信' } };
    expect((await tea.as('countyOfficer').send('POST', '/api/matters', past)).status).toBe(201);
  });

  it('lets a resident who logged in open his own, and keeps it his', async () => {
    const answer = await tea.as('upperResident').send('POST', '/api/matters', body);
    expect(answer.status).toBe(201);
    expect(((await answer.json()) as Opened).receipt.confirmSecret).not.toBeNull();
  });
});

describe('who may act on a matter', () => {
  it('refuses strangers, neighbours, other townships and people without an office, each as if it were not there', async () => {
    await unchanged(async () => {
      const version = await tea.versionOf(opened.id);
      for (const person of ['lowerClerk', 'southOfficer', 'upperResident'] as const) {
        const answer = await tea.as(person).send('POST', `/api/matters/${opened.id}/acts`, act(version));
        expect([person, answer.status, await codesOf(answer)]).toEqual([person, 404, ['not-found']]);
      }
      const stranger = await tea.server.request(`/api/matters/${opened.id}/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(act(version)),
      });
      expect(stranger.status).toBe(401);
    });
  });

  it('refuses an officer of the range whose act it is not, with the reason', async () => {
    await unchanged(async () => {
      expect(await tea.tryAct('northOfficer', opened.id, 'feedback', { told: '好' })).toEqual(['not-the-handler']);
      expect(await tea.tryAct('countyOfficer', opened.id, 'claim-done', { outcome: '好' })).toContain(
        'not-the-handler',
      );
      expect(await tea.tryAct('upperClerk', opened.id, 'withdraw')).toContain('not-the-filer');
      expect(await tea.tryAct('upperClerk', opened.id, 'expire')).toContain('not-your-act');
      expect(await tea.tryAct('upperClerk', opened.id, 'no-such-act')).toEqual(['unknown-act']);
    });
  });

  it('refuses an office that the person does not hold', async () => {
    const answer = await tea.as('upperClerk').send('POST', `/api/matters/${opened.id}/acts`, act(2), {
      'lianxin-office': '00000003-0000-7000-8000-000000000004',
    });
    expect(await codesOf(answer)).toEqual(['not-your-office']);
  });
});

describe('who may act by receipt', () => {
  it('refuses a code that is none, one that belongs to nothing, a wrong secret and none at all', async () => {
    const done = await tea.tell('need', { wanted: '修水管' });
    await tea.act('upperClerk', done.id, 'accept');
    await tea.act('upperClerk', done.id, 'feedback', { told: '好' });
    await tea.act('upperClerk', done.id, 'claim-done', { outcome: '修好了' });
    await unchanged(async () => {
      const wrong = { ...done, receipt: { ...done.receipt, code: 'AAAAAAA-AAAAAAA-AAAAAAA' } };
      expect(await codesOf(await tea.byReceipt(wrong, 'confirm'))).toEqual(['receipt-code-wrong']);
      const { newReceiptCode } = await import('./receipt.js');
      const nobody = {
        ...done,
        receipt: { ...done.receipt, code: newReceiptCode(teaCounty.county, (n) => new Uint8Array(n).fill(7)) },
      };
      expect(await codesOf(await tea.byReceipt(nobody, 'confirm'))).toEqual(['not-found']);
      expect(await codesOf(await tea.byReceipt(done, 'confirm', {}, null))).toEqual(['confirm-secret-needed']);
      expect(await codesOf(await tea.byReceipt(done, 'confirm', {}, 'ABCDE-ABCD-ABCD-ABCD'))).toEqual(['secret-wrong']);
      expect(await codesOf(await tea.byReceipt(done, 'rate', { stars: 5 }))).not.toEqual([]);
    });
  });

  it('stores neither the code nor the second secret anywhere in the database', async () => {
    const told = await tea.tell('need', { wanted: '修门' });
    const { rows } = await tea.server.database.owner.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'lx' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of rows) {
      for (const secret of [told.receipt.code, told.receipt.confirmSecret ?? '']) {
        const bare = secret.replaceAll('-', '');
        const found = await tea.count(
          `select count(*) from lx.${name} t where t::text like '%${secret}%' or t::text like '%${bare}%'`,
        );
        expect([name, found]).toEqual([name, 0]);
      }
    }
  });

  it('gives the same slip for the same command sent twice, and opens one matter', async () => {
    const { formToken, commandId } = await tea.form();
    const body = { formToken, division: divisions.upper, kind: 'need', fields: { wanted: '修桥' } };
    const before = await tea.count('select count(*) from lx.matter');
    const [first, second] = await Promise.all([tea.send(body, commandId), tea.send(body, commandId)]);
    const third = await tea.send(body, commandId);
    const codes = await Promise.all(
      [first, second, third]
        .filter((one) => one.status === 201)
        .map(async (one) => ((await one.json()) as Opened).receipt.code),
    );
    expect(codes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(codes).size).toBe(1);
    expect(await tea.count('select count(*) from lx.matter')).toBe(before + 1);
  });
});

describe('who may read', () => {
  it('answers 404 outside the range, 401 to strangers, and nothing to a person without an office', async () => {
    for (const person of ['lowerClerk', 'southOfficer', 'upperResident'] as const) {
      expect((await tea.as(person).get(`/api/matters/${opened.id}`)).status).toBe(404);
    }
    expect((await tea.server.request(`/api/matters/${opened.id}`)).status).toBe(401);
    expect((await tea.as('upperResident').get('/api/matters')).status).toBe(404);
    expect((await tea.as('lowerClerk').get(`/api/matters?division=${divisions.upper}`)).status).toBe(404);
    expect((await tea.as('upperClerk').get('/api/reports/leader?division=999901000000')).status).toBe(404);
  });

  it('shows one case alone to a post that carries own-matters-only [NQ-35]', async () => {
    await tea.server.database.owner.query(
      `update lx.post set capabilities = '{own-matters-only}' where id = 'tea-village-clerk'`,
    );
    const mine = await tea.as('upperClerk').get('/api/matters?limit=200');
    const { items } = (await mine.json()) as { items: { id: string }[] };
    expect(items.map((item) => item.id)).toContain(opened.id);
    const held = await tea.count(
      `select count(*) from lx.matter where holder_person = '00000001-0000-7000-8000-000000000001' or filer = '00000001-0000-7000-8000-000000000001'`,
    );
    expect(items).toHaveLength(held);
    await tea.server.database.owner.query(`update lx.post set capabilities = '{}' where id = 'tea-village-clerk'`);
  });
});

describe('follow-ups', () => {
  it('refuses strangers, neighbours and dates that have passed, and lands with whoever has the matter', async () => {
    const body = { text: '请本周办结', due: '2026-03-20' };
    const path = `/api/matters/${opened.id}/follow-ups`;
    await unchanged(async () => {
      expect(await codesOf(await tea.as('lowerClerk').send('POST', path, body))).toEqual(['not-found']);
      expect(await codesOf(await tea.as('southOfficer').send('POST', path, body))).toEqual(['not-found']);
      expect(await codesOf(await tea.as('northOfficer').send('POST', path, { ...body, due: '2026-01-01' }))).toEqual([
        'field-invalid',
      ]);
    });
    const written = await tea.as('northOfficer').send('POST', path, body);
    expect(written.status).toBe(201);
    const { id } = (await written.json()) as { id: string };
    const inbox = (await (await tea.as('upperClerk').get('/api/inbox?kind=follow-up')).json()) as {
      items: { what: string; due: string }[];
    };
    expect(inbox.items[0]).toMatchObject({ what: '请本周办结', due: '2026-03-20' });
    expect(
      await codesOf(await tea.as('northOfficer').send('POST', `/api/follow-ups/${id}/answer`, { text: '好' })),
    ).toEqual(['not-your-office']);
    expect((await tea.as('upperClerk').send('POST', `/api/follow-ups/${id}/answer`, { text: '周五办结' })).status).toBe(
      200,
    );
    expect(
      await codesOf(await tea.as('upperClerk').send('POST', `/api/follow-ups/${id}/answer`, { text: '再答' })),
    ).toEqual(['already-done']);
  });
});
