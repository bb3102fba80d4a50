import type { Fault } from '../fault/index.js';
import { asList, compareStrictness, isFigure } from './strictness.js';
import { union, written } from './merge-overlay.js';
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

export type StrictestMerge = { ok: true; rule: TreeMap } | { ok: false; faults: readonly Fault[] };

/** Both stand, whichever pack they come from. */
const kept: ReadonlySet<string> = new Set(['covers', 'source', 'channels', 'recuse', 'mask', 'onLate', 'formerly']);
/** The first pack names the rule and its parts; the second's figures may still bind. */
const named: ReadonlySet<string> = new Set(['id', 'title', 'about', 'help', 'wording', 'inForce', 'extends', 'note']);

/**
 * Of two rules for the same matter, the stricter of each comparable value, with the sources of both (P5).
 *
 * Values that cannot be ordered are refused with `overlay-changes`: a person decides which pack gives way, not the order of loading.
 */
export function strictestOf(a: TreeMap, b: TreeMap): StrictestMerge {
  const faults: Fault[] = [];
  const rule = joinMaps(a, b, faults, a, []);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, rule };
}

function joinMaps(a: TreeMap, b: TreeMap, faults: Fault[], root: TreeMap, path: TreePath): TreeMap {
  const result: Record<string, Tree> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = a[key];
    if (before === undefined) result[key] = value;
    else if (!named.has(key)) result[key] = join(key, before, value, faults, root, [...path, key]);
  }
  return result;
}

function join(key: string, a: Tree, b: Tree, faults: Fault[], root: TreeMap, path: TreePath): Tree {
  if (sameTree(a, b)) return a;
  if (kept.has(key)) return union(asList(a), asList(b));
  if (isTreeList(a) && isTreeList(b) && isNamedList(a) && isNamedList(b)) {
    const joined = a.map((item, index) => {
      const other = b.find((each) => idOf(each) === idOf(item));
      return isTreeMap(item) && isTreeMap(other) ? joinMaps(item, other, faults, root, [...path, index]) : item;
    });
    return [...joined, ...b.filter((item) => !a.some((each) => idOf(each) === idOf(item)))];
  }
  const order = compareStrictness(path, a, b);
  if (order === 'same' || order === 'looser') return a;
  if (order === 'stricter') return b;
  if (isTreeMap(a) && isTreeMap(b) && !isFigure(a) && !isFigure(b)) return joinMaps(a, b, faults, root, path);
  faults.push({
    code: 'overlay-changes',
    params: { path: namePath(root, path), before: written(a), after: written(b) },
  });
  return a;
}
