import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, desk, phone } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('a register on the screen', () => {
  it.each([phone, desk])(
    'is filled in, refused with its reasons, listed, changed and shown with its history: $width px',
    async (place) => {
      const keeper = await comeToWork(browser, server, 'nanqiao-v01-secretary', place);
      const { page } = keeper;
      await keeper.go('/records?register=mobile-members');
      await page.locator('summary', { hasText: '新登记' }).click();
      const name = `流动党员${place.width}`;
      await page.getByLabel('姓名', { exact: true }).fill(name);
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.locator('[data-fault="field-missing"]').first().waitFor();
      await page.getByLabel('所在支部').fill('第一支部');
      await page.getByLabel('流出', { exact: true }).check();
      await page.getByLabel('接收支部').fill('某市某支部');
      await page.getByLabel('联系人', { exact: true }).fill('王五');
      await page.getByLabel('所在城市').fill('某市');
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByRole('link', { name }).waitFor();
      await page.screenshot({
        path: `${process.env['LIANXIN_LOOK'] ?? server.data}/records-${place.width}.png`,
        fullPage: true,
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.getByRole('link', { name }).click();
      await page.getByLabel('理由').fill('换了城市');
      await page.getByLabel('所在城市').fill('另一市');
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('某市 → 另一市').waitFor();
      await page.screenshot({
        path: `${process.env['LIANXIN_LOOK'] ?? server.data}/record-${place.width}.png`,
        fullPage: true,
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await keeper.close();
    },
  );
});
