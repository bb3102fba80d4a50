import { wallSheetOf, type Paper } from '@lianxin/server';
import { plainDate } from '@lianxin/domain';
import { median } from './figures.js';

/**
 * How long a wall sheet takes, in seconds: the accounts of a quarter as an A3 print with its font and code inside. Asked: at most 2 s.
 *
 *   npx tsx --conditions=source bench/src/wall-sheet.ts [rows] [rounds]
 */
const rows = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 5);

const accounts: Paper = {
  title: '关于公布2026年第三季度财务收支情况的公告',
  issuer: '茶友会秘书处',
  date: plainDate('2026-10-08'),
  blocks: [
    {
      kind: 'table',
      head: ['日期', '凭证号', '事由', '收入（元）', '支出（元）'],
      widths: [2, 1, 5, 2, 2],
      rows: Array.from({ length: rows }, (_, at) => [
        '2026-08-01',
        String(at + 1),
        '茶室照明维修材料费',
        '',
        '1,280.00',
      ]),
      right: [3, 4],
    },
  ],
  code: { text: 'https://lianxin.example/disclosures/1', caption: '扫码看原文、提问、提异议' },
};

const taken: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const started = performance.now();
  await wallSheetOf(accounts);
  taken.push((performance.now() - started) / 1000);
}
console.log(JSON.stringify({ rows, median: median(taken), asked: 2, rounds: taken }));
