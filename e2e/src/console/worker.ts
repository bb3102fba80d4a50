import type { Browser, BrowserContext, Page } from 'playwright-core';
import { patience } from '../browser.js';
import type { RunningServer } from '../server.js';

/** How somebody comes to work: at a desk or on a phone, in which language. */
export interface Place {
  readonly width: 360 | 1280;
  readonly language: 'zh-CN' | 'en';
  /** Whether the console is kept on the machine and opens without a line; journeys that are not about it need no copy of it. */
  readonly keepsShell?: true;
}

export const desk: Place = { width: 1280, language: 'zh-CN' };
export const phone: Place = { width: 360, language: 'zh-CN' };

/** Words of the log-in in both languages. */
const door = {
  'zh-CN': { username: '用户名', password: '密码', signIn: '登录' },
  en: { username: 'User name', password: 'Password', signIn: 'Log in' },
} as const;

/** A worker 工作人员 with a browser of his own, logged in. What the page complains about on its console is kept. */
export interface Worker {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
  /** Opens a page of the console and waits until it has been read. */
  readonly go: (path: string) => Promise<void>;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The one password of the demonstration's accounts. */
export const passwordOf = (server: RunningServer): string => {
  const [login] = server.logins;
  if (login === undefined) throw new Error('the server printed no log-ins');
  return login.password;
};

/** Fills in the log-in as it stands on the page and presses the button. */
export const signIn = async (page: Page, server: RunningServer, username: string, place: Place): Promise<void> => {
  const words = door[place.language];
  await page.getByLabel(words.username).fill(username);
  await page.getByLabel(words.password).fill(passwordOf(server));
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
};

/** Opens a browser at a place and logs in; a first password is changed for `next` on the way. */
export const comeToWork = async (
  browser: Browser,
  server: RunningServer,
  username: string,
  place: Place = desk,
  next?: string,
): Promise<Worker> => {
  const context = await browser.newContext({
    viewport: { width: place.width, height: place.width === 360 ? 740 : 860 },
    locale: place.language,
    baseURL: server.url,
    isMobile: place.width === 360,
    hasTouch: place.width === 360,
    // No journey waits for what only moves.
    reducedMotion: 'reduce',
    serviceWorkers: place.keepsShell === true ? 'allow' : 'block',
  });
  context.setDefaultTimeout(patience);
  await context.addInitScript((language) => localStorage.setItem('lianxin.language', language), place.language);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refusal is answered with its status, which the browser notes on its console; that is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  const settled = async (): Promise<void> => {
    // By the clock and not by drawn frames: a page that lies behind another draws none.
    await page.waitForFunction(
      () => document.querySelector('main') !== null && !document.querySelector('.loading'),
      undefined,
      { polling: 50 },
    );
  };
  const go = async (path: string): Promise<void> => {
    await page.goto(`/console${path}`);
    await settled();
  };
  await page.goto('/console/');
  await signIn(page, server, username, place);
  if (next !== undefined) {
    await page.locator('#next-password').fill(next);
    await page.getByRole('button', { name: door[place.language].signIn, exact: true }).click();
  }
  await page.waitForSelector('.frame');
  return { page, context, complaints, go, settled, close: () => context.close() };
};
