import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  inContext,
  logReceiptOf,
  proofFileOf,
  publishCounty,
  sealCounty,
  systemContext,
  writeJournal,
} from '@lianxin/server';
import {
  addTeaAccounts,
  addTeaCounty,
  addTeaDecisions,
  decideInTea,
  overHttp,
  teaCounty,
  teaPeople,
  testServer,
  type OverHttp,
  type TestServer,
} from '@lianxin/testkit/database';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.js';

const { county, divisions } = teaCounty;

/** R3: a villager checks the receipt on the phone; the server only learns that somebody looked at a day. */
describe('checking page in a browser', () => {
  let server: TestServer;
  let http: OverHttp;
  let browser: Browser;
  let page: Page;
  let url = '';
  let receipt = '';
  let proof = '';
  let key = '';
  let folder = '';
  const asked: string[] = [];
  /** What a slow line waits for; the page itself is already there. */
  let line: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    server = await testServer({ now: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-page-'));
    const written = await inContext(server.deps, systemContext(county), async (tx) =>
      Array.from({ length: 9 }, (_, at) =>
        writeJournal(tx, { kind: 'matter.open', division: divisions.upper, commitFields: { text: `水渠堵了 ${at}` } }),
      ),
    );
    const [first] = written;
    if (first === undefined) throw new Error('nothing written');
    receipt = logReceiptOf(county, { seed: first.seed, recordedAt: server.clock.now() });
    server.clock.advance({ days: 1 });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    proof = (await proofFileOf(server.deps, county, first.journalId)) ?? '';
    key = (
      await (await server.request(`/log/${county}/${new Date(Date.now() - 2.7 * 86_400_000).getFullYear()}/key`)).text()
    ).trim();
    http = await overHttp(server, {
      before: async (request) => {
        asked.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}`);
        if (request.url?.startsWith('/verify') !== true) await line;
      },
    });
    ({ url } = http);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  });
  afterAll(async () => {
    await browser.close();
    http.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const verdict = async () => {
    await page.locator('#answer:not([hidden])').waitFor();
    return page.locator('#verdict').innerText();
  };

  /** On a line that gives nothing yet the page says that it reads and can be stopped; on a good one it says which leaf of how many it computes. */
  const sayingWhatItDoes = async (): Promise<void> => {
    const doing = page.getByRole('status');
    let flows = (): void => undefined;
    line = new Promise((done) => (flows = done));
    await page.reload();
    await doing.filter({ hasText: '正在读取证书' }).waitFor();
    expect(await page.locator('#answer').isVisible()).toBe(false);
    await page.getByRole('button', { name: '停止' }).click();
    await doing.filter({ hasText: '已停止' }).waitFor();
    flows();
    await page.evaluate(`globalThis.said = [];
      new MutationObserver(() => said.push(document.getElementById('doing').textContent)).observe(document.getElementById('doing'), { childList: true })`);
    await page.getByRole('button', { name: '核对' }).click();
    expect(await verdict()).toContain('真实，尚未见证');
    const said = (await page.evaluate<string[]>('said')).join('\n');
    for (const words of [
      '正在读取证书',
      '正在向公开册读取，第 2 份',
      '正在核算第 1 页，共 7 页',
      '正在核算第 7 页，共 7 页',
    ])
      expect(said).toContain(words);
    expect(await doing.innerText()).toBe('');
    expect(await page.getByRole('button', { name: '停止' }).isVisible()).toBe(false);
  };

  it('answers 真实 as soon as the address of a receipt is opened, and the server never sees the receipt', async () => {
    await page.goto(`${url}/verify#${receipt}`);
    expect(await verdict()).toContain('真实，尚未见证');
    expect(await page.locator('#facts').innerText()).toContain(`log.lianxin.test/${county}`);
    const seed = receipt.split('.').at(-1) ?? '';
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((line) => line.includes(seed))).toEqual([]);
    expect(asked.filter((line) => /position|entry/.test(line))).toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    expect(wide).toBe(false);
  });

  it('answers 与册上不符 for a receipt whose last letters are others', async () => {
    await page.goto('about:blank');
    await page.goto(`${url}/verify#${receipt.slice(0, -22)}${'A'.repeat(22)}`);
    expect(await verdict()).toContain('与册上不符');
  });

  it('answers 册已被改动 when the log no longer continues what this phone saw before, and offers to print the evidence', async () => {
    await page.goto('about:blank');
    await page.goto(`${url}/verify#${receipt}`);
    expect(await verdict()).toContain('真实');
    const { owner } = server.database;
    await owner.query('update lx.journal_entry set log_year = null, log_index = null, log_position = null');
    await owner.query(
      `update lx.journal_entry set private = '{"text":"没有事"}' where private ->> 'text' = '水渠堵了 5'`,
    );
    for (const table of ['log_checkpoint', 'log_private_entry', 'log_tile', 'log_leaf', 'log_year']) {
      await owner.query(`delete from lx.${table}`);
    }
    rmSync(path.join(server.deps.config.data, 'log'), { recursive: true });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    await page.goto('about:blank');
    await page.goto(`${url}/verify#${receipt}`);
    expect(await verdict()).toContain('册已被改动');
    expect(await page.locator('#print').isVisible()).toBe(true);
  });

  it('recomputes a certificate on the phone, from its code, from the PDF and from a USB stick, and refuses a changed one', async () => {
    const { owner } = server.database;
    await addTeaCounty(owner);
    await addTeaAccounts(owner, [teaPeople.upperClerk]);
    await addTeaDecisions(owner);
    const { certificate } = await decideInTea(server, '修村口的桥');
    await page.goto('about:blank');
    await page.goto(`${url}/certificates/${county}/${certificate}`);
    expect(await page.locator('main').innerText()).toContain('已重新核算：6 个环节');
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await page.getByRole('link', { name: '我自己核对' }).click();
    expect(await verdict()).toContain('真实，尚未见证');
    expect(await page.locator('#why').innerText()).toContain('已重新核算：6 个环节');
    expect(await page.locator('#facts').innerText()).toContain('应到 30，实到 21，赞成 12，反对 9');
    expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await sayingWhatItDoes();
    const poster = await page.locator('#facts dd').last().innerText();
    const at = `/certificates/${county}/${certificate}`;
    for (const form of ['json', 'pdf'])
      writeFileSync(
        path.join(folder, `bridge.${form}`),
        Buffer.from(await (await server.request(`${at}.${form}`)).arrayBuffer()),
      );
    const json = readFileSync(path.join(folder, 'bridge.json'), 'utf8');
    writeFileSync(path.join(folder, 'changed.json'), json.replace('"present":21', '"present":22'));
    writeFileSync(path.join(folder, 'stick.html'), await (await server.request('/verify')).text());
    const before = asked.length;
    await page.goto(`file://${path.join(folder, 'stick.html')}`);
    await page.locator('#key').fill(poster);
    for (const [name, answer] of [
      ['bridge.pdf', 'true-not-witnessed'],
      ['changed.json', 'differs'],
      ['bridge.json', 'true-not-witnessed'],
    ] as const) {
      await page.locator('#file').setInputFiles(path.join(folder, name));
      await page.locator('button[type=submit]').click();
      await page.locator(`#answer[data-answer=${answer}]`).waitFor();
    }
    expect(asked.length).toBe(before);
  });

  it('works as a file from a USB stick: with the proof file and the key of the poster, without any network', async () => {
    const saved = path.join(folder, 'verify.html');
    writeFileSync(saved, await (await server.request('/verify')).text());
    writeFileSync(path.join(folder, 'mine.tlog-proof'), proof);
    const before = asked.length;
    await page.goto(`file://${saved}`);
    await page.locator('#receipt').fill(receipt);
    await page.locator('#key').fill(key);
    await page.locator('#file').setInputFiles(path.join(folder, 'mine.tlog-proof'));
    await page.locator('button[type=submit]').click();
    expect(await verdict()).toContain('真实，尚未见证');
    writeFileSync(path.join(folder, 'changed.tlog-proof'), proof.replace('\nindex ', '\nindex 1'));
    await page.locator('#file').setInputFiles(path.join(folder, 'changed.tlog-proof'));
    await page.locator('button[type=submit]').click();
    await page.locator('#answer[data-answer=differs]').waitFor();
    expect(asked.length).toBe(before);
  });
});
