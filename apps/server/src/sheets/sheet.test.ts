import { Workbook } from 'exceljs';
import * as fc from 'fast-check';
import readSpreadsheet from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { safeCell, sheetOf } from './sheet.js';

const read = async (bytes: Uint8Array) => {
  const book = new Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
};

describe('exported sheets', () => {
  it('writes no cell that a spreadsheet could take for a formula', async () => {
    const evil = ['=HYPERLINK("http://x")', '+86 138', '-1+1', '@SUM(A1)', '\tx', '\rx', '正常'];
    const sheet = await read(await sheetOf('清单', [{ title: '内容', value: (row: string) => row }], evil));
    const cells = evil.map((_, at) => sheet.getRow(at + 2).getCell(1));
    for (const cell of cells) expect(cell.text).not.toMatch(/^[=+\-@\t\r]/u);
    expect(cells.at(-1)?.value).toBe('正常');
    fc.assert(fc.property(fc.string(), (text) => !/^[=+\-@\t\r]/u.test(safeCell(text))));
  });

  it('keeps numbers as numbers and marks red what is overdue', async () => {
    const sheet = await read(
      await sheetOf('台账/2026', [{ title: '超期天数', value: (row: number) => row, red: (row) => row > 0 }], [3, 0]),
    );
    expect(sheet.name).toBe('台账 2026');
    expect(sheet.getRow(2).getCell(1).value).toBe(3);
    expect(sheet.getRow(2).getCell(1).font?.color?.argb).toBe('FFC00000');
    expect(sheet.getRow(3).getCell(1).font?.color).toBeUndefined();
  });

  it('are read by a library that is not the one they were written with: names, texts, numbers, empty cells', async () => {
    const rows = [
      { name: '上茶村 & <一组>', days: 3, note: null },
      { name: '=1+1', days: 0.5, note: '“引号”\n第二行' },
    ];
    const bytes = await sheetOf(
      '台账/2026',
      [
        { title: '村', value: (row: (typeof rows)[number]) => row.name },
        { title: '天数', value: (row) => row.days },
        { title: '说明', value: (row) => row.note },
      ],
      rows,
    );
    expect(await readSpreadsheet(Buffer.from(bytes))).toEqual([
      {
        sheet: '台账 2026',
        data: [
          ['村', '天数', '说明'],
          ['上茶村 & <一组>', 3, null],
          ["'=1+1", 0.5, '“引号”\n第二行'],
        ],
      },
    ]);
  });
});
