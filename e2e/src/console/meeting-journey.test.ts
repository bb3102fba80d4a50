import ICAL from 'ical.js';
import type { MeetingDetail, MeetingRow } from '@lianxin/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, desk, phone, type Worker } from './worker.js';

/** The village of the demonstration whose decisions stand in several stages. */
const village = '431122112200';
let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const meetingCalled = async (worker: Worker, title: string): Promise<string> => {
  const answer = await worker.page.request.get(`/api/meetings?division=${village}`);
  const { meetings } = (await answer.json()) as { meetings: MeetingRow[] };
  const found = meetings.find((one) => one.title === title);
  if (found === undefined) throw new Error(`there is no meeting ${title}`);
  return found.id;
};
const tick = async (page: Page, from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += 1) {
    const line = page.locator('.roll-lines button').nth(at);
    await line.click();
    await page
      .locator('.roll-lines button[aria-pressed="true"]')
      .nth(at - from)
      .waitFor();
  }
};
const overrun = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('四议两公开 (V1)', () => {
  it('a cadre sees which bodies decide, calls one, and learns what is missing before the vote passes: desk [NQ-50]', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-v03-secretary', desk);
    const { page } = worker;
    await worker.go('/meetings/month');
    await page.getByRole('link', { name: '20:00 村民代表会议（活动室）' }).waitFor();
    await page.getByRole('link', { name: '上一月' }).press('Enter');
    await page.waitForURL(/month=\d{4}-\d\d$/);
    await worker.go('/decisions?procedure=four-deliberations');
    const steps = page.locator('.steps > li h3');
    expect((await steps.allTextContents()).map((text) => text.replace(/^第 \d 步\s*/, ''))).toEqual([
      '党组织提议',
      '两委商议',
      '党员大会审议',
      '会议决议（择一）',
      '决议公开',
      '组织实施',
      '实施结果公开',
    ]);
    expect(await page.locator('.steps').textContent()).toContain('应到人员的三分之二以上');

    // The button opens this procedure and no other of the same kind of matter.
    await page.getByRole('link', { name: '提出事项' }).click();
    await page.getByText('立什么：四议两公开').waitFor();
    await page.getByText('属于哪一类重大事项').waitFor();
    await worker.go('/decisions?procedure=four-deliberations');
    const waiting = page
      .locator('section', { hasText: '等待开会表决的事项' })
      .locator('li', { hasText: '荒山改种油茶' });
    await waiting.getByRole('link', { name: '召集会议' }).click();
    await page.getByLabel('地点').fill('村部二楼');
    await page.getByLabel('日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await page.getByLabel('几点').fill('23:30');
    await page.getByRole('button', { name: '发出通知' }).click();
    await page.getByRole('heading', { level: 1, name: '村“两委”联席会议' }).waitFor();
    await page.getByRole('button', { name: '开始会议（固定名册）' }).click();
    await page.getByText('名册已固定').waitFor();

    await tick(page, 0, 3);
    await page.getByText('还差 1 人，须 4 人，现 3 人').first().waitFor();
    await page.getByRole('button', { name: '开始举手表决' }).click();
    const refusal = page.locator('.refusal');
    await refusal.getByText('到会人数不足：须到 4 人，实到 3 人。').waitFor();
    expect(await refusal.textContent()).toContain('《中华人民共和国村民委员会组织法》第二十八条');
    expect(await refusal.textContent()).toContain('另行通知后重新召开');

    await page.locator('.roll-lines button').nth(3).click();
    await page.getByText('够了：须 4 人，现 4 人').first().waitFor();
    await page.getByRole('button', { name: '开始举手表决' }).click();
    await page.getByLabel('赞成').fill('4');
    await page.getByLabel('反对').fill('0');
    await page.getByLabel('弃权').fill('0');
    await page.getByRole('button', { name: '结束表决，宣布结果' }).click();
    await page.locator('.result.passed').waitFor();
    expect(await page.locator('.agenda-item').textContent()).toContain('到会人员的过半数：须 3，得 4');
    await page.getByRole('textbox', { name: '会议记录' }).fill('都同意，先种五十亩。');
    await page.reload();
    await worker.settled();
    expect(await page.getByRole('textbox', { name: '会议记录' }).inputValue()).toBe('都同意，先种五十亩。');
    await page.getByRole('button', { name: '保存记录' }).last().click();
    await page.getByText('第 1 稿').first().waitFor();
    await page.getByRole('button', { name: '结束会议' }).click();
    await page.locator('.state', { hasText: '已结束' }).waitFor();
    const minutes = await page.locator('.paper-links a[href$="minutes.pdf"]').getAttribute('href');
    expect((await page.request.get(minutes ?? '')).headers()['content-type']).toBe('application/pdf');
    expect(worker.complaints).toEqual([]);
    await worker.close();
  });

  it('paper and phone stand on one roll, and slips typed differently stop the result: desk and phone [NQ-52]', async () => {
    const director = await comeToWork(browser, server, 'nanqiao-v03-director', phone);
    const { page } = director;
    const id = await meetingCalled(director, '村民代表会议（活动室）');
    await director.go(`/meetings/${id}`);
    await page.getByRole('button', { name: '开始会议（固定名册）' }).click();
    await page.getByText('名册已固定').waitFor();
    expect(await overrun(page)).toBeLessThanOrEqual(0);

    const member = await comeToWork(browser, server, 'nanqiao-v03-representative', phone);
    await member.go('/meetings');
    await member.page.getByRole('link', { name: '村民代表会议（活动室）' }).first().click();
    expect(await member.page.locator('.roll-lines').count()).toBe(0);
    await member.page.getByRole('button', { name: '我到了' }).click();
    await member.page.getByText('已经记下您到会。').waitFor();
    expect(await overrun(member.page)).toBeLessThanOrEqual(0);
    const { calendar } = (await (await member.page.request.get('/api/my-meetings')).json()) as { calendar: string };
    const events = new ICAL.Component(ICAL.parse(await (await member.page.request.get(calendar)).text()));
    expect(events.getAllSubcomponents('vevent').length).toBeGreaterThan(1);
    await member.close();

    // Eighteen from the paper sheet at once, as the desk enters them; the phone makes nineteen.
    const seen = (await (await page.request.get(`/api/meetings/${id}`)).json()) as MeetingDetail;
    const people = seen.roll
      .filter((line) => line.came === null)
      .slice(0, 18)
      .map(({ person }) => ({ person, kind: 'came', channel: 'paper', reason: '' }));
    const entered = await page.request.post(`/api/meetings/${id}/attendance`, {
      data: { people },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(entered.status()).toBe(200);
    await page.reload();
    await page.getByText('还差 1 人，须 20 人，现 19 人').first().waitFor();
    await page.locator('.roll-lines button[aria-pressed="false"]').first().click();
    await page.getByText('够了：须 20 人，现 20 人').first().waitFor();
    await page.getByRole('button', { name: '开始纸票表决' }).click();

    const type = async (on: Page, approve: string, against: string): Promise<void> => {
      const form = on.getByRole('form', { name: '录入计票单' });
      for (const [label, count] of [
        ['发出票数', '20'],
        ['收回票数', '20'],
        ['赞成', approve],
        ['反对', against],
        ['弃权', '0'],
        ['废票', '1'],
      ] as const) {
        await form.getByLabel(label).fill(count);
      }
      await form.getByRole('button', { name: '保存' }).click();
    };
    await type(page, '15', '4');
    await page.getByText('已录入：').waitFor();
    const second = await comeToWork(browser, server, 'nanqiao-v03-secretary', desk);
    await second.go(`/meetings/${id}`);
    await type(second.page, '14', '5');
    await second.page.getByText('两人录入的“赞成”不一致：一人 15，一人 14。').waitFor();
    await type(second.page, '15', '4');
    await second.page.getByText('已录入：').waitFor();
    await page.reload();
    await type(page, '15', '4');
    await page.getByText(/已录入：.+、.+/).waitFor();
    await page.getByRole('button', { name: '结束表决，宣布结果' }).click();
    await page.locator('.result.passed').waitFor();
    expect(await page.locator('.agenda-item').textContent()).toContain('应到人员的三分之二以上：须 20，得 20');

    // The resolution is an act on the matter, which goes on to be posted; residents read the result without a name.
    await page.locator('.agenda-item a').first().click();
    await page.getByRole('button', { name: /公示决议/ }).waitFor();
    const visitor = await browser.newPage();
    await visitor.goto(`${server.url}/v/${village}/meetings`);
    const notice = visitor.locator('.meeting-notice', { hasText: '活动室' });
    expect(await notice.textContent()).toContain('赞成15票');
    expect(await visitor.locator('main').textContent()).not.toMatch(/[一-龥]演[一-龥]/);
    await visitor.close();
    await second.close();
    expect(director.complaints).toEqual([]);
    await director.close();
  });
});
