import ICAL from 'ical.js';
import type { MatterPage, MeetingDetail, MeetingRow } from '@lianxin/contract';
import { filesInPdf } from '@lianxin/domain';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
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

describe('the weekly meeting (V2)', () => {
  it('a task given to somebody with a date is theirs at once, and the next agenda is drafted with it while it is not done [NQ-31]', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-v03-secretary', phone);
    const { page } = worker;
    await worker.go('/meetings/new');
    await page.locator('#call-body').selectOption('two-committees');
    await page.getByRole('button', { name: '加一个议题' }).click();
    await page.locator('#call-topic-0').fill('上周工作和查漏补缺');
    await page.getByLabel('会议名称').fill('两委例会');
    await page.getByLabel('地点').fill('村部二楼');
    await page.getByLabel('日期').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
    await page.getByLabel('几点').fill('23:40');
    await page.getByRole('button', { name: '发出通知' }).click();
    await page.getByRole('button', { name: '开始会议（固定名册）' }).click();
    await page.getByText('名册已固定').waitFor();
    await tick(page, 0, 2);
    await page.locator('summary', { hasText: '加一个议题' }).click();
    await page.locator('#topic-title').fill('清三组的沟');
    await page.getByRole('button', { name: '加一个议题' }).click();
    const item = page.locator('.agenda-item', { hasText: '清三组的沟' });
    await item.getByLabel('结论').fill('下周三以前清完。');
    await item.getByRole('button', { name: '记下结论' }).click();
    await item.locator('summary', { hasText: '交办' }).click();
    await item.locator('select').first().selectOption({ label: '会议任务' });
    const whom = item.getByLabel('谁来办');
    const director = await whom.locator('option', { hasText: '村民委员会 主任' }).first().getAttribute('value');
    await whom.selectOption(director);
    await item.getByLabel('哪天办好').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    await item.getByRole('button', { name: '交办', exact: true }).click();
    await item.getByText('已交办').waitFor();
    expect(await overrun(page)).toBeLessThanOrEqual(0);

    await worker.go('/meetings/new');
    await page.locator('#call-body').selectOption('two-committees');
    const drafted = page.locator('[id^="call-topic-"]');
    await page.getByRole('button', { name: '起草议程' }).click();
    await drafted.first().waitFor();
    expect(await drafted.first().inputValue()).toBe('上次任务：清三组的沟');

    const named = await comeToWork(browser, server, 'nanqiao-v03-director', phone);
    await named.go('/inbox');
    await named.page.getByRole('link', { name: '清三组的沟' }).first().click();
    await named.page.getByRole('button', { name: '报告办好了', exact: true }).click();
    await named.page.getByLabel('办理结果').fill('清完了，淤泥拉走了。');
    await named.page.getByRole('button', { name: '确认：报告办好了' }).click();
    await named.page.getByText('已办好').first().waitFor();
    await named.close();
    await page.getByRole('button', { name: '去掉议题 1', exact: true }).click();
    const read = page.waitForResponse(/api\/matters\?.*meeting-task/);
    await page.getByRole('button', { name: '起草议程' }).click();
    expect(((await (await read).json()) as MatterPage).items).toEqual([]);
    expect(worker.complaints).toEqual([]);
    await worker.close();
  });
});

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
    await steps.nth(6).waitFor();
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

  it('the resolution hangs, a resident objects and is answered, it is carried out, its result hangs, and the certificate holds until a byte is changed [NQ-53, NQ-54]', async () => {
    const title = '把旧小学改成老年活动室';
    const resident = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 740 } });
    const portal = await resident.newPage();
    const onMatter = async (): Promise<Worker> => {
      const worker = await comeToWork(browser, server, 'nanqiao-v03-director', desk);
      const answer = await worker.page.request.get('/api/matters?limit=200');
      const { items } = (await answer.json()) as MatterPage;
      await worker.go(`/matters/${items.find((one) => one.subject === title)?.id}`);
      return worker;
    };
    const act = async ({ page }: Worker, name: string, fields: Readonly<Record<string, string>> = {}) => {
      await page.getByRole('button', { name, exact: true }).click();
      const form = page.locator('.act-form');
      for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
      for (const channel of await form.getByRole('checkbox').all()) await channel.check();
      await form.locator('button[type="submit"]').click();
      await page.getByText(`已办：${name}`).waitFor();
    };
    let director = await onMatter();
    await act(director, '公示决议和票数');
    await portal.goto(`/v/${village}`);
    const hanging = portal.locator('#notices').locator('..').locator('li', { hasText: title });
    expect(await hanging.textContent()).toContain('还有 7 天');
    await hanging.getByRole('link', { name: '看内容、提异议' }).click();
    await portal.getByLabel('对什么有异议，为什么').fill('冬天的取暖费从哪里出？');
    await portal.getByRole('button', { name: '提出异议' }).click();
    await portal.getByText('异议已提出').waitFor();
    expect(await overrun(portal)).toBeLessThanOrEqual(0);

    await director.go('/');
    await director.page.getByRole('link', { name: `${title} 群众提出异议 1 件，请答复` }).click();
    await act(director, '答复异议', { 答复: '从村集体收益里出，列入明年预算。' });
    await director.page.locator('[data-fault="no-objection-waiting"]').waitFor();
    await director.close();
    await server.pass(8);
    director = await onMatter();
    await act(director, '公示期满');
    await act(director, '记录合同', { 合同对方: '王师傅装修队', 合同金额: '58000' });
    await act(director, '实施完毕', { 实施结果: '两间教室改好，暖气已通。', 实际支出: '58600' });
    await act(director, '公示实施结果和收支');
    await director.close();
    await server.pass(16);
    director = await onMatter();
    await act(director, '公示期满');
    await director.page.getByText('已实施并公开结果').first().waitFor();
    expect(director.complaints).toEqual([]);
    await director.close();

    await expect
      .poll(async () => (await portal.goto(`/v/${village}/certificates`)) && portal.getByText(title).count())
      .toBe(1);
    await portal.getByRole('link', { name: title }).click();
    await portal.locator('.notice-good').waitFor();
    const pdf = await (await resident.request.get(`${portal.url()}.pdf`)).body();
    const key = await (await resident.request.get(`/log/${village.slice(0, 6)}/2026/key`)).text();
    const file = path.join(server.data, 'certificate.pdf');
    const verify = (bytes: Buffer): Promise<string> =>
      writeFile(file, bytes).then(() => server.command('verify', file, '--key', key.trim()));
    await verify(pdf);
    // The proof is a file inside the print: one byte in the midst of it is another.
    const spoilt = Buffer.from(pdf);
    const [proof] = filesInPdf(spoilt);
    if (proof === undefined) throw new Error('the certificate holds no proof');
    const at = spoilt.indexOf(proof.bytes) + Math.floor(proof.bytes.length / 2);
    spoilt[at] = (spoilt[at] ?? 0) ^ 1;
    await expect(verify(spoilt)).rejects.toThrow();
    await resident.close();
  });
});
