import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ActivePack, InboxPage, MatterDetail, Opened } from '@lianxin/contract';
import { codesOf, signIn, testServer, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../installation.js';
import { seedDemonstration } from '../people/index.js';
import { activatePacks, planActivation, seedPacks } from '../policy-packs/index.js';

const password = 'lianxin-demo-2026';
const county = '430321000000';
const inOrder = ['村“两委”商议', '询价', '村务监督委员会审核', '采购', '验收', '报账公开'];
let server: TestServer;
let director: SignedInClient;
let secretary: SignedInClient;
let supervisor: SignedInClient;
let village = '';

beforeAll(async () => {
  server = await testServer({ now: '2026-06-01T01:00:00.000Z' });
  const owner = await server.database.owner.connect();
  try {
    await seedDemonstration({ ...server.deps, owner, packs: path.join(checkout, 'policy-packs') });
    await seedPacks(server.deps, owner);
  } finally {
    owner.release();
  }
  [director, secretary, supervisor] = (await Promise.all(
    ['director', 'secretary', 'supervision'].map((post) => signIn(server, `yisuhe-v01-${post}`, password)),
  )) as [SignedInClient, SignedInClient, SignedInClient];
  const { rows } = await server.database.owner.query<{ division: string }>(
    `select p.division from lx.account a join lx.person p on p.id = a.person where a.username = 'yisuhe-v01-director'`,
  );
  village = rows[0]?.division ?? '';
}, 180_000);
afterAll(() => server.close());

const ok = async <T>(answer: Response): Promise<T> => {
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
};
const read = async (id: string): Promise<MatterDetail> => ok(await director.get(`/api/matters/${id}`));
const act = async (who: SignedInClient, id: string, name: string, fields: object = {}): Promise<Response> =>
  who.send('POST', `/api/matters/${id}/acts`, { act: name, fields, baseVersion: (await read(id)).version });
/** A purchase whose first two steps are done: the supervision committee comes next. */
const purchase = async (goods: string): Promise<string> => {
  const { id } = await ok<Opened>(
    await director.send('POST', '/api/matters', {
      division: village,
      procedure: 'village-purchase',
      kind: 'village-purchase',
      fields: { goods, budget: 4000 },
    }),
  );
  await ok(await act(secretary, id, 'deliberate', { minutes: '六月一日会议记录' }));
  await ok(await act(director, id, 'inquire', { offers: ['甲店 3900', '乙店 3800', '丙店 4000'] }));
  return id;
};
const page = async (): Promise<string> => (await server.request(`/v/${village}/powers`)).text();
const cardOf = (html: string): string => /aria-labelledby="purchase">([\s\S]*?)<\/section>/u.exec(html)?.[1] ?? '';
const allOf = (text: string, pattern: RegExp): (string | undefined)[] =>
  [...text.matchAll(pattern)].map((one) => one[1]);
/** The steps of the purchase as the page lists them. */
const listed = (html: string) => allOf(cardOf(html), /<li>([^<]+)<\/li>/gu);
/** Its flow chart: opening, the steps, the end. */
const drawn = (html: string) => allOf(cardOf(html), /font-weight="600">([^<]+)</gu);

describe('a small power that is exercised', () => {
  it('cannot go to step 4 while step 3 is missing; done on paper, it stands before the committee and the town’s discipline office the same day [YS-66]', async () => {
    const id = await purchase('路灯十盏');
    const before = (await read(id)).version;
    expect(await codesOf(await act(director, id, 'buy', { contract: '2026-1', price: 3800 }))).toEqual([
      'act-comes-later',
    ]);
    expect((await read(id)).version).toBe(before);
    await ok(
      await act(director, id, 'done-outside', { gap: 'step-skipped', 'done-so-far': '没有等审核，在乙店买了灯' }),
    );
    const { number } = await read(id);
    for (const username of ['yisuhe-v01-supervision', 'yisuhe-discipline']) {
      const { items } = await ok<InboxPage>(await (await signIn(server, username, password)).get('/api/inbox'));
      const told = items.filter((item) => item.number === number && item.what === '线下已办，流程没有走全');
      expect([username, told.map((item) => item.since.slice(0, 10))]).toEqual([username, ['2026-06-01']]);
    }
  });

  it('waits for the cadre’s own word first, and goes on once the committee has what was missing', async () => {
    const id = await purchase('垃圾桶二十只');
    await ok(await act(director, id, 'done-outside', { gap: 'paper-missing', 'done-so-far': '发票还没有到' }));
    expect(await codesOf(await act(supervisor, id, 'review'))).toEqual(['children-still-open']);
    const alert = (await read(id)).related.find((one) => one.relation === 'part')?.id ?? '';
    expect(await codesOf(await act(supervisor, alert, 'pass-on', { 'open-points': '没有发票' }))).toEqual([
      'act-comes-later',
    ]);
    await ok(await act(director, alert, 'explain', { explanation: '店家月底开票' }));
    await ok(await act(supervisor, alert, 'settle', { 'made-good': '发票' }));
    await ok(await act(supervisor, id, 'review'));
  });
});

describe('a rule that changes', () => {
  const changed = mkdtempSync(path.join(os.tmpdir(), 'lianxin-changed-pack-'));
  afterAll(() => rmSync(changed, { recursive: true, force: true }));

  /** The county's pack with one step of the purchase changed from July on: the old version gets its last day and stays in the file beside. */
  const change = (): void => {
    for (const pack of ['cn-statute', 'yisuhe-lianxin-huimin']) {
      const withoutCases = (file: string): boolean => path.basename(file) !== 'cases';
      const from = path.join(server.deps.config.packs, pack);
      cpSync(from, path.join(changed, pack), { recursive: true, filter: withoutCases });
    }
    const folder = path.join(changed, 'yisuhe-lianxin-huimin', 'village-purchase');
    const rule = readFileSync(path.join(folder, 'from-2026-01-01.yaml'), 'utf8');
    writeFileSync(
      path.join(folder, 'from-2026-01-01.yaml'),
      rule.replace('in-force: { from: 2026-01-01 }', 'in-force: { from: 2026-01-01, to: 2026-06-30 }'),
    );
    writeFileSync(
      path.join(folder, 'from-2026-07-01.yaml'),
      rule
        .replace('in-force: { from: 2026-01-01 }', 'in-force: { from: 2026-07-01 }')
        .replace('title: 询价', 'title: 公开比价'),
    );
  };

  const wanted = { division: county, packs: ['yisuhe-lianxin-huimin'], from: '2026-07-01' };
  const withChange = () => ({ ...server.deps, config: { ...server.deps.config, packs: changed } });
  const packs = async () =>
    ok<{ packs: ActivePack[]; coming: ActivePack[] }>(await server.request(`/api/policy-packs?division=${village}`));
  const oldAndNew = (pack: ActivePack | undefined): string =>
    JSON.stringify(pack?.changes.find(({ rule }) => rule === 'village-purchase'));

  it('is read as old and new before it binds anybody, never begins on a day that has gone, and is told to the public log', async () => {
    change();
    const { owner } = server.database;
    const past = await planActivation(withChange(), owner, { ...wanted, from: '2026-05-31' });
    expect(past.faults.map(({ code }) => code)).toEqual(['rule-backdated']);
    const { plans } = await planActivation(withChange(), owner, wanted);
    expect(plans).toMatchObject([{ pack: 'yisuhe-lianxin-huimin', running: 3 }]);
    expect(plans[0]?.changes.map(({ rule, from }) => [rule, from])).toEqual([['village-purchase', '2026-07-01']]);
    expect((await packs()).coming).toEqual([]);
    expect(await activatePacks(withChange(), owner, wanted)).toEqual([]);
    const [coming] = (await packs()).coming;
    expect([coming?.from, coming?.hash]).toEqual(['2026-07-01', plans[0]?.hash]);
    expect(oldAndNew(coming)).toMatch(/"before":\[[^\]]*询价[^\]]*\],"after":\[[^\]]*公开比价/u);
    const { rows } = await owner.query<{ pub: object }>(
      `select pub from lx.journal_entry where kind = 'pack.activate' and pub ->> 'from' = '2026-07-01'`,
    );
    expect(rows.map(({ pub }) => pub)).toMatchObject([{ pack: 'yisuhe-lianxin-huimin', hash: plans[0]?.hash }]);
  });

  it('shows six steps in order with basis, version and date, and a changed step as version 2 from its day [YS-65]', async () => {
    const first = await page();
    expect(listed(first)).toEqual(inOrder);
    expect(first).toContain('第 1 版，自 2026年1月1日 起');
    expect(first).toMatch(/依据：.*三\(二\)6\(2\)/u);
    expect(drawn(first)).toEqual(['提出', ...inOrder, '已办结']);
    server.clock.set('2026-07-02T01:00:00.000Z');
    const second = await page();
    expect(listed(second)).toEqual(inOrder.with(1, '公开比价'));
    expect(second).toContain('第 2 版，自 2026年7月1日 起');
    expect(second).toContain(`第 1 版，自 2026年1月1日 起：${inOrder.join(' → ')}`);
    expect(oldAndNew((await packs()).packs.find((one) => one.pack === 'yisuhe-lianxin-huimin'))).toContain('公开比价');
  });

  it('leaves a case that was opened before on the version of its day, and the next one opens under the new [YS-05]', async () => {
    server.clock.set('2026-07-02T02:00:00.000Z');
    const { rows } = await server.database.owner.query<{ id: string }>(
      `select id from lx.matter where procedure = 'village-purchase' and opened_at < '2026-07-01' order by id limit 1`,
    );
    const before = await read(rows[0]?.id ?? '');
    const after = await read(await purchase('锄头'));
    expect(before.drawing.svg).toContain('询价');
    expect(before.drawing.svg).not.toContain('公开比价');
    expect(after.drawing.svg).toContain('公开比价');
    expect(after.procedureHash).not.toBe(before.procedureHash);
  });
});
