import { FAULTS } from '../../fault/index.js';
import {
  listActs,
  listLimits,
  listRolls,
  RULING_FAULTS,
  type Field,
  type ListedAct,
  type Procedure,
  type Who,
} from '../../procedure/index.js';
import type { PolicyPack, RuleVersion } from '../policy-pack.js';

const written = '<!-- 由 lianxin pack read 生成，不要改这里。 -->';

/**
 * The case reference 案例手册 of a pack: every procedure that can run, with the ids of its kinds, stages, acts, people, fields, rolls, limits and
 * results; enough to write a case without reading code. Made from the rules, so it cannot fall behind them. Undefined for a pack without one.
 */
export function readForCases(pack: PolicyPack): { readonly path: string; readonly text: string } | undefined {
  const versions = newestProcedures(pack);
  if (versions.length === 0) return undefined;
  const lines = [
    written,
    '',
    `# 案例手册：${pack.manifest.title}`,
    '',
    '案例怎样写，见 [README.md](../README.md)；不符合项见 [case-faults.md](../case-faults.md)。这里是写案例要用的标识。',
    '带 \\* 的栏目必须填写。由谁一栏写作 岗位@组织（层级），在 `people` 里就是 `{ post: 岗位, body: 组织, level: 层级 }`；没有写岗位的，该组织任一岗位都可以。共同的组织和岗位列在 [cn-statute](../cn-statute/case-reference.md) 的末尾。',
    '',
    '| procedure | 名称 | kind |',
    '|---|---|---|',
    ...versions.map(({ rule }) => {
      const { id, title, forMatters } = rule as Procedure;
      return `| ${id} | ${title} | ${forMatters.kinds.join('、')} |`;
    }),
    '',
    ...versions.flatMap((version) => sectionOf(version, version.rule as Procedure)),
    ...bodiesOf(pack),
  ];
  return { path: 'case-reference.md', text: `${lines.join('\n').trimEnd()}\n` };
}

/** Every fault that a ruling can give, for those who write cases. */
export function readFaultsForCases(): { readonly path: string; readonly text: string } {
  const rows = RULING_FAULTS.map((code) => {
    const [what] = FAULTS[code];
    const details = [...what.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => match[1] ?? '');
    return `| ${code} | ${what} | ${details.join('、')} |`;
  });
  const lines = [
    written,
    '',
    '# 不符合项',
    '',
    '案例的 `refused` 写这里的编号；细节可以一并写上，例如 `{ fault: attendance-too-low, need: 20, have: 19 }`。一次判定会列出全部不符合项。',
    '',
    '| fault | 意思 | 细节 |',
    '|---|---|---|',
    ...rows,
  ];
  return { path: 'case-faults.md', text: `${lines.join('\n')}\n` };
}

/** The bodies and offices a pack names, with the posts that a person of a case may hold. */
function bodiesOf({ bodies }: PolicyPack): string[] {
  const all = [...bodies.bodies, ...bodies.offices];
  if (all.length === 0) return [];
  return [
    '## 组织和岗位',
    '',
    '| body | 名称 | level | post |',
    '|---|---|---|---|',
    ...all.map((body) => {
      const posts = body.posts.map((post) => `${post.id} ${post.title}`).join('、');
      return `| ${body.id} | ${body.title} | ${body.level} | ${posts === '' ? '与 office 相同' : posts} |`;
    }),
    '',
  ];
}

/** The newest version of each procedure of a pack that has no blanks. */
function newestProcedures(pack: PolicyPack): RuleVersion[] {
  const newest = new Map<string, RuleVersion>();
  for (const version of pack.rules) {
    if (version.kind !== 'procedure' || version.blanks.length > 0) continue;
    const known = newest.get(version.id);
    if (known === undefined || known.inForce.from < version.inForce.from) newest.set(version.id, version);
  }
  return [...newest.values()];
}

function sectionOf(version: RuleVersion, procedure: Procedure): string[] {
  const acts = listActs(procedure);
  const rolls = listRolls(procedure);
  const limits = listLimits(procedure);
  const routes = (procedure.routes ?? []).map((route) => `${route.title} → \`${route.open}\``);
  return [
    `## ${procedure.id} ${procedure.title}`,
    '',
    `${version.inForce.from} 起；制度文件夹 \`${version.mechanism}\`；类别 ${procedure.forMatters.kinds.map((kind) => `\`${kind}\``).join('、')}。`,
    ...(rolls.length === 0 ? [] : ['', `名册（roll）：${rolls.map((roll) => `\`${roll}\``).join('、')}。`]),
    ...(limits.length === 0
      ? []
      : ['', `时限（due）：${limits.map((one) => `\`${one.id}\` ${one.title}`).join('、')}。`]),
    ...(routes.length === 0 ? [] : ['', `改走其他流程：${routes.join('；')}。`]),
    '',
    `结果：${procedure.closes.results.map((one) => `\`${one.id}\` ${one.title}`).join('、')}。`,
    '',
    '| stage | act | 名称 | 由谁 | fields |',
    '|---|---|---|---|---|',
    ...acts.map((act) => rowOf(procedure, act)),
    '',
  ];
}

const rowOf = (procedure: Procedure, act: ListedAct): string =>
  `| ${act.stage ?? (act.id === 'open' ? '' : '（多个环节）')} | ${act.id} | ${act.title} | ${act.by.map((who) => sayWho(who, levelOf(procedure, act))).join('；')} | ${act.fields.map(sayField).join('，')} |`;

/** The level a stage fixes for everybody in it. */
const levelOf = (procedure: Procedure, act: ListedAct): string | undefined =>
  procedure.stages.find((stage) => stage.id === act.stage?.split('/', 1)[0])?.at;

function sayWho(who: Who, stageAt: string | undefined): string {
  const at = 'at' in who ? (who.at ?? stageAt) : stageAt;
  const level = at === undefined ? '' : `（${at}）`;
  if ('post' in who) return `${who.post}@${who.of ?? '任一组织'}${level}`;
  if ('body' in who) return `@${who.body}${level}`;
  if ('office' in who) return `@${who.office}${level}`;
  if ('someoneNot' in who) return `没有经办过的人@${who.of ?? '任一组织'}${level}`;
  if ('sampledFrom' in who) return `抽中的人@${who.sampledFrom}`;
  if ('resident' in who || 'filer' in who) return 'resident' in who ? '任一群众' : '提出人（resident）';
  if ('anyone' in who) return '任何人';
  if ('system' in who) return 'system';
  if ('handler' in who) return '承办人';
  if ('firstContact' in who) return '首问责任人';
  return 'offered' in who ? '接收单位的人' : `任一工作人员${level}`;
}

function sayField(field: Field): string {
  const choices = field.choices === undefined ? '' : `〔${field.choices.map((choice) => choice.id).join('、')}〕`;
  return `${field.id}${field.optional === true ? '' : '\\*'} ${field.title}${choices}`;
}
