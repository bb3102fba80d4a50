import { fault, type Fault } from '../fault/index.js';
import { checkProcedure, type Procedure } from '../procedure/index.js';
import { readRule } from './rule.js';
import { strictestOf } from './strictest.js';
import { isTreeList, isTreeMap, type Tree, type TreeMap } from './tree.js';

export type JoinedProcedure =
  | { readonly ok: true; readonly procedure: Procedure }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Joins the procedures that all govern one kind of matter into one: the strictest of each rule, every stage of each in an order that
 * keeps the order of all, every clause still cited. One matter, not several.
 *
 * What cannot be ordered is refused with `overlay-changes`: a person decides which rule gives way. The result answers only for days on which
 * all of them do.
 */
export function joinProcedures(parts: readonly Procedure[], kind: string): JoinedProcedure {
  const ordered = parts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [first, ...others] = ordered.map((part) => asTree(part, kind));
  if (first === undefined) return { ok: false, faults: [fault('unknown-procedure', { procedure: kind })] };
  const faults: Fault[] = [];
  let joined = first;
  for (const other of others) {
    const both = strictestOf(joined, other);
    if (both.ok) joined = both.rule;
    else faults.push(...both.faults);
  }
  const order = orderOf(ordered.map((part) => part.stages.map((stage) => stage.id)));
  if (order === undefined) {
    const [before = '', after = ''] = ordered.map((part) => part.stages.map((stage) => stage.title).join('、'));
    faults.push(fault('overlay-changes', { path: 'stages', before, after }));
  }
  if (faults.length > 0 || order === undefined) return { ok: false, faults };
  return read({
    ...joined,
    id: ordered.map((part) => part.id).join('-with-'),
    title: ordered.map((part) => part.title).join('、'),
    about: `${ordered.map((part) => `“${part.title}”`).join('和')}管同一件事，合成一个流程，每项取其中较严的。`,
    inForce: daysOfAll(ordered),
    stages: inOrder(joined['stages'], order),
  });
}

function read(tree: TreeMap): JoinedProcedure {
  const rule = readRule(tree);
  if (!rule.ok) return { ok: false, faults: rule.faults.map((each) => each.fault) };
  const procedure = rule.rule as Procedure;
  const unsound = checkProcedure(procedure);
  return unsound.length > 0 ? { ok: false, faults: unsound } : { ok: true, procedure };
}

/** A procedure as a tree for one kind of matter; what names the file and its place gives way to the joined one's own. */
function asTree(procedure: Procedure, kind: string): TreeMap {
  const { extends: _base, forMatters, ...rule } = procedure;
  return withoutEmpty({ ...rule, forMatters: { ...forMatters, kinds: [kind] } }) as TreeMap;
}

/** The schema writes an empty list where a rule says nothing, and what says nothing has nothing to compare. */
function withoutEmpty(tree: Tree): Tree {
  if (isTreeList(tree)) return tree.map(withoutEmpty);
  if (!isTreeMap(tree)) return tree;
  const said = Object.entries(tree).filter(([, value]) => !isTreeList(value) || value.length > 0);
  return Object.fromEntries(said.map(([key, value]) => [key, withoutEmpty(value)]));
}

function daysOfAll(parts: readonly Procedure[]): TreeMap {
  const from = parts.map((part) => part.inForce.from).reduce((a, b) => (a > b ? a : b));
  const ends = parts.flatMap((part) => part.inForce.to ?? []);
  return ends.length === 0 ? { from } : { from, to: ends.reduce((a, b) => (a < b ? a : b)) };
}

/** One order that keeps each of several, or undefined where they contradict each other. */
function orderOf(lists: readonly (readonly string[])[]): string[] | undefined {
  const left = lists.map((list) => [...list]);
  const order: string[] = [];
  while (left.some((list) => list.length > 0)) {
    const isFree = (id: string): boolean => left.every((list) => list.indexOf(id) <= 0);
    // Of several that could come next, one that only a single part knows goes first: a consent before the vote that both know.
    const heads = [...new Set(left.flatMap((list) => list[0] ?? []))].filter(isFree);
    const next = heads.toSorted((a, b) => holders(left, a) - holders(left, b))[0];
    if (next === undefined) return undefined;
    order.push(next);
    for (const list of left) if (list[0] === next) list.shift();
  }
  return order;
}

const holders = (lists: readonly (readonly string[])[], id: string): number =>
  lists.filter((list) => list.includes(id)).length;

function inOrder(stages: Tree | undefined, order: readonly string[]): readonly Tree[] {
  const found = isTreeList(stages) ? stages.filter(isTreeMap) : [];
  return order.flatMap((id) => found.filter((stage) => stage['id'] === id));
}
