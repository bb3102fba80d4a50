import type { Page } from 'playwright-core';

/** The PIN of the journeys (口令). */
export const pin = '135790';

/** With a line, once: a PIN is chosen, and today's households are on the phone. */
export const carryOnPhone = async (page: Page): Promise<void> => {
  await page.getByText('没有信号也要用').click();
  await page.getByLabel('口令（六位数）').fill(pin);
  await page.getByLabel('再输一遍').fill(pin);
  await page.getByRole('button', { name: '设好口令' }).click();
  await page.getByText('今天的联系户 ·').waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
};

/** Opens the pocket as it stands on the page, with the PIN. */
export const openWithPin = async (page: Page): Promise<void> => {
  await page.getByLabel('口令（六位数）').fill(pin);
  await page.getByRole('button', { name: '打开' }).click();
};

/** Opens the console on the phone anew, as after a long pause: it asks for the PIN. */
export const openAgain = async (page: Page, address = '/console/'): Promise<void> => {
  await page.goto(address);
  await openWithPin(page);
  await page.getByRole('region', { name: '一号院' }).waitFor();
};
