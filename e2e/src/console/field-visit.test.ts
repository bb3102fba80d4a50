import type {
  CardView,
  endAssignmentRoute,
  HouseholdContact,
  logVisitRoute,
  MatterPage,
  myHouseholdsRoute,
} from '@lianxin/contract';
import type { Call } from '@lianxin/contract/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewCommand } from '@lianxin/console/pocket/outbox.js';
import { seriousProblems } from '../axe.js';
import { carryOnPhone, openAgain, pin } from './field-door.js';
import { fieldPhone, sessionOf, type FieldPhone, type Weather } from './field-phone.js';
import { openFieldSite, type FieldSite } from './field-site.js';
import { comeToWork, phone } from './worker.js';

let site: FieldSite;

beforeAll(async () => {
  site = await openFieldSite();
});
afterAll(async () => site?.stop());

/** Words that stand in this journey's forms and cards alone; nothing on a locked phone may read like them. */
const canary = '金丝雀';

/** Everything the browser keeps for this address, as someone would read it who has the phone in hands but not the PIN. */
const onThePhone = async (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const texts: string[] = [];
    const spell = (value: unknown): void => {
      if (value instanceof ArrayBuffer) texts.push(new TextDecoder().decode(value));
      else if (ArrayBuffer.isView(value)) texts.push(new TextDecoder().decode(value));
      else if (typeof value === 'object' && value !== null)
        for (const inside of Object.entries(value).flat()) spell(inside);
      else texts.push(String(value));
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.addEventListener('success', () => resolve(opening.result));
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
      });
      for (const store of db.objectStoreNames) {
        spell(
          await new Promise((resolve) => {
            const all = db.transaction(store).objectStore(store).getAll();
            all.addEventListener('success', () => resolve(all.result));
          }),
        );
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        texts.push(request.url);
        if (!request.url.includes('/assets/')) texts.push((await (await cache.match(request))?.text()) ?? '');
      }
    }
    spell({ ...localStorage });
    spell({ ...sessionStorage });
    return texts.join('\n');
  });

/** Under which names something is kept in the pocket; the outbox is apart. */
const keptNames = async (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const [pocket] = await indexedDB.databases();
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(pocket?.name ?? '');
      opening.addEventListener('success', () => resolve(opening.result));
    });
    const names = await new Promise<string[]>((resolve) => {
      const all = db.transaction('kept').objectStore('kept').getAllKeys();
      all.addEventListener('success', () => resolve(all.result.map(String)));
    });
    db.close();
    return names;
  });

/** Numbers between 0 and 1 that the same seed gives again. */
const numbersFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

/** Today in county time. */
const countyDay = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Faults of the page that keep people out, and how far it runs over a phone's edge. */
const barriers = async (page: Page): Promise<readonly string[]> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [...(await seriousProblems(page)), ...(over > 0 ? [`${over} px over the edge`] : [])];
};

describe('field work without signal', () => {
  it('is opened, written, closed and opened again without a line; with one, each thing has arrived exactly once', async () => {
    const worker = await comeToWork(
      site.browser,
      { ...site.server, url: site.front.url },
      'nanqiao-v01-grid-leader-1',
      {
        ...phone,
        keepsShell: true,
      },
    );
    const { context } = worker;
    let { page } = worker;
    const errors: string[] = [];
    // An empty page has no storage for the journey's own set-up; that is no page of the console.
    context.on('weberror', (one) => {
      if (one.page()?.url() !== 'about:blank') errors.push(one.error().message);
    });
    const read = async <T>(path: string): Promise<T> => (await (await page.request.get(path)).json()) as T;
    const [home] = (await read<{ households: HouseholdContact[] }>('/api/households/mine')).households;
    if (home === undefined) throw new Error('the grid leader keeps contact with no household');
    const { card } = await read<{ card: CardView }>(`/api/households/${home.household}/card`);
    const corrected = await page.request.post(`/api/household-cards/${card.id}/corrections`, {
      headers: { 'idempotency-key': crypto.randomUUID(), origin: site.front.url },
      data: {
        ...card.content,
        base: card.entries.length,
        needs: [{ text: `${canary}轮椅借用`, expressedOn: '2026-03-01' }],
      },
    });
    expect(corrected.ok(), await corrected.text()).toBe(true);

    // With a line, once: a PIN, and the day is on the phone.
    await worker.go('/field');
    await carryOnPhone(page);

    // The line is cut; the app is opened afresh.
    await context.setOffline(true);
    await page.close();
    page = await context.newPage();
    await page.goto('/console/');
    await page.getByRole('heading', { name: '没有信号' }).waitFor();
    await page.getByLabel('口令（六位数）').fill('999999');
    await page.getByRole('button', { name: '打开' }).click();
    await page.getByText('口令不对').waitFor();
    expect(await barriers(page)).toEqual([]);
    await openAgain(page);
    const house = page.getByRole('region', { name: '一号院' });
    await house.getByText('联系卡', { exact: true }).click();
    await house.getByText(`${canary}轮椅借用`).waitFor();

    // A visit: a sentence, a tick, a press. Half of another is typed when the battery ends.
    await house.getByLabel('听到的需要').fill(`${canary}水泵坏了，抽不上水。`);
    await house.getByLabel('需要单位去办，转为事项').check();
    await house.getByRole('button', { name: '记下走访' }).click();
    await house.getByText('已存在手机上，有信号就发。').waitFor();
    await house.getByText('替一号院反映一件事').click();
    await house.getByLabel('谁托的').fill(`${canary}大娘`);
    await house.getByLabel('民事', { exact: true }).check();
    await house.getByLabel('请写下您的事').fill(`${canary}门口路灯不亮。`);
    await house.getByRole('button', { name: '代为反映' }).click();
    await page.getByRole('link', { name: '待发 3' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    // A page that needs signal says so, closes nothing, and leads back.
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('link', { name: '待办' }).click();
    await page.getByText('这一页要有信号才打得开').waitFor();
    await page.locator('#content').getByRole('link', { name: '走访与服务' }).click();
    await house.getByLabel('听到的需要').fill(`${canary}没写完的半句`);
    await expect.poll(async () => keptNames(page)).toContainEqual(expect.stringMatching(/^draft\.visit/));
    await page.close();

    // Opened again without a line: all is there, and nothing of it can be read without the PIN.
    page = await context.newPage();
    await page.goto('/console/');
    await page.getByLabel('口令（六位数）').waitFor();
    const locked = await onThePhone(page);
    expect(locked.length).toBeGreaterThan(1_000);
    expect(locked).not.toMatch(new RegExp(`${canary}|水泵|一号院|${pin}`));
    await openAgain(page);
    await page.getByRole('link', { name: '待发 3' }).waitFor();
    const again = page.getByRole('region', { name: '一号院' });
    expect(await again.getByLabel('听到的需要').inputValue()).toBe(`${canary}没写完的半句`);
    // Words that the rule refuses: the phone cannot know, the server will.
    await again.getByLabel('听到的需要').fill('他家信教，要一副老花镜。');
    await again.getByRole('button', { name: '记下走访' }).click();
    await page.getByRole('link', { name: '待发 4' }).waitFor();

    // Signal.
    await context.setOffline(false);
    await page.getByRole('link', { name: /待发 0.*需处理 1/ }).click();
    await page.getByRole('heading', { name: '待发' }).waitFor();
    const arrived = page.locator('[data-state="arrived"]');
    await arrived.nth(2).waitFor();
    await page.getByText(/凭条号 [0-9A-Z-]+/).waitFor();
    const refused = page.locator('[data-state="refused"]');
    expect(await refused.textContent()).toContain('怎么办');
    await refused.getByRole('button', { name: '改一改再发' }).click();
    expect(await barriers(page)).toEqual([]);
    await refused.getByLabel('听到的需要').fill(`${canary}要一副老花镜。`);
    await refused.getByRole('button', { name: '改好了，发送' }).click();
    await page.getByRole('link', { name: '待发 0', exact: true }).waitFor();

    const visits = (await read<{ households: HouseholdContact[] }>('/api/households/mine')).households[0]?.visits ?? [];
    const needs = visits.flatMap((visit) => (visit.need?.startsWith(canary) === true ? [visit.need] : []));
    expect(needs.toSorted()).toEqual([`${canary}水泵坏了，抽不上水。`, `${canary}要一副老花镜。`].toSorted());
    expect(visits.find((visit) => visit.need?.includes('水泵') === true)?.matter).not.toBeNull();
    const matters = (await read<MatterPage>('/api/matters?limit=200')).items.map((one) => JSON.stringify(one));
    expect(matters.filter((one) => one.includes(canary))).toHaveLength(2);

    // The card is corrected at the door without a line, and meanwhile the same field by somebody else: a person chooses.
    await context.setOffline(true);
    await page.getByRole('link', { name: '我的联系户' }).click();
    const door = page.getByRole('region', { name: '一号院' });
    await door.getByText('联系卡', { exact: true }).click();
    await door.locator('summary', { hasText: '更正联系卡' }).click();
    await door.getByLabel('办公电话').first().fill('0746-5550111');
    await door.getByRole('button', { name: '更正联系卡' }).click();
    await page.getByRole('link', { name: '待发 1' }).waitFor();
    const cardNow = async () => (await read<{ card: CardView }>(`/api/households/${home.household}/card`)).card;
    const { content: now, entries } = await cardNow();
    const theirs = {
      ...now,
      staff: now?.staff.map((one) => ({ ...one, phone: '0746-5550222' })),
      base: entries.length,
    };
    const meanwhile = await page.request.post(`/api/household-cards/${card.id}/corrections`, {
      headers: { 'idempotency-key': crypto.randomUUID(), origin: site.front.url },
      data: { ...theirs, needs: [{ text: '想学用手机挂号', expressedOn: '2026-03-02' }] },
    });
    expect(meanwhile.ok(), await meanwhile.text()).toBe(true);
    await context.setOffline(false);
    await page.getByRole('link', { name: /待发 0.*需处理 1/ }).click();
    await refused.getByText('0746-5550222').waitFor();
    expect(await barriers(page)).toEqual([]);
    await refused.getByRole('radio', { name: /您写的.*0746-5550111/ }).check();
    await refused.getByRole('button', { name: '就这样保存' }).click();
    await page.getByRole('link', { name: '待发 0', exact: true }).waitFor();
    expect((await cardNow()).content).toMatchObject({
      staff: [{ phone: '0746-5550111' }],
      needs: [{ text: '想学用手机挂号' }],
    });
    // The card that the phone carries says what came of it.
    await page.getByRole('link', { name: '我的联系户' }).click();
    await page.getByRole('region', { name: '一号院' }).getByText('联系卡', { exact: true }).click();
    await page.getByRole('region', { name: '一号院' }).getByText('想学用手机挂号').first().waitFor();
    expect(await page.getByRole('region', { name: '一号院' }).textContent()).not.toContain('轮椅借用');

    // A new version waits while somebody writes, comes when asked for, and leaves everything where it was.
    const writing = page.getByRole('region', { name: '一号院' }).getByLabel('听到的需要');
    await writing.fill('正在写');
    await site.front.renew();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
    expect(await page.getByRole('button', { name: '点此更新' }).count()).toBe(0);
    await page.getByRole('link', { name: '待发 0', exact: true }).click();
    await page.getByRole('button', { name: '点此更新' }).click();
    await page.getByRole('heading', { name: '输入口令' }).waitFor();
    await openAgain(page, '/console/field');
    expect(await page.getByRole('region', { name: '一号院' }).getByLabel('听到的需要').inputValue()).toBe('正在写');

    // Logged out: the households are gone from the phone.
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('用户名').waitFor();
    expect(await keptNames(page)).toEqual([]);
    expect(errors).toEqual([]);
    await worker.close();
  });

  it('by three phones and an office in random order ends as some order of one after another would, and nothing vanishes', async () => {
    const seed = Number(process.env.LIANXIN_SEED ?? Date.now() % 1_000_000);
    const random = numbersFrom(seed);
    const pick = <T>(...from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    let calm = false;
    const weather = (): ReturnType<Weather> => (calm ? 'calm' : pick('calm', 'calm', 'lost', 'answer-lost', 'twice'));
    const sessions = await Promise.all([1, 2, 3].map(async () => sessionOf(site.server, 'nanqiao-v01-grid-leader-1')));
    const phones = await Promise.all(sessions.map(async (call) => fieldPhone(call, weather)));
    const [office, resident] = await Promise.all([
      sessionOf(site.server, 'nanqiao-v01-secretary'),
      sessionOf(site.server, 'nanqiao-v01-resident'),
    ]);
    const householdOf = async (call: Call) => {
      const [home] = (await call<typeof myHouseholdsRoute>('get', '/api/households/mine', {})).households;
      if (home === undefined) throw new Error('no household');
      return home;
    };
    const home = await householdOf(sessions[0] as Call);
    const said = (text: string) => ({
      about: home.label,
      household: home.household,
      text,
      asked: [],
    });
    const visit = (text: string): NewCommand => {
      const id = crypto.randomUUID();
      const json = { household: home.household, need: text, occurredAt: new Date().toISOString() };
      return { id, lane: id, command: { kind: 'visit', path: '/api/contact-visits', json, ...said(text) } };
    };
    // One need, heard on a visit before, that all three send as a matter.
    const shared = await (sessions[0] as Call)<typeof logVisitRoute>('post', '/api/contact-visits', {
      json: { household: home.household, need: '三部手机都听到的事', occurredAt: new Date().toISOString() },
      commandId: crypto.randomUUID(),
    });
    const sendShared = (): NewCommand => {
      const id = crypto.randomUUID();
      const params = { id: shared.id };
      return {
        id,
        lane: id,
        command: { kind: 'need', path: '/api/contact-visits/{id}/matter', params, json: {}, ...said('共同') },
      };
    };

    const written = new Map<string, string>();
    const running: Promise<unknown>[] = [];
    const ending = { asked: Infinity, done: Infinity };
    for (let step = 0; step < 60; step += 1) {
      const phone = pick(...phones);
      if (step === 5 || step === 15 || step === 25)
        await (phones[(step - 5) / 10] as FieldPhone).outbox.add([sendShared()]);
      else if (step === 40) {
        ending.asked = performance.now();
        const ended = office<typeof endAssignmentRoute>('post', '/api/contact-assignments/{id}/end', {
          params: { id: home.assignment ?? '' },
          json: { on: countyDay(), by: 'branch' },
          commandId: crypto.randomUUID(),
        });
        running.push(ended.then(() => (ending.done = performance.now())));
      } else if (random() < 0.5) {
        const made = visit(`第${step}步听到的事`);
        written.set(made.id, made.command.text);
        await phone.outbox.add([made]);
      } else {
        const round = phone.round();
        running.push(round);
        if (random() < 0.5) await round;
      }
    }
    await Promise.all(running);
    calm = true;
    for (const phone of phones) while ((await phone.round()) !== 'done') continue;

    const all = (await Promise.all(phones.map(async (phone) => phone.outbox.read()))).flat();
    const seen = new Map(phones.flatMap((phone) => [...phone.seen]));
    const when = (id: string) => ({
      firstSent: seen.get(id)?.firstSent ?? NaN,
      answered: seen.get(id)?.answered ?? NaN,
    });
    // Nothing vanished: every command has arrived, or stands refused with its reason.
    expect(all.length, `seed ${seed}`).toBe(written.size + 3);
    expect(
      all.filter((one) => one.state === 'waiting'),
      `seed ${seed}`,
    ).toEqual([]);
    const arrived = all.filter((one) => one.state === 'arrived');
    const refused = all.filter((one) => one.state === 'refused');
    // Nothing doubled: the household reads each arrived visit once, and no other.
    const atHome = (await householdOf(resident)).visits.filter((one) => one.need?.endsWith('步听到的事') === true);
    expect(atHome.map((one) => one.need).toSorted(), `seed ${seed}`).toEqual(
      arrived
        .filter((one) => one.command.kind === 'visit')
        .map((one) => one.command.text)
        .toSorted(),
    );
    // One of the three won; the others read why not.
    expect(
      arrived.filter((one) => one.command.kind === 'need'),
      `seed ${seed}`,
    ).toHaveLength(1);
    expect(refused.filter((one) => one.command.kind === 'need').map((one) => one.refusal?.faults[0]?.code)).toEqual([
      'already-done',
      'already-done',
    ]);
    // As in some serial order: what was answered before the office asked is accepted; what was sent after its answer is refused.
    const visits = all.filter((one) => one.command.kind === 'visit');
    const before = visits.filter((one) => when(one.id).answered < ending.asked);
    const after = visits.filter((one) => when(one.id).firstSent > ending.done);
    expect(before.every((one) => one.state === 'arrived')).toBe(true);
    expect(after.every((one) => one.refusal?.faults[0]?.code === 'not-the-contact')).toBe(true);
    expect(
      visits.some((one) => one.state === 'arrived') && visits.some((one) => one.state === 'refused'),
      `seed ${seed}`,
    ).toBe(true);
  });
});
