import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { MatterPage } from '@lianxin/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../axe.js';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, desk, phone, type Place, type Worker } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Every page of the console that a township's leader opens; those of one thing are added when it is known which. */
const pages = [
  '/today',
  '/inbox',
  '/matters',
  '/open',
  '/start?kind=recurring-demand',
  '/field',
  '/field/acts',
  '/field/distribution',
  '/leader',
  '/topics',
  '/approvals',
  '/reports/ledger',
  '/reports/settled',
  '/reports/ratings',
  '/reports/recurring',
  '/reports/admission',
  '/coverage/villages-without-branch',
  '/coverage/office-management',
  '/people?division=431122112001',
  '/stations?division=431122112001',
  '/packs',
  '/decisions',
  '/meetings',
  '/meetings/new',
  '/meetings/month',
  '/secret-ballots',
  '/secret-ballots/new',
  '/disclosures',
  '/grids',
  '/households',
  '/household-cards',
  '/own-card',
  '/account',
  '/records',
];

/** Pages that belong to other desks. */
const pagesOfOthers: Readonly<Record<string, readonly string[]>> = {
  'nanqiao-county-administrator': ['/first-steps', '/log-ins', '/webhooks', '/imports'],
  'nanqiao-county-auditor': ['/log'],
};

/** Pages of one thing, each with the list whose first link leads there; a record opens to the office that keeps its register. */
const pagesOfOne: readonly (readonly [list: string, prefix: string])[] = [
  ['/people?division=431122112001', '/console/people/'],
  ['/meetings?division=431122112200', '/console/meetings/'],
  ['/households?division=431122112001', '/console/households/'],
  ['/packs', '/console/packs/'],
  ['/secret-ballots?division=431122112200', '/console/secret-ballots/'],
];
const recordsOfVillage = ['/records?register=village-accounts&division=431122112001', '/console/records/'] as const;

/** Opened only on the way back from the county's sign-on, with what it gave; its own tests open it. */
const passages = ['/sign-on'];

/** A matter that is held at the township, overdue and followed up: the fullest page there is. */
const fullest = async (worker: Worker): Promise<string> => {
  const { items } = (await (await worker.page.request.get('/api/matters?limit=100')).json()) as MatterPage;
  const found = items.find((item) => item.subject.includes('校车'));
  if (found === undefined) throw new Error('the demonstration has no matter about the school bus');
  return `/matters/${found.id}`;
};

/** Where the first link of a list leads that begins so; a page of the list itself, such as the form for a new thing, is none. */
const firstOf = async (worker: Worker, list: string, prefix: string): Promise<string> => {
  await worker.go(list);
  const links = worker.page.locator(`main a[href^="${prefix}"]`);
  await links.first().waitFor();
  const paths = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')?.replace('/console', '')));
  return paths.find((path) => path !== undefined && !pages.includes(path)) ?? '';
};

/** How far the page runs over its right edge. */
const overrun = (worker: Worker) =>
  worker.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Both widths and both languages; what axe looks at is the same in either. */
const places: readonly Place[] = [desk, { width: 360, language: 'en' }];

/** Twenty pages read by axe take their time on a slow machine. */
const patience = 300_000;

describe('every page of the console', () => {
  it.each(places)(
    'has nothing serious for axe, fits its width, has a title of its own and complains of nothing: $width px, $language',
    async (place) => {
      const problems: string[] = [];
      const titles: string[] = [];
      const readAll = async (worker: Worker, all: readonly string[]): Promise<void> => {
        for (const path of all) {
          await worker.go(path);
          titles.push(await worker.page.title());
          problems.push(...(await seriousProblems(worker.page)).map((one) => `${path} ${one}`));
          const over = await overrun(worker);
          if (over > 0) problems.push(`${path} runs ${over} px over its width`);
          if ((await worker.page.locator('h1').count()) !== 1) problems.push(`${path} has not one heading`);
        }
        problems.push(...worker.complaints);
        expect(await worker.page.locator('html').getAttribute('lang')).toBe(place.language);
        await worker.close();
      };
      const leader = await comeToWork(browser, server, 'nanqiao-leader', place);
      const ofOne = [await fullest(leader)];
      for (const [list, prefix] of pagesOfOne) ofOne.push(await firstOf(leader, list, prefix));
      await readAll(leader, [...pages, ...ofOne]);
      for (const [who, paths] of Object.entries(pagesOfOthers))
        await readAll(await comeToWork(browser, server, who, place), paths);
      const director = await comeToWork(browser, server, 'nanqiao-v01-director', place);
      await readAll(director, [await firstOf(director, ...recordsOfVillage)]);
      expect(problems).toEqual([]);
      expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
    },
    patience,
  );

  it('leaves no page of the router out', () => {
    const router = readFileSync(new URL('../../../apps/console/src/app/router.tsx', import.meta.url), 'utf8');
    const known = [...router.matchAll(/ path: '([^']+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((path) => path !== '/');
    const read = [
      ...pages,
      ...Object.values(pagesOfOthers).flat(),
      ...[...pagesOfOne, recordsOfVillage].map(([, prefix]) => `${prefix.replace('/console', '')}x/x`),
      '/matters/x',
      ...passages,
    ];
    const shape = (path: string) => path.split('?')[0]?.split('/').slice(1) ?? [];
    const fits = (route: string, path: string) => {
      const [wanted, given] = [shape(route), shape(path)];
      return wanted.every((part, at) => given[at] !== undefined && (part.startsWith('$') || part === given[at]));
    };
    expect(known.length).toBeGreaterThan(30);
    expect(known.filter((route) => !read.some((path) => fits(route, path)))).toEqual([]);
  });

  it(
    'still fits a phone with the text at twice its size',
    async () => {
      const worker = await comeToWork(browser, server, 'nanqiao-leader', phone);
      const problems: string[] = [];
      for (const path of [...pages, await fullest(worker)]) {
        await worker.go(path);
        await worker.page.addStyleTag({ content: 'html { font-size: 200% } body { font-size: 2rem }' });
        const over = await overrun(worker);
        if (over > 0) problems.push(`${path} runs ${over} px over its width`);
      }
      expect(problems).toEqual([]);
      await worker.close();
    },
    patience,
  );

  it('is worked by keyboard alone: past the menu to the content, an act opened, filled in and left, with a ring to be seen', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-liaison', desk);
    const { page } = worker;
    await worker.go(await fullest(worker));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    for (let step = 0; step < 12 && (await focused()) !== '受理并指定承办人'; step += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('受理并指定承办人');
    const ring = () =>
      page.evaluate(() => {
        const style = getComputedStyle(document.activeElement ?? document.body);
        return { width: style.outlineWidth, colour: style.outlineColor };
      });
    // A button fades its ring in.
    await expect.poll(ring).toEqual({ width: '3px', colour: 'rgb(28, 42, 45)' });
    await page.keyboard.press('Enter');
    await page.getByLabel('承办人', { exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('承办人', { exact: true }).inputValue()).not.toBe('');
    await worker.close();
  });
});

describe('the door', () => {
  it('shows the log-in without a refused request, refuses a wrong password in words, and passes axe', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: server.url });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto('/console/leader');
    await page.getByLabel('用户名').waitFor();
    expect(complaints).toEqual([]);
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByLabel('用户名').fill('nanqiao-desk');
    await page.getByLabel('密码').fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    const refused = page.getByRole('alert').locator('[data-fault]');
    await refused.waitFor();
    expect(await refused.textContent()).not.toBe('');
    await context.close();
  });

  it('keeps the page that was asked for, and forgets who was here after the log-out', async () => {
    const worker = await comeToWork(browser, server, 'nanqiao-desk', phone);
    const { page } = worker;
    await worker.go('/reports/ledger');
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('用户名').waitFor();
    expect((await page.request.get('/api/me')).status()).toBe(401);
    expect(await page.evaluate(() => localStorage.getItem('lianxin.person'))).toBeNull();
    await worker.close();
  });

  it('loads at most 300 KiB of scripts, gzipped, before the first page stands there', () => {
    const built = fileURLToPath(new URL('../../../apps/console/dist/', import.meta.url));
    const html = readFileSync(`${built}index.html`, 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(1);
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(built + file)).length, 0);
    expect(bytes / 1024).toBeLessThanOrEqual(300);
  });
});
