import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { asOfficer } from '../officer.js';
import type { Officer } from '../officer.js';
import { startServer } from '../server.js';
import type { RunningServer } from '../server.js';
import { desktop, findVillage, phone, visit, visitWords } from './visitor.js';
import type { Visit, Visitor } from './visitor.js';

/** The demonstration's own place; a journey begins where a newcomer would. */
const place = { county: '东安县', township: '南桥镇' } as const;

/** What a person reads, in both languages. */
const words = {
  'zh-CN': {
    tell: '说一件事',
    text: '请写下您的事',
    send: '交上去',
    received: '收到了',
    track: '看办理进度',
    solved: '确认解决了',
    unsolved: '没有解决',
    why: '哪里没有解决',
    secret: '确认码',
    yourTurn: '办理的人说办好了',
    rate: '评价',
    level: '满意',
    rated: '您的评价：满意',
    higher: '请上一级办理',
    answer: '群众答复或者补正',
    reply: '答复',
    asked: '在等您回话',
    noted: '已经记下',
  },
  en: {
    tell: 'Tell a need',
    text: 'What it is about',
    send: 'Send',
    received: 'Received',
    track: 'See where it stands',
    solved: 'It is solved',
    unsolved: 'It is not solved',
    why: 'What is not solved',
    secret: 'Confirm code',
    yourTurn: 'They say it is done',
    rate: 'Rate it',
    level: 'satisfied',
    rated: 'Your rating: satisfied',
    higher: 'Ask the next level',
    answer: 'Answer the question',
    reply: 'Answer',
    asked: 'Waiting for your answer',
    noted: 'Noted',
  },
} as const;

let browser: Browser;
let server: RunningServer;
let secretary: Officer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  secretary = await asOfficer(server, 'nanqiao-v01-secretary');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Told {
  readonly code: string;
  readonly secret: string;
  readonly number: string;
}

/** From the front page to a receipt, as a person does it. */
const tell = async (visitor: Visitor, how: Visit, text: string): Promise<Told> => {
  const { page } = visitor;
  const say = words[how.language];
  await findVillage(visitor, place.county, place.township);
  await page.getByRole('link', { name: say.tell, exact: true }).click();
  await page.locator('input[name=kind][value=affair]').check();
  await page.getByLabel(say.text, { exact: true }).fill(text);
  await page.locator('form#request').getByRole('button', { name: say.send, exact: true }).click();
  await page.locator('#receipt-code').waitFor();
  return {
    code: (await page.locator('#receipt-code').innerText()).trim(),
    secret: (await page.locator('.receipt-slip-secret-value').innerText()).trim(),
    number: (await page.locator('.receipt-slip-rows dd').first().innerText()).trim(),
  };
};

/** The village takes the matter in, tells the resident and reports it done. */
const handle = async (number: string): Promise<void> => {
  await secretary.act(number, 'accept', { responsible: secretary.person, scale: 'minor' });
  await claim(number, '已清理水渠 80 米');
};
const claim = async (number: string, result: string): Promise<void> => {
  await secretary.act(number, 'feedback', { said: '明天上午去看' });
  await secretary.act(number, 'claim', { outcome: 'done', result });
};

/** Opens a folded act unless it is open already, and presses its button. */
const doAct = async (
  visitor: Visitor,
  title: string,
  fields: Readonly<Record<string, string>>,
  secret?: { label: string; value: string },
) => {
  const card = visitor.page
    .locator('.act-card')
    .filter({ has: visitor.page.locator('summary', { hasText: title }) })
    .first();
  if ((await card.getAttribute('open')) === null) await card.locator('summary').click();
  for (const [label, value] of Object.entries(fields))
    await card.getByLabel(label, { exact: false }).first().fill(value);
  if (secret) await card.getByLabel(secret.label, { exact: true }).fill(secret.value);
  await card.getByRole('button', { name: title, exact: true }).click();
};

const visits: readonly Visit[] = [
  phone,
  { ...phone, language: 'en', scripts: false },
  { ...desktop, scripts: false },
  { ...desktop, language: 'en' },
];

describe('R1 a resident tells a need and has the last word', () => {
  for (const how of visits)
    it(`goes from the village page to a confirmed and rated matter: ${visitWords(how)} [DY-01] [DY-71]`, async () => {
      const say = words[how.language];
      const visitor = await visit(browser, server, how);
      const { page } = visitor;
      const told = await tell(visitor, how, '村口水渠堵了，下雨漫到路上');
      expect(await page.locator('html').getAttribute('lang')).toBe(how.language);

      await page.getByRole('link', { name: say.track, exact: true }).click();
      expect(new URL(page.url()).pathname).toBe(`/r/${told.code}`);
      expect(await page.locator('[aria-current=step] time').count()).toBeGreaterThan(0);

      await handle(told.number);
      await page.reload();
      expect(await page.locator('.notice-wait').innerText()).toContain(say.yourTurn);
      expect(await page.locator('.notice-wait').innerText()).toContain('已清理水渠 80 米');

      await doAct(visitor, say.unsolved, { [say.why]: '桥下那一段还堵着' }, { label: say.secret, value: told.secret });
      await page.locator('.notice-good', { hasText: say.noted }).waitFor();
      expect(await page.locator('.progress-steps').innerText()).toContain('桥下那一段还堵着');

      await claim(told.number, '桥下也清了');
      await page.goto(`/r/${told.code}`);
      await doAct(
        visitor,
        say.solved,
        {},
        { label: say.secret, value: told.secret.toLowerCase().replaceAll('-', ' ') },
      );
      await page.locator('.step-ended').waitFor();

      const card = page.locator('#act-rate');
      if ((await card.getAttribute('open')) === null) await card.locator('summary').click();
      await card.locator('input[type=radio][value="4"]').check();
      const secretField = card.getByLabel(say.secret, { exact: true });
      if ((await secretField.count()) > 0) await secretField.fill(told.secret);
      await card.getByRole('button', { name: say.rate, exact: true }).click();
      await page.getByText(say.rated, { exact: true }).waitFor();
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    });

  it('lets the resident answer a question while the clock stands still, and go higher at any time [DY-69] [DY-74]', async () => {
    const visitor = await visit(browser, server, phone);
    const { page } = visitor;
    const say = words[phone.language];
    const told = await tell(visitor, phone, '想办养老保险，不知道要带什么');
    await secretary.act(told.number, 'accept', { responsible: secretary.person, scale: 'minor' });
    await secretary.act(told.number, 'ask', { question: '户口在本村吗？' });
    await visitor.go(`/r/${told.code}`);
    expect(await page.locator('.notice-wait').innerText()).toContain(say.asked);
    expect(await page.locator('.step-paused').innerText()).toContain('暂停计算');
    await doAct(visitor, say.answer, { [say.reply]: '在本村' });
    await page.locator('.notice-good').waitFor();
    expect(await page.locator('.step-paused').count()).toBe(0);
    await doAct(visitor, say.higher, {});
    await page.locator('.notice-good').waitFor();
    expect(await page.locator('[aria-current=step]').innerText()).toContain('南桥镇');
    await visitor.close();
  });

  it('takes less than ninety seconds of a machine and four presses of a person', async () => {
    const visitor = await visit(browser, server, phone);
    const village = await findVillage(visitor, place.county, place.township);
    const began = Date.now();
    await visitor.go(village);
    let presses = 0;
    const press = async (locator: ReturnType<typeof visitor.page.locator>) => {
      presses += 1;
      await locator.tap();
    };
    await press(visitor.page.getByRole('link', { name: '说一件事', exact: true }));
    await press(visitor.page.locator('label[for=kind]'));
    await press(visitor.page.locator('textarea').first());
    await visitor.page.keyboard.type('路灯坏了');
    await press(visitor.page.locator('form#request').getByRole('button', { name: '交上去', exact: true }));
    await visitor.page.locator('#receipt-code').waitFor();
    expect(presses).toBeLessThanOrEqual(4);
    expect(Date.now() - began).toBeLessThan(90_000);
    await visitor.close();
  });
});
