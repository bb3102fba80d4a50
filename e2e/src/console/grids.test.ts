import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { asOfficer } from '../officer.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, phone } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the grids of a village', () => {
  it('are drawn on a map, refused with an overlap in words, put right, saved, and public once posted [DY-60] [BZ-54]', async () => {
    const secretary = await comeToWork(browser, server, 'nanqiao-v01-secretary');
    const { page } = secretary;
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(?:blob|data):/.test(request.url())) outside.push(request.url());
    });
    await secretary.go('/grids');
    await page.getByRole('button', { name: /^001/ }).waitFor();
    const map = await page.locator('.map').boundingBox();
    if (map === null) throw new Error('no map');
    await page.getByRole('button', { name: '画网格', exact: true }).click();
    const at = (x: number, y: number) => [map.x + map.width * x, map.y + map.height * y] as const;
    for (const [x, y] of [at(0.6, 0.4), at(0.7, 0.4), at(0.7, 0.6)]) await page.mouse.click(x, y);
    await page.mouse.dblclick(...at(0.6, 0.6));
    await page.getByRole('button', { name: /^003/ }).waitFor();
    await page.getByRole('button', { name: '保存为新版' }).click();
    await page.locator('[data-fault="grid-overlap"]').first().waitFor();
    expect(await page.locator('[data-fault="grid-overlap"]').first().textContent()).toMatch(/重叠约 \d+ 平方米/);
    // Each press cures one piece; what the rule found is gone when it says so.
    const cure = page.locator('.pieces button').first();
    await cure.waitFor();
    for (let round = 0; round < 6 && (await cure.count()) > 0; round += 1) {
      const checked = page.waitForResponse((answer) => answer.url().endsWith('/check'));
      await cure.click();
      await checked;
    }
    await page.getByText('没有缝隙，没有重叠，可以保存。').waitFor();
    await page.getByRole('button', { name: '保存为新版' }).click();
    await page.getByText(/^第 2 版，/).waitFor();

    const portal = await browser.newPage({ javaScriptEnabled: false });
    const village = page.url().match(/division=(\d{12})/)?.[1] ?? '431122112001';
    const publicPage = async (): Promise<string> => {
      await portal.goto(`${server.url}/v/${village}/grids`);
      return (await portal.locator('main').textContent()) ?? '';
    };
    expect(await publicPage()).toContain('第 1 版');
    for (let left = 4; left > 0; left -= 1) {
      const postings = page.locator('section[aria-labelledby="grid-postings"]').getByRole('button');
      await expect.poll(() => postings.count()).toBe(left);
      await postings.first().click();
    }
    await page.getByText('两张图都已上墙、上网。').waitFor();
    const seen = await publicPage();
    expect(seen).toContain('第 2 版');
    expect(seen).not.toContain('一号院');
    expect(await portal.locator('svg[role=img] path').count()).toBe(4);
    await portal.close();
    expect(outside).toEqual([]);
    expect(secretary.complaints).toEqual([]);

    await secretary.go(`/households?division=${village}`);
    await page.getByText('已发 2/3').waitFor();
    await page.getByRole('link', { name: '发卡 三号院' }).click();
    await page.getByLabel('姓名').fill('演示网格长');
    await page.getByLabel('职务').fill('网格长');
    await page.getByLabel('内容').fill('每周三上门');
    await page.getByRole('button', { name: '保存联系卡' }).click();
    await page.getByRole('article', { name: /三号院/ }).waitFor();
    const printed = await page.pdf({ format: 'A5' });
    expect(printed.byteLength).toBeGreaterThan(2000);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: '收回这张卡' }).isVisible()).toBe(false);
    expect(await page.getByRole('article', { name: /三号院/ }).isVisible()).toBe(true);
    await secretary.close();
  });

  it('bring what a grid worker reports on the phone page back answered [BZ-54]', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-v01-grid-leader-1', phone);
    const { page } = worker;
    await worker.go('/field/acts');
    await page.getByLabel(/^调查员/).check();
    await page.getByLabel('做了什么').fill('三号桥边的路灯不亮');
    await page.getByLabel(/^同时立一件事项/).check();
    await page.getByRole('button', { name: '记下', exact: true }).click();
    const line = page.locator('.plain li', { hasText: '三号桥边的路灯不亮' });
    await line.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /路灯不亮/ }).waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    const number = /\d{8}-[0-9A-Z]{6}/.exec(text)?.[0] ?? '';
    const answer = '电工明天来换灯泡';
    expect(text).not.toContain(answer);
    const secretary = await asOfficer(server, 'nanqiao-v01-secretary');
    await secretary.act(number, 'classify', { kind: 'need' });
    await secretary.act(number, 'accept', { responsible: secretary.person, scale: 'minor' });
    await secretary.act(number, 'feedback', { said: answer });
    await page.reload();
    await page.getByText(answer).first().waitFor();
    await worker.close();
  });
});
