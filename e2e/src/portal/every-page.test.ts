import { gunzipSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../axe.js';
import { openBrowser } from '../browser.js';
import { asOfficer } from '../officer.js';
import { startServer } from '../server.js';
import type { RunningServer } from '../server.js';
import { findVillage, phone, visit, visitWords } from './visitor.js';
import type { Visit, Visitor } from './visitor.js';

let browser: Browser;
let server: RunningServer;
/** Addresses of every page, with matters at three moments of their life behind the receipts. */
let pages: Readonly<Record<string, string>>;

const tell = async (visitor: Visitor, village: string, text: string) => {
  const { page } = visitor;
  await visitor.go(`${village}/requests/new`);
  await page.locator('input[name=kind][value=affair]').check();
  await page.locator('textarea').first().fill(text);
  await page.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
  await page.locator('#receipt-code').waitFor();
  return {
    receipt: `/r/${(await page.locator('#receipt-code').innerText()).trim()}`,
    number: (await page.locator('.receipt-slip-rows dd').first().innerText()).trim(),
  };
};

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
  const secretary = await asOfficer(server, 'nanqiao-v01-secretary');
  const visitor = await visit(browser, server, phone);
  const village = await findVillage(visitor, '东安县', '南桥镇');
  const [fresh, asked, claimed] = [
    await tell(visitor, village, '路灯坏了'),
    await tell(visitor, village, '想办养老保险'),
    await tell(visitor, village, '水渠堵了'),
  ];
  for (const { number } of [asked, claimed])
    await secretary.act(number, 'accept', { responsible: secretary.person, scale: 'minor' });
  await secretary.act(asked.number, 'ask', { question: '户口在本村吗？' });
  await secretary.act(claimed.number, 'feedback', { said: '明天去看' });
  await secretary.act(claimed.number, 'claim', { outcome: 'done', result: '已清理' });
  await visitor.close();
  pages = {
    'front page': '/',
    'places of a township': `/?in=${village.slice(3, 12)}000`,
    search: `/?name=${encodeURIComponent('村')}`,
    village,
    poster: `${village}/poster`,
    'form for a need': `${village}/requests/new`,
    'form for a complaint': `${village}/requests/new?kind=complaint`,
    'form for a proxy service': `${village}/requests/new?kind=proxy-service`,
    'paper form': `${village}/requests/paper`,
    'enter a receipt': '/r',
    'a fresh matter': fresh.receipt,
    'a matter with a question': asked.receipt,
    'a matter reported done': claimed.receipt,
    'progress sheet': `${claimed.receipt}/print`,
    help: '/help',
    accessibility: '/accessibility',
    'checking page': '/verify',
    board: `${village}/board`,
    'a disclosure': await linkOn(village, /href="(\/v\/[0-9]+\/board\/[^"]+)"/),
    'small powers': `${village}/powers`,
    grids: `${village}/grids`,
    certificates: `${village}/certificates`,
    meetings: '/v/431122112200/meetings',
    decisions: '/v/431122112200/decisions',
    'a decision': await linkOn('/v/431122112200/decisions', /href="(\/v\/[0-9]+\/decisions\/[^"/]+)"/),
    'open information': `${village}/open`,
    'policy documents': `${village}/documents`,
    'course of matters': '/v/431122112200/progress',
    'texts in force': `${village}/texts`,
    'service booklet': `${village}/service-booklet`,
    'secret ballots': `${village}/ballots`,
    'no such page': '/nothing/here',
    'no such village': '/v/110101001001',
  };
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Where the first link of a kind on a page leads. */
const linkOn = async (path: string, link: RegExp): Promise<string> => {
  const found = link.exec(await (await fetch(server.url + path)).text())?.[1];
  if (found === undefined) throw new Error(`the demonstration has nothing on ${path}`);
  return found;
};

/** A phone widens its window for content that does not fit, so the width asked for is what counts. */
const isTooWide = async (visitor: Visitor, width: number): Promise<boolean> =>
  (await visitor.page.evaluate<number>('document.documentElement.scrollWidth')) > width;

/** Two ways to come see every page in both languages and at both widths. */
const visits: readonly Visit[] = [phone, { width: 1280, language: 'en', scripts: true }];

describe('every page of the portal', () => {
  for (const how of visits)
    it(`has no serious problem for axe, fits its width and breaks no policy: ${visitWords(how)}`, async () => {
      const visitor = await visit(browser, server, how);
      const found: Record<string, unknown> = {};
      for (const [name, path] of Object.entries(pages)) {
        await visitor.go(path);
        const wrong = [
          ...(await seriousProblems(visitor.page)),
          ...((await isTooWide(visitor, how.width)) ? ['too wide'] : []),
        ];
        if (wrong.length > 0) found[name] = wrong;
      }
      expect(found).toEqual({});
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    });

  it('holds at 360 px in large print and with text at 200 %', async () => {
    const visitor = await visit(browser, server, phone);
    await visitor.go('/?print=large');
    expect(await visitor.page.locator('html.large-print').count()).toBe(1);
    const wide: string[] = [];
    for (const [name, path] of Object.entries(pages)) {
      if (name === 'checking page') continue;
      await visitor.go(path);
      if (await isTooWide(visitor, phone.width)) wide.push(`${name} in large print`);
      await visitor.page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      if (await isTooWide(visitor, phone.width)) wide.push(`${name} at 200 %`);
    }
    expect(wide).toEqual([]);
    await visitor.close();
  });

  it('shows the errors of a form without a serious problem and moves the focus to them', async () => {
    const visitor = await visit(browser, server, phone);
    await visitor.go(pages['form for a need'] ?? '');
    await visitor.page.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
    await visitor.page.locator('#error-summary').waitFor();
    expect(await seriousProblems(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('error-summary');
    await visitor.page.locator('.error-summary a').first().click();
    expect(await visitor.page.evaluate('document.activeElement.matches("textarea, input")')).toBe(true);
    await visitor.close();
  });

  it('can be used by keyboard alone, beginning with a way past the header', async () => {
    const visitor = await visit(browser, server, { ...phone, width: 1280 });
    const { page } = visitor;
    await visitor.go(pages['form for a need'] ?? '');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#main');
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.name')) === 'kind') break;
    }
    await page.keyboard.press('Space');
    expect(await page.locator('input[name=kind]:checked').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.type('用键盘写的事');
    expect(await page.locator('textarea').first().inputValue()).toBe('用键盘写的事');
    await visitor.close();
  });

  it('prints the paper form, the poster and a slip on one sheet each', async () => {
    const visitor = await visit(browser, server, { ...phone, width: 1280 });
    const sheets: Record<string, number> = {};
    for (const name of ['paper form', 'poster', 'progress sheet']) {
      await visitor.go(pages[name] ?? '');
      const pdf = (await visitor.page.pdf({ preferCSSPageSize: true })).toString('latin1');
      sheets[name] = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
    }
    expect(sheets).toEqual({ 'paper form': 1, poster: 1, 'progress sheet': 1 });
    await visitor.close();
  });

  it('costs at most 50 KiB gzipped on the first load (P10)', async () => {
    const heavy: Record<string, number> = {};
    for (const [name, path] of Object.entries(pages)) {
      if (name === 'checking page') continue;
      const html = await (await fetch(server.url + path, { headers: { accept: 'text/html' } })).text();
      const links = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, link]) => link ?? '');
      const bodies = [html];
      for (const link of new Set(links)) bodies.push(await (await fetch(server.url + link)).text());
      const packed = bodies.map((body) => gzipSync(body));
      expect(gunzipSync(packed[0] ?? gzipSync('')).toString()).toBe(html);
      const bytes = packed.reduce((sum, body) => sum + body.byteLength, 0);
      if (bytes > 50 * 1024) heavy[name] = bytes;
    }
    expect(heavy).toEqual({});
  });
});

describe('a bad line', () => {
  it('loses no input: what was typed is there again after the page was lost, and gone once it was received', async () => {
    const visitor = await visit(browser, server, phone);
    const { page } = visitor;
    const path = pages['form for a need'] ?? '';
    await visitor.go(path);
    await page.locator('input[name=kind][value=worry]').check();
    await page.locator('textarea').first().fill('信号不好的时候写的');
    await visitor.context.setOffline(true);
    const lost = page.waitForEvent('requestfailed');
    const send = page.locator('form#request').getByRole('button', { name: '交上去', exact: true });
    await send.click({ noWaitAfter: true });
    await lost;
    await page.close();
    await visitor.context.setOffline(false);
    const later = await visitor.context.newPage();
    await later.goto(path);
    expect(await later.locator('textarea').first().inputValue()).toBe('信号不好的时候写的');
    expect(await later.locator('input[name=kind][value=worry]').isChecked()).toBe(true);
    expect(await later.locator('#draft-notice').isVisible()).toBe(true);
    await later.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
    await later.locator('#receipt-code').waitFor();
    await later.goto(path);
    expect(await later.locator('textarea').first().inputValue()).toBe('');
    await visitor.close();
  });

  it('keeps a half-written need when the language is changed without scripts', async () => {
    const visitor = await visit(browser, server, { ...phone, scripts: false });
    await visitor.go(pages['form for a need'] ?? '');
    await visitor.page.locator('textarea').first().fill('写到一半');
    await visitor.page.getByRole('button', { name: 'English', exact: true }).click();
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe('en');
    expect(await visitor.page.locator('textarea').first().inputValue()).toBe('写到一半');
    await visitor.close();
  });
});
