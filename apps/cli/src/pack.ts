import type { CommandIo, RunCommand } from './command.js';
import { runBpmn } from './pack/bpmn.js';
import { runCases } from './pack/cases.js';
import { runCheck } from './pack/check.js';
import { runCompare } from './pack/compare.js';
import { runExplain } from './pack/explain.js';
import { runRead } from './pack/read.js';

const verbs: Readonly<Record<string, RunCommand>> = {
  check: runCheck,
  read: runRead,
  explain: runExplain,
  cases: runCases,
  compare: runCompare,
  bpmn: runBpmn,
};

const usage = `lianxin pack check DIR [--json]          检查：逐条列出不符合项，附文件和行号
lianxin pack cases DIR [--json]          运行案例
lianxin pack read DIR [--check]          在每项制度旁写 reading.md 和 drawing.svg；--check 只核对是否最新
lianxin pack explain RULE DATE [--json]  某日施行的规则，用文字说明
lianxin pack compare 旧 新 [--json]       新旧对照：两个文件夹里的规则，说法有什么不同
lianxin pack bpmn RULE [DATE]            流程图的交换格式 BPMN 2.0，写到标准输出

DIR 是放政策包的文件夹、一个政策包，或者（cases）任何放有 *.case.yaml 的文件夹。
--packs DIR 指明政策包所在的文件夹；不写时从当前位置向上找 policy-packs。`;

/** `lianxin pack`: what an author of rules does, without a database. */
export function run(args: readonly string[], io: CommandIo): number | Promise<number> {
  const [verb, ...rest] = args;
  const command = verb === undefined || !Object.hasOwn(verbs, verb) ? undefined : verbs[verb];
  if (command === undefined) {
    io.err(usage);
    return verb === 'help' || verb === '--help' ? 0 : 2;
  }
  return command(rest, io);
}
