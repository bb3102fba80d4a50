import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, desk, phone, type Place } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('field work on a phone', () => {
  it('logs a visit and turns the need heard into a matter, whose state the household reads with its contact [NQ-74]', async () => {
    const contact = await comeToWork(browser, server, 'nanqiao-v01-grid-leader-1', phone);
    const { page } = contact;
    await contact.go('/field');
    const visit = page.getByRole('region', { name: '一号院' });
    await visit.getByLabel('听到的需要').fill('院里的水泵坏了，抽不上水。');
    await visit.getByLabel(/^当面怎么答复的/).fill('先借邻居的用，这两天请人看。');
    await visit.getByRole('button', { name: '记下走访' }).click();
    await visit.getByText('走访已记下。').waitFor();
    await visit.getByLabel('归到哪一类').selectOption({ label: '民需' });
    await visit.getByRole('button', { name: '转为事项' }).click();
    await visit.getByRole('link', { name: '已转为事项' }).click();
    await page.getByRole('heading', { level: 1, name: /水泵坏了/ }).waitFor();
    expect(contact.complaints).toEqual([]);
    await contact.close();
    const household = await comeToWork(browser, server, 'nanqiao-v01-resident', phone);
    await household.go('/field');
    const own = household.page.getByRole('region', { name: '一号院' });
    await own.getByText('办理中').first().waitFor();
    expect(await own.textContent()).toMatch(/联系人 \S+/);
    await household.page.getByRole('button', { name: '不要联系人' }).waitFor();
    await household.close();
  });

  it.each([phone, { width: 1280, language: 'en' } as Place])(
    'counts acts by role for oneself alone, and an act as agent opens a case: $width px, $language [DY-73]',
    async (place) => {
      const english = place.language === 'en';
      const who = english ? 'nanqiao-v01-info-officer' : 'nanqiao-v01-grid-leader-1';
      const worker = await comeToWork(browser, server, who, place);
      const { page } = worker;
      await worker.go('/field/acts');
      const log = async (role: string, note: string) => {
        await page.getByLabel(new RegExp(`^${role}`)).check();
        await page.getByLabel(english ? 'What was done' : '做了什么').fill(note);
        await page.getByRole('button', { name: english ? /Log it$/ : /记下$/ }).click();
        await page.locator('.plain li', { hasText: note }).waitFor();
      };
      const roles = english ? (['Agent', 'Mediator'] as const) : (['代理员', '调解员'] as const);
      for (const at of [1, 2, 3]) await log(roles[0], `替群众跑腿办证第${at}次`);
      await log(roles[1], '劝开一场停车的争吵');
      await expect.poll(() => page.locator('[data-role="agent"] strong').textContent()).toBe('3');
      await expect.poll(() => page.locator('[data-role="mediator"] strong').textContent()).toBe('1');
      await expect.poll(() => page.locator('.plain').getByRole('link').count()).toBe(3);
      await worker.close();
    },
  );

  it('refuses urgent danger with the number to call and keeps the words in the form', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-v01-grid-leader-2', phone);
    const { page } = worker;
    await worker.go('/field/acts');
    await page.getByLabel(/^巡防员/).check();
    await page.getByLabel('做了什么').fill('桥墩裂了。');
    await page.getByLabel('有紧急危险').check();
    await page.getByRole('button', { name: '记下', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toContain('110');
    expect(await page.getByLabel('做了什么').inputValue()).toBe('桥墩裂了。');
    await worker.close();
  });

  it('shows the branch no persons, and nothing at all of a small group', async () => {
    const secretary = await comeToWork(browser, server, 'nanqiao-v01-secretary', phone);
    await secretary.go('/field/distribution');
    await secretary.page.getByText('人数太少，为保护').waitFor();
    expect(await secretary.page.locator('main').textContent()).not.toContain('演');
    await secretary.close();
  });
});

describe('stations and coverage', () => {
  it('refuses a second main station until the first is unmarked, and shows the scores of the choice [YS-36]', async () => {
    const divisions = await comeToWork(browser, server, 'yisuhe-desk', phone);
    await divisions.go('/stations');
    await divisions.page.getByLabel('村（社区）', { exact: true }).selectOption({ label: '白云村' });
    await divisions.page.getByText('白云村原一号村部').waitFor();
    const index = await divisions.page
      .getByLabel('村（社区）', { exact: true })
      .locator('option')
      .evaluateAll((all) => all.findIndex((one) => one.textContent === '白云村'));
    await divisions.close();
    const secretary = await comeToWork(browser, server, `yisuhe-v${String(index).padStart(2, '0')}-secretary`, desk);
    const { page } = secretary;
    await secretary.go('/stations');
    const second = page.locator('.records tr', { hasText: '白云村原二号村部' });
    await second.getByRole('button', { name: '定为主要服务站' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('白云村原一号村部');
    expect(await second.textContent()).toMatch(/81.*70/s);
    const first = page.locator('.records tr', { hasText: '白云村原一号村部' });
    await first.getByRole('button', { name: '取消主要服务站' }).click();
    await first.getByRole('button', { name: '定为主要服务站' }).waitFor();
    await second.getByRole('button', { name: '定为主要服务站' }).click();
    await second.getByText('主要服务站', { exact: true }).waitFor();
    expect(secretary.complaints).toEqual([]);
    await secretary.close();
  });

  it('shows offices still managed only by their line department [YS-62]', async () => {
    const worker = await comeToWork(browser, server, 'yisuhe-desk', desk);
    await worker.go('/coverage/office-management');
    const rowOf = async (office: string) =>
      (await worker.page.locator('.records tbody tr', { hasText: office }).allTextContents()).join();
    await worker.page.locator('.records tbody tr').first().waitFor();
    expect(await rowOf('财政所')).toContain('只由主管部门管理');
    expect(await rowOf('水利站')).not.toContain('只由主管部门管理');
    expect(await worker.page.locator('.bars tr', { hasText: '仍只由主管部门管理' }).textContent()).toContain('1/');
    await worker.close();
  });
});
