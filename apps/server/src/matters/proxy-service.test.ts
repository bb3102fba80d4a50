import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import type { Opened } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions } = teaCounty;
const office = '00000002-0000-7000-8000-000000000004';
const countyOffice = '00000002-0000-7000-8000-000000000006';
let tea: TeaServer;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'countyOfficer'], '2024-06-03T01:00:00.000Z');
});
afterAll(() => tea.server.close());

const errand = async (): Promise<Opened> => {
  const opened = await tea.tell('errand', { wanted: '代办养老金申请', service: '养老金' });
  await tea.act('upperClerk', opened.id, 'receive');
  return opened;
};

describe('proxy services', () => {
  it('shows three dated hand-overs without a further visit and ends with a closing receipt [NQ-35]', async () => {
    const opened = await tea.tell('need', { wanted: '养老金申请' });
    await tea.act('upperClerk', opened.id, 'accept');
    tea.server.clock.advance({ hours: 2 });
    await tea.act('upperClerk', opened.id, 'offer', { to: office });
    await tea.act('northOfficer', opened.id, 'take-over');
    tea.server.clock.advance({ hours: 3 });
    await tea.act('northOfficer', opened.id, 'offer', { to: countyOffice });
    await tea.act('countyOfficer', opened.id, 'take-over');
    const followed = await tea.track(opened.receipt.code);
    expect(followed.stations.map((station) => station.body)).toEqual([
      '上茶村村民委员会',
      '北茶镇便民中心',
      '茶县联系办',
    ]);
    expect(new Set(followed.stations.map((station) => station.from)).size).toBe(3);
    await tea.act('countyOfficer', opened.id, 'feedback', { told: '已核准' });
    await tea.act('countyOfficer', opened.id, 'claim-done', { outcome: '养老金已核准，下月发放' });
    expect((await tea.byReceipt(opened, 'confirm')).status).toBe(200);
    expect(await tea.track(opened.receipt.code)).toMatchObject({
      state: 'ended',
      resultTitle: '已解决',
      number: opened.number,
    });
    tea.server.clock.set('2024-06-03T01:00:00.000Z');
  });

  it('passes a matter from a village office through town and city to the department, with four dated stations [DY-80]', async () => {
    const department = '00000002-0000-7000-8000-000000000007';
    await tea.server.database.owner.query(
      `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, 'office', '茶县民政局', '2020-01-01', now())`,
      [teaCounty.county, department, divisions.county],
    );
    await tea.server.database.owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
       values ($1, '00000003-0000-7000-8000-000000000009', $2, $3, 'tea-county-officer', $4, '茶县管理员', '2020-01-01', now())`,
      [teaCounty.county, divisions.county, teaPeople.countyOfficer.person, department],
    );
    const { forgetDirectory } = await import('./directory.js');
    forgetDirectory(tea.server.deps.pool);
    const opened = await tea.tell('affair', { wanted: '需要市里部门办' });
    await tea.act('upperClerk', opened.id, 'accept');
    for (const [from, to, person] of [
      ['upperClerk', office, 'northOfficer'],
      ['northOfficer', countyOffice, 'countyOfficer'],
      ['countyOfficer', department, 'countyOfficer'],
    ] as const) {
      tea.server.clock.advance({ minutes: 30 });
      await tea.act(from, opened.id, 'offer', { to });
      await tea.act(person, opened.id, 'take-over');
    }
    const seen = await tea.read('upperClerk', opened.id);
    expect(seen.stations.map((station) => station.body)).toEqual([
      '上茶村村民委员会',
      '北茶镇便民中心',
      '茶县联系办',
      '茶县民政局',
    ]);
    expect(new Set(seen.stations.map((station) => station.from)).size).toBe(4);
    tea.server.clock.set('2024-06-03T01:00:00.000Z');
  });

  it('gives each step of an agency case its time and person, to be followed by receipt [YS-39]', async () => {
    const opened = await errand();
    await tea.act('upperClerk', opened.id, 'sign-window');
    await tea.act('upperClerk', opened.id, 'delivered');
    const seen = await tea.read('northOfficer', opened.id);
    expect(seen.acts.slice(1).every((act) => act.by.name === '茶上文书' && act.occurredAt !== '')).toBe(true);
    const followed = await tea.track(opened.receipt.code);
    expect(followed.acts.map((act) => act.title)).toEqual(['提出', '收件', '窗口签收', '已送达窗口']);
    expect(followed.acts.every((act) => act.by.name === null)).toBe(true);
  });

  it('refuses the next step where the window has not signed, and takes a witness for a resident who cannot sign [YS-41]', async () => {
    const opened = await errand();
    expect(await tea.tryAct('upperClerk', opened.id, 'delivered')).toContain('handover-unsigned');
    await tea.act('upperClerk', opened.id, 'sign-window');
    await tea.act('upperClerk', opened.id, 'delivered');
    expect(await tea.tryAct('upperClerk', opened.id, 'done')).toContain('handover-unsigned');
    const self = await tea.tryAct('upperClerk', opened.id, 'sign-resident', { witness: teaPeople.upperClerk.person });
    expect(self).toContain('witness-is-handler');
    await tea.act('upperClerk', opened.id, 'sign-resident', { witness: '茶上村民代表' });
    expect((await tea.act('upperClerk', opened.id, 'done')).state).toBe('ended');
  });

  it('is overdue for the village when Thursday 6 June ends without a result, and is rated once [BZ-55]', async () => {
    // Received on Monday 3 June 2024 with a limit of 3 working days.
    const opened = await errand();
    expect(opened.due).toBe('2024-06-06');
    tea.server.clock.set('2024-06-06T15:59:59.000Z');
    expect((await tea.track(opened.receipt.code)).overdueDays).toBe(0);
    tea.server.clock.set('2024-06-06T16:00:00.000Z');
    expect((await tea.track(opened.receipt.code)).overdueDays).toBe(1);
    const report = (await (
      await tea.as('northOfficer').get(`/api/reports/proxy-services?division=${divisions.upper}&kind=errand`)
    ).json()) as { rows: { service: string; overdue: number; limit: string | null }[] };
    expect(report.rows.find((row) => row.service === '养老金')).toMatchObject({ limit: '3个工作日', overdue: 2 });
    await tea.act('upperClerk', opened.id, 'sign-window');
    await tea.act('upperClerk', opened.id, 'delivered');
    await tea.act('upperClerk', opened.id, 'sign-resident', { witness: '茶上村民代表' });
    await tea.act('upperClerk', opened.id, 'done');
    expect((await tea.byReceipt(opened, 'rate', { stars: 4 })).status).toBe(200);
    expect(await codesOf(await tea.byReceipt(opened, 'rate', { stars: 5 }))).toContain('already-rated');
    tea.server.clock.set('2024-06-03T01:00:00.000Z');
  });
});

describe('orders', () => {
  const runner = teaPeople.upperClerk.person;
  const order = (): Promise<Opened> => tea.tell('order', { wanted: '换灯泡', phone: '13912345678' });

  it('refuses a member who marks done what no branch has accepted; accept, run and confirm close it with three time stamps [XQ-13]', async () => {
    const opened = await order();
    expect(await tea.tryAct('upperClerk', opened.id, 'ran')).toEqual(['act-comes-later', 'not-the-handler']);
    await tea.act('upperClerk', opened.id, 'take', { runner });
    tea.server.clock.advance({ hours: 1 });
    await tea.act('upperClerk', opened.id, 'ran');
    tea.server.clock.advance({ hours: 1 });
    expect((await tea.byReceipt(opened, 'confirm')).status).toBe(200);
    const { rows } = await tea.server.database.owner.query<{
      accepted_at: string;
      claimed_at: string;
      ended_at: string;
    }>('select accepted_at, claimed_at, ended_at from lx.matter where id = $1', [opened.id]);
    const stamps = Object.values(rows[0] ?? {});
    expect(new Set(stamps).size).toBe(3);
    expect(stamps).not.toContain(null);
    tea.server.clock.set('2024-06-03T01:00:00.000Z');
  });

  it('shows contact data to the assigned member alone, and to nobody after closure [XQ-13]', async () => {
    const opened = await order();
    const phone = async (person: 'upperClerk' | 'northOfficer') =>
      (await tea.read(person, opened.id)).form.find((field) => field.id === 'phone');
    expect(await phone('upperClerk')).toMatchObject({ value: null, hidden: '仅承办人可见' });
    await tea.act('upperClerk', opened.id, 'take', { runner });
    expect(await phone('upperClerk')).toMatchObject({ value: '13912345678', hidden: null });
    expect(await phone('northOfficer')).toMatchObject({ value: null, hidden: '仅承办人可见' });
    expect(
      await tea.count(`select count(*) from lx.access_log where what = 'matter-contact' and subject = '${opened.id}'`),
    ).toBe(1);
    await tea.act('upperClerk', opened.id, 'ran');
    await tea.byReceipt(opened, 'confirm');
    expect(await phone('upperClerk')).toMatchObject({ value: null, hidden: '办结后已删除' });
    expect(await tea.count(`select count(*) from lx.matter_contact where matter = '${opened.id}'`)).toBe(0);
    const dump = await tea.server.database.owner.query<{ t: string }>(
      `select string_agg(a::text, '') as t from lx.act a where matter = $1`,
      [opened.id],
    );
    expect(dump.rows[0]?.t).not.toContain('13912345678');
  });

  it('reports totals, times and refusals with reasons per branch, and reminds when a limit passes [XQ-14]', async () => {
    const refused = await order();
    await tea.act('upperClerk', refused.id, 'decline', { reason: '本周无人手' });
    const waiting = await order();
    tea.server.clock.set('2024-06-05T01:00:00.000Z');
    const { sweepDeadlines } = await import('./deadline-sweep.js');
    await sweepDeadlines(tea.server.deps, teaCounty.county);
    expect(
      await tea.count(`select count(*) from lx.inbox_item where matter = '${waiting.id}' and kind = 'reminder'`),
    ).toBeGreaterThanOrEqual(2);
    const report = (await (await tea.as('northOfficer').get('/api/reports/orders?kind=order')).json()) as {
      rows: {
        name: string;
        total: number;
        refused: number;
        refusalReasons: unknown[];
        lateToAccept: number;
        medianHoursToDone: number;
        reminders: number;
      }[];
    };
    expect(report.rows).toHaveLength(1);
    expect(report.rows[0]).toMatchObject({ name: '上茶村村民委员会', total: 4, refused: 1, lateToAccept: 1 });
    expect(report.rows[0]?.refusalReasons).toEqual([{ reason: '本周无人手', count: 1 }]);
    expect(report.rows[0]?.reminders).toBeGreaterThanOrEqual(2);
    tea.server.clock.set('2024-06-03T01:00:00.000Z');
  });
});
