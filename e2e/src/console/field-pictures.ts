import type { Browser } from 'playwright-core';
import type { RunningServer } from '../server.js';
import { carryOnPhone } from './field-door.js';
import { comeToWork, phone, type Worker } from './worker.js';

/** Takes a picture under a name, at a width. */
type Take = (worker: Worker, name: string, width: 360) => Promise<void>;

/** The pictures of field work without signal 离线走访插图: a visit being written, the outbox, the door without a line. */
export const takeFieldPictures = async (browser: Browser, server: RunningServer, take: Take): Promise<void> => {
  const worker = await comeToWork(browser, server, 'nanqiao-v01-grid-leader-1', { ...phone, keepsShell: true });
  const { page, context } = worker;
  await worker.go('/field');
  await carryOnPhone(page);
  const house = page.getByRole('region', { name: '一号院' });
  await context.setOffline(true);
  await house.getByLabel('听到的需要').fill('老人家想借一辆轮椅，下周去县医院。');
  await house.getByLabel('需要单位去办，转为事项').check();
  await take(worker, 'field-visit', 360);
  await house.getByRole('button', { name: '记下走访' }).click();
  await page.getByRole('link', { name: '待发 2' }).waitFor();
  await house.getByLabel('听到的需要').fill('他家信教，要一副老花镜。');
  await house.getByRole('button', { name: '记下走访' }).click();
  await page.getByRole('link', { name: '待发 3' }).waitFor();
  await context.setOffline(false);
  await page.getByRole('link', { name: /需处理 1/ }).click();
  await page.locator('[data-state="arrived"]').nth(1).waitFor();
  await context.setOffline(true);
  await house.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: '我的联系户' }).click();
  await house.getByLabel('听到的需要').fill('门口的路灯不亮。');
  await house.getByRole('button', { name: '记下走访' }).click();
  await page.getByRole('link', { name: /^待发 1/ }).click();
  await page.locator('[data-state="waiting"]').waitFor();
  await take(worker, 'field-outbox', 360);
  await page.goto('/console/');
  await page.getByRole('heading', { name: '没有信号' }).waitFor();
  await take(worker, 'field-locked', 360);
  await worker.close();
};
