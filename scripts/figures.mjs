/**
 * The measured figures 实测数字: `reliability/figures.json` holds them, the two READMEs print them. Nobody types a figure into a README;
 * a house test keeps the three equal.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { faults } from './faults.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const file = path.join(root, 'reliability/figures.json');
const marks = ['<!-- figures: made by npm run campaign -->', '<!-- end of figures -->'];
const faultMarks = ['<!-- faults: made by npm run campaign -->', '<!-- end of faults -->'];
const benchMarks = ['<!-- performance: made by npm run bench -- --record -->', '<!-- end of performance -->'];

/** The promises that a campaign can show, in the order in which they are printed. */
const promises = {
  calls: { en: 'It answers sensibly to nonsense', zh: '乱来的请求也得到明白的答复' },
  F1: { en: 'Nothing answered is lost when the server is killed', zh: '服务器被强行结束，答复过的不丢' },
  F2: { en: 'Nothing answered is lost when the database is killed', zh: '数据库被强行结束，答复过的不丢' },
  F3: { en: 'Nothing answered is lost when the power goes', zh: '断电也好，两者同时被结束也好，答复过的不丢' },
  F4: { en: 'A database that restarts is waited for', zh: '数据库重启时请人稍候，随即恢复' },
  F5: { en: 'Impatience doubles nothing', zh: '重复提交再多，只办一次' },
  F7: { en: 'A bad network loses nothing and doubles nothing', zh: '网络再差，也不丢不重' },
  F9: { en: 'A file that must be whole is whole, whatever the disk does', zh: '磁盘出任何错，文件要么完整要么没有' },
  F11: {
    en: 'A full disk stops what is new, not the reading, and is over once there is room',
    zh: '磁盘满了只停新办，不停查阅；腾出空间即恢复',
  },
  F13: { en: 'A wrong clock confuses nothing', zh: '时钟错了，事情不乱' },
  F14: {
    en: 'Two servers, an exchange, a new schema: nobody notices',
    zh: '两台同时办、轮流换、改结构，办事的人察觉不到',
  },
  F15: { en: 'A worker that dies sends nothing three times', zh: '办理外发的进程死掉，同一封信至多两次' },
  F17: { en: 'A county comes back on an empty machine', zh: '空机器上恢复全县，凭条照样核对' },
  'ballot-links': { en: 'A ballot cannot be traced', zh: '谁投了什么，对不上号' },
  'ballot-worlds': { en: 'Nor told from another one', zh: '换了两个人的选择，旁人看到的一模一样' },
  'ballot-model': { en: 'Everybody counts once, on paper or phone', zh: '纸票手机票，一人只算一次' },
  'ballot-tokens': { en: 'Tokens are what the standard says', zh: '选票令牌合乎标准' },
};

/** What the bench measures beside its references, in the order in which it is printed. */
const measures = {
  'P1/16': {
    en: 'request intake, 16 connections ÷ pgbench, five round trips',
    zh: '收件（16 连接）÷ pgbench 五次往返',
  },
  'P1/64': { en: 'request intake, 64 connections ÷ pgbench', zh: '收件（64 连接）÷ pgbench' },
  'P2/Directus': { en: 'request intake ÷ Directus create with activity', zh: '收件 ÷ Directus 新建（记活动）' },
  'P2/NocoBase': { en: 'request intake ÷ NocoBase create without audit', zh: '收件 ÷ NocoBase 新建（不记审计）' },
  P3: { en: 'intake all in one county ÷ spread out', zh: '收件集中一县 ÷ 分散各县' },
  P4: { en: 'intake with the verifiable log at work ÷ held back', zh: '收件（可验证记录工作）÷ 暂停' },
  'P5/pgbench': { en: 'filtered page of 50 ÷ pgbench covering page', zh: '筛选一页 50 行 ÷ pgbench 覆盖索引页' },
  'P5/Directus': {
    en: 'filtered page of 50 ÷ Directus, indexed by hand',
    zh: '筛选一页 50 行 ÷ 手工建索引的 Directus',
  },
  'P6/county': { en: 'p50 of the page, county range, large ÷ a hundredth', zh: '该页中位时间（县）：大量 ÷ 百分之一' },
  'P6/township': { en: 'the same, township range', zh: '该页中位时间（乡镇）' },
  'P6/village': { en: 'the same, village range', zh: '该页中位时间（村）' },
  'P6/intake': { en: 'intake beside a large stock ÷ beside a hundredth', zh: '收件：存量大 ÷ 百分之一' },
  P8: { en: 'import of all divisions ÷ COPY with key', zh: '导入全部区划 ÷ 带主键 COPY' },
  'P8/subtree': { en: 'subtree count ÷ text range', zh: '下辖统计 ÷ 文本区间' },
  'P8/open': { en: 'open requests of the whole installation, from counters', zh: '全库在办件数（计数器）' },
  'P9/start': { en: 'cold start ÷ Directus', zh: '冷启动 ÷ Directus' },
  'P9/memory': { en: 'idle memory ÷ Directus', zh: '空闲内存 ÷ Directus' },
  'P10/portal': { en: 'first load of a resident’s page, gzipped', zh: '群众页首次加载（压缩）' },
  'P10/console': {
    en: 'first-load JavaScript of the console, gzipped ÷ Directus',
    zh: '工作台首载脚本（压缩）÷ Directus',
  },
  'P10/install-time': {
    en: 'production install on an external PostgreSQL, time ÷ Directus',
    zh: '生产安装（外部 PostgreSQL）时间 ÷ Directus',
  },
  'P10/install-time-embedded': {
    en: 'the same with the embedded PostgreSQL, time ÷ Directus without any',
    zh: '同上，含内置 PostgreSQL，时间 ÷ Directus（不含数据库）',
  },
  'P10/install-size': {
    en: 'production install on an external PostgreSQL, size ÷ Directus',
    zh: '生产安装（外部 PostgreSQL）体积 ÷ Directus',
  },
  'P10/install-size-embedded': {
    en: 'the same with the embedded PostgreSQL, size ÷ Directus without any',
    zh: '同上，含内置 PostgreSQL，体积 ÷ Directus（不含数据库）',
  },
  P11: { en: 'a ruling on a matter with 50 acts', zh: '对 50 条记录的事项作一次裁定' },
  P12: { en: 'projections derived from facts ÷ COPY', zh: '由事实重算投影 ÷ COPY' },
};

/** Every figure that was measured, by the promise it shows; those of the bench under `bench`, by their id. */
export const readFigures = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** Says so where a figure was taken while others were at work: its times are longer than on a machine of one's own. */
const whenBusy = (figure, language) => (figure?.busy ? (language === 'zh' ? '（机器忙时）' : ' (machine busy)') : '');

/** The table of figures in a language; a promise that was not measured says so. */
export const tableOf = (figures, language) => {
  const zh = language === 'zh';
  const rows = Object.entries(promises).map(([id, promise]) => {
    const one = figures[id];
    const none = zh ? '尚未测量' : 'not yet measured';
    return `| ${promise[language]} | ${one?.[language] ?? none}${whenBusy(one, language)} | ${one === undefined ? '' : `\`${one.command}\`, ${one.date}`} |`;
  });
  const head = zh ? '| 承诺 | 实测 | 怎样重做 |' : '| promise | figure | how to repeat it |';
  return [head, '|---|---|---|', ...rows].join('\n');
};

const middle = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** The table of what the bench measured, ratio and both sides; what was not measured says so, and what was taken on a busy machine too. */
export const performanceTable = (figures, language) => {
  const zh = language === 'zh';
  const rows = Object.entries(measures).map(([id, title]) => {
    const one = figures.bench?.[id];
    if (one === undefined) return `| ${id} ${title[language]} | ${zh ? '尚未测量' : 'not yet measured'} | | |`;
    const theirs =
      one.reference.rounds.length === 0 ? '—' : `${short(middle(one.reference.rounds))} ${one.reference.unit}`;
    const ratio = one.ratio === null ? '—' : one.ratio.toFixed(2);
    return `| ${id} ${title[language]} | ${ratio}${whenBusy(one, language)} | ${one.asked} | ${short(middle(one.ours.rounds))} ${one.ours.unit} ÷ ${theirs} |`;
  });
  const head = zh ? '| 指标 | 比值 | 目标 | 我方 ÷ 参照 |' : '| figure | ratio | asked | ours ÷ reference |';
  return [head, '|---|---|---|---|', ...rows].join('\n');
};

/** Keeps what the bench measured beside what it measured before, and prints the READMEs anew. */
export const keepBench = (measured, command) => {
  const before = readFigures();
  const bench = { ...before.bench };
  for (const figure of measured) bench[figure.id] = { ...figure, command, busy: isBusy(), ...circumstances() };
  write({ ...before, bench });
};

/** What was made to go wrong, fault by fault, for whoever looks after a county's machines: in both languages, since one page is what is handed round. */
const faultTable = (figures) => {
  const rows = Object.entries(faults).map(([id, { what, how, rounds }]) => {
    const one = figures[id];
    const result =
      one === undefined
        ? '尚未测量 not yet measured'
        : `${one.zh}${whenBusy(one, 'zh')}<br>${one.en}${whenBusy(one, 'en')}`;
    const when = one === undefined ? '' : `${one.date}, \`${one.commit}\`, ${one.machine}<br>\`${one.command}\``;
    return `| ${id} | ${what.zh}<br>${what.en} | ${how.zh}<br>${how.en} | ${rounds} | ${result} | ${when} |`;
  });
  const head =
    '| 编号 | 出什么事 what happens | 怎样造成 how | 计划次数 planned | 结果 result | 何时、何机、怎样重做 when, where, how to repeat |';
  return [head, '|---|---|---|---|---|---|', ...rows].join('\n');
};

const between = (whole, [begin, end], table) => {
  const [before, after] = [whole.split(begin)[0], whole.split(end)[1]];
  if (after === undefined) throw new Error(`there is no place ${begin}`);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
};

const readmeIn = (language) => (text, figures) =>
  between(between(text, marks, tableOf(figures, language)), benchMarks, performanceTable(figures, language));

/** The pages that show figures, and what makes their tables anew. */
export const pages = {
  'README.md': readmeIn('en'),
  'README.zh-CN.md': readmeIn('zh'),
  'reliability/README.md': (text, figures) => between(text, faultMarks, faultTable(figures)),
};

/** Whether others are at work on this machine: a measurement itself keeps about one and a half runs waiting on a processor. */
const isBusy = () => os.loadavg()[2] > os.cpus().length * 2.5;

/** What a figure was measured on. */
export const circumstances = () => {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  return {
    commit: git('rev-parse', '--short', 'HEAD'),
    date: new Date().toISOString().slice(0, 10),
    machine: `${os.cpus().length} × ${os.cpus()[0]?.model ?? '?'}, Node ${process.versions.node}`,
  };
};

const write = (kept) => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  for (const [name, anew] of Object.entries(pages)) {
    const page = path.join(root, name);
    writeFileSync(page, anew(readFileSync(page, 'utf8'), kept));
  }
};

/** Keeps one figure, with what is needed to repeat it, and prints it into the READMEs. */
export const keepFigure = (id, figure) => {
  if (!(id in promises)) throw new Error(`no such promise: ${id}`);
  write({ ...readFigures(), [id]: { ...figure, busy: isBusy(), ...circumstances() } });
};
