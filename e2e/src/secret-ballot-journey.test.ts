import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BallotFile, countyDate, instantOf, parseNoteKey, verifyBallot } from '@lianxin/domain';
import { publishCounty, sealCounty } from '@lianxin/server';
import { ballotTools } from '@lianxin/server/ballot-tools';
import {
  overHttp,
  signIn,
  teaCounty,
  teaPeople,
  type OverHttp,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { freePort } from '@lianxin/testkit/processes';
import { ballotVillage, castVote, Phone, type BallotVillage, type Outside } from '@lianxin/testkit/secret-ballots';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from './axe.js';
import { openBrowser } from './browser.js';

const { county, divisions } = teaCounty;

/** What axe finds serious or critical on a page, and by how many pixels the page is wider than its screen. */
const faultsOn = async (page: Page): Promise<readonly string[]> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [...(await seriousProblems(page)), ...(over > 0 ? [`${over} px too wide`] : [])];
};

/** A ballot from its announcement to its check: an organiser at a desk, two voters on phones, one on paper, and whoever doubts the count. */
describe('a secret ballot in browsers', () => {
  let village: BallotVillage;
  let server: TestServer;
  let http: OverHttp;
  let browser: Browser;
  let outside: Outside;
  let clerk: SignedInClient;
  let teller: SignedInClient;
  let desk: Page;
  let url = '';
  let id = '';
  // The village lives from today on: a browser keeps no cookie that ended in its past.
  const start = Date.now();
  const day = (after: number): string => countyDate(instantOf(start + after * 86_400_000));
  const at = (after: number): void => server.clock.set(instantOf(start + after * 86_400_000));
  const phones: BrowserContext[] = [];
  const atDesk = async (): Promise<void> => {
    await desk.goto(`${url}/console/`);
    await desk.getByLabel('用户名').fill('upper.clerk');
    await desk.getByLabel('密码', { exact: true }).fill('tea-and-biscuits');
    await desk.getByRole('button', { name: '登录', exact: true }).click();
    await desk.waitForSelector('.frame');
  };
  const phone = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
    phones.push(context);
    return context.newPage();
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    village = await ballotVillage(14, [teaPeople.northOfficer], {
      now: instantOf(start),
      config: { origin: url, ballotWait: 0 },
    });
    ({ server, outside, clerk } = village);
    http = await overHttp(server, { port });
    teller = await signIn(server, 'north.officer');
    browser = await openBrowser();
    desk = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })).newPage();
  });
  afterAll(async () => {
    await browser.close();
    http.close();
    await village.close();
  });

  it('opens at the desk, is voted on two phones and on paper, closed, counted, and checked by anybody', async () => {
    // A trustee makes a key on a phone of the own.
    const trustee = await phone();
    await trustee.goto(`${url}/ballot-trustee`);
    expect(await faultsOn(trustee)).toEqual([]);
    await trustee.getByRole('button').click();
    await trustee.locator('dd code').nth(1).waitFor();
    const [publicKey = '', privateKey = ''] = await trustee.locator('dd code').allTextContents();

    // The organiser reads the limits, asks the question, enters the keys of those outside.
    await atDesk();
    await desk.goto(`${url}/console/secret-ballots`);
    await desk.getByRole('button', { name: '开始一次无记名测评' }).click();
    await desk.getByText('防不住胁迫和收买').waitFor();
    const fill = (label: string, value: string): Promise<void> => desk.getByLabel(label, { exact: true }).fill(value);
    await fill('名称', '茶馆工作测评');
    await desk.getByLabel('第 1 题', { exact: true }).last().fill('茶馆办得好不好');
    await fill('选项（一行一个）', '好\n一般\n不好');
    await fill('领票从', day(1));
    await fill('投票从', day(3));
    await fill('截止（当日夜里）', day(7));
    await desk.getByLabel('票箱 · 地址').selectOption(outside.asked.boxUrl);
    await fill('票箱公钥（43 个字符）', outside.asked.boxKey);
    await desk.getByLabel('第二家签发（村务监督委员会或者县审计） · 地址').selectOption(outside.asked.issuerUrl);
    await fill('第二家签发的公钥（512 个字符）', outside.asked.issuerKey);
    await fill('监票人1的公钥（43 个字符）', publicKey);
    await fill('监票人2的公钥（43 个字符）', outside.asked.trustees[1]);
    await fill('监票人3的公钥（43 个字符）', outside.asked.trustees[2]);
    // An election is refused in words, with its article; nothing typed is lost.
    await desk.getByLabel('关于什么').selectOption('committee-election');
    await desk.getByRole('button', { name: '公告票据，开始' }).click();
    await desk.getByText('须按“纸票表决”办理').first().waitFor();
    await desk.getByLabel('关于什么').selectOption('work');
    await desk.getByRole('button', { name: '公告票据，开始' }).click();
    await desk.getByText('等待入册').waitFor();
    id = desk.url().split('/').at(-1) ?? '';
    expect(await faultsOn(desk)).toEqual([]);
    const download = await Promise.all([desk.waitForEvent('download'), desk.getByText('下载票据公告').click()]);
    const manifest = JSON.parse(readFileSync(await download[0].path(), 'utf8')) as Parameters<Outside['start']>[0];
    await outside.start(manifest);
    await desk.getByRole('button', { name: '打印领票码' }).click();
    await desk.locator('.ballot-slips code').first().waitFor();
    const codes = await desk.locator('.ballot-slips code').allTextContents();
    expect(codes).toHaveLength(14);
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);

    // Two voters take tokens on their phones, one of them a day later; the clock of the village moves.
    at(1);
    const voters = [await phone(), await phone()];
    for (const [voter, page] of voters.entries()) {
      await page.goto(`${url}/ballot/${county}/${id}`);
      await page.getByText('已入册').waitFor();
      await page.getByLabel('村（居）委会的领票码').fill(codes[voter] ?? '');
      await page.getByLabel('监督委员会的领票码').fill(outside.codes()[voter] ?? '');
      await page.getByRole('button', { name: /领票/ }).click();
      await page.getByText(`${day(3)} 起投票`).waitFor();
    }
    // Three more vote with the same kernel, so that phones reach the minimum of five.
    at(3);
    for (let voter = 2; voter < 5; voter += 1) {
      const other = new Phone(manifest);
      const tokens = await other.take(server, outside.asked.issuerUrl, {
        a: codes[voter] ?? '',
        b: outside.codes()[voter] ?? '',
      });
      for (const token of tokens)
        await castVote(outside.asked.boxUrl, await other.seal(token, token.question === 'q1' ? 'c2' : 'returned'));
    }
    for (const page of voters) {
      await page.reload();
      expect(await faultsOn(page)).toEqual([]);
      await page.getByLabel('好', { exact: true }).check();
      await page.getByRole('button', { name: /密封并投票/ }).click();
      await page.getByText('票已经投进票箱').waitFor();
      // What is kept on the phone does not say what was chosen.
      const kept = await page.evaluate(() => JSON.stringify(localStorage));
      expect(kept).toContain('ack');
      expect(kept).not.toMatch(/"c[123]\\*"/);
    }

    // One gets paper at the desk, four more by the same button; nobody with tokens gets any.
    await desk.goto(`${url}/console/secret-ballots/${id}`);
    await desk.getByText('已入册').waitFor();
    await desk.getByText('封箱以前不显示').waitFor();
    const rowOf = (voter: number) =>
      desk.getByRole('row').filter({ has: desk.getByText(`茶客${voter}`, { exact: true }) });
    expect(await rowOf(1).getByRole('button', { name: '发纸票', exact: true }).count()).toBe(0);
    for (let line = 6; line <= 10; line += 1) {
      await rowOf(line).getByRole('button', { name: '发纸票', exact: true }).click();
      await rowOf(line).getByText('纸票', { exact: true }).waitFor();
    }
    await fill('计票地点', '茶馆');
    for (const [label, value] of [
      ['发出', '5'],
      ['箱内', '5'],
      ['好', '3'],
      ['不好', '2'],
    ] as const)
      await fill(label, value);
    await desk.getByRole('button', { name: '保存' }).click();
    await desk.getByText('已录一次，等另一个人').waitFor();
    const sheet = { place: '茶馆', issued: 5, spoiled: 0, inBox: 5, counts: { q1: { c1: 3, c3: 2 } } };
    expect((await teller.send('POST', `/api/secret-ballots/${id}/sheets`, sheet)).status).toBe(200);

    // Closed, then opened by two trustees, who type their own keys.
    at(8);
    await desk.goto(`${url}/console/secret-ballots/${id}`);
    await desk.getByRole('button', { name: '封箱' }).click();
    await desk.getByLabel('监票人1的私钥（不在场的留空）').fill(privateKey);
    await desk.getByLabel('监票人3的私钥（不在场的留空）').fill(outside.trustees[2] ?? '');
    await desk.getByRole('button', { name: '开票并公布' }).click();
    await desk.getByText('下载投票存档').waitFor();
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);

    // The village reads the count; a voter finds the own vote; anybody checks the file.
    const reader = await phone();
    await reader.goto(`${url}/v/${divisions.upper}/ballots`);
    await reader.getByText('已公布').waitFor();
    const [first] = voters;
    await first?.reload();
    await first?.getByText('您的票都在公示票箱里').waitFor();
    expect([...(await faultsOn(reader)), ...(await faultsOn(desk))]).toEqual([]);
    if (process.env.LIANXIN_PICTURES !== undefined) {
      await desk.screenshot({ path: path.join(process.env.LIANXIN_PICTURES, 'desk.png'), fullPage: true });
      await reader.screenshot({ path: path.join(process.env.LIANXIN_PICTURES, 'reader.png'), fullPage: true });
      await first?.screenshot({ path: path.join(process.env.LIANXIN_PICTURES, 'voter.png'), fullPage: true });
    }
    const answer = await server.request(`/api/public-ballots/${county}/${id}/file`);
    const file = BallotFile.parse(await answer.json());
    const key = parseNoteKey(
      ballotTools.sha256,
      (await (await server.request(`/log/${county}/${day(0).slice(0, 4)}/key`)).text()).trim(),
    );
    expect(await verifyBallot(file, { ...ballotTools, log: key === null ? undefined : { key } })).toEqual([]);
    expect(file.results['q1']).toEqual({ counts: { '': 0, c1: 5, c2: 3, c3: 2 }, valid: 10, invalid: 0 });
    const detail = (await (await clerk.get(`/api/secret-ballots/${id}`)).json()) as { state: string };
    expect(detail.state).toBe('published');
  });
});
