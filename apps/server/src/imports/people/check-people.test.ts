import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { registerCounty, villageOf } from '@lianxin/testkit/database';
import { peopleSheet } from './columns.js';
import { dryRunPeople } from './import-people.js';
import { reportOf, reportSheet } from './report.js';
import { peopleTemplate } from './template.js';
import { cellsOf, codes, idNumber, importCounty, keeper, village } from './test-pack/import-county.js';

const { otherTown, county } = registerCounty;
const { check, server, state } = importCounty();

describe('checking a file of people 试导入', () => {
  it('tells row, column, reason and suggestion, and writes nothing', async () => {
    const before = await state();
    const good = { name: '甲', village };
    const checked = await check([
      { village },
      { ...good, sex: '其他' },
      { ...good, birthDate: '1980-02-30' },
      { ...good, birthDate: '2999-01-01' },
      { ...good, idNumber: `${idNumber(1).slice(0, 17)}${idNumber(1).endsWith('0') ? '1' : '0'}` },
      { ...good, idNumber: idNumber(2), sex: '男' },
      { ...good, name: '乙', idNumber: idNumber(3), birthDate: '1980-01-02' },
      { ...good, idNumber: 320102198001010000 },
      { ...good, phone: '12345' },
      { ...good, village: '第1屯' },
      { ...good, name: { formula: 'A1' } },
      { ...good, group: '十' },
      { ...good, post: '网格长' },
      { ...good, member: '是' },
      { ...good, body: '第一网格', post: '书记', from: '2026-01-01' },
      { ...good, body: '第一格网', post: '网格长', from: '2026-01-01' },
      { ...good, name: '名'.repeat(41) },
      { ...good, body: '第一网格', post: '网格长', from: '2026-05-01', to: '2026-01-01' },
    ]);
    expect(codes(checked)).toEqual([
      '2 姓名 cell-value-missing',
      '3 性别 cell-value-unknown',
      '4 出生日期 cell-date-invalid',
      '5 出生日期 cell-date-ahead',
      '6 身份证号 identity-number-check',
      '7 性别 identity-number-sex',
      '8 出生日期 identity-number-birth',
      '9 身份证号 cell-number-rounded',
      '10 电话 phone-invalid',
      '11 村（社区） village-unknown',
      '12 姓名 cell-formula',
      '13 村民小组 cell-value-unknown',
      '14 任职组织 column-needs-column',
      '14 任期起 column-needs-column',
      '15 所在党支部 column-needs-column',
      '16 岗位 post-unknown',
      '17 任职组织 import-body-unknown',
      '18 姓名 cell-too-long',
      '19 任期止 period-reversed',
    ]);
    expect(checked.refusedRows).toBe(18);
    const report = reportOf(checked, 'zh-CN');
    expect(report.ready).toBe(false);
    expect(report.problems.find((one) => one.code === 'village-unknown')?.suggestion).toContain('第1村');
    expect(report.problems.find((one) => one.code === 'import-body-unknown')?.suggestion).toContain('第一网格');
    for (const problem of report.problems) expect(problem.why.length * problem.suggestion.length).toBeGreaterThan(0);
    expect(await state()).toBe(before);
  });

  it('gives the report as xlsx without any personal number and without a cell that starts like a formula', async () => {
    const checked = await check([{ name: '甲', village: '=1+1', idNumber: `${idNumber(7).slice(0, 16)}99` }]);
    const [head, ...lines] = await cellsOf(await reportSheet(checked, 'zh-CN'));
    expect(head).toEqual(['行', '列', '原因', '建议', '影响', '代码']);
    expect(lines.length).toBe(checked.problems.length);
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
    expect(JSON.stringify(lines)).not.toContain(idNumber(7).slice(0, 14));
  });

  it('reads a village by code, by name, or by township and name, and asks back when a name stands twice', async () => {
    const { owner } = server().database;
    await owner.query(
      `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
       values ('999902002201', '第2村', '第2村', 'village', 'village', $1, $2, 'made up', '2020-01-01')`,
      [otherTown, county],
    );
    const rows = [village, '第1村', '册镇第2村', '邻镇第2村', '第2村'].map((name, at) => ({
      name: `村问${at}`,
      village: name,
    }));
    const checked = await check(rows);
    expect(codes(checked)).toEqual(['6 村（社区） village-ambiguous']);
    expect(checked.planned.map(({ division }) => division)).toEqual([village, village, villageOf(2), '999902002201']);
    expect(reportOf(checked, 'en').problems[0]?.suggestion).toContain(`${villageOf(2)} 册镇第2村`);
  });

  it('reads days as people and programs write them', async () => {
    for (const birthDate of ['1980-01-01', '1980/1/1', '1980年1月1日', '19800101', 29_221, '１９８０．１．１']) {
      const checked = await check([{ name: '甲', village, birthDate, idNumber: idNumber(8) }]);
      expect(codes(checked)).toEqual([]);
    }
  });

  it('refuses a file without the headings, with a strange or doubled one, or without rows', async () => {
    const of = async (heads: readonly string[], row: readonly string[]): Promise<string> => {
      const book = new exceljs.Workbook();
      const sheet = book.addWorksheet(peopleSheet);
      sheet.addRow([...heads]);
      if (row.length > 0) sheet.addRow([...row]);
      const done = await dryRunPeople(server().deps, {
        actor: keeper,
        bytes: new Uint8Array(await book.xlsx.writeBuffer()),
      });
      return done.ok ? 'read' : done.faults.map((one) => one.code).join();
    };
    expect(await of(['姓名'], ['甲'])).toBe('import-heading-missing');
    expect(await of(['姓名', '村（社区）', '宗教'], ['甲', village])).toBe('import-heading-unknown');
    expect(await of(['姓名', '村（社区）', '姓名'], ['甲', village])).toBe('import-heading-twice');
    expect(await of(['姓名', '村（社区）'], [])).toBe('import-empty');
    expect(await of(['Name', 'Village'], ['甲', village])).toBe('read');
  });

  it('offers a template that the check reads, with allowed values and notes', async () => {
    const bytes = await peopleTemplate();
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([peopleSheet, '填写说明']);
    expect(book.worksheets[0]?.getCell('B2').dataValidation?.formulae).toEqual(['"男,女"']);
    expect(book.worksheets[0]?.getColumn(4).numFmt).toBe('@');
    const done = await dryRunPeople(server().deps, { actor: keeper, bytes });
    expect(done.ok ? '' : done.faults[0]?.code).toBe('import-empty');
  });
});
