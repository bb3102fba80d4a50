import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import RssParser from 'rss-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesOf, signIn, teaCounty, type SignedInClient } from '@lianxin/testkit/database';
import { readPdf } from '@lianxin/testkit/pdf';
import { idOf, teaDesk } from './test-pack/tea-desk.js';

/** The reader of JSON-LD has no types of its own. */
const jsonld = createRequire(import.meta.url)('jsonld') as { toRDF: (document: object) => Promise<unknown> };

const { upper, lower } = teaCounty.divisions;
const { carry, clerk, desk, query, server, standing } = teaDesk('2026-04-11T01:00:00.000Z');
let neighbour: SignedInClient;

beforeAll(async () => {
  neighbour = await signIn(server(), 'lower.clerk');
  // Accounts that were corrected, and a decision that was taken down again: three editions.
  const accounts = await carry();
  await carry({ corrects: accounts, reason: '没有改动' }, ['第二笔应为茶具。']);
  const decision = await carry({
    item: 'tea-decisions',
    from: '2026-04-11',
    paragraphs: ['决定修缮茶室。'],
    title: '修缮茶室的决定',
  });
  await idOf(await clerk().send('POST', `/api/disclosures/${decision}/withdraw`, { reason: '表决人数有误' }));
});

describe('what anybody reads, without a script', () => {
  const page = async (path: string): Promise<Response> => server().request(path, { headers: { accept: 'text/html' } });
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
      server().request(`/v/${upper}/board/${money?.id}`, {
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
    await idOf(
      await clerk().send('POST', `/api/disclosures/questions/${question?.id}/answer`, { answer: '茶壶两把。' }),
    );
    expect(
      await codesOf(
        await clerk().send('POST', `/api/disclosures/questions/${question?.id}/answer`, { answer: '三把' }),
      ),
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
