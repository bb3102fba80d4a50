import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { DisclosureDesk, DisclosureOverview, InboxPage, LedgerPage } from '@lianxin/contract';
import { parse as parseCsv } from 'csv-parse/sync';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  officeOver,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
  sumOfTables,
} from '@lianxin/testkit/database';
import { readPdf } from '@lianxin/testkit/pdf';
import { filesFolder, openFile } from '../files/index.js';
import { appoint } from '../people/appoint.js';
import { tellLate } from './tell-late.js';
import { addTeaBoards, supervisor } from './test-pack/tea-boards.js';

/** The reader of JSON-LD has no types of its own. */
const jsonld = createRequire(import.meta.url)('jsonld') as { toRDF: (document: object) => Promise<unknown> };

const { upper, lower, north } = teaCounty.divisions;
let server: TestServer;
let clerk: SignedInClient;
let neighbour: SignedInClient;
let watcher: SignedInClient;
let township: SignedInClient;

const idOf = async (answer: Response): Promise<string> => {
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
};
const desk = async (who = clerk, division: string = upper): Promise<DisclosureDesk> => {
  const answer = await who.get(`/api/disclosures/desk?division=${division}`);
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as DisclosureDesk;
};
const query = async <R extends object>(sql: string): Promise<R[]> =>
  (await server.database.owner.query(sql)).rows as R[];
/** Everything that a refusal must leave as it was. */
const standing = async (): Promise<string> =>
  sumOfTables(server.database.owner, [
    'disclosure',
    'disclosure_draft',
    'disclosure_check',
    'disclosure_version',
    'disclosure_posting',
    'disclosure_question',
    'inbox_item',
    'journal_entry',
  ]);
const pay = async (voucher: string, amount: number, payee: string, date = '2026-02-10', way = 'out') =>
  idOf(
    await clerk.send('POST', '/api/registers/tea-accounts/records', {
      division: upper,
      on: '2026-03-01',
      fields: { date, voucher, way, sort: 'tea', about: `买茶${voucher}`, amount, payee },
    }),
  );
const draft = (input: object = {}, who = clerk) =>
  who.send('POST', '/api/disclosures/drafts', { division: upper, item: 'tea-money', from: '2026-01-01', ...input });
const versionOf = async (id: string): Promise<number> =>
  (await desk()).drafts.find((one) => one.id === id)?.version ?? 0;
const words = async (id: string, paragraphs: string[], submit: boolean, title = '上茶村茶资收支公布') =>
  clerk.send('POST', `/api/disclosures/drafts/${id}/text`, { version: await versionOf(id), title, paragraphs, submit });
const check = async (id: string, agrees: boolean, note = '', who = watcher) =>
  who.send('POST', `/api/disclosures/drafts/${id}/check`, { version: await versionOf(id), agrees, note });
const publish = async (id: string, who = clerk) =>
  who.send('POST', `/api/disclosures/drafts/${id}/publish`, { version: await versionOf(id) });
/** From the ledger to the board, as everybody does it. */
const carry = async (input: object = {}): Promise<string> => {
  const id = await idOf(await draft(input));
  const { content, title } = (await desk()).drafts.find((one) => one.id === id) ?? {
    content: { paragraphs: [] },
    title: '',
  };
  await idOf(await words(id, content.paragraphs, true, title));
  await idOf(await check(id, true));
  return idOf(await publish(id));
};

beforeAll(async () => {
  server = await testServer({ now: '2026-03-20T01:00:00.000Z' });
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  await addTeaBoards(server.database.owner, teaCounty.county, upper);
  clerk = await signIn(server, 'upper.clerk');
  neighbour = await signIn(server, 'lower.clerk');
  township = await signIn(server, 'north.officer');
  watcher = await signIn(server, supervisor.username);
  await pay('2026-001', 100, '茶叶合作社');
  await pay('2026-002', 28.5, '王小明');
  await pay('2026-004', 300, '', '2026-01-05', 'in');
});
afterAll(async () => server.close());

describe('from the ledger to the board', () => {
  /** What an inbox says of drafts whose turn it is. */
  const turns = async (who: SignedInClient): Promise<string[]> =>
    ((await (await who.get('/api/inbox')).json()) as InboxPage).items
      .filter(({ kind }) => kind === 'disclosure-check' || kind === 'disclosure-checked')
      .map(({ what }) => what);

  it('cuts a draft whose sums, rows and masked names are the ledger’s, names the voucher that is missing, and waits for whose turn it is', async () => {
    const id = await idOf(await draft());
    const found = (await desk()).drafts.find((one) => one.id === id);
    expect(found?.title).toBe('上茶村2026年第一季度茶资收支公布');
    expect(found?.content.paragraphs[0]).toBe(
      '本期共 3 笔，收入合计 300.00 元，支出合计 128.50 元，收支相抵 171.50 元。',
    );
    expect(found?.content.table?.rows.map((row) => [row[1], row[5], row[6]])).toEqual([
      ['2026-004', '300.00', ''],
      ['2026-001', '100.00', '茶叶合作社'],
      ['2026-002', '28.50', '王**'],
    ]);
    expect(found?.content.bars).toEqual([{ title: '茶叶', income: 300, expense: 128.5 }]);
    expect(found?.content.gaps).toEqual(['2026-003']);
    expect(await codesOf(await draft())).toEqual(['already-exists']);
    const before = await standing();
    expect(await codesOf(await words(id, ['付给茶上村民，电话13800138000'], true))).toEqual([
      'personal-data-found',
      'personal-data-found',
    ]);
    expect(await standing()).toBe(before);
    expect(await codesOf(await publish(id))).toEqual(['disclosure-not-checked']);
    await idOf(await words(id, found?.content.paragraphs ?? [], true, found?.title));
    expect([await turns(watcher), await turns(clerk), await turns(neighbour)]).toEqual([
      ['请审核：上茶村2026年第一季度茶资收支公布'],
      [],
      [],
    ]);
    expect(await codesOf(await check(id, false))).toEqual(['reason-missing']);
    await idOf(await check(id, false, '凭证 003 在哪里'));
    expect([await turns(watcher), await turns(clerk)]).toEqual([[], ['退回修改：上茶村2026年第一季度茶资收支公布']]);
    expect(await codesOf(await publish(id))).toEqual(['disclosure-not-checked']);
    await idOf(await words(id, [...(found?.content.paragraphs ?? []), '凭证 003 作废。'], true, found?.title));
    await idOf(await check(id, true));
    expect(await turns(clerk)).toEqual(['审核同意，可以公布：上茶村2026年第一季度茶资收支公布']);
    await idOf(await publish(id));
    expect([await turns(watcher), await turns(clerk)]).toEqual([[], []]);
  });

  it('puts the hashes of print and text, version and period into the public log, and keeps the very print', async () => {
    const [version] = await query<{ doc: string; text: string; sha: string; text_sha: string; county: string }>(
      `select encode(doc_sha256, 'hex') as doc, text, encode(f.sha256, 'hex') as sha, encode(text_sha256, 'hex') as text_sha, v.county
       from lx.disclosure_version v join lx.file f on f.county = v.county and f.id = v.file`,
    );
    const [entry] = await query<{ pub: Record<string, unknown>; leaf: string }>(
      `select pub, leaf from lx.journal_entry where kind = 'board.publish'`,
    );
    expect(entry?.leaf).toBe('public');
    expect(entry?.pub).toEqual({
      board: '财务公开',
      title: '上茶村2026年第一季度茶资收支公布',
      version: 1,
      doc_sha256: version?.doc,
      text_sha256: version?.text_sha,
      period: { from: '2026-01-01', to: '2026-03-31' },
    });
    const file = await openFile(
      filesFolder(server.deps),
      version?.county ?? '',
      Buffer.from(version?.sha ?? '', 'hex'),
    );
    const bytes = file === undefined ? Buffer.alloc(0) : await buffer(file.stream);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version?.doc);
    expect(
      createHash('sha256')
        .update(version?.text ?? '')
        .digest('hex'),
    ).toBe(version?.text_sha);
    const print = readPdf(bytes)
      .map((page) => page.text)
      .join('');
    expect(print).toContain('128.50');
    expect(print).not.toContain('王小明');
  });

  it('corrects beside and never over: the old version stays as it was, with the reason on the new one', async () => {
    const [row] = (await desk()).published;
    const before = await query<object>('select * from lx.disclosure_version');
    expect(await codesOf(await draft({ corrects: row?.id }))).toEqual(['reason-missing']);
    const same = await idOf(await draft({ corrects: row?.id, reason: '没有改动', paragraphs: ['凭证 003 作废。'] }));
    const cut = (await desk()).drafts.find((one) => one.id === same);
    await idOf(await words(same, cut?.content.paragraphs ?? [], true, cut?.title));
    await idOf(await check(same, true));
    expect(await codesOf(await publish(same))).toEqual(['disclosure-unchanged']);
    await idOf(await words(same, [...(cut?.content.paragraphs ?? []), '第二笔应为茶具。'], true, cut?.title));
    await idOf(await check(same, true));
    expect(await idOf(await publish(same))).toBe(row?.id);
    const after = await query<{ version: number; reason: string; text: string }>(
      'select * from lx.disclosure_version order by version',
    );
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.map((one) => [one.version, one.reason])).toEqual([
      [1, ''],
      [2, '没有改动'],
    ]);
    expect(after[1]?.text).toContain('本次为第 2 版，更正原因：没有改动');
    await expect(
      server.database.owner.query(`set role rt_office; update lx.disclosure_version set text = 'x'`),
    ).rejects.toThrow('permission denied');
    await server.database.owner.query('reset role');
  });

  it('counts the fifteen days from the wall, by the server’s day, whatever anybody types [LAW-VC-35d]', async () => {
    const [row] = (await desk()).published;
    expect([row?.publishedOn, row?.until, row?.daysLeft]).toEqual(['2026-03-20', '2026-04-04', 15]);
    server.clock.set('2026-03-25T01:00:00.000Z');
    const posting = { kind: 'wall', place: '村口公开栏', copies: 1 };
    await idOf(await clerk.send('POST', `/api/disclosures/${row?.id}/postings`, posting));
    await idOf(
      await clerk.send('POST', `/api/disclosures/${row?.id}/postings`, { ...posting, kind: 'copies', copies: 12 }),
    );
    const [posted] = (await desk()).published;
    expect([posted?.postedOn, posted?.until, posted?.copies]).toEqual(['2026-03-25', '2026-04-09', 12]);
    const backwards = await clerk.send('POST', `/api/disclosures/${row?.id}/postings`, {
      ...posting,
      on: '2026-03-01',
    });
    expect(backwards.status).toBe(422);
  });
});

describe('what is owed', () => {
  it('shows a village that published as in time and its neighbour as late from the eleventh, to the township [YS-72]', async () => {
    server.clock.set('2026-04-11T01:00:00.000Z');
    const answer = await township.get(`/api/disclosures/overview?division=${north}`);
    const { villages } = (await answer.json()) as DisclosureOverview;
    expect(
      villages.map(({ name, due, inTime, late }) => [
        name,
        due,
        inTime,
        late.map((one) => `${one.title} ${one.daysLate}`),
      ]),
    ).toEqual([
      ['上茶村', 2, 1, ['2025年第四季度茶资收支 91']],
      ['下茶村', 2, 0, ['2025年第四季度茶资收支 91', '2026年第一季度茶资收支 1']],
    ]);
  });

  it('owes a month by itself once twenty entries were made in it [LAW-VC-35c]', async () => {
    for (let at = 10; at < 30; at += 1) await pay(`2026-0${at}`, 1, '', '2026-03-03');
    const march = (await desk()).duties.find((duty) => duty.periodTitle === '2026年3月');
    expect([march?.dueBy, march?.state]).toEqual(['2026-04-10', 'late']);
  });
});

describe('who may', () => {
  it('lets the committee read every voucher of its own village and of no other [YS-67]', async () => {
    const own = await watcher.get(`/api/registers/tea-accounts/ledgers/vouchers?division=${upper}`);
    expect(((await own.json()) as LedgerPage).rows).toHaveLength(23);
    const other = await watcher.get(`/api/registers/tea-accounts/ledgers/vouchers?division=${lower}`);
    expect(await codesOf(other)).toEqual(['not-found']);
    expect((await desk(watcher)).drafts.every((one) => !one.may.edit && !one.may.publish)).toBe(true);
  });

  it('refuses strangers, other offices, own checks and stale copies, and leaves everything as it was', async () => {
    const id = await idOf(await draft({ from: '2026-04-01' }));
    await idOf(await words(id, ['四月'], true));
    const before = await standing();
    expect(await codesOf(await draft({ from: '2026-07-01' }, neighbour))).toEqual(['not-found']);
    expect(await codesOf(await draft({ from: '2026-07-01' }, watcher))).toEqual(['capability-missing']);
    expect(await codesOf(await draft({ from: '2026-07-01' }, township))).toEqual(['capability-missing']);
    expect(await codesOf(await draft({ item: 'tea-weather' }))).toEqual(['disclosure-item-unknown']);
    expect(await codesOf(await check(id, true, '', clerk))).toEqual(['capability-missing']);
    expect(await codesOf(await check(id, true, '', neighbour))).toEqual(['not-found']);
    expect(await codesOf(await publish(id, neighbour))).toEqual(['not-found']);
    const resident = await signIn(server, 'upper.resident');
    expect(await codesOf(await publish(id, resident))).toEqual(['not-found']);
    expect(await codesOf(await check(id, true, '', resident))).toEqual(['not-found']);
    const stale = await watcher.send('POST', `/api/disclosures/drafts/${id}/check`, {
      version: 1,
      agrees: true,
      note: '',
    });
    expect(await codesOf(stale)).toEqual(['stale-version']);
    const [row] = (await desk()).published;
    expect(
      await codesOf(await neighbour.send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '错' })),
    ).toEqual(['not-found']);
    expect(await codesOf(await clerk.send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '' }))).toEqual([
      'reason-missing',
    ]);
    expect(
      await codesOf(await clerk.send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '付给茶上村民' })),
    ).toEqual(['personal-data-found']);
    expect(await codesOf(await server.request(`/api/disclosures/desk?division=${upper}`))).toEqual(['not-signed-in']);
    expect(await standing()).toBe(before);
  });

  it('takes a disclosure down with a reason that stands in the log; its versions stay', async () => {
    const id = await carry({
      item: 'tea-decisions',
      from: '2026-04-11',
      paragraphs: ['决定修缮茶室。'],
      title: '修缮茶室的决定',
    });
    await idOf(await clerk.send('POST', `/api/disclosures/${id}/withdraw`, { reason: '表决人数有误' }));
    const [leaf] = await query<{ pub: object }>(`select pub from lx.journal_entry where kind = 'board.withdraw'`);
    expect(leaf?.pub).toEqual({ board: '村务公开', title: '修缮茶室的决定', version: 1, reason: '表决人数有误' });
    expect(await query(`select 1 from lx.disclosure_version where disclosure = '${id}'`)).toHaveLength(1);
    expect(await codesOf(await clerk.send('POST', `/api/disclosures/${id}/withdraw`, { reason: '再撤' }))).toEqual([
      'disclosure-withdrawn',
    ]);
  });
});

describe('who watches', () => {
  it('refuses a member of the committee as supervisor, and who lives with one, and changes nothing [YS-67]', async () => {
    const { person } = teaPeople.upperClerk;
    const kin = teaPeople.upperResident.person;
    const household = '00000005-0000-7000-8000-000000000720';
    const { owner } = server.database;
    await owner.query(
      `insert into lx.household (county, id, division, label, valid_from, recorded_at) values ($1, $2, $3, '一号院', '2020-01-01', '2020-01-01')`,
      [teaCounty.county, household, upper],
    );
    for (const member of [person, kin]) {
      await owner.query(
        `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, '2020-01-01', '2020-01-01')`,
        [teaCounty.county, household, member, upper],
      );
    }
    const [body] = await query<{ id: string }>(`select id from lx.body where kind = 'supervision-committee'`);
    const count = () => query<{ terms: number }>('select count(*)::int as terms from lx.appointment');
    const before = await count();
    const seat = (who: string) =>
      appoint(server.deps, {
        actor: officeOver(upper),
        commandId: crypto.randomUUID(),
        input: { person: who, post: 'tea-supervisor', body: body?.id ?? '', validFrom: '2026-05-01' },
      });
    expect(await seat(person)).toMatchObject({ faults: [{ code: 'supervisor-barred', source: ['LAW-VC-37b'] }] });
    expect(await seat(kin)).toMatchObject({ faults: [{ code: 'supervisor-relative' }] });
    expect(await count()).toEqual(before);
  });
});

describe('what anybody reads, without a script', () => {
  const page = async (path: string): Promise<Response> => server.request(path, { headers: { accept: 'text/html' } });
  const fields = (html: string): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/name="(command|form-token)" value="([^"]+)"/gu)].map((one) => [one[1] ?? '', one[2] ?? '']),
    );

  it('shows accounts, both versions, days left and the hashes, within 50 KiB, and the answer to a question in the same place', async () => {
    const [money] = (await desk()).published.filter((one) => one.item === 'tea-money');
    const village = await (await page(`/v/${upper}`)).text();
    expect(village).toContain('2026年第一季度茶资收支公布');
    expect(village).toContain('class="board-bars"');
    expect(village).not.toContain('王小明');
    const answer = await page(`/v/${upper}/board/${money?.id}`);
    const html = await answer.text();
    expect(gzipSync(html).length).toBeLessThan(50 * 1024);
    expect(html).toContain('已更正');
    expect(html).toContain('原因：没有改动');
    const ask = async (body: Record<string, string>) =>
      server.request(`/v/${upper}/board/${money?.id}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'http://lianxin.test',
          accept: 'text/html',
        },
        body: new URLSearchParams({ ...fields(html), kind: 'question', entry: '第二笔', ...body }).toString(),
      });
    const before = await standing();
    const refused = await ask({ text: '打我电话13800138000' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('“内容”第 5 个字起有手机号码');
    expect(await standing()).toBe(before);
    expect((await ask({ command: '', text: '第二笔买的什么茶具？' })).status).toBe(200);
    const [question] = (await desk()).questions;
    expect([question?.text, question?.due]).toEqual(['第二笔买的什么茶具？', '2026-04-26']);
    expect(
      await codesOf(
        await neighbour.send('POST', `/api/disclosures/questions/${question?.id}/answer`, { answer: '壶' }),
      ),
    ).toEqual(['not-found']);
    await idOf(await clerk.send('POST', `/api/disclosures/questions/${question?.id}/answer`, { answer: '茶壶两把。' }));
    expect(
      await codesOf(await clerk.send('POST', `/api/disclosures/questions/${question?.id}/answer`, { answer: '三把' })),
    ).toEqual(['already-done']);
    expect(await (await page(`/v/${upper}/board/${money?.id}`)).text()).toContain('茶壶两把。');
  });

  it('says 未按期公开 of the neighbour that published nothing, rather than nothing [YS-72, NQ-69]', async () => {
    const html = await (await page(`/v/${lower}/board`)).text();
    expect(html).toContain('未按期公开 · 迟 1 日');
  });

  it('keeps what is for members alone off every public page, file and feed [BZ-57]', async () => {
    await carry({ item: 'tea-members', from: '2026-04-11', paragraphs: ['内部事项。'], title: '会员内部情况' });
    for (const path of [
      `/v/${upper}`,
      `/v/${upper}/board`,
      `/v/${upper}/feed.atom`,
      `/data/${teaCounty.county}/catalog.jsonld`,
    ]) {
      expect(await (await page(path)).text()).not.toContain('会员内部情况');
    }
    const [row] = (await desk()).published.filter((one) => one.item === 'tea-members');
    expect((await page(`/v/${upper}/board/${row?.id}`)).status).toBe(404);
    expect((await page(`/v/${upper}/board/${row?.id}/print.pdf`)).status).toBe(404);
  });

  it('prints booklet and wall sheet from the same data: same text, date and version, the sheet on A3 [YS-70]', async () => {
    const read = async (path: string) => readPdf(new Uint8Array(await (await page(path)).arrayBuffer()));
    const [booklet, sheet] = [await read(`/v/${upper}/booklet.pdf`), await read(`/v/${upper}/wall.pdf`)];
    expect([sheet[0]?.width, sheet[0]?.height].map((one) => Math.round(((one ?? 0) / 72) * 25.4))).toEqual([297, 420]);
    for (const pages of [booklet, sheet]) {
      const text = pages
        .map((one) => one.text)
        .join('')
        .replaceAll(/\s/gu, '');
      for (const said of ['茶叶合作社', '第二笔应为茶具', '更正原因：没有改动', '第3版']) expect(text).toContain(said);
    }
    const official = new Uint8Array(
      await (
        await page(
          `/v/${upper}/board/${(await desk()).published.find((one) => one.item === 'tea-money')?.id}/print.pdf`,
        )
      ).arrayBuffer(),
    );
    const [logged] = await query<{ doc: string }>(
      `select pub ->> 'doc_sha256' as doc from lx.journal_entry where kind = 'board.publish' and pub ->> 'version' = '2'`,
    );
    expect(createHash('sha256').update(official).digest('hex')).toBe(logged?.doc);
  });

  it('speaks Atom, DCAT and CSV so that their own readers understand it', async () => {
    const feed = await new RssParser().parseString(await (await page(`/v/${upper}/feed.atom`)).text());
    expect(feed.items.map((item) => item.title)).toContain('上茶村2026年第一季度茶资收支公布（第 2 版，已更正）');
    const catalogue = JSON.parse(await (await page(`/data/${teaCounty.county}/catalog.jsonld`)).text()) as object;
    const quads = (await jsonld.toRDF(catalogue)) as { predicate: { value: string }; object: { value: string } }[];
    const datasets = quads.filter((quad) => quad.object.value === 'http://www.w3.org/ns/dcat#Dataset');
    expect(datasets).toHaveLength(1);
    expect(quads.filter((quad) => quad.predicate.value === 'http://www.w3.org/ns/dcat#downloadURL')).toHaveLength(3);
    const csv = await (
      await page(`/v/${upper}/board/${(await desk()).published.find((one) => one.item === 'tea-money')?.id}/table.csv`)
    ).text();
    expect(csv.split('\r\n')[1]).toBe('"2026-01-05","2026-004","收入","茶叶","买茶2026-004","300.00",""');
    const rows = parseCsv(csv, { bom: true });
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([7]));
    expect(rows[1]).toEqual(['2026-01-05', '2026-004', '收入', '茶叶', '买茶2026-004', '300.00', '']);
  });
});

describe('what is late waits in an inbox', () => {
  const late = async (who: SignedInClient): Promise<string[]> =>
    ((await (await who.get('/api/inbox?kind=disclosure-late')).json()) as InboxPage).items.map(
      (item) => `${item.divisionName} ${item.what} ${item.matter ?? '-'}`,
    );
  const waiting = '上茶村 未按期公开：2026年第二季度茶资收支，应在 2026-07-10 前公布 -';

  it('of the village from the first day, of the town after thirty days, of nobody else, each once', async () => {
    server.clock.set('2026-07-20T01:00:00.000Z');
    await tellLate(server.deps, teaCounty.county);
    expect(await tellLate(server.deps, teaCounty.county)).toBe(0);
    expect(await late(clerk)).toContain(waiting);
    expect(await late(township)).not.toContain(waiting);
    expect(await late(neighbour)).not.toContain(waiting);
    server.clock.set('2026-08-20T01:00:00.000Z');
    await tellLate(server.deps, teaCounty.county);
    expect(await late(township)).toContain(waiting);
    expect((await late(clerk)).filter((one) => one === waiting)).toHaveLength(1);
    expect(await late(await signIn(server, 'south.officer'))).not.toContain(waiting);
  });

  it('until it is published', async () => {
    const money = async () => (await desk()).drafts.find((one) => one.item === 'tea-money');
    if ((await money()) === undefined) await idOf(await draft({ from: '2026-04-01' }));
    const waits = await money();
    await idOf(await words(waits?.id ?? '', waits?.content.paragraphs ?? [], true));
    await idOf(await check(waits?.id ?? '', true));
    await idOf(await publish(waits?.id ?? ''));
    expect(await late(clerk)).not.toContain(waiting);
    expect(await late(township)).not.toContain(waiting);
    expect(await tellLate(server.deps, teaCounty.county)).toBe(0);
  });
});
