import type { Browser, BrowserContext, Page } from 'playwright-core';
import { patience } from '../browser.js';
import type { RunningServer } from '../server.js';

/** How somebody comes to the portal: on what, in which language, with or without scripts. */
export interface Visit {
  readonly width: 360 | 1280;
  readonly language: 'zh-CN' | 'en';
  readonly scripts: boolean;
  /** Text at twice its size, as a browser's own setting does. */
  readonly largeText?: boolean;
}

export const phone: Visit = { width: 360, language: 'zh-CN', scripts: true };
export const desktop: Visit = { width: 1280, language: 'zh-CN', scripts: true };

/** Says a visit in a test's title. */
export const visitWords = ({ width, language, scripts }: Visit): string =>
  `${width} px, ${language}, ${scripts ? 'with scripts' : 'without scripts'}`;

/** A visitor with a fresh browser: no cookie, no history. What the page complains about on its console is kept. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page's own: scripts that failed, content that the page's policy blocked. */
  readonly complaints: readonly string[];
  readonly go: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const visit = async (browser: Browser, server: RunningServer, how: Visit): Promise<Visitor> => {
  const context = await browser.newContext({
    viewport: { width: how.width, height: how.width === 360 ? 740 : 860 },
    locale: how.language,
    javaScriptEnabled: how.scripts,
    baseURL: server.url,
    isMobile: how.width === 360,
    hasTouch: how.width === 360,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused form is answered with its status, which the browser notes on its console; that is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  const go = async (path: string): Promise<void> => {
    await page.goto(path);
  };
  return { page, context, complaints, go, close: () => context.close() };
};

/** The first village of the demonstration's first township with the given name, found as a visitor finds it. */
export const findVillage = async (visitor: Visitor, county: string, township: string): Promise<string> => {
  const { page } = visitor;
  await visitor.go('/');
  await page.getByRole('link', { name: county, exact: true }).click();
  await page.getByRole('link', { name: township, exact: true }).click();
  await page.locator('.place-list a').first().click();
  return new URL(page.url()).pathname;
};
