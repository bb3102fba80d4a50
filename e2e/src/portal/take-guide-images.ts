import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openBrowser } from '../browser.js';
import { asOfficer } from '../officer.js';
import { startServer } from '../server.js';
import { findVillage, visit } from './visitor.js';
import type { Visitor } from './visitor.js';

/**
 * Takes the pictures of the user guide 用户手册插图 from a fresh demonstration, at both widths: `npx tsx e2e/src/portal/take-guide-images.ts`.
 * Pictures are taken, never drawn, so that the guide cannot show what the portal does not do.
 */
const folder = fileURLToPath(new URL('../../../docs/guide/images/', import.meta.url));

const take = async (visitor: Visitor, name: string, width: number, most = 2400): Promise<void> => {
  const shot = await visitor.page.screenshot({ fullPage: true });
  const { height } = await sharp(shot).metadata();
  await sharp(shot)
    .extract({ left: 0, top: 0, width, height: Math.min(height, most) })
    .png({ palette: true, colours: 64, compressionLevel: 9, effort: 10 })
    .toFile(path.join(folder, `portal-${name}-${width}.png`));
};

const [browser, server] = await Promise.all([openBrowser(), startServer()]);
try {
  await mkdir(folder, { recursive: true });
  const secretary = await asOfficer(server, 'nanqiao-v01-secretary');
  for (const width of [360, 1280] as const) {
    const visitor = await visit(browser, server, { width, language: 'zh-CN', scripts: true });
    const { page } = visitor;
    await visitor.go('/');
    await take(visitor, 'find-village', width);
    const village = await findVillage(visitor, '东安县', '南桥镇');
    await take(visitor, 'village', width);
    await visitor.go(`${village}/requests/new`);
    await page.locator('input[name=kind][value=affair]').check();
    await page.locator('textarea').first().fill('村口水渠堵了，一下雨就漫到路上，希望清一清。');
    await take(visitor, 'tell-a-need', width);
    await page.locator('form#request').getByRole('button', { name: '交上去', exact: true }).click();
    await page.locator('#receipt-code').waitFor();
    await take(visitor, 'receipt', width);
    const receipt = `/r/${(await page.locator('#receipt-code').innerText()).trim()}`;
    const number = (await page.locator('.receipt-slip-rows dd').first().innerText()).trim();
    await secretary.act(number, 'accept', { responsible: secretary.person, scale: 'minor' });
    await secretary.act(number, 'ask', { question: '是村口桥东边那一段吗？' });
    await visitor.go(receipt);
    await take(visitor, 'answer-a-question', width);
    await page.locator('#act-answer textarea').first().fill('是的，桥东边。');
    await page.locator('#act-answer button[type=submit]').click();
    await secretary.act(number, 'feedback', { said: '明天上午去看' });
    await secretary.act(number, 'claim', { outcome: 'done', result: '已清理水渠 80 米' });
    await visitor.go(receipt);
    await take(visitor, 'confirm-or-dispute', width);
    await visitor.go(`${village}/requests/paper`);
    await take(visitor, 'paper-form', width);
    await visitor.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
