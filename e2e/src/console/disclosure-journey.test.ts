import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.js';
import { startServer, type RunningServer } from '../server.js';
import { findVillage, visit } from '../portal/visitor.js';
import { comeToWork, desk, phone } from './worker.js';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), startServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('month-end disclosure (V3) and a resident who reads (R2)', () => {
  it('goes from the ledger by the committee’s check to the board, is asked about without a script, and is answered', async () => {
    // The third village has its accounts entered and has published nothing: the township sees it late.
    const leader = await comeToWork(browser, server, 'nanqiao-leader', desk);
    await leader.go('/disclosures');
    const row = leader.page.locator('.records tbody tr').nth(2);
    await row.waitFor();
    expect(await row.textContent()).toContain('财务收支');
    await leader.close();

    const cadre = await comeToWork(browser, server, 'nanqiao-v03-director', desk);
    await cadre.go('/disclosures');
    await cadre.page.getByRole('button', { name: '从台账拟稿' }).first().click();
    await cadre.page.getByText('表格 8 行，取自台账').waitFor();
    await cadre.page.getByRole('button', { name: '送审' }).click();
    await cadre.page.getByText('待审核').waitFor();

    const supervisor = await comeToWork(browser, server, 'nanqiao-v03-supervision', phone);
    await supervisor.go('/');
    await supervisor.page.getByText(/请审核：.*财务收支/).click();
    await supervisor.page.getByLabel('审核意见').fill('账证相符');
    await supervisor.page.getByRole('button', { name: '审核同意' }).click();
    await supervisor.page.getByText('账证相符').waitFor();
    await supervisor.close();

    await cadre.go('/disclosures');
    await cadre.page.getByRole('button', { name: '公布', exact: true }).click();
    await cadre.page.getByText('公布了，还没有上墙').waitFor();
    await cadre.page.getByLabel('张贴地点').fill('村部公开栏');
    await cadre.page.getByRole('button', { name: '记上墙', exact: true }).click();
    await cadre.page.getByText(/上墙 · /).waitFor();
    const address = await cadre.page.getByRole('link', { name: '公开页' }).getAttribute('href');

    const resident = await visit(browser, server, { width: 360, language: 'zh-CN', scripts: false });
    await resident.go(address ?? '');
    await resident.page.getByRole('figure', { name: /按类别的收入和支出/ }).waitFor();
    expect(await resident.page.locator('.board-table').first().textContent()).toContain('演*');
    await resident.page.getByLabel('想问什么').fill('路灯装在哪几处？');
    await resident.page.getByRole('button', { name: '交上去' }).click();
    await resident.page.getByText('已收到，问题和答复都会写在本页。').waitFor();

    await cadre.go('/disclosures');
    await cadre.page.getByLabel('答复').fill('在一组到三组的主路上。');
    await cadre.page.getByRole('button', { name: '答复', exact: true }).click();
    await cadre.page.getByText('没有等答复的。').waitFor();
    expect(cadre.complaints).toEqual([]);
    await cadre.close();

    await resident.go(address ?? '');
    await resident.page.getByText('答复：在一组到三组的主路上。').waitFor();
    const wall = await resident.page.request.get(`${address}/wall.pdf`);
    expect((await wall.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const first = await findVillage(resident, '东安县', '南桥镇');
    await resident.go(`${first}/board`);
    expect(await resident.page.locator('.board-table').textContent()).toContain('已按期公布');
    expect(resident.complaints).toEqual([]);
    await resident.close();
  });
});
