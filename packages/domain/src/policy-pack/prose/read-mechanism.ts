import { drawProcedure, readProcedure, toMermaid, toSvg } from '../../procedure/index.js';
import { termsRegister } from '../kinds/terms-register.js';
import { lineageOf, namesOf, type PolicyPack, type RuleVersion } from '../policy-pack.js';
import type { SourceEntry } from '../pack-files.js';
import type { Rule, RuleKind } from '../rule.js';
import { isTreeMap, walkTree, type Tree } from '../tree.js';
import { isWorthSaying, sayChange } from './say-change.js';
import {
  proseOfCatalogue,
  proseOfCoverage,
  proseOfDisclosure,
  proseOfDutyList,
  proseOfRegister,
  proseOfSettings,
  proseOfSharing,
  type Names,
} from './read-kinds.js';

const confidence: Readonly<Record<SourceEntry['confidence'], string>> = {
  seen: '已见条文',
  quoted: '据转引',
  reported: '据报道，作参考',
  local: '地方规定',
  practice: '地方做法',
  memory: '未核实，作参考',
};

/** One version of a rule in Chinese prose: what it says, since when, on what it rests, what it changed in its base. */
export function readRuleVersion(
  version: RuleVersion,
  pack: PolicyPack,
  packs: ReadonlyMap<string, PolicyPack>,
): string {
  const line = lineageOf(pack, packs);
  const { rule } = version;
  const until = version.inForce.to === undefined ? '' : `，至 ${version.inForce.to}`;
  const made = rule.madeFor === 'replay' ? '本版本只为回放旧数据而写，不是当时的规定。' : '';
  const about = rule.about === undefined ? [] : [rule.about, ''];
  const introduction =
    rule.kind === 'procedure' ? [] : [`自 ${version.inForce.from} 起施行${until}。${made}`, '', ...about];
  return [
    ...introduction,
    ...(version.covers.length === 0 ? [] : [`落实的需求：${version.covers.join('、')}。`, '']),
    ...linesOf(version.rule, titlesOf(line)),
    ...changesOf(version),
    ...sourcesOf(version, line),
  ]
    .join('\n')
    .trimEnd();
}

/** What a rule says, in Chinese prose, without the dates, sources and changes that stand around it. */
export const proseOfRule = (rule: Rule, names: Names): string => linesOf(rule, names).join('\n');

function linesOf(rule: Rule, names: Names): string[] {
  switch (rule.kind) {
    case 'procedure':
      return [innerProse(readProcedure(rule))];
    case 'register':
      return proseOfRegister(rule, names);
    case 'duty-list':
      return proseOfDutyList(rule, names);
    case 'service-catalogue':
      return proseOfCatalogue(rule, names);
    case 'settings':
      return proseOfSettings(rule);
    case 'coverage':
      return proseOfCoverage(rule, names);
    case 'disclosure-catalogue':
      return proseOfDisclosure(rule, names);
    case 'sharing-list':
      return proseOfSharing(rule, names);
  }
}

/** The prose of a procedure without its own title, its headings below that of the rule. */
function innerProse(prose: string): string {
  return prose
    .replace(/^# .*\n+/, '')
    .replace(/^##/gm, '###')
    .trimEnd();
}

function changesOf(version: RuleVersion): string[] {
  if (version.extends === undefined) return [];
  const worth = version.changes.filter((change) => isWorthSaying(change));
  const said = worth.map((change) => `- ${sayChange(change, version.tree)}`);
  return ['', `本规则是对 ${version.extends} 的细则：`, '', ...said];
}

function sourcesOf(version: RuleVersion, line: readonly PolicyPack[]): string[] {
  const cited = new Set<string>();
  walkTree(version.tree, (value, path) => {
    if (path.at(-1) !== 'source') return;
    for (const id of [value].flat() as readonly Tree[]) if (typeof id === 'string') cited.add(id);
  });
  if (cited.size === 0) return [];
  const entries = [...cited].sort().map((id) => {
    const source = line.flatMap((pack) => pack.sources).find((each) => each.id === id);
    if (source !== undefined) {
      const where = `《${source.title}》${source.article ?? ''}`;
      return `- ${id}：${where}（${confidence[source.confidence]}）${source.summary}`;
    }
    for (const pack of line) {
      const clause = pack.clauses.find((each) => each.id === id);
      if (clause === undefined) continue;
      return `- ${id}：${pack.manifest.document?.title ?? pack.manifest.title} ${clause.clause}，${clause.title}`;
    }
    return `- ${id}`;
  });
  return ['', '依据：', '', ...entries];
}

/** What names the ids of a pack's rules: its bodies and its rules. */
export type NamingPack = Pick<PolicyPack, 'bodies'> & {
  readonly rules: readonly {
    readonly kind: RuleKind;
    readonly id: string;
    readonly rule: { readonly title: string };
  }[];
};

/** What ids are called, by the nearest pack of the line that names them. */
export function titlesOf(line: readonly NamingPack[]): Names {
  const titles = namesOf(line);
  const ruleTitles = (kind: RuleKind): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    for (const version of line.flatMap((pack) => pack.rules)) {
      if (version.kind === kind && !found.has(version.id)) found.set(version.id, version.rule.title);
    }
    return found;
  };
  const registers = ruleTitles('register');
  const procedures = ruleTitles('procedure');
  return {
    body: (id) => titles.get(id) ?? id,
    register: (id) => (id === termsRegister.id ? termsRegister.title : (registers.get(id) ?? id)),
    procedure: (id) => procedures.get(id) ?? id,
  };
}

/** A file that `pack read` writes beside a mechanism. */
export type ReadingFile = { path: string; text: string };

/**
 * The prose and drawings of a mechanism, as files beside its rules: `reading.md`, and one `<rule>.svg` for the newest version of each procedure.
 *
 * Made from the rules and never edited, so that what people read is what runs.
 */
export function readMechanism(
  mechanism: string,
  pack: PolicyPack,
  packs: ReadonlyMap<string, PolicyPack>,
): readonly ReadingFile[] {
  const versions = pack.rules.filter((each) => each.mechanism === mechanism);
  const newest = new Map<string, RuleVersion>();
  for (const version of versions) {
    const other = newest.get(version.id);
    if (other === undefined || other.inForce.from < version.inForce.from) newest.set(version.id, version);
  }
  const drawings: ReadingFile[] = [];
  const parts = versions.flatMap((version) => {
    const { rule } = version;
    const isNewest = newest.get(version.id) === version;
    const drawn: string[] = [];
    if (rule.kind === 'procedure' && isNewest) {
      const drawing = drawProcedure(rule);
      drawings.push({ path: `${mechanism}/${version.id}.svg`, text: `${toSvg(drawing).trimEnd()}\n` });
      drawn.push('', `![${rule.title}](${version.id}.svg)`, '', '```mermaid', toMermaid(drawing).trimEnd(), '```');
    }
    return ['', `## ${rule.title}`, '', readRuleVersion(version, pack, packs), ...drawn];
  });
  const head = [
    '<!-- 由 lianxin pack read 生成，请改规则文件，不要改这里。 -->',
    '',
    `# ${titleOf(versions, mechanism)}`,
  ];
  return [{ path: `${mechanism}/reading.md`, text: `${[...head, ...parts].join('\n').trimEnd()}\n` }, ...drawings];
}

function titleOf(versions: readonly RuleVersion[], mechanism: string): string {
  const main = versions.find((version) => version.kind === 'procedure') ?? versions[0];
  const title = main !== undefined && isTreeMap(main.tree) ? main.rule.title : mechanism;
  return `${title}：读一读`;
}
