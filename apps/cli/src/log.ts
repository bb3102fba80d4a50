import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkLog,
  exportLog,
  logCounties,
  logYears,
  publishCounty,
  sealCounty,
  type Finding,
  type LogCheck,
} from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin log check [--county CODE] [--evidence FILE]… [--json]   从日志到签名逐层核对全部册 · check every log from the journal up
  lianxin log export [--county CODE] [--year YEAR] [--out FOLDER]  导出整册，供任何人离线核对 · export whole logs for anybody to check
  lianxin log seal [--county CODE]                                立即入册并签名 · seal and sign now`;

/** What was found, for people. */
const findingWords: Readonly<Record<Finding['what'], string>> = {
  'journal-entry-missing': '册上有页，日志里没有对应的记录 · the leaf’s journal entry is gone',
  'journal-entry-changed': '日志记录与册上不符 · the journal entry is not what was sealed',
  'journal-entry-unknown-place': '日志记录声称的位置不存在 · the entry claims a place that is not its own',
  'journal-entry-back-dated': '入册晚于其日期(倒签，或服务器时钟有误) · entered later than its date says',
  'leaf-missing': '缺页 · a leaf is missing',
  'leaf-unreadable': '页面无法辨认 · the leaf cannot be read',
  'leaf-hash-wrong': '页面与其哈希不符 · the leaf does not have its hash',
  'leaf-columns-wrong': '页面与其列不符 · the leaf does not agree with its row',
  'leaf-kind-wrong': '页面种类不合规定 · the leaf does not fit its kind',
  'leaf-order-wrong': '本单位的编号或前页不对 · number or predecessor in its division is wrong',
  'opening-wrong': '首页不对 · the first leaf is wrong',
  'previous-year-changed': '上一年的册与首页所记不符 · the year before is not what the first leaf says',
  'private-root-wrong': '当日存证与其页不符 · the entries of the day do not have its root',
  'private-count-wrong': '当日条数不符 · the number of the day is wrong',
  'audit-rows-changed': '当日的查阅记录与册上不符(被删改) · who-read-what of a day is not what was sealed',
  'cosignature-wrong': '见证签名不是见证人所签 · not the witness’s signature',
  'certificate-changed': '证书与其页不符 · the certificate is not what its leaf says',
  'tile-wrong': '册块与页面不符 · the tile is not that of the leaves',
  'checkpoint-root-wrong': '册首与页面不符 · the checkpoint is not that of the leaves',
  'checkpoint-beyond-log': '册首所记比册还长 · the checkpoint is beyond the log',
  'checkpoint-not-signed': '签名不是公布的公钥所签 · not signed by the published key',
  'key-replaced': '签名密钥已被更换 · the signing key was replaced',
  'signed-more-than-there-is': '签过的比现存的多(有删除或旧备份) · more was signed than there is',
  'signed-something-else': '签过的与现存的不同 · what was signed is not what is there',
  'evidence-contradicts': '与外部持有的证据矛盾(分叉) · contradicts what somebody outside holds (fork)',
};

/** `lianxin log`: checks the public log from the bottom up, or seals at once. Exit code 1 when anything was found. */
export const run: RunCommand = async (args, io) => {
  const [action, ...rest] = args;
  if (action !== 'check' && action !== 'seal' && action !== 'export') {
    io.err(usage);
    return 2;
  }
  const { values } = parseArgs({
    args: [...rest],
    options: {
      county: { type: 'string' },
      evidence: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      year: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const evidence = (values.evidence ?? []).map((name) => ({
    name,
    text: readFileSync(path.resolve(io.cwd, name), 'utf8'),
  }));
  return withServerParts(io, async ({ deps }) => {
    const counties = values.county === undefined ? await logCounties(deps) : [values.county];
    if (action === 'seal') {
      for (const county of counties) {
        const { leaves, entries } = await sealCounty(deps, county);
        const signed = await publishCounty(deps, county);
        io.out(`${county}: ${entries} 条入册 entries, ${leaves} 页 leaves, ${signed.length} 次签名 checkpoints`);
      }
      return 0;
    }
    if (action === 'export') {
      const folder = path.resolve(io.cwd, values.out ?? '.');
      mkdirSync(folder, { recursive: true });
      for (const county of counties) await exportYears(deps, county, values.year, folder, io);
      return 0;
    }
    const checks: LogCheck[] = [];
    for (const county of counties) checks.push(await checkLog(deps, county, evidence));
    if (values.json === true) io.out(JSON.stringify(checks, null, 2));
    else for (const check of checks) tell(io, check);
    return checks.every((check) => check.findings.length === 0) ? 0 : 1;
  });
};

/** Writes each year's log of a county to a file of its own, piece by piece; a file has its name only when it is whole and on disk. */
const exportYears = async (
  deps: Parameters<typeof exportLog>[0],
  county: string,
  only: string | undefined,
  folder: string,
  io: CommandIo,
): Promise<void> => {
  for (const year of await logYears(deps, county)) {
    if (only !== undefined && String(year) !== only) continue;
    const file = path.join(folder, `${county}-${year}.lianxin-log`);
    const part = `${file}.${process.pid}.part`;
    const descriptor = openSync(part, 'w');
    try {
      // Not writeSync, which on a disk that is nearly full writes a part and says so only by a number.
      const exported = await exportLog(deps, county, year, (piece) => writeFileSync(descriptor, piece));
      if (exported === undefined) continue;
      fsyncSync(descriptor);
      renameSync(part, file);
      io.out(`${file}: ${exported.leaves} 页 leaves, ${exported.entries} 条当日存证 entries of days`);
    } finally {
      closeSync(descriptor);
      rmSync(part, { force: true });
    }
  }
};

const tell = (io: CommandIo, check: LogCheck): void => {
  const { county, leaves, entries, erased, findings, firstBad } = check;
  const mark = findings.length === 0 ? '✓' : '✗';
  io.out(`${mark} ${county}: ${leaves} 页 leaves, ${entries} 条 entries, ${findings.length} 处问题 findings`);
  if (erased > 0) io.out(`  ${erased} 条已依法删除，无法再比对 entries were erased and can no longer be compared`);
  if (firstBad !== null)
    io.out(`  最早的问题 first bad: ${firstBad.year} 年第 ${firstBad.index} 页 index ${firstBad.index}`);
  for (const finding of findings) {
    const place = finding.index === null ? '' : ` @${finding.index}`;
    io.out(`  ${finding.table} ${finding.row}${place}: ${findingWords[finding.what]}`);
  }
};
