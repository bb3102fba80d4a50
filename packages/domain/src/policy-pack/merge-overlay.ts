import type { Fault } from '../fault/index.js';
import { asList, compareAmounts, compareStrictness } from './strictness.js';
import {
  hyphenate,
  idOf,
  isBlank,
  isNamedList,
  isTreeList,
  isTreeMap,
  namePath,
  sameTree,
  type Tree,
  type TreeMap,
  type TreePath,
} from './tree.js';

/** What an overlay did to one value of its base, for the prose of `pack check`. */
export type OverlayChange = {
  path: string;
  change: 'filled' | 'tightened' | 'added' | 'named';
  before?: Tree;
  after: Tree;
};

export type OverlayMerge =
  | { ok: true; rule: TreeMap; changes: readonly OverlayChange[] }
  | { ok: false; faults: readonly Fault[] };

/** Keys that say what the file is; the overlay's own value stands. */
const ownKeys: ReadonlySet<string> = new Set(['id', 'inForce', 'madeFor', 'covers']);
/** Words for people: an overlay may name a thing as its document names it. */
const wordKeys: ReadonlySet<string> = new Set(['title', 'about', 'help', 'wording', 'note']);
/** Citations: both stand, so that every clause stays cited. */
const unionKeys: ReadonlySet<string> = new Set([
  'covers',
  'source',
  'channels',
  'needs',
  'recuse',
  'mask',
  'onLate',
  'formerly',
]);
/** Named lists to which an overlay may add. */
const openLists: ReadonlySet<string> = new Set([
  'stages',
  'form',
  'needs',
  'fields',
  'guards',
  'ledgers',
  'parts',
  'materials',
  'answersFor',
  'services',
  'settings',
  'routes',
  'reserved',
  'constituted',
  'composition',
  'demandedBy',
  'items',
  'powers',
]);
/** Acts that an overlay may add: they ask for more evidence or inform; none lets a matter skip a stage or stops a clock. */
const addableActs: ReadonlySet<string> = new Set(['note', 'sign', 'rate', 'hand-up', 'assign']);

/**
 * Overlay 细则 on a base rule: fills blanks, tightens, adds; never removes or loosens (P3).
 *
 * Both are trees as written. What cannot be compared must stay as it is: a change nobody can order is treated as a loosening,
 * because the people the base protects cannot check it. Faults: `overlay-loosens`, `overlay-changes`, `blank-out-of-range`.
 */
export function mergeOverlay(base: TreeMap, overlay: TreeMap): OverlayMerge {
  const changes: OverlayChange[] = [];
  const faults: Fault[] = [];
  const merged = mergeMaps(base, overlay, { root: overlay, changes, faults }, []);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, rule: insertStages(merged), changes };
}

type Work = { root: TreeMap; changes: OverlayChange[]; faults: Fault[] };

function mergeMaps(base: TreeMap, overlay: TreeMap, work: Work, path: TreePath): TreeMap {
  const result: Record<string, Tree> = { ...base };
  // An overlay answers for its own requirements and its own days, not for those of its base.
  if (path.length === 0) for (const key of ['covers', 'madeFor']) delete result[key];
  for (const [key, value] of Object.entries(overlay)) {
    const here = [...path, key];
    if (path.length === 0 && (key === 'extends' || key === 'kind')) continue;
    const before = base[key];
    if (path.length === 0 && ownKeys.has(key)) result[key] = value;
    else if (before === undefined) result[key] = addValue(key, value, work, here);
    else result[key] = mergeValues(key, before, value, work, here);
  }
  return result;
}

function mergeValues(key: string, base: Tree, overlay: Tree, work: Work, path: TreePath): Tree {
  if (sameTree(base, overlay)) return base;
  const name = namePath(work.root, path);
  if (isBlank(base)) return fillBlank(base, overlay, work, path);
  if (wordKeys.has(key)) {
    work.changes.push({ path: name, change: 'named', before: base, after: overlay });
    return overlay;
  }
  if (unionKeys.has(key) && !namedLists(base, overlay)) {
    const both = union(asList(base), asList(overlay));
    if (both.length > asList(base).length)
      work.changes.push({ path: name, change: 'added', before: base, after: both });
    return both;
  }
  if (isTreeList(base) && isTreeList(overlay) && namedLists(base, overlay)) {
    return mergeNamed(key, base, overlay, work, path);
  }
  const order = compareStrictness(path, base, overlay);
  if (order === 'same') return base;
  if (order === 'stricter') {
    work.changes.push({ path: name, change: 'tightened', before: base, after: overlay });
    return overlay;
  }
  if (order === 'looser') {
    work.faults.push({
      code: 'overlay-loosens',
      params: { path: name, before: written(base), after: written(overlay) },
    });
    return base;
  }
  if (isTreeMap(base) && isTreeMap(overlay)) return mergeMaps(base, overlay, work, path);
  work.faults.push({ code: 'overlay-changes', params: { path: name, before: written(base), after: written(overlay) } });
  return base;
}

function namedLists(base: Tree, overlay: Tree): boolean {
  return isTreeList(base) && isTreeList(overlay) && isNamedList(base) && isNamedList(overlay);
}

function mergeNamed(key: string, base: readonly Tree[], overlay: readonly Tree[], work: Work, path: TreePath): Tree {
  const result = [...base];
  for (const [index, item] of overlay.entries()) {
    const position = base.findIndex((other) => idOf(other) === idOf(item));
    const before = base[position];
    const here = [...path, index];
    if (isTreeMap(before) && isTreeMap(item)) result[position] = mergeMaps(before, item, work, here);
    else result.push(addItem(key, item, work, here));
  }
  return result;
}

function addItem(key: string, item: Tree, work: Work, path: TreePath): Tree {
  const name = namePath(work.root, path);
  const kind = isTreeMap(item) ? item['kind'] : undefined;
  const actAdded = (key === 'acts' || key === 'standing') && typeof kind === 'string' && addableActs.has(kind);
  if (!openLists.has(key) && !actAdded) {
    work.faults.push({ code: 'overlay-changes', params: { path: name, before: '（无）', after: written(item) } });
    return item;
  }
  work.changes.push({ path: name, change: 'added', after: item });
  return item;
}

/** Keys that an overlay may introduce where the base is silent; each asks for more or shows more. */
const addableKeys: ReadonlySet<string> = new Set([
  ...unionKeys,
  ...wordKeys,
  ...openLists,
  'limit',
  'publish',
  'notice',
  'noticePeriod',
  'often',
  'objections',
  'upheld',
  'stays',
  'singly',
  'authorisedBy',
  'ballot',
  'attendance',
  'atLeast',
  'atMost',
  'most',
  'longest',
  'unit',
  'mostCharacters',
  'personal',
]);

function addValue(key: string, value: Tree, work: Work, path: TreePath): Tree {
  const name = namePath(work.root, path);
  if (!addableKeys.has(key)) {
    work.faults.push({ code: 'overlay-changes', params: { path: name, before: '（无）', after: written(value) } });
  } else work.changes.push({ path: name, change: 'added', after: value });
  return value;
}

function fillBlank(base: TreeMap, overlay: Tree, work: Work, path: TreePath): Tree {
  const name = namePath(work.root, path);
  const [low, high] = isTreeList(base['between']) ? base['between'] : [];
  const value = isBlank(overlay) ? undefined : overlay;
  const outside =
    value !== undefined &&
    ((low !== undefined && !notBelow(low, value)) || (high !== undefined && !notBelow(value, high)));
  if (outside) {
    const range = { low: written(low ?? ''), high: written(high ?? '') };
    work.faults.push({ code: 'blank-out-of-range', params: { path: name, value: written(value), ...range } });
    return base;
  }
  work.changes.push({ path: name, change: 'filled', before: base, after: overlay });
  return overlay;
}

/** Whether `b` is at least `a`; a value that cannot be compared with the bound counts as outside. */
function notBelow(a: Tree, b: Tree): boolean {
  const order = sameTree(a, b) ? 0 : compareAmounts(a, b);
  return order !== undefined && order >= 0;
}

/** Both lists, each item once, the base's first. */
export function union(a: readonly Tree[], b: readonly Tree[]): readonly Tree[] {
  return [...a, ...b.filter((item) => !a.some((other) => sameTree(item, other)))];
}

/**
 * A stage that an overlay adds says `before: <stage>`; every way into that stage then leads through the new one.
 *
 * It can therefore lengthen the way of a matter, and cannot shorten it.
 */
function insertStages(rule: TreeMap): TreeMap {
  const stages = rule['stages'];
  if (!isTreeList(stages)) return rule;
  let ordered: readonly TreeMap[] = stages.filter(isTreeMap);
  for (const stage of ordered) {
    const target = stage['before'];
    if (typeof target !== 'string') continue;
    const { before: _placed, ...added } = stage;
    const others = ordered.filter((other) => other !== stage).map((other) => redirect(other, target, added) as TreeMap);
    const position = others.findIndex((other) => other['id'] === target);
    ordered = position < 0 ? [...others, added] : others.toSpliced(position, 0, added);
  }
  return { ...rule, stages: ordered };
}

function redirect(tree: Tree, target: string, added: TreeMap): Tree {
  if (isTreeList(tree)) return tree.map((item) => redirect(item, target, added));
  if (!isTreeMap(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      (key === 'stage' || key === 'backTo') && value === target
        ? (added['id'] as Tree)
        : redirect(value, target, added),
    ]),
  );
}

/** A value in one line, as it would stand in a pack file. */
export function written(tree: Tree): string {
  if (isTreeList(tree)) return `[${tree.map(written).join(', ')}]`;
  if (isTreeMap(tree)) {
    const inner = Object.entries(tree).map(([key, value]) => `${hyphenate(key)}: ${written(value)}`);
    return `{ ${inner.join(', ')} }`;
  }
  return String(tree);
}
