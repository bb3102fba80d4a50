import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MatterPage } from '@lianxin/contract';
import sharp from 'sharp';
import { openBrowser } from './browser.js';
import { takeFieldPictures } from './console/field-pictures.js';
import { comeToWork, type Worker } from './console/worker.js';
import { startServer } from './server.js';

/**
 * Takes the pictures of the console in the user guide 用户手册插图 from a fresh demonstration, at both widths:
 * `npx tsx e2e/src/screenshots.ts`; those of the portal are taken by `e2e/src/portal/take-guide-images.ts`.
 *
 * Pictures are taken, never drawn, so that the guide cannot show what the console does not do.
 */
const folder = fileURLToPath(new URL('../../docs/guide/images/', import.meta.url));

/** A picture longer than this tells a reader nothing more. */
const longest = { 360: 1500, 1280: 1250 } as const;

const take = async (worker: Worker, name: string, width: 360 | 1280): Promise<void> => {
  await worker.settled();
  await worker.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const shot = await worker.page.screenshot({ fullPage: true });
  const { height } = await sharp(shot).metadata();
  await sharp(shot)
    .extract({ left: 0, top: 0, width, height: Math.min(height, longest[width]) })
    .png({ palette: true, colours: 48, compressionLevel: 9, effort: 10 })
    .toFile(path.join(folder, `console-${name}-${width}.png`));
};

const idOf = async (worker: Worker, words: string): Promise<string> => {
  const { items } = (await (await worker.page.request.get('/api/matters?limit=200')).json()) as MatterPage;
  const found = items.find((item) => item.subject.includes(words));
  if (found === undefined) throw new Error(`the demonstration has no matter with ${words}`);
  return found.id;
};

const [browser, server] = await Promise.all([openBrowser(), startServer()]);
try {
  await mkdir(folder, { recursive: true });
  for (const width of [360, 1280] as const) {
    const at = { width, language: 'zh-CN' } as const;
    const office = await comeToWork(browser, server, 'nanqiao-liaison', at);
    await office.go('/today');
    await take(office, 'today', width);
    await office.go(`/matters/${await idOf(office, '灌溉渠')}`);
    await take(office, 'matter', width);
    await office.page.getByRole('button', { name: '转给有关单位', exact: true }).click();
    await take(office, 'transfer', width);
    await office.go(`/matters/${await idOf(office, '父亲去年')}`);
    await take(office, 'paused', width);
    await office.go('/matters?sort=due');
    await take(office, 'matters', width);
    await office.go('/reports/ledger');
    await take(office, 'ledger', width);
    await office.go('/start?kind=recurring-demand');
    await office.page.getByRole('radio', { name: /共性诉求/ }).waitFor();
    await take(office, 'start', width);
    await office.close();

    const clerk = await comeToWork(browser, server, 'nanqiao-v01-agent', at);
    await clerk.go('/open');
    await clerk.page.getByLabel('群众姓名').fill('三组李大爷（演示）');
    await clerk.page.getByLabel(/^民需/).check();
    await clerk.page.getByLabel('请写下您的事').fill('想装个扶手，台阶太陡。');
    await take(clerk, 'counter', width);
    await clerk.page.getByRole('button', { name: '登记并出凭条' }).click();
    await clerk.page.locator('.receipt-code').waitFor();
    await take(clerk, 'slip', width);
    await clerk.close();

    const leader = await comeToWork(browser, server, 'nanqiao-leader', at);
    await leader.go('/leader');
    await take(leader, 'leader', width);
    await leader.go(`/matters/${await idOf(leader, '校车')}`);
    await take(leader, 'follow-up', width);
    await leader.go('/reports/settled');
    await take(leader, 'settled', width);
    await leader.go('/coverage/grids-without-party-group');
    await take(leader, 'coverage', width);
    await leader.close();

    const grid = await comeToWork(browser, server, 'nanqiao-v01-grid-leader-1', at);
    await grid.go('/field');
    await take(grid, 'households', width);
    await grid.go('/field/acts');
    await take(grid, 'field-acts', width);
    await grid.close();

    const station = await comeToWork(browser, server, 'yisuhe-desk', at);
    await station.go('/stations?division=430321100236');
    await take(station, 'stations', width);
    await station.go('/packs');
    await take(station, 'packs', width);
    await station.go('/people?division=430321100236');
    await take(station, 'people', width);
    await station.close();

    const cadre = await comeToWork(browser, server, 'nanqiao-v03-director', at);
    await cadre.go('/decisions?procedure=four-deliberations');
    await take(cadre, 'decisions', width);
    await cadre.go('/meetings');
    await take(cadre, 'meetings', width);
    await cadre.go('/meetings/month');
    await take(cadre, 'meetings-month', width);
    await cadre.go('/meetings');
    await cadre.page.getByRole('link', { name: '村民代表会议', exact: true }).first().click();
    await take(cadre, 'meeting-result', width);
    await cadre.close();
  }
  await takeFieldPictures(browser, server, take);
} finally {
  await browser.close();
  await server.stop();
}
