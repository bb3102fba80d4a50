import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { asOfficer } from '../officer.js';
import { startServer } from '../server.js';
import type { RunningServer } from '../server.js';
import { findVillage, phone, visit } from './visitor.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Ways in which a text has become a script somewhere before; each is told as a need and read back on every page. */
const attacks = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  `'><img src=x onerror=alert(1)>`,
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">点这里</a>',
  'javascript:alert(1)',
  '<style>@import "javascript:alert(1)";</style>',
  '<body onpageshow=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<template><img src=x onerror=alert(1)></template>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>'.replaceAll('\u0000', ''),
  '<img src=x:x onerror\n=alert(1)>',
  '<base href="https://evil.example/">',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
];

describe('what residents write', () => {
  it('is never run: no dialog, no blocked script, whatever is told as a need (T19)', async () => {
    const visitor = await visit(browser, server, phone);
    const { page } = visitor;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const village = await findVillage(visitor, '东安县', '南桥镇');
    for (const attack of attacks) {
      await visitor.go(`${village}/requests/new`);
      await page.locator('input[name=kind][value=need]').check();
      await page.locator('textarea').first().fill(attack);
      await page.locator('[name="f.main-place"]').fill(attack);
      await page.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
      await page.locator('#receipt-code').waitFor();
      const code = (await page.locator('#receipt-code').innerText()).trim();
      for (const path of [`/r/${code}`, `/r/${code}/print`]) {
        await visitor.go(path);
        expect(await page.locator('main script, main iframe, main img, main style, main base').count()).toBe(0);
      }
      await visitor.go(`/?name=${encodeURIComponent(attack)}`);
      await visitor.go(`/r/${encodeURIComponent(attack.slice(0, 40))}`);
    }
    expect(dialogs).toEqual([]);
    expect(visitor.complaints.filter((line) => /Content Security Policy|Refused/.test(line))).toEqual([]);
    await visitor.close();
  });
});

describe('a shared phone', () => {
  it('keeps no copy of a receipt page: going back asks the server again (T13)', async () => {
    const visitor = await visit(browser, server, phone);
    const { page } = visitor;
    const secretary = await asOfficer(server, 'nanqiao-v01-secretary');
    const village = await findVillage(visitor, '东安县', '南桥镇');
    await visitor.go(`${village}/requests/new`);
    await page.locator('input[name=kind][value=affair]').check();
    await page.locator('textarea').first().fill('别人不该看到的事');
    await page.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
    await page.locator('#receipt-code').waitFor();
    const secret = (await page.locator('.receipt-slip-secret-value').innerText()).trim();
    const number = (await page.locator('.receipt-slip-rows dd').first().innerText()).trim();
    await page.getByRole('link', { name: '看办理进度', exact: true }).click();
    await page.getByRole('link', { name: '首页', exact: true }).click();
    await secretary.act(number, 'accept', { responsible: secretary.person, scale: 'minor' });
    await page.goBack();
    expect(await page.locator('.progress-steps').innerText()).toContain('受理');
    const stored = await page.evaluate<string>('JSON.stringify(Object.entries(localStorage))');
    expect(stored).not.toContain('别人不该看到的事');
    // The page with the secret answered a form and was kept by nobody: the browser has nothing to show.
    const back = await page.goBack().then(
      () => 'shown again',
      (error: Error) => error.message,
    );
    expect(back).toContain('ERR_CACHE_MISS');
    await page.waitForLoadState();
    expect(await page.locator('html').innerText()).not.toContain(secret);
    await visitor.close();
  });

  it('remembers nothing of a reader but language and size of print', async () => {
    const visitor = await visit(browser, server, phone);
    const village = await findVillage(visitor, '东安县', '南桥镇');
    expect(await visitor.context.cookies()).toEqual([]);
    await visitor.go(`${village}?print=large&lang=en`);
    const kept = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`);
    expect(new Set(kept)).toEqual(new Set(['lx-lang=en', 'lx-print=large']));
    await visitor.close();
  });
});
