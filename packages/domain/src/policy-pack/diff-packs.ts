import { written } from './merge-overlay.js';
import type { PolicyPack, RuleVersion } from './policy-pack.js';
import { compareStrictness, type Strictness } from './strictness.js';
import {
  idOf,
  isNamedList,
  isTreeList,
  isTreeMap,
  namePath,
  sameTree,
  type Tree,
  type TreeMap,
  type TreePath,
} from './tree.js';

/** One difference between two packs, with how it binds compared with before. */
export type PackDifference = { rule: string; path: string; strictness: Strictness | 'added' | 'removed'; text: string };

/**
 * What changed from one pack to another, in Chinese sentences for the people whom the change affects; nothing when nothing did.
 *
 * Versions of a rule are matched by id and first day, so that a new version shows as added and the old one as kept.
 */
export function diffPacks(before: PolicyPack, after: PolicyPack): readonly PackDifference[] {
  const keyOf = (version: RuleVersion): string => `${version.id} ${version.inForce.from}`;
  const differences: PackDifference[] = [];
  for (const version of before.rules) {
    const next = after.rules.find((each) => keyOf(each) === keyOf(version));
    if (next === undefined) {
      const text = `删去规则《${version.rule.title}》（${version.inForce.from} 起施行的版本）。`;
      differences.push({ rule: version.id, path: '', strictness: 'removed', text });
    } else differences.push(...diffRules(version.id, version.tree, next.tree));
  }
  for (const version of after.rules) {
    if (before.rules.some((each) => keyOf(each) === keyOf(version))) continue;
    const text = `新增规则《${version.rule.title}》，自 ${version.inForce.from} 起施行。`;
    differences.push({ rule: version.id, path: '', strictness: 'added', text });
  }
  return differences;
}

/** What changed between two texts of one rule. */
export function diffRules(rule: string, before: TreeMap, after: TreeMap): readonly PackDifference[] {
  const differences: PackDifference[] = [];
  compare(before, after, []);
  return differences;

  function add(strictness: PackDifference['strictness'], path: TreePath, root: TreeMap, text: string): void {
    const place = namePath(root, path);
    differences.push({ rule, path: place, strictness, text: text.replace('{place}', `“${place}”`) });
  }

  function compare(a: Tree, b: Tree, path: TreePath): void {
    if (sameTree(a, b)) return;
    const strictness = compareStrictness(path, a, b);
    if (strictness === 'unknown' && isTreeMap(a) && isTreeMap(b)) return compareMaps(a, b, path);
    if (isTreeList(a) && isTreeList(b) && (isNamedList(a) || a.length === 0) && (isNamedList(b) || b.length === 0)) {
      return compareNamed(a, b, path);
    }
    add(strictness, path, after, `{place}由 ${written(a)} 改为 ${written(b)}${verdicts[strictness]}。`);
  }

  function compareMaps(a: TreeMap, b: TreeMap, path: TreePath): void {
    for (const [key, value] of Object.entries(a)) {
      const next = b[key];
      if (next === undefined) add('removed', [...path, key], before, `删去{place}：${written(value)}。`);
      else compare(value, next, [...path, key]);
    }
    for (const [key, value] of Object.entries(b)) {
      if (!(key in a)) add('added', [...path, key], after, `增加{place}：${written(value)}。`);
    }
  }

  function compareNamed(a: readonly Tree[], b: readonly Tree[], path: TreePath): void {
    for (const [index, item] of a.entries()) {
      const position = b.findIndex((each) => idOf(each) === idOf(item));
      const next = b[position];
      if (next === undefined) add('removed', [...path, index], before, `删去{place}${titled(item)}。`);
      else compare(item, next, [...path, position]);
    }
    for (const [index, item] of b.entries()) {
      if (!a.some((each) => idOf(each) === idOf(item)))
        add('added', [...path, index], after, `增加{place}${titled(item)}。`);
    }
  }
}

const verdicts: Readonly<Record<Strictness, string>> = {
  same: '',
  stricter: '（从严）',
  looser: '（放宽）',
  unknown: '',
};

function titled(item: Tree): string {
  return isTreeMap(item) && typeof item['title'] === 'string' ? `（${item['title']}）` : '';
}
