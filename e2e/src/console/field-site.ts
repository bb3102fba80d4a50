import type { Browser } from 'playwright-core';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { renewableConsole, type RenewableConsole } from './renewable-console.js';

/** What a journey in the field needs: a browser, a server, and before it a console that can be renewed while somebody works. */
export interface FieldSite {
  readonly browser: Browser;
  readonly front: RenewableConsole;
  readonly server: RunningServer;
  readonly stop: () => Promise<void>;
}

export const openFieldSite = async (): Promise<FieldSite> => {
  const front = await renewableConsole();
  const [browser, server] = await Promise.all([openBrowser(), startServer({ LIANXIN_ORIGIN: front.url })]);
  front.standBefore(server.url);
  const stop = async (): Promise<void> => {
    await browser.close();
    await front.stop();
    await server.stop();
  };
  return { browser, front, server, stop };
};
