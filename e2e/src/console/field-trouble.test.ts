import type { AccountView, HouseholdContact } from '@lianxin/contract';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOnPhone, openAgain, openWithPin } from './field-door.js';
import { openFieldSite, type FieldSite } from './field-site.js';
import { comeToWork, phone, signIn } from './worker.js';

let site: FieldSite;

beforeAll(async () => {
  site = await openFieldSite();
});
afterAll(async () => site?.stop());

const house = (page: Page) => page.getByRole('region', { name: '一号院' });
const unsent = (page: Page, count: number) => page.getByRole('link', { name: `待发 ${count}`, exact: true });
const write = async (page: Page, need: string): Promise<void> => {
  await house(page).getByLabel('听到的需要').fill(need);
  await house(page).getByRole('button', { name: '记下走访' }).click();
};
/** What the server holds; a connection that it closed for being idle is opened anew. */
const visitsOf = async (page: Page): Promise<HouseholdContact['visits']> => {
  const answer = (await (await page.request.get('/api/households/mine', { maxRetries: 2 })).json()) as {
    households: HouseholdContact[];
  };
  return answer.households[0]?.visits ?? [];
};
const needsOf = async (page: Page) => (await visitsOf(page)).map(({ need }) => need);

/** Which commands the server has answered, in the order of its answers, from whichever window they came. */
const answeredIn = (context: BrowserContext): string[] => {
  const ids: string[] = [];
  context.on('response', (response) => {
    const id = response.request().headers()['idempotency-key'];
    if (id !== undefined && response.url().includes('/api/contact-visits')) ids.push(id);
  });
  return ids;
};

/** A phone of so little room that the journey can fill it; the browser works this out anew only when what it knew is used up. */
const smallRoom = 8 << 20;
/** Fills what is left with pictures of something else, down to the last bytes. */
const fillUp = async (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('pictures', 1);
      opening.addEventListener('upgradeneeded', () =>
        opening.result.createObjectStore('pictures', { autoIncrement: true }),
      );
      opening.addEventListener('success', () => resolve(opening.result));
    });
    const noise = crypto.getRandomValues(new Uint8Array(1 << 16));
    const take = async (bytes: number): Promise<boolean> =>
      new Promise((resolve) => {
        const tx = db.transaction('pictures', 'readwrite');
        const picture = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += noise.length) picture.set(noise.subarray(0, bytes - at), at);
        tx.objectStore('pictures').add(picture);
        tx.addEventListener('complete', () => resolve(true));
        tx.addEventListener('abort', () => resolve(false));
      });
    for (const bytes of [1 << 20, 1 << 16, 1 << 12, 1 << 8, 16]) while (await take(bytes)) continue;
    db.close();
  });
const makeRoom = async (page: Page): Promise<void> =>
  page.evaluate(
    async () =>
      new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('pictures').addEventListener('success', () => resolve());
      }),
  );

describe('a phone with which much goes wrong', () => {
  it('loses nothing in silence, doubles nothing, and sends nothing in another name', async () => {
    const guest = { ...site.server, url: site.front.url };
    const { page, context, go } = await comeToWork(site.browser, guest, 'nanqiao-v01-grid-leader-1', {
      ...phone,
      keepsShell: true,
    });
    const devTools = await context.newCDPSession(page);
    const answered = answeredIn(context);
    await devTools.send('Storage.overrideQuotaForOrigin', { origin: site.front.url, quotaSize: smallRoom });
    await go('/field');
    await carryOnPhone(page);

    // Two windows of one outbox, written in without a line: whichever sends, each command goes out once.
    await context.setOffline(true);
    await write(page, '第一个窗口：水泵坏了');
    const other = await context.newPage();
    await openAgain(other);
    await house(other).getByLabel('需要单位去办，转为事项').check();
    await write(other, '第二个窗口：路灯不亮');
    await unsent(other, 3).waitFor();
    await context.setOffline(false);
    await Promise.all([unsent(page, 0).waitFor(), unsent(other, 0).waitFor()]);
    expect(new Set(answered).size).toBe(3);
    expect(answered).toHaveLength(3);
    expect(await needsOf(page)).toEqual(['第二个窗口：路灯不亮', '第一个窗口：水泵坏了']);
    await other.close();

    // The phone is full: said at once, what was typed stays on the screen, and goes when there is room.
    await context.setOffline(true);
    await fillUp(page);
    await write(page, '存满了也不丢');
    await house(page).getByText('手机存满了').waitFor();
    expect(await house(page).getByLabel('听到的需要').inputValue()).toBe('存满了也不丢');
    // The draft may have said so already; room is made when the press has ended too.
    await house(page).locator('.ant-btn-loading').waitFor({ state: 'detached' });
    await makeRoom(page);
    await house(page).getByRole('button', { name: '记下走访' }).click();
    await unsent(page, 1).waitFor();
    await page.getByRole('link', { name: '待发 1' }).click();
    await page.getByText('浏览器没有答应一直保存').waitFor();

    // A new version comes while the server takes no commands: what is unsent comes along.
    await context.route('**/api/contact-visits', (route) => route.abort());
    await context.setOffline(false);
    await site.front.renew();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.getByRole('button', { name: '点此更新' }).click();
    await page.getByRole('heading', { name: '输入口令' }).waitFor();
    await page.getByText('有 1 条没有发送').waitFor();
    await openWithPin(page);
    await page.getByText('存满了也不丢').waitFor();

    // The session is ended from elsewhere, as for a lost phone: the work waits for its owner.
    const account = (await (await page.request.get('/api/account')).json()) as AccountView;
    const here = account.sessions.find(({ current }) => current);
    await page.request.post(`/api/account/sessions/${here?.id}/end`, { headers: { origin: site.front.url } });
    await context.unroute('**/api/contact-visits');
    await page.getByRole('button', { name: '现在发送' }).click();
    await page.getByText('登录已过期，登录以后再发').waitFor();
    await unsent(page, 1).waitFor();
    const before = answered.length;
    await page.goto('/console/');
    await signIn(page, guest, 'nanqiao-v01-secretary', phone);
    await page.waitForSelector('.frame');
    await page.goto('/console/field');
    await page.getByText('没有信号也要用').waitFor();
    expect(await page.getByRole('link', { name: /待发/ }).count()).toBe(0);
    await carryOnPhone(page);
    await unsent(page, 0).waitFor();
    await page.getByRole('button', { name: '退出' }).click();
    await signIn(page, guest, 'nanqiao-v01-grid-leader-1', phone);
    await unsent(page, 1).click();
    expect(answered).toHaveLength(before);
    await openWithPin(page);
    await unsent(page, 0).waitFor();
    expect((await visitsOf(page))[0]).toMatchObject({ need: '存满了也不丢', clockOff: null });

    // The phone's clock is 72 minutes fast: the visit is taken as it was written, and both sides can read how far it was off.
    await context.clock.install({ time: Date.now() + 72 * 60_000 });
    await openAgain(page, '/console/field');
    await write(page, '手机快了七十二分钟');
    await house(page).getByText('当时手机比服务器快 1 小时 12 分钟').waitFor();
    const [fast] = await visitsOf(page);
    expect(fast?.clockOff).toEqual({ minutes: 72, atLeast: false });
    expect(Date.parse(fast?.occurredAt ?? '')).toBeGreaterThan(Date.now() + 70 * 60_000);

    // Written fast and put right before there is a line: taken too, and what can still be known is said.
    await context.setOffline(true);
    await write(page, '写的时候快，发的时候准');
    await unsent(page, 1).waitFor();
    await context.clock.setSystemTime(Date.now());
    await context.setOffline(false);
    await house(page).getByText('当时手机比服务器至少快 1 小时').waitFor();
    const told = (await visitsOf(page)).find(({ need }) => need === '写的时候快，发的时候准');
    expect(told?.clockOff?.atLeast).toBe(true);

    // Seven days without the server, though the phone was opened in between: it forgets who works with it, and keeps what is unsent.
    const days = (count: number) => Date.now() + count * 86_400_000;
    await context.clock.setSystemTime(days(0));
    await context.setOffline(true);
    await write(page, '八天以后才发');
    await unsent(page, 1).waitFor();
    await context.clock.setSystemTime(days(4));
    await page.goto('/console/');
    await openWithPin(page);
    await page.getByText('今天的联系户还没有带上').waitFor();
    await context.clock.setSystemTime(days(8));
    await page.goto('/console/');
    await page.getByText('有 1 条没有发送').waitFor();
    await openWithPin(page);
    await page.getByText('已经七天没有连上服务器').waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
    await context.clock.setSystemTime(days(0));
    await context.setOffline(false);
    await page.getByRole('button', { name: '再连一次' }).click();
    await unsent(page, 0).waitFor();
    expect(await visitsOf(page)).toContainEqual(expect.objectContaining({ need: '八天以后才发', clockOff: null }));
    await openAgain(page, '/console/field');

    // The browser clears the address away, as for one unused for a week: what was lost with it is said until it has been read.
    await context.setOffline(true);
    await write(page, '被浏览器清掉的一条');
    await unsent(page, 1).waitFor();
    await devTools.send('Storage.clearDataForOrigin', { origin: site.front.url, storageTypes: 'indexeddb' });
    await page.goto('/console/');
    await page.getByText('其中有 1 条还没有发送').waitFor();
    await context.setOffline(false);
    await page.goto('/console/field');
    await page.getByRole('link', { name: '丢了 1 条' }).waitFor();
    await page.getByRole('button', { name: '知道了' }).click();
    await page.getByText('没有信号也要用').waitFor();
    expect(await page.getByRole('link', { name: '丢了 1 条' }).count()).toBe(0);
    await context.close();
  });
});
