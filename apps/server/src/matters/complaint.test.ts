import { teaCounty, teaPeople } from '@lianxin/testkit/database';
import type { LeaderPage, Opened } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { divisions, county } = teaCounty;
const canary = '秋茶补贴没有发到手里';
let tea: TeaServer;
let aboutClerk: Opened;
let aboutOfficer: Opened;
let inWords: Opened;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'countyOfficer']);
  aboutClerk = await tea.tell('complaint', {
    wanted: `${canary}（一）`,
    'complained-about': teaPeople.upperClerk.person,
  });
  aboutOfficer = await tea.tell('complaint', {
    wanted: `${canary}（二）`,
    'complained-about': teaPeople.northOfficer.person,
  });
  inWords = await tea.tell('complaint', { wanted: `${canary}（三）`, 'complained-about': '北镇干事' });
});
afterAll(() => tea.server.close());

/** Everything an officer can ask of matters, as one text. */
const everything = async (person: 'upperClerk' | 'lowerClerk' | 'northOfficer' | 'countyOfficer'): Promise<string> => {
  const paths = [
    '/api/matters?limit=200',
    '/api/matters?sort=due&limit=200',
    ...['open', 'paused', 'ended'].map((state) => `/api/matters?state=${state}`),
    `/api/matters/${aboutClerk.id}`,
    `/api/matters/${aboutOfficer.id}`,
    `/api/matters/${inWords.id}`,
    '/api/inbox',
    '/api/today',
    ...[
      'leader',
      'timeliness',
      'orders',
      'settled',
      'ratings',
      'proxy-services',
      'ledger',
      'recurring',
      'admission',
      'one-time-notice',
    ].map((name) => `/api/reports/${name}`),
  ];
  const texts: string[] = [];
  for (const path of paths) texts.push(await (await tea.as(person).get(path)).text());
  return texts.join('\n');
};

describe('a complaint about somebody', () => {
  it('never reaches the person complained about, nor anybody under him (LAW-XF-30)', async () => {
    expect(await everything('upperClerk')).not.toContain(canary);
    expect(await everything('lowerClerk')).not.toContain(canary);
    const township = await everything('northOfficer');
    expect(township).toContain(`${canary}（一）`);
    expect(township).not.toContain(`${canary}（二）`);
    expect(township).not.toContain(`${canary}（三）`);
    const top = await everything('countyOfficer');
    for (const part of ['（一）', '（二）', '（三）']) expect(top).toContain(canary + part);
  });

  it('is answered 404 to him, like something that does not exist', async () => {
    const none = '00000000-0000-7000-8000-00000000dead';
    const [his, missing] = await Promise.all([
      tea.as('northOfficer').get(`/api/matters/${aboutOfficer.id}`),
      tea.as('northOfficer').get(`/api/matters/${none}`),
    ]);
    expect([his.status, await his.text()]).toEqual([missing.status, await missing.text()]);
  });

  it('cannot be acted on by him, whatever version he guesses, and nothing changes', async () => {
    const before = await tea.count('select count(*) from lx.act');
    for (const baseVersion of [1, 2]) {
      const answer = await tea.as('northOfficer').send('POST', `/api/matters/${aboutOfficer.id}/acts`, {
        act: 'finish',
        fields: { answer: '查无此事' },
        baseVersion,
      });
      expect(answer.status).toBe(404);
    }
    const followUp = await tea
      .as('northOfficer')
      .send('POST', `/api/matters/${aboutOfficer.id}/follow-ups`, { text: '看一看', due: '2026-04-01' });
    expect(followUp.status).toBe(404);
    expect(await tea.count('select count(*) from lx.act')).toBe(before);
  });

  it('is counted nowhere that he could subtract from', async () => {
    expect(await tea.count('select count(*) from lx.matter where barred is not null')).toBe(3);
    expect(await tea.count('select coalesce(sum(opened), 0) from lx.matter_count')).toBe(0);
    const page = (await (await tea.as('northOfficer').get('/api/reports/leader')).json()) as LeaderPage;
    expect(page.open).toBe(1);
  });

  it('puts no item into an inbox that he can open, also by SQL under his own rights', async () => {
    const { rows } = await tea.server.database.owner.query<{ body: string; barred: string[] }>(
      'select body, barred from lx.inbox_item',
    );
    expect(rows.every((row) => row.barred !== null)).toBe(true);
    const client = await tea.server.database.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `select set_config('role', 'rt_office', true), set_config('lx.county', $1, true), set_config('lx.uid', $2, true),
           set_config('lx.lo', $3, true), set_config('lx.hi', $4, true), set_config('lx.caps', '', true)`,
        [county, teaPeople.northOfficer.person, '999901001', '999901001:'],
      );
      for (const [table, key] of [
        ['matter', 'id'],
        ['act', 'matter'],
        ['inbox_item', 'matter'],
        ['matter_contact', 'matter'],
        ['follow_up', 'matter'],
      ]) {
        const found = await client.query(`select 1 from lx.${table} where county = $1 and ${key} in ($2, $3)`, [
          county,
          aboutOfficer.id,
          inWords.id,
        ]);
        expect([table, found.rowCount]).toEqual([table, 0]);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('can be handed in at a village’s counter, belongs above it all the same, and the counter cannot read it afterwards', async () => {
    const filed = await tea.as('lowerClerk').send('POST', '/api/matters', {
      division: divisions.lower,
      kind: 'complaint',
      fields: { wanted: `${canary}（四）`, 'complained-about': '南村干事' },
    });
    expect(filed.status).toBe(201);
    const { id } = (await filed.json()) as Opened;
    expect((await tea.as('lowerClerk').get(`/api/matters/${id}`)).status).toBe(404);
    expect(await everything('lowerClerk')).not.toContain(`${canary}（四）`);
  });

  it('is followed by the person who told it like any other', async () => {
    const followed = await tea.track(aboutOfficer.receipt.code);
    expect(followed).toMatchObject({ holder: '茶县联系办', division: divisions.upper, state: 'open' });
    await tea.act('countyOfficer', aboutOfficer.id, 'finish', { answer: '补贴已补发' });
    expect(await tea.track(aboutOfficer.receipt.code)).toMatchObject({ state: 'ended', resultTitle: '已答复' });
  });
});
