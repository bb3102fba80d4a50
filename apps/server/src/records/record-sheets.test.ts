import type { LedgerPage, RecordImport, RecordRow } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, teaCounty } from '@lianxin/testkit/database';
import { cellsOf, room, rooms, sheet, teaRooms, type Line } from './test-pack/tea-rooms.js';

const { upper, lower } = teaCounty.divisions;
const { as, enter, sendSheet, standing } = teaRooms(['upperClerk', 'lowerClerk']);

describe('ledgers and sheets', () => {
  it('a ledger counts the choices and adds up, and its sheet holds the same', async () => {
    await enter({ ...room('下茶', 'afternoon', 5), division: lower }, 'lowerClerk');
    const own = (await (await as('lowerClerk').get(`${rooms}/ledgers/by-slot?division=${lower}`)).json()) as LedgerPage;
    expect(own).toMatchObject({
      columns: ['茶室', '座位'],
      rows: [{ cells: ['下茶', '5'] }],
      groups: [
        { title: '上午', rows: 0 },
        { title: '下午', rows: 1 },
      ],
      sums: [{ title: '座位', total: 5 }],
    });
    const exported = await cellsOf(await as('lowerClerk').get(`${rooms}/ledgers/by-slot/sheet.xlsx?division=${lower}`));
    expect(exported).toEqual([
      ['茶室', '座位'],
      ['下茶', '5'],
      ['合计', 1],
      ['上午', 0],
      ['下午', 1],
      ['座位', 5],
    ]);
  });

  it('a dry run reports row, column, reason and suggestion and keeps nothing; with a fault nothing at all is taken in', async () => {
    const bytes = await sheet([
      ['导一', '上午', 6, '2026/3/1'],
      ['导二', '夜里', '六', null],
      ['导一', '上午', 6, null],
    ]);
    const before = await standing();
    const dry = await sendSheet(bytes, true);
    expect(dry.status).toBe(200);
    const report = (await dry.json()) as RecordImport;
    expect(report).toMatchObject({ rows: 1, imported: 0 });
    expect(report.faults.map((each) => [each.row, each.column, each.suggestion])).toEqual([
      [3, '时段', '可以填：上午、下午'],
      [3, '座位', '只填数字，不带单位'],
      [4, '茶室', '还可以选：下午。'],
    ]);
    const real = await sendSheet(bytes, false);
    expect(real.status).toBe(200);
    expect(await standing()).toBe(before);
    const asSheet = await cellsOf(await sendSheet(bytes, true, 'upperClerk', 'import-report.xlsx'));
    expect(asSheet[0]).toEqual(['行', '栏目', '原因', '建议']);
    expect(asSheet).toHaveLength(4);
  });

  it('a repaired sheet is taken in whole, and an export comes back as nothing but taken keys', async () => {
    const lines = Array.from({ length: 200 }, (_, at): Line => [
      `=室${at}`,
      at % 2 === 0 ? '上午' : '下午',
      6,
      '2026年3月1日',
    ]);
    const answer = await sendSheet(await sheet(lines), false, 'lowerClerk', 'import', lower);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ rows: 200, imported: 200, faults: [] });
    const page = await as('lowerClerk').get(`${rooms}/records?division=${lower}&limit=2`);
    const { records } = (await page.json()) as { records: RecordRow[] };
    expect(records[1]?.fields).toEqual({ room: '=室0', slot: 'morning', seats: 6, opened: '2026-03-01' });
    const exported = await as('lowerClerk').get(`${rooms}/records.xlsx?division=${lower}`);
    const again = await sendSheet(new Uint8Array(await exported.arrayBuffer()), false, 'lowerClerk', 'import', lower);
    const report = (await again.json()) as RecordImport;
    expect(report).toMatchObject({ rows: 0, imported: 0 });
    expect(report.faults).toHaveLength(201);
  });

  it('the template has the columns of the register, and a file that is no sheet is refused', async () => {
    expect(await cellsOf(await as('upperClerk').get(`${rooms}/template.xlsx?division=${upper}`))).toEqual([
      ['茶室', '时段', '座位', '启用日期'],
    ]);
    const answer = await sendSheet(new TextEncoder().encode('no sheet'), true);
    expect(await codesOf(answer)).toEqual(['sheet-unreadable']);
  });
});
