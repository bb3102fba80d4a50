import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { tellNeed } from './resident.js';
import { comeToWork, desk, phone } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  for (const text of [
    '老供销社门口的水泥搅拌站白天夜里都在响，粉尘落满窗台，请管一管。',
    '供销社门口搅拌站粉尘太大，窗台上一层灰，晚上噪音吵得睡不着。',
    '请查一下老供销社门口的搅拌站，粉尘和噪音影响孩子学习。',
  ])
    await tellNeed(server, '431122112001', 'worry', text);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('what many requests have in common', () => {
  it('is found by a township officer from the list to one request, said, taken back, and the category chosen; on a phone as well', async () => {
    const officer = await comeToWork(browser, server, 'nanqiao-desk', desk);
    const { page } = officer;
    await officer.go('/topics');
    const topic = page.locator('.topic-list > li').filter({ hasText: '搅拌站' });
    await topic.getByText('搅拌站').first().waitFor();
    expect(await topic.locator('h3').textContent()).toContain('搅拌站');
    await expect.poll(() => topic.locator('details li').count()).toBe(3);
    expect(await page.locator('.bars').first().locator('.figure').first().textContent()).toMatch(/^\d+\/\d+$/u);
    await topic.locator('summary').click();
    await topic.locator('details a').first().click();

    const offers = page.locator('#maybe-same');
    await offers.getByRole('button', { name: '是同一件事' }).first().waitFor();
    expect(await offers.locator('.shared-phrases').first().textContent()).toMatch(/搅拌站|供销社/u);
    await expect.poll(() => offers.getByRole('button', { name: '是同一件事' }).count()).toBe(2);
    await offers.getByRole('button', { name: '是同一件事' }).first().click();
    await offers.getByText('已认定为同一件事').waitFor();
    await offers.getByRole('button', { name: '撤回' }).click();
    await offers.getByText('已认定为同一件事').waitFor({ state: 'detached' });
    await offers.getByRole('button', { name: '不是', exact: true }).first().click();
    await offers.getByText('已认定不是同一件事').waitFor();

    const category = page.locator('#category');
    expect(await category.locator('li').first().textContent()).toContain('污染扰民');
    await category.getByLabel('选其他类别').selectOption('环境卫生/污染扰民/噪音');
    await category.getByRole('button', { name: '保存' }).click();
    await category.getByText('环境卫生 › 污染扰民 › 噪音').first().waitFor();
    expect(await category.locator('strong').textContent()).toBe('环境卫生 › 污染扰民 › 噪音');
    expect(officer.complaints).toEqual([]);
    await officer.close();

    const clerk = await comeToWork(browser, server, 'nanqiao-leader', phone);
    await clerk.go('/topics');
    await clerk.page.locator('.topic-list > li').first().waitFor();
    expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await clerk.close();
  });
});
