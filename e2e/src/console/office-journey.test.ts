import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { tellNeed, type Resident } from './resident.js';
import { comeToWork, desk, phone, signIn, type Place, type Worker } from './worker.js';

/** Two villages of the demonstration's first township. */
const villages = { upper: '431122112207', lower: '431122112218' } as const;
const liaison = 'nanqiao-liaison';

/** What an officer reads on the buttons and fields, in both languages. */
const words = {
  'zh-CN': {
    inbox: '待办',
    accept: '受理并指定承办人',
    sure: '确认：',
    done: '已办：',
    responsible: '承办人',
    major: '大事',
    ask: '请群众说明情况',
    question: '想问的问题',
    waiting: '等待答复',
    feedback: '向群众反馈',
    said: '反馈内容',
    claim: '报告办结',
    solved: '已经解决',
    result: '办理结果',
    evidence: '凭据',
    confirmed: '已确认办结',
    return: '不属本单位职责，退回并指明去处',
    duty: '职责清单条目',
    reason: '理由',
    returned: '已退回并指明去处',
    transfer: '转给有关单位',
    to: '转给',
    joint: '几家联合办理',
    task: '各单位要做什么',
    notYet: '现在还不能办的',
  },
  en: {
    inbox: 'Inbox',
    accept: 'Take in and name who handles it',
    sure: 'Confirm: ',
    done: 'Done: ',
    responsible: 'Responsible person',
    major: 'Major',
    ask: 'Ask the resident',
    question: 'Question',
    waiting: 'waiting for answer',
    feedback: 'Tell the resident',
    said: 'What was said',
    claim: 'Report as done',
    solved: 'Solved',
    result: 'Result',
    evidence: 'Evidence',
    confirmed: 'Confirmed as done',
    return: 'Not ours: return it and say whose it is',
    duty: 'Entry of the duty list',
    reason: 'Reason',
    returned: 'Returned, with where to go',
    transfer: 'Transfer to another office',
    to: 'Transfer to',
    joint: 'Split among several offices',
    task: 'What each is to do',
    notYet: 'Not possible yet',
  },
} as const;

/** A picture of one pixel, as a phone would send a photo. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A matter that waits at the township: told in a village, taken higher by the resident, as anyone may at any time. */
const atTheTownship = async (text: string, village: string = villages.upper): Promise<Resident> => {
  const resident = await tellNeed(server, village, 'affair', text);
  await resident.act('go-higher');
  return resident;
};

/** Presses the button of an act, fills in its form, and confirms. */
const carryOut = async (
  page: Page,
  language: Place['language'],
  act: string,
  fill: (form: Locator) => Promise<void> = async () => {},
): Promise<void> => {
  const say = words[language];
  await page.getByRole('button', { name: act, exact: true }).click();
  await fill(page.locator('.act-form'));
  await page.getByRole('button', { name: say.sure + act }).click();
  await page.getByText(say.done + act).waitFor();
};

const accept = (worker: Worker, language: Place['language']) =>
  carryOut(worker.page, language, words[language].accept, async (form) => {
    await form.getByLabel(words[language].responsible).selectOption({ index: 1 });
    await form.getByLabel(words[language].major).check();
  });

describe('a township office at work (T1)', () => {
  it.each([desk, { width: 360, language: 'en' } as Place])(
    'names who is responsible, asks while the clock rests, shows evidence, and the resident has the last word: $width px, $language [DY-01]',
    async (place) => {
      const say = words[place.language];
      const text = `水渠闸门坏了，${place.width}`;
      const resident = await atTheTownship(text);
      const worker = await comeToWork(browser, server, liaison, place);
      const { page } = worker;
      await worker.go('/inbox');
      await page.getByRole('link', { name: text }).first().waitFor();
      const dues = await page
        .locator('.items .due time')
        .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
      expect(dues.toSorted((a, b) => (a ?? '').localeCompare(b ?? ''))).toEqual(dues);
      await page.getByRole('link', { name: text }).first().click();
      await page.getByRole('heading', { level: 1, name: text }).waitFor();
      expect(await page.title()).toContain(text);

      await accept(worker, place.language);
      await carryOut(page, place.language, say.ask, (form) => form.getByLabel(say.question).fill('是哪一道闸门？'));
      await page.locator('.state.paused', { hasText: say.waiting }).waitFor();
      expect(await page.locator('.clocks').textContent()).toMatch(/暂停|stands still/);
      await resident.act('answer', { reply: '村口第二道。' });
      await page.reload();
      await carryOut(page, place.language, say.feedback, (form) => form.getByLabel(say.said).fill('明天换闸门。'));
      await carryOut(page, place.language, say.claim, async (form) => {
        await form.getByLabel(say.solved).check();
        await form.getByLabel(say.result).fill('闸门已换。');
        await form.getByLabel(say.evidence).setInputFiles({ name: 'zhamen.png', mimeType: 'image/png', buffer: photo });
        await form.locator('.files li').waitFor();
      });
      const evidence = await page.locator('.timeline a.file').last().getAttribute('href');
      expect((await page.request.get(evidence ?? '')).headers()['content-type']).toBe('image/png');
      expect(await page.getByRole('button', { name: /确认解决了|Confirm that it is solved/ }).count()).toBe(0);

      await resident.act('confirm');
      await page.reload();
      await page.getByText(say.confirmed).first().waitFor();
      expect(worker.complaints).toEqual([]);
      await worker.close();
    },
  );

  it('returns what is not its duty only by citing the list of duties, and says whose it is', async () => {
    const resident = await atTheTownship('变压器响得厉害');
    const worker = await comeToWork(browser, server, liaison, phone);
    const { page } = worker;
    await worker.go(`/matters/${resident.id}`);
    const say = words['zh-CN'];
    await carryOut(page, 'zh-CN', say.return, async (form) => {
      await form.getByLabel(say.duty).selectOption({ label: '南桥镇供电所：供电故障' });
      await form.getByLabel(say.reason).fill('供电所负责线路。');
    });
    await page.getByText(say.returned).first().waitFor();
    expect(await page.locator('.timeline').textContent()).toContain('南桥镇供电所：供电故障');
    await worker.close();
  });

  it('offers a matter to another office, and splits one among two with the same number for all', async () => {
    const say = words['zh-CN'];
    const offered = await atTheTownship('山塘渗水', villages.lower);
    const shared = await atTheTownship('危房里住着病人', villages.lower);
    const worker = await comeToWork(browser, server, liaison);
    const { page } = worker;
    await worker.go(`/matters/${offered.id}`);
    await carryOut(page, 'zh-CN', say.transfer, async (form) => {
      await form.getByLabel(say.to, { exact: true }).selectOption({ label: '南桥镇水利站' });
      await form.getByLabel(say.duty).selectOption({ label: '南桥镇水利站：灌溉、排涝和饮水' });
    });
    await worker.go(`/matters/${shared.id}`);
    await accept(worker, 'zh-CN');
    await carryOut(page, 'zh-CN', say.joint, async (form) => {
      await form.getByLabel('南桥镇民政与社会保障办公室').check();
      await form.getByLabel('南桥镇规划建设环保站').check();
      await form.getByLabel(say.task).fill('民政看人，建设看房。');
    });
    const parts = page.locator('.panel', { hasText: '相关事项' }).getByRole('link', { name: /子事项/ });
    await parts.first().waitFor();
    expect(await parts.count()).toBe(2);
    await parts.first().click();
    await page.getByText(shared.number).first().waitFor();
    await worker.close();

    const water = await comeToWork(browser, server, 'nanqiao-water', phone);
    await water.go('/inbox');
    await water.page.getByRole('link', { name: '山塘渗水' }).click();
    await carryOut(water.page, 'zh-CN', '接收转办');
    await water.close();
  });

  it('greys what cannot be done yet, with the reason and what is missing: no closing without telling the resident [DY-81]', async () => {
    const resident = await atTheTownship('路边沟盖丢了');
    const worker = await comeToWork(browser, server, liaison);
    await worker.go(`/matters/${resident.id}`);
    await accept(worker, 'zh-CN');
    const { page } = worker;
    const claim = page.locator('.not-yet > li', { hasText: words['zh-CN'].claim });
    expect(await claim.getByRole('button').isDisabled()).toBe(true);
    expect(await claim.locator('[data-fault="feedback-missing"]').textContent()).toContain('反馈');
    await worker.close();
  });
});

describe('what was typed is kept', () => {
  const typed = async (text: string) => {
    const resident = await atTheTownship(text);
    const worker = await comeToWork(browser, server, liaison);
    await worker.go(`/matters/${resident.id}`);
    await accept(worker, 'zh-CN');
    const { page } = worker;
    const say = words['zh-CN'];
    await page.getByRole('button', { name: say.feedback, exact: true }).click();
    await page.getByLabel(say.said).fill('这几句话不能丢。');
    const send = () => page.getByRole('button', { name: say.sure + say.feedback }).click();
    const told = () => page.getByText(say.done + say.feedback).waitFor();
    const kept = () => page.getByLabel(say.said).inputValue();
    return { resident, worker, page, send, told, kept };
  };

  it('when the session expires: the log-in lies over the page, and the same button sends it', async () => {
    const { worker, page, send, told, kept } = await typed('会话过期');
    await worker.context.clearCookies();
    await send();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('登录已过期').waitFor();
    expect(await kept()).toBe('这几句话不能丢。');
    await signIn(page, server, liaison, desk);
    await dialog.waitFor({ state: 'hidden' });
    expect(await kept()).toBe('这几句话不能丢。');
    await send();
    await told();
    await worker.close();
  });

  it('when the line is lost: it says so, and sending again does the thing once', async () => {
    const { resident, worker, page, send, told, kept } = await typed('断网');
    await worker.context.setOffline(true);
    await send();
    await page.getByRole('alert').getByText('连不上服务器').waitFor();
    expect(await kept()).toBe('这几句话不能丢。');
    await worker.context.setOffline(false);
    await send();
    await told();
    expect((await resident.track()).acts.filter((act) => act.act === 'feedback')).toHaveLength(1);
    await worker.close();
  });

  it('when somebody else was faster: both versions are named, and the text goes onto the newer one', async () => {
    const { resident, worker, page, send, told, kept } = await typed('同时办理');
    const other = await worker.context.newPage();
    await other.goto(`/console/matters/${resident.id}`);
    await carryOut(other, 'zh-CN', '记录办理情况', (form) =>
      form.getByLabel('办理情况').fill('另一个窗口先记了一笔。'),
    );
    await send();
    await page.locator('[data-fault="stale-version"]').waitFor();
    expect(await kept()).toBe('这几句话不能丢。');
    await page.getByRole('button', { name: /重新读取/ }).click();
    await page.locator('[data-fault="stale-version"]').waitFor({ state: 'hidden' });
    await send();
    await told();
    await worker.close();
  });

  it('when the page is closed and opened again', async () => {
    const { worker, page, kept } = await typed('关了再开');
    await page.reload();
    await page.getByRole('button', { name: words['zh-CN'].feedback, exact: true }).click();
    expect(await kept()).toBe('这几句话不能丢。');
    await worker.close();
  });
});
