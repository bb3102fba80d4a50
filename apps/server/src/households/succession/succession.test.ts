import type { DivisionHistory, InboxPage, MatterPage, Opened } from '@lianxin/contract';
import { checkReceipt, parseReceipt, type Result } from '@lianxin/domain';
import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishCounty, sealCounty } from '../../log/index.js';
import { sha256 } from '../../log/sha256.js';
import { verifyEd25519 } from '../../log/signing-key.js';
import { teaServer, type TeaServer } from '../../matters/test-pack/tea-server.js';
import { forgetDirectory } from '../../matters/directory.js';
import { mergeVillages, splitVillage, type Merge, type Split, type Succession } from './succession.js';

const { county, divisions } = teaCounty;
const { upper, lower, north, far } = divisions;
/** The merged village 合茶村, and the one that leaves it again 新茶村. */
const joined = '999901001009';
const fresh = '999901001010';
const source = '茶政发〔2026〕1号';

let tea: TeaServer;
const opened: Opened[] = [];
let settled: Opened;

const owner = () => tea.server.database.owner;
const id = (kind: number, number: number): string =>
  `0000009${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;
const figures = async (): Promise<unknown> =>
  (
    await owner().query(
      `select (select count(*)::int from lx.matter) as matters, (select count(*)::int from lx.household where valid_to is null) as households,
         (select count(*)::int from lx.record) as records, (select count(*)::int from lx.household_card where withdrawn_on is null) as cards,
         (select count(*)::int from lx.division where valid_to is null) as villages, (select count(*)::int from lx.journal_entry) as journal`,
    )
  ).rows[0];
const history = async (person: 'northOfficer' | 'upperClerk', code: string): Promise<DivisionHistory> =>
  (await (await tea.as(person).get(`/api/divisions/${code}/history`)).json()) as DivisionHistory;
const merge = (change: Partial<Merge> = {}): Promise<Result<Succession>> =>
  mergeVillages(owner(), tea.server.deps, {
    from: [upper, lower],
    to: { code: joined, name: '合茶村' },
    on: '2026-03-03',
    source,
    ...change,
  });
const split = (change: Partial<Split> = {}): Promise<Result<Succession>> =>
  splitVillage(owner(), tea.server.deps, {
    from: joined,
    to: [
      { code: joined, name: '合茶村' },
      { code: fresh, name: '新茶村', grids: ['002'] },
    ],
    on: '2026-03-04',
    source,
    ...change,
  });
const faultsOf = (result: Result<unknown>): string[] => (result.ok ? [] : result.faults.map((one) => one.code));
const verified = (text: string) => {
  const receipt = parseReceipt(text);
  if (receipt === null) throw new Error(`no receipt: ${text}`);
  return checkReceipt(receipt, {
    sha256,
    verify: async (key, message, signature) => verifyEd25519(key, message, signature),
    today: '2026-03-06',
    read: async (path) => {
      const answer = await tea.server.request(path);
      return answer.status === 200 ? new Uint8Array(await answer.arrayBuffer()) : null;
    },
  });
};
const receiptOf = (one: Opened): string => (one.receipt.verify ?? '').replace(/^.*#/, '');
const seal = async (at: string): Promise<void> => {
  tea.server.clock.set(at);
  await sealCounty(tea.server.deps, county);
  await publishCounty(tea.server.deps, county);
};

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'farClerk'], '2026-03-02T01:00:00.000Z');
  for (const [division, wanted] of [
    [upper, '上茶路灯'],
    [lower, '下茶水泵'],
    [lower, '下茶桥板'],
  ] as const)
    opened.push(await tea.tell('need', { wanted }, division));
  settled = await tea.tell('need', { wanted: '下茶旧事' }, lower);
  await tea.act('lowerClerk', settled.id, 'accept');
  await tea.act('lowerClerk', settled.id, 'feedback', { told: '看过了' });
  await tea.act('lowerClerk', settled.id, 'claim-done', { outcome: '修好了' });
  await tea.byReceipt(settled, 'confirm');
  let number = 0;
  for (const [division, households] of [
    [upper, 3],
    [lower, 4],
  ] as const) {
    await owner().query(
      `insert into lx.grid (county, id, division, code, name, valid_from, recorded_at) values ($1, $2, $3, '001', $4, '2020-01-01', now())`,
      [county, id(1, Number(division.slice(-3))), division, `${division}一格`],
    );
    for (let each = 0; each < households; each += 1) {
      number += 1;
      const values = [county, id(2, number), division, `${number}号`];
      await owner().query(
        `insert into lx.household (county, id, division, label, valid_from, recorded_at) values ($1, $2, $3, $4, '2020-01-01', now())`,
        values,
      );
      await owner().query(
        `insert into lx.grid_household (county, id, division, household, grid, valid_from, recorded_at) values ($1, $2, $3, $4, $5, '2020-01-01', now())`,
        [county, id(3, number), division, id(2, number), id(1, Number(division.slice(-3)))],
      );
      await owner().query(
        `insert into lx.household_card (county, id, division, household, issued_on, recorded_at) values ($1, $2, $3, $4, '2025-01-01', now())`,
        [county, id(4, number), division, id(2, number)],
      );
    }
    await owner().query(
      `insert into lx.record (county, id, division, register, fields, since, version, recorded_at, updated_at)
       values ($1, $2, $3, 'tea-trees', '{}', '2025-01-01', 1, now(), now())`,
      [county, id(5, Number(division.slice(-3))), division],
    );
  }
  await seal('2026-03-03T01:00:00.000Z');
});
afterAll(() => tea.server.close());

describe('two villages merge', () => {
  it('are refused with nothing changed: unknown, ended, in another township, a code in use, a day to come', async () => {
    const before = await figures();
    expect(faultsOf(await merge({ from: [upper] }))).toEqual(['succession-wrong']);
    expect(faultsOf(await merge({ from: [upper, '999901001777'] }))).toEqual(['unknown-division']);
    expect(faultsOf(await merge({ from: [upper, far] }))).toEqual(['succession-wrong']);
    expect(faultsOf(await merge({ to: { code: '999901002009', name: '远合村' } }))).toEqual(['succession-wrong']);
    expect(faultsOf(await merge({ from: [lower, upper], to: { code: far, name: '合' } }))).toEqual([
      'succession-wrong',
    ]);
    expect(faultsOf(await merge({ on: '2026-03-04' }))).toEqual(['date-in-future']);
    expect(faultsOf(await merge({ on: '2019-12-31' }))).toEqual(['period-reversed']);
    expect(await figures()).toEqual(before);
  });

  it('keep every request, household and record: totals before are totals after [BZ-54]', async () => {
    const before = await figures();
    const town = (await history('northOfficer', north)).totals;
    const done = await merge();
    if (!done.ok) throw new Error(JSON.stringify(done.faults));
    forgetDirectory(tea.server.deps.pool);
    expect(done.value.before).toEqual({ matters: 4, households: 7, records: 2, persons: 4 });
    expect(done.value.after).toEqual(done.value.before);
    expect(done.value.ended).toEqual([{ post: 'tea-village-clerk', name: teaPeople.lowerClerk.name }]);
    const after = await figures();
    expect(after).toEqual({ ...(before as object), villages: 5, journal: (before as { journal: number }).journal + 1 });
    expect((await history('northOfficer', north)).totals).toEqual(town);
    const seen = await history('upperClerk', joined);
    expect(seen.totals).toEqual({ matters: 4, households: 7, records: 2 });
    expect(seen.parts.map((part) => [part.code, part.relation, part.matters, part.households])).toEqual([
      [upper, 'before', 1, 0],
      [lower, 'before', 3, 0],
      [joined, 'itself', 0, 7],
    ]);
  });

  it('lead whoever opens a page of theirs to where they went, and from there back, since when and by which decision', async () => {
    for (const path of [`/v/${lower}`, `/v/${lower}/board`, `/v/${lower}/requests/new`]) {
      const page = await tea.server.request(path);
      const html = await page.text();
      expect(page.status).toBe(410);
      expect(html).toContain('下茶村已经不再单独设立');
      expect(html).toContain(`href="/v/${joined}"`);
      expect(html).toContain(source);
    }
    const now = await (await tea.server.request(`/v/${joined}`)).text();
    expect(now).toContain('从前是');
    for (const before of [upper, lower]) expect(now).toContain(`href="/v/${before}"`);
    expect(now).toContain(`2026年3月3日 合并 · 依据 ${source}`);
    const never = await tea.server.request('/v/999901001099');
    expect([never.status, (await never.text()).includes('没有这个村')]).toEqual([404, true]);
  });

  it('leave no body unanswered: the one that goes on reads and answers what either left, under old and new', async () => {
    const list = (await (await tea.as('upperClerk').get('/api/matters')).json()) as MatterPage;
    expect(list.items).toHaveLength(4);
    const old = (await (await tea.as('upperClerk').get(`/api/matters?division=${lower}`)).json()) as MatterPage;
    expect(old.items).toHaveLength(3);
    const inbox = (await (await tea.as('upperClerk').get('/api/inbox')).json()) as InboxPage;
    expect(inbox.items.map((item) => item.matter).toSorted()).toEqual(opened.map((one) => one.id).toSorted());
    const other = opened[1];
    if (other === undefined) throw new Error('not opened');
    await tea.act('upperClerk', other.id, 'accept');
    await tea.act('upperClerk', other.id, 'feedback', { told: '水泵已修' });
    expect((await tea.track(other.receipt.code)).holder).toBe('合茶村村民委员会');
    // Whoever's post ended finds nothing, and neither does a neighbour.
    expect(
      ((await (await tea.as('lowerClerk').get('/api/matters')).json()) as Partial<MatterPage>).items ?? [],
    ).toEqual([]);
    expect((await tea.as('farClerk').get(`/api/matters/${other.id}`)).status).toBe(404);
    expect((await tea.as('farClerk').get(`/api/divisions/${joined}/history`)).status).toBe(404);
  });

  it('change no receipt: what was told before still verifies, and is still followed by its code', async () => {
    expect((await tea.track(settled.receipt.code)).state).toBe('ended');
    expect(await verified(receiptOf(settled))).toMatchObject({ answer: 'true-not-witnessed' });
    await seal('2026-03-04T01:00:00.000Z');
    expect(await verified(receiptOf(settled))).toMatchObject({ answer: 'true-not-witnessed' });
    const told = await tea.send({ division: lower, kind: 'need', fields: { wanted: '旧址' } });
    expect(await codesOf(told)).toEqual(['unknown-division']);
    expect((await tea.tell('need', { wanted: '新址' }, joined)).number).toMatch(/^2026/);
  });
});

describe('what a merged village took over', () => {
  it('is reached through a sibling of every policy that holds an office to its range, and each sibling says the same', async () => {
    const { rows } = await owner().query<{ table: string; name: string; text: string }>(
      `select tablename as table, policyname as name, coalesce(qual, '') || ' / ' || coalesce(with_check, '') as text from pg_policies
       where schemaname = 'lx' and permissive = 'PERMISSIVE' and roles && array['rt_office']::name[]`,
    );
    const ranged = rows.filter((row) => row.text.includes('lx.lo') && /\(division >=/.test(row.text));
    const siblings = new Map(
      rows.filter((row) => row.name.endsWith('_before')).map((row) => [`${row.table} ${row.name}`, row.text]),
    );
    expect(ranged.length).toBeGreaterThan(60);
    expect(siblings.size).toBe(ranged.length);
    const word = (setting: string) => `NULLIF(current_setting('lx.${setting}'::text, true), ''::text)`;
    const divisions = `string_to_array(${word('before')}, ','::text)`;
    // A policy reads its settings with each row or, in subqueries, once a statement; its sibling reads them likewise.
    const replaced: readonly (readonly [string, string])[] = [
      [`(division >= ${word('lo')})`, `(division = ANY (${divisions}))`],
      [`(division < ${word('hi')})`, 'true'],
      [
        `(division >= ( SELECT ${word('lo')} AS "nullif"))`,
        `(division = ANY (( SELECT ${divisions} AS string_to_array)::text[]))`,
      ],
      [`(division < ( SELECT ${word('hi')} AS "nullif"))`, 'true'],
    ];
    for (const { table, name, text } of ranged)
      expect(siblings.get(`${table} ${name}_before`), `${table} ${name}`).toBe(
        replaced.reduce((said, [range, before]) => said.replaceAll(range, before), text),
      );
  });
});

describe('one village splits along its grids', () => {
  it('is refused with nothing changed: a grid it has not, a grid given twice, a day before it began', async () => {
    const before = await figures();
    const to = [{ code: joined, name: '合茶村' }];
    const given = (grids: string[], code = fresh) => ({ code, name: '新茶村', grids });
    expect(faultsOf(await split({ to: [...to, given(['007'])] }))).toEqual(['succession-wrong']);
    expect(faultsOf(await split({ to: [...to, given(['002']), given(['002'], '999901001011')] }))).toEqual([
      'succession-wrong',
    ]);
    expect(faultsOf(await split({ to }))).toEqual(['succession-wrong']);
    expect(faultsOf(await split({ from: upper, to: [...to, given([])] }))).toEqual(['division-ended']);
    expect(faultsOf(await split({ on: '2026-03-03' }))).toEqual(['period-reversed']);
    expect(await figures()).toEqual(before);
  });

  it('gives each household to one side; totals before are totals after, and history stays where it was [BZ-54]', async () => {
    const before = await figures();
    const done = await split();
    if (!done.ok) throw new Error(JSON.stringify(done.faults));
    forgetDirectory(tea.server.deps.pool);
    expect(done.value.after).toEqual(done.value.before);
    expect(await figures()).toEqual({
      ...(before as object),
      villages: 6,
      journal: (before as { journal: number }).journal + 1,
    });
    const kept = await history('northOfficer', joined);
    expect(kept.totals).toEqual({ matters: 5, households: 3, records: 2 });
    expect(kept.parts.at(-1)).toMatchObject({ code: fresh, relation: 'after', cause: 'split' });
    const left = await history('northOfficer', fresh);
    expect(left.totals).toEqual({ matters: 0, households: 4, records: 0 });
    // The files stay with the keeper: the new village's offices see none of them, the keeper's all.
    const files = (await (await tea.as('upperClerk').get('/api/matters')).json()) as MatterPage;
    expect(files.items).toHaveLength(5);
    expect((await tea.as('upperClerk').get(`/api/divisions/${fresh}/history`)).status).toBe(404);
    const { rows } = await owner().query(
      `select b.name, count(a.id)::int as holders from lx.body b left join lx.appointment a on a.body = b.id and a.valid_to is null
       where b.division = $1 group by b.id, b.name`,
      [fresh],
    );
    expect(rows).toEqual([{ name: '新茶村村民委员会', holders: 0 }]);
  });

  it('answers a receipt of a village that ended two changes ago', async () => {
    await seal('2026-03-05T01:00:00.000Z');
    expect(await verified(receiptOf(settled))).toMatchObject({ answer: 'true-not-witnessed' });
    await tea.act('upperClerk', opened[2]?.id ?? '', 'accept');
  });
});
