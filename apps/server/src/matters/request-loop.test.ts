import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import type { Acted, Opened } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';
import { sweepDeadlines } from './deadline-sweep.js';

const { divisions, county } = teaCounty;
let tea: TeaServer;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'southOfficer', 'countyOfficer']);
});
afterAll(() => tea.server.close());

const handled = async (wanted = '村口路灯坏了三天。', kind = 'need'): Promise<Opened> => {
  const opened = await tea.tell(kind, { wanted });
  await tea.act('upperClerk', opened.id, 'accept');
  return opened;
};

const claimed = async (): Promise<Opened> => {
  const opened = await handled();
  await tea.act('upperClerk', opened.id, 'feedback', { told: '已联系电工' });
  await tea.act('upperClerk', opened.id, 'claim-done', { outcome: '路灯已更换' });
  return opened;
};

describe('the request loop', () => {
  it('goes from a resident without account through the village and back, confirmed and rated once', async () => {
    const opened = await claimed();
    const waiting = await tea.track(opened.receipt.code);
    expect(waiting).toMatchObject({ state: 'open', holder: '上茶村村民委员会', number: opened.number });
    expect(waiting.claimed?.text).toBe('路灯已更换');
    expect(waiting.nextActs.filter((act) => act.allowed).map((act) => act.act)).toEqual(
      expect.arrayContaining(['confirm', 'dispute', 'higher', 'withdraw']),
    );
    const confirmed = await tea.byReceipt(opened, 'confirm');
    expect(((await confirmed.json()) as Acted).state).toBe('ended');
    const rated = await tea.byReceipt(opened, 'rate', { stars: 5 });
    expect(rated.status).toBe(200);
    const again = await tea.byReceipt(opened, 'rate', { stars: 1 });
    expect(await codesOf(again)).toContain('already-rated');
    const seen = await tea.read('northOfficer', opened.id);
    expect(seen.acts.map((act) => act.title)).toEqual(['提出', '受理', '反馈', '办结待确认', '确认解决', '评价']);
    expect(seen.rating).toBe(5);
  });

  it('reopens what a resident disputes, with the history kept', async () => {
    const opened = await claimed();
    const disputed = await tea.byReceipt(opened, 'dispute', { why: '还是不亮' });
    expect(disputed.status).toBe(200);
    const seen = await tea.read('upperClerk', opened.id);
    expect(seen).toMatchObject({ state: 'open', stage: 'work' });
    expect(seen.acts.at(-1)?.fields[0]?.text).toBe('还是不亮');
    expect(await tea.count(`select disputes from lx.matter where id = '${opened.id}'`)).toBe(1);
  });

  it('classes a request as one of four kinds, lets an officer re-class it, and keeps what it was [DY-01]', async () => {
    const opened = await handled('家里屋顶漏水', 'need');
    await tea.act('upperClerk', opened.id, 'reclass', { kind: 'hardship' });
    const seen = await tea.read('upperClerk', opened.id);
    expect(seen).toMatchObject({ kind: 'hardship', kindTitle: '民困' });
    expect(seen.acts[0]?.fields.find((field) => field.id === 'kind')?.text).toBe('民需');
    expect(seen.holder).toMatchObject({ name: '茶上文书', body: '上茶村村民委员会' });
    const response = await tea.send({ division: divisions.upper, kind: 'gossip', fields: { wanted: '甲' } });
    expect(await codesOf(response)).toEqual(['kind-not-offered']);
  });

  it('shows village, town and county the same number and history [DY-52]', async () => {
    const opened = await handled();
    await tea.byReceipt(opened, 'higher');
    await tea.act('northOfficer', opened.id, 'accept');
    await tea.byReceipt(opened, 'higher');
    const views = [
      await tea.read('upperClerk', opened.id),
      await tea.read('northOfficer', opened.id),
      await tea.read('countyOfficer', opened.id),
    ];
    expect(new Set(views.map((view) => view.number))).toEqual(new Set([opened.number]));
    expect(
      new Set(views.map((view) => JSON.stringify(view.acts.map((act) => [act.seq, act.act, act.occurredAt])))).size,
    ).toBe(1);
    expect(views[0]?.level).toBe('county');
  });

  it('opens three inner tasks under one receipt number for three departments, and waits for all of them [DY-66]', async () => {
    const opened = await handled('办三家的证');
    const offices = [
      '00000002-0000-7000-8000-000000000004',
      '00000002-0000-7000-8000-000000000001',
      '00000002-0000-7000-8000-000000000006',
    ];
    const split = await tea.act('upperClerk', opened.id, 'split', { departments: offices });
    expect(split.opened).toHaveLength(3);
    const seen = await tea.read('upperClerk', opened.id);
    expect(seen.related.filter((one) => one.relation === 'part').map((one) => one.number)).toEqual([
      opened.number,
      opened.number,
      opened.number,
    ]);
    expect(new Set(seen.related.map((one) => one.holderName))).toEqual(
      new Set(['北茶镇便民中心', '上茶村村民委员会', '茶县联系办']),
    );
    await tea.act('upperClerk', opened.id, 'feedback', { told: '已送三家' });
    expect(await tea.tryAct('upperClerk', opened.id, 'claim-done', { outcome: '办好' })).toContain(
      'children-still-open',
    );
    for (const [at, person] of (['northOfficer', 'upperClerk', 'countyOfficer'] as const).entries()) {
      await tea.act(person, split.opened[at] ?? '', 'finish', { result: '已办' });
    }
    await tea.act('upperClerk', opened.id, 'claim-done', { outcome: '三证已取回，到本窗口领取' });
    expect((await tea.track(opened.receipt.code)).number).toBe(opened.number);
  });

  it('keeps the first contact responsible until another has accepted [DY-68]', async () => {
    const opened = await handled();
    expect((await tea.read('upperClerk', opened.id)).firstContact?.name).toBe('茶上文书');
    await tea.act('upperClerk', opened.id, 'offer', { to: '00000002-0000-7000-8000-000000000004' });
    const offered = await tea.read('upperClerk', opened.id);
    expect(offered.holder?.name).toBe('茶上文书');
    await tea.act('northOfficer', opened.id, 'take-over');
    const taken = await tea.read('northOfficer', opened.id);
    expect(taken.holder).toMatchObject({ name: '北镇干事', body: '北茶镇便民中心' });
    expect(taken.firstContact?.name).toBe('茶上文书');
    expect(taken.stations.map((station) => station.body)).toEqual(['上茶村村民委员会', '北茶镇便民中心']);
  });

  it('counts a second list of missing papers as a breach and asks its reason [DY-69]', async () => {
    const opened = await handled();
    await tea.act('upperClerk', opened.id, 'ask', { papers: ['身份证', '户口簿'] });
    const paused = await tea.track(opened.receipt.code);
    expect(paused).toMatchObject({ state: 'paused' });
    expect(paused.clocks.find((clock) => clock.pausedCause !== null)?.pausedCause).toBe('等待提出人补充材料');
    const answered = await tea.byReceipt(opened, 'answer', { brought: '两样都带来了' });
    expect(answered.status).toBe(200);
    expect(await tea.tryAct('upperClerk', opened.id, 'ask', { papers: ['结婚证'] })).toContain(
      'second-notice-needs-reason',
    );
    await tea.act('upperClerk', opened.id, 'ask', { papers: ['结婚证'], 'why-again': '新政策' });
    expect(await tea.count(`select breaches from lx.matter where id = '${opened.id}'`)).toBe(1);
  });

  it('refuses to close what was finished without feedback to the resident [DY-81]', async () => {
    const opened = await handled();
    expect(await tea.tryAct('upperClerk', opened.id, 'claim-done', { outcome: '好了' })).toContain('act-missing');
    expect(await tea.versionOf(opened.id)).toBe(2);
  });

  it('returns a matter only with the entry of the list of duties it rests on', async () => {
    const opened = await tea.tell('need', { wanted: '国道上的坑' });
    expect(await tea.tryAct('upperClerk', opened.id, 'return', { reason: '不归村管' })).toContain('field-missing');
    await tea.act('upperClerk', opened.id, 'return', { duty: 'road-upkeep', reason: '国道由公路部门养护' });
    const seen = await tea.track(opened.receipt.code);
    expect(seen).toMatchObject({ state: 'ended', resultTitle: '已退回' });
  });

  it('hands a matter up with its file when its limit expires, and the resident is told [DY-74]', async () => {
    const opened = await handled('路面塌陷');
    const outbox = `select count(*) from lx.outbox where effect = 'tell-resident' and payload ->> 'matter' = '${opened.id}'`;
    const before = await tea.count(outbox);
    const start = tea.server.clock.now();
    tea.server.clock.advance({ days: 9 });
    await sweepDeadlines(tea.server.deps, county);
    const seen = await tea.read('northOfficer', opened.id);
    expect(seen).toMatchObject({ level: 'township', stage: 'accept', holderName: '北茶镇便民中心' });
    expect(seen.acts.map((act) => act.act)).toEqual(['open', 'accept', 'expire']);
    expect(await tea.count(outbox)).toBe(before + 1);
    const acts = await tea.count('select count(*) from lx.act');
    await sweepDeadlines(tea.server.deps, county);
    expect(await tea.count('select count(*) from lx.act')).toBe(acts);
    tea.server.clock.set(start);
  });

  it('lets a resident go higher at any stage, also before anybody accepted [DY-74]', async () => {
    const opened = await tea.tell('worry', { wanted: '排水沟堵了' });
    expect((await tea.byReceipt(opened, 'higher', {}, null)).status).toBe(200);
    expect(await tea.read('northOfficer', opened.id)).toMatchObject({ level: 'township' });
    expect((await tea.byReceipt(opened, 'higher', {}, null)).status).toBe(200);
    const top = await tea.byReceipt(opened, 'higher', {}, null);
    expect(await codesOf(top)).toContain('no-level-above');
  });

  it('has a matter filed by staff confirmed by a person drawn from those who never handled it, not by its receipt', async () => {
    const response = await tea.as('upperClerk').send('POST', '/api/matters', {
      division: divisions.upper,
      kind: 'need',
      fields: { wanted: '老人不会用手机，要修水管' },
      onBehalfOf: { name: '茶婆婆', phone: '13800000000' },
    });
    expect(response.status).toBe(201);
    const opened = (await response.json()) as Opened;
    expect(opened.receipt.confirmSecret).toBeNull();
    await tea.act('upperClerk', opened.id, 'accept');
    await tea.act('upperClerk', opened.id, 'feedback', { told: '已上门' });
    await tea.act('upperClerk', opened.id, 'claim-done', { outcome: '水管已修' });
    expect(await codesOf(await tea.byReceipt(opened, 'confirm', {}, 'AAAAA-AAAA-AAAA-AAAA'))).toEqual([
      'not-the-filer',
    ]);
    expect(await tea.tryAct('upperClerk', opened.id, 'confirm')).toContain('handler-cannot-confirm');
    const { rows } = await tea.server.database.owner.query<{ sampled: string[] }>(
      'select sampled from lx.matter where id = $1',
      [opened.id],
    );
    const [drawn] = rows[0]?.sampled ?? [];
    const person = (['northOfficer', 'countyOfficer'] as const).find((one) => teaPeople[one].person === drawn);
    if (person === undefined) throw new Error('nobody of the office was drawn');
    const inbox = (await (await tea.as(person).get('/api/inbox?kind=confirm-sampled')).json()) as {
      items: { matter: string }[];
    };
    expect(inbox.items.map((item) => item.matter)).toContain(opened.id);
    const contact = await tea.read(person, opened.id);
    expect(contact.filer).toBe('茶婆婆');
    await tea.act(person, opened.id, 'confirm');
    expect(
      await tea.count(`select count(*) from lx.matter where id = '${opened.id}' and confirmed_by = 'sampled'`),
    ).toBe(1);
  });
});
