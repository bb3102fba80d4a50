import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { MatterTopic, Opened, TopicsPage } from '@lianxin/contract';
import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';

const { divisions } = teaCounty;
const roof = ['茶室屋顶', '漏雨修缮', '屋顶漏雨'];
const pump = ['茶园灌溉', '抽水泵', '抽水泵损坏'];
let folder: string;
let tea: TeaServer;
let leak: Opened;
let again: Opened;
let next: Opened;
let broken: Opened;
let complaint: Opened;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-categories-'));
  const categories = path.join(folder, 'tea-categories.jsonl');
  writeFileSync(categories, [roof, pump].map(([l1, l2, l3]) => JSON.stringify({ l1, l2, l3 })).join('\n'));
  tea = await teaServer(
    ['upperClerk', 'lowerClerk', 'northOfficer', 'southOfficer', 'countyOfficer', 'upperResident'],
    undefined,
    { categories },
  );
  leak = await tea.tell('need', { wanted: '东坡老茶室的屋顶下雨就漏水，请尽快派人修理。', phone: '13800000001' });
  again = await tea.tell('need', { wanted: '东坡老茶室屋顶还在漏水，下雨天没法坐人，什么时候修理？' });
  next = await tea.tell('need', { wanted: '东坡老茶室屋顶漏水，我们村的人也去那里喝茶。' }, divisions.lower);
  broken = await tea.tell('need', { wanted: '西坑茶园的抽水泵坏了三天，茶苗都干了。' });
  complaint = await tea.tell('complaint', {
    wanted: '东坡老茶室的屋顶漏水，文书收了修理的钱不办事。',
    'complained-about': teaPeople.upperClerk.person,
  });
});
afterAll(async () => {
  await tea.server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Who = Parameters<TeaServer['as']>[0];
const topicOf = async (who: Who, id: string): Promise<MatterTopic> =>
  (await (await tea.as(who).get(`/api/matters/${id}/topic`)).json()) as MatterTopic;
const topics = async (who: Who, query = ''): Promise<TopicsPage> =>
  (await (await tea.as(who).get(`/api/topics${query}`)).json()) as TopicsPage;
const link = (who: Who, one: string, other: string, same: boolean): Promise<Response> =>
  tea.as(who).send('POST', `/api/matters/${one}/links`, { other, same });
const similarIds = (topic: MatterTopic): string[] => topic.similar.map((one) => one.id);
const facts = (): Promise<number> =>
  tea.count(
    `select (select count(*) from lx.matter_link) + (select count(*) from lx.matter_link where undone_at is not null)
       + (select count(*) from lx.matter_category) + (select count(*) from lx.journal_entry) + (select sum(version) from lx.matter)`,
  );
const unchanged = async (work: () => Promise<void>): Promise<void> => {
  const before = await facts();
  await work();
  expect(await facts()).toBe(before);
};

describe('requests that may be one matter', () => {
  it('are offered with words that stand in both, as far as the office may see them', async () => {
    const seen = await topicOf('northOfficer', leak.id);
    expect(new Set(similarIds(seen))).toEqual(new Set([again.id, next.id]));
    const first = seen.similar.find((one) => one.id === again.id);
    expect(first).toMatchObject({ place: 'same-village', daysApart: 0, number: again.number });
    expect(first?.phrases.join()).toMatch(/漏水|老茶室/u);
    expect(seen.similar.find((one) => one.id === next.id)?.place).toBe('same-township');
    expect(similarIds(await topicOf('upperClerk', leak.id))).toEqual([again.id]);
  });

  it('never lead to a complaint about somebody, and a complaint is compared with nothing (LAW-XF-30)', async () => {
    expect(similarIds(await topicOf('countyOfficer', leak.id))).not.toContain(complaint.id);
    expect(await topicOf('countyOfficer', complaint.id)).toMatchObject({ compared: null, similar: [] });
    expect(JSON.stringify(await topics('countyOfficer'))).not.toContain('文书收了');
  });

  it('are linked by staff and taken back, in the journal, and nothing of it reaches the resident or the matter', async () => {
    const before = [await tea.track(leak.receipt.code), await tea.track(again.receipt.code)];
    const journal = await tea.count('select count(*) from lx.journal_entry');
    const said = await link('northOfficer', leak.id, again.id, true);
    expect(said.status).toBe(201);
    const { id } = (await said.json()) as { id: string };
    const seen = await topicOf('upperClerk', again.id);
    expect(seen.links).toMatchObject([{ id, same: true, matter: { id: leak.id } }]);
    expect(similarIds(seen)).not.toContain(leak.id);
    expect([await tea.track(leak.receipt.code), await tea.track(again.receipt.code)]).toEqual(before);
    expect(await tea.count(`select count(*) from lx.matter where version <> 1`)).toBe(0);
    expect(await codesOf(await link('upperClerk', again.id, leak.id, false))).toEqual(['already-exists']);
    expect((await tea.as('upperClerk').send('POST', `/api/matter-links/${id}/undo`, undefined)).status).toBe(200);
    expect(await tea.count('select count(*) from lx.journal_entry')).toBe(journal + 2);
    expect(await codesOf(await tea.as('upperClerk').send('POST', `/api/matter-links/${id}/undo`, undefined))).toEqual([
      'already-done',
    ]);
    expect(similarIds(await topicOf('upperClerk', again.id))).toEqual([leak.id]);
  });

  it('are not offered again once staff said that they are not the same; a village learns nothing of its neighbour', async () => {
    const said = await link('northOfficer', leak.id, next.id, false);
    const { id } = (await said.json()) as { id: string };
    expect(similarIds(await topicOf('northOfficer', leak.id))).toEqual([again.id]);
    expect((await topicOf('northOfficer', next.id)).links).toMatchObject([{ same: false, matter: { id: leak.id } }]);
    expect((await topicOf('lowerClerk', next.id)).links).toEqual([]);
    expect((await topicOf('upperClerk', leak.id)).links).toEqual([]);
    const { topics: list } = await topics('northOfficer');
    expect(list.find((topic) => topic.matters.some((one) => one.id === leak.id))?.count).toBe(2);
    await tea.as('northOfficer').send('POST', `/api/matter-links/${id}/undo`, undefined);
  });

  it('may not be linked by a stranger, a neighbour, another township, a resident, with themselves, or with a complaint', async () => {
    await unchanged(async () => {
      const stranger = await tea.server.request(`/api/matters/${leak.id}/links`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ other: again.id, same: true }),
      });
      expect(await codesOf(stranger)).toEqual(['not-signed-in']);
      for (const who of ['lowerClerk', 'southOfficer', 'upperResident'] as const) {
        expect([who, await codesOf(await link(who, leak.id, again.id, true))]).toEqual([who, ['not-found']]);
      }
      expect(await codesOf(await link('upperClerk', leak.id, next.id, true))).toEqual(['not-found']);
      expect(await codesOf(await link('upperClerk', leak.id, leak.id, true))).toEqual(['link-of-itself']);
      expect(await codesOf(await link('upperClerk', leak.id, complaint.id, true))).toEqual(['not-found']);
      expect(await codesOf(await link('countyOfficer', leak.id, complaint.id, true))).toEqual([
        'complaint-not-grouped',
      ]);
      const undo = await tea.as('lowerClerk').send('POST', `/api/matter-links/${randomUUID()}/undo`, undefined);
      expect(await codesOf(undo)).toEqual(['not-found']);
    });
  });
});

describe('topics of a place', () => {
  it('stand with the largest first, its villages and its words, within the range of the office', async () => {
    const page = await topics('northOfficer');
    expect(page).toMatchObject({ divisionName: '北茶镇', compared: 4 });
    expect(page.topics[0]).toMatchObject({ count: 3, recent: 3, places: [{ count: 2 }, { count: 1 }] });
    expect(page.topics[0]?.phrases.join()).toMatch(/茶室|漏水/u);
    expect((await topics('upperClerk')).topics[0]?.count).toBe(2);
    expect((await topics('countyOfficer', `?division=${divisions.south}`)).compared).toBe(0);
    expect(await codesOf(await tea.as('northOfficer').get(`/api/topics?division=${divisions.south}`))).toEqual([
      'not-found',
    ]);
    expect(await codesOf(await tea.as('upperResident').get('/api/topics'))).toEqual(['not-found']);
  });
});

describe('the category of a request', () => {
  const settle = (who: Who, id: string, category: readonly string[]): Promise<Response> =>
    tea.as(who).send('POST', `/api/matters/${id}/category`, { path: category });

  it('is suggested with its words, settled by a person, and settled anew', async () => {
    const { category } = await topicOf('upperClerk', broken.id);
    expect(category.settled).toBeNull();
    expect(category.suggestions[0]).toMatchObject({ path: pump });
    expect(category.suggestions[0]?.words.join()).toContain('抽水');
    expect(category.tree).toEqual([roof, pump]);
    expect((await settle('upperClerk', broken.id, pump)).status).toBe(201);
    expect((await topicOf('northOfficer', broken.id)).category.settled).toMatchObject({ path: pump, suggested: true });
    expect((await settle('northOfficer', broken.id, roof)).status).toBe(201);
    expect((await topicOf('upperClerk', broken.id)).category.settled).toMatchObject({ path: roof, suggested: false });
    expect((await topics('upperClerk')).categories).toEqual([{ name: roof[0], count: 1 }]);
    expect(await tea.count('select count(*) from lx.matter_category')).toBe(2);
  });

  it('is not settled outside the tree, nor by a neighbour, another township or a resident, nor for a complaint', async () => {
    await unchanged(async () => {
      expect(await codesOf(await settle('upperClerk', broken.id, ['没有', '这一类']))).toEqual(['category-unknown']);
      for (const who of ['lowerClerk', 'southOfficer', 'upperResident'] as const) {
        expect([who, await codesOf(await settle(who, broken.id, pump))]).toEqual([who, ['not-found']]);
      }
      expect(await codesOf(await settle('countyOfficer', complaint.id, pump))).toEqual(['complaint-not-grouped']);
    });
  });
});
