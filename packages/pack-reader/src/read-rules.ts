import {
  fault,
  isBlankTree,
  isInForceOn,
  isTreeMap,
  spellTree,
  mergeOverlay,
  readRule,
  type powersOf,
  walkTree,
  type OverlayChange,
  type PolicyPack,
  type Rule,
  type RuleVersion,
  type Tree,
  type TreeMap,
  type TreePath,
} from '@lianxin/domain';
import type { FileTree } from './file-tree.js';
import { isCaseFile, type PackTexts } from './pack-texts.js';
import { placeInRule } from './place.js';
import type { PlacedFault } from './placed-fault.js';

const ruleFile = /^([a-z0-9-]+)\/(?:([a-z0-9-]+)\.)?from-([0-9]{4}-[0-9]{2}-[0-9]{2})\.yaml$/;
const packFiles: ReadonlySet<string> = new Set(['pack.yaml', 'sources.yaml', 'bodies.yaml', 'clauses.yaml']);

export type ReadRules = {
  rules: readonly RuleVersion[];
  mechanisms: readonly string[];
  faults: readonly PlacedFault[];
};

/** Reads every rule file of a pack; bases must have been read. A rule may extend another of its own pack that extends nothing. */
export function readRules(
  id: string,
  texts: PackTexts,
  trees: ReadonlyMap<string, FileTree>,
  packs: ReadonlyMap<string, PolicyPack>,
  known: Known,
): ReadRules {
  const faults: PlacedFault[] = [];
  const rules: RuleVersion[] = [];
  const mechanisms = new Set<string>();
  const files: { path: string; mechanism: string; named: string; file: FileTree }[] = [];
  for (const path of texts.keys()) {
    if (isCaseFile(path) || packFiles.has(path)) continue;
    const match = ruleFile.exec(path);
    if (match?.[1] === undefined || match[3] === undefined) {
      // A calendar year or a list of names in the pack's own folder is data for another reader.
      if (path.includes('/')) faults.push(unexpected(id, path));
      continue;
    }
    mechanisms.add(match[1]);
    const file = trees.get(`${id}/${path}`);
    if (file !== undefined) files.push({ path, mechanism: match[1], named: match[3], file });
  }
  const isOverlay = (tree: Tree): boolean => isTreeMap(tree) && tree['extends'] !== undefined;
  for (const entry of files.toSorted((a, b) => Number(isOverlay(a.file.tree)) - Number(isOverlay(b.file.tree)))) {
    const read = readVersion(id, entry, packs, rules, known);
    faults.push(...read.faults);
    if (read.version !== undefined) rules.push(read.version);
  }
  rules.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { rules, mechanisms: [...mechanisms].sort(), faults };
}

function unexpected(id: string, path: string): PlacedFault {
  return { fault: fault('pack-file-unexpected', { file: path }), file: `${id}/${path}`, line: 1, column: 1 };
}

function readVersion(
  id: string,
  { path, mechanism, named, file }: { path: string; mechanism: string; named: string; file: FileTree },
  packs: ReadonlyMap<string, PolicyPack>,
  own: readonly RuleVersion[],
  known: Known,
): { version?: RuleVersion; faults: readonly PlacedFault[] } {
  const at = (where: TreePath, what: PlacedFault['fault']): PlacedFault => ({
    fault: what,
    file: file.file,
    ...file.locate(where),
  });
  const written = file.tree;
  if (!isTreeMap(written)) return { faults: [at([], fault('pack-value-invalid', { path: '', reason: 'not a map' }))] };
  const from = isTreeMap(written['inForce']) ? written['inForce']['from'] : undefined;
  const faults: PlacedFault[] = [];
  if (typeof from === 'string' && from !== named) {
    faults.push(at(['inForce', 'from'], fault('rule-date-mismatch', { named, from })));
  }
  const merged = withBase(id, written, packs, own);
  if (!merged.ok) return { faults: [...faults, ...merged.faults.map((each) => at(merged.path, each))] };
  const read = readRule(merged.tree);
  if (!read.ok) {
    const placed = read.faults.map((each) => at(placeInRule(merged.tree, written, each.path), each.fault));
    return { faults: [...faults, ...placed] };
  }
  const rule = withKnown(read.rule, merged.tree, known);
  const blanks: TreePath[] = [];
  walkTree(merged.tree, (value, where) => {
    if (isBlankTree(value)) blanks.push(where);
  });
  const version: RuleVersion = {
    kind: rule.kind,
    id: rule.id,
    mechanism,
    file: path,
    inForce: rule.inForce,
    covers: rule.covers,
    ...(typeof written['extends'] === 'string' ? { extends: written['extends'] } : {}),
    changes: merged.changes,
    blanks,
    written,
    tree: merged.tree,
    rule,
  };
  return { version, faults };
}

/** What a pack and those it builds on say of bodies: their titles and who holds which power. */
type Known = { names: ReadonlyMap<string, string>; powers: ReturnType<typeof powersOf> };

/** A procedure with the titles of the bodies, posts and offices it speaks of and with the powers it asks for, so that prose, drawings and refusals need no pack. */
function withKnown(rule: Rule, tree: TreeMap, { names, powers }: Known): Rule {
  if (rule.kind !== 'procedure') return rule;
  const spoken = new Map<string, string>();
  const asked = new Set<string>();
  const say = (id: string): void => {
    const title = names.get(id);
    if (title !== undefined) spoken.set(id, title);
  };
  walkTree(tree, (value, path) => {
    if (typeof value !== 'string') return;
    const key = String(path.at(-1));
    if (whoKeys.has(key)) say(value);
    if (key === 'power') asked.add(value);
  });
  const held = [...asked].map((id) => ({
    id,
    title: powers.get(id)?.title ?? id,
    bodies: [...(powers.get(id)?.bodies ?? [])],
  }));
  for (const body of held.flatMap((each) => each.bodies)) say(body);
  const own = new Set(rule.names.map((each) => each.id));
  const added = [...spoken].filter(([id]) => !own.has(id)).map(([id, title]) => ({ id, title }));
  return { ...rule, names: [...rule.names, ...added], powers: [...rule.powers, ...held] };
}

/** Keys under which a body, post or office is named. */
const whoKeys: ReadonlySet<string> = new Set(['body', 'post', 'of', 'office', 'sampledFrom', 'roll']);

type WithBase =
  | { ok: true; tree: TreeMap; changes: readonly OverlayChange[] }
  | { ok: false; path: TreePath; faults: readonly PlacedFault['fault'][] };

function withBase(
  id: string,
  written: TreeMap,
  packs: ReadonlyMap<string, PolicyPack>,
  own: readonly RuleVersion[],
): WithBase {
  const base = written['extends'];
  if (base === undefined) return { ok: true, tree: written, changes: [] };
  const unknown: WithBase = {
    ok: false,
    path: ['extends'],
    faults: [fault('overlay-base-unknown', { base: spellTree(base) })],
  };
  const [packId, ruleId] = spellTree(base).split('/');
  const from = isTreeMap(written['inForce']) ? written['inForce']['from'] : undefined;
  if (typeof from !== 'string') {
    return { ok: false, path: [], faults: [fault('pack-value-missing', { path: 'in-force.from' })] };
  }
  const among = packId === id ? own : (packs.get(packId ?? '')?.rules ?? []);
  const version = among.find((each) => each.id === ruleId && isInForceOn(each.inForce, from));
  if (version === undefined) return unknown;
  const merge = mergeOverlay(version.tree, written);
  return merge.ok
    ? { ok: true, tree: merge.rule, changes: merge.changes }
    : { ok: false, path: [], faults: merge.faults };
}
