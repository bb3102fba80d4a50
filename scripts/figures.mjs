/**
 * The measured figures 实测数字: `reliability/figures.json` holds them, the two READMEs print them. Nobody types a figure into a README;
 * a house test keeps the three equal.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const file = path.join(root, 'reliability/figures.json');
const marks = ['<!-- figures: made by npm run campaign -->', '<!-- end of figures -->'];

/** The promises that a campaign can show, in the order in which they are printed. */
const promises = {
  calls: { en: 'It answers sensibly to nonsense', zh: '乱来的请求也得到明白的答复' },
  F1: { en: 'Nothing answered is lost when the server is killed', zh: '服务器被强行结束，答复过的不丢' },
  F2: { en: 'Nothing answered is lost when the database is killed', zh: '数据库被强行结束，答复过的不丢' },
  F3: { en: 'Nothing answered is lost when the power goes', zh: '断电也好，两者同时被结束也好，答复过的不丢' },
  F4: { en: 'A database that restarts is waited for', zh: '数据库重启时请人稍候，随即恢复' },
  F5: { en: 'Impatience doubles nothing', zh: '重复提交再多，只办一次' },
  F7: { en: 'A bad network loses nothing and doubles nothing', zh: '网络再差，也不丢不重' },
};

/** Every figure that was measured, by the promise it shows. */
export const readFigures = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** The table of figures in a language; a promise that was not measured says so. */
export const tableOf = (figures, language) => {
  const zh = language === 'zh';
  const rows = Object.entries(promises).map(([id, promise]) => {
    const one = figures[id];
    const none = zh ? '尚未测量' : 'not yet measured';
    return `| ${promise[language]} | ${one?.[language] ?? none} | ${one === undefined ? '' : `\`${one.command}\`, ${one.date}`} |`;
  });
  const head = zh ? '| 承诺 | 实测 | 怎样重做 |' : '| promise | figure | how to repeat it |';
  return [head, '|---|---|---|', ...rows].join('\n');
};

/** A README with its table made anew. */
export const withFigures = (text, figures, language) => {
  const [before, after] = [text.split(marks[0])[0], text.split(marks[1])[1]];
  if (after === undefined) throw new Error('the README has no place for figures');
  return `${before}${marks[0]}\n\n${tableOf(figures, language)}\n\n${marks[1]}${after}`;
};

/** The READMEs and the language of each. */
export const readmes = { 'README.md': 'en', 'README.zh-CN.md': 'zh' };

/** Keeps one figure, with what is needed to repeat it, and prints it into the READMEs. */
export const keepFigure = (id, figure) => {
  if (!(id in promises)) throw new Error(`no such promise: ${id}`);
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const processor = os.cpus()[0]?.model ?? '?';
  const kept = {
    ...readFigures(),
    [id]: {
      ...figure,
      commit: git('rev-parse', '--short', 'HEAD'),
      date: new Date().toISOString().slice(0, 10),
      machine: `${os.cpus().length} × ${processor}, Node ${process.versions.node}`,
    },
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  for (const [name, language] of Object.entries(readmes))
    writeFileSync(path.join(root, name), withFigures(readFileSync(path.join(root, name), 'utf8'), kept, language));
};
