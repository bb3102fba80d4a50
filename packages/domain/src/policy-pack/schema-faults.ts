import type { z } from 'zod';
import type { Fault } from '../fault/index.js';
import { hyphenate, namePath, valuesAlong, type Tree, type TreePath } from './tree.js';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, as faults that say where and what to do; keys are named as they stand in the file. */
export function faultsOfIssues(issues: readonly Issue[], tree: Tree): { fault: Fault; path: TreePath }[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, [], tree));
}

function faultsOfIssue(issue: Issue, above: TreePath, tree: Tree): { fault: Fault; path: TreePath }[] {
  const path: TreePath = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const place = namePath(tree, path) || '文件';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      fault: { code: 'pack-key-unknown', params: { path: place, key: hyphenate(key) } },
      path: [...path, key],
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const present = valuesAlong(tree, path).length > path.length;
    if (present) return bestBranch(issue.errors, path, tree);
  }
  const missing = valuesAlong(tree, path).length <= path.length;
  if (missing) return [{ fault: { code: 'pack-value-missing', params: { path: place } }, path }];
  return [{ fault: { code: 'pack-value-invalid', params: { path: place, reason: issue.message } }, path }];
}

/**
 * Of the alternatives of a union, the one the author most likely meant: the one whose faults lie deepest, then the fewest.
 *
 * A list of every way in which every alternative fails helps nobody.
 */
function bestBranch(
  branches: readonly (readonly Issue[])[],
  path: TreePath,
  tree: Tree,
): { fault: Fault; path: TreePath }[] {
  const rated = branches.map((issues) => {
    const faults = issues.flatMap((issue) => faultsOfIssue(issue, path, tree));
    const wrongShape = issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type');
    const strangeKeys = faults.filter(({ fault }) => fault.code === 'pack-key-unknown').length;
    const absent = faults.filter(({ fault }) => fault.code === 'pack-value-missing').length;
    return { faults, rank: (wrongShape ? 1000 : 0) + strangeKeys * 10 + absent * 5 + faults.length };
  });
  const best = rated.reduce((a, b) => (b.rank < a.rank ? b : a));
  if (best.rank < 1000) {
    // A key that no alternative knows is the mistake; what the nearest alternative would have asked for is only a guess.
    const strange = best.faults.filter(({ fault }) => fault.code === 'pack-key-unknown');
    return strange.length > 0 ? strange : best.faults;
  }
  const reason = branches.flat().map((issue) => issue.message);
  const place = namePath(tree, path) || '文件';
  return [
    { fault: { code: 'pack-value-invalid', params: { path: place, reason: [...new Set(reason)].join('; ') } }, path },
  ];
}
