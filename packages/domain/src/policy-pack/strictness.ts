import { Duration } from '../date/index.js';
import { Share, compareShares } from '../share/index.js';
import { isTreeList, sameTree, type Tree, type TreePath } from './tree.js';

/**
 * Strictness 宽严: how a value compares with another that stands in the same place of the same rule.
 *
 * `unknown` means that the two cannot be ordered (5 working days and 7 days may fall on either side of each other); what cannot
 * be ordered is never taken for a tightening.
 */
export type Strictness = 'same' | 'stricter' | 'looser' | 'unknown';

/** Compares `b` with `a`: is `b` stricter than `a`, for the value at this path? */
export function compareStrictness(path: TreePath, a: Tree, b: Tree): Strictness {
  if (sameTree(a, b)) return 'same';
  const share = shareStrictness(a, b);
  if (share !== undefined) return path.includes('demandedBy') ? opposite[share] : share;
  const direction = directionOf(path);
  if (direction === undefined) return 'unknown';
  const order = direction === 'set' ? compareSets(a, b) : compareAmounts(a, b);
  if (order === undefined) return 'unknown';
  if (order === 0) return 'same';
  const wanted = direction === 'lower' ? -1 : 1;
  return order === wanted ? 'stricter' : 'looser';
}

/** The share that a demand needs protects whoever demands: the smaller one is the stricter rule. */
const opposite: Readonly<Record<Strictness, Strictness>> = {
  same: 'same',
  stricter: 'looser',
  looser: 'stricter',
  unknown: 'unknown',
};

/** Which way is stricter: more of it, less of it, a bigger set; undefined where nothing may be changed at all. */
type Direction = 'higher' | 'lower' | 'set';

/**
 * The last key of the path decides, and the key above it where the same word serves both sides.
 *
 * `within` binds an office (shorter is stricter) except where it is the time that people have to object or to rate (longer is stricter).
 */
const directions: Readonly<Record<string, Direction>> = {
  within: 'lower',
  every: 'lower',
  byDay: 'lower',
  entries: 'lower',
  longest: 'lower',
  times: 'lower',
  most: 'lower',
  atMost: 'lower',
  limit: 'lower',
  noticePeriod: 'higher',
  atLeast: 'higher',
  least: 'higher',
  optional: 'lower',
  personal: 'higher',
  original: 'higher',
  runsOn: 'higher',
  singly: 'higher',
  mayBeShortened: 'lower',
  online: 'lower',
  mostCharacters: 'lower',
  channels: 'set',
  needs: 'set',
  covers: 'set',
  source: 'set',
  recuse: 'set',
  mask: 'set',
  onLate: 'set',
};
const peoplesTime: ReadonlySet<string> = new Set(['objections', 'rating', 'confirm', 'dispute']);

function directionOf(path: TreePath): Direction | undefined {
  const keys = path.filter((step) => typeof step === 'string');
  const last = keys.at(-1);
  if (last === undefined) return undefined;
  if (last === 'within' && keys.some((key) => peoplesTime.has(key))) return 'higher';
  return Object.hasOwn(directions, last) ? directions[last] : undefined;
}

/** Shares are ordered by the share kernel; undefined when either value is not a share. */
function shareStrictness(a: Tree, b: Tree): Strictness | undefined {
  const left = Share.safeParse(a);
  const right = Share.safeParse(b);
  if (!left.success || !right.success) return undefined;
  const standing = compareShares(right.data, left.data);
  return standing === 'incomparable' ? 'unknown' : standing;
}

/** A value that is one figure: of two that cannot be ordered no part of each may be kept. */
export const isFigure = (tree: Tree): boolean => Duration.safeParse(tree).success || Share.safeParse(tree).success;

function compareSets(a: Tree, b: Tree): number | undefined {
  const left = asList(a);
  const right = asList(b);
  const holds = (list: readonly Tree[], item: Tree): boolean => list.some((other) => sameTree(item, other));
  const rightHasAll = left.every((item) => holds(right, item));
  const leftHasAll = right.every((item) => holds(left, item));
  if (rightHasAll && leftHasAll) return 0;
  if (rightHasAll) return 1;
  return leftHasAll ? -1 : undefined;
}

export function asList(tree: Tree): readonly Tree[] {
  return isTreeList(tree) ? tree : [tree];
}

/** -1, 0 or 1 for two numbers, two booleans, or two durations whose possible lengths do not overlap; else undefined. */
export function compareAmounts(a: Tree, b: Tree): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(b - a);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Math.sign(Number(b) - Number(a));
  const left = lengthOf(a);
  const right = lengthOf(b);
  if (left === undefined || right === undefined) return undefined;
  if (left.unit === right.unit) return Math.sign(right.amount - left.amount);
  if (right.shortest > left.longest) return 1;
  if (right.longest < left.shortest) return -1;
  return undefined;
}

type Length = { amount: number; unit: string; shortest: number; longest: number };

/**
 * How many hours each unit may last at least and at most.
 *
 * Working days wait for weekends and holidays, so their upper bound is generous: a wrong order would let a loosening through.
 */
const hoursOf: Readonly<Record<string, (n: number) => readonly [number, number]>> = {
  hours: (n) => [n, n],
  days: (n) => [n * 24, n * 24],
  workingDays: (n) => [n * 24, (n + 2 * Math.ceil(n / 5) + 10 * Math.ceil(n / 20)) * 24],
  months: (n) => [n * 28 * 24, n * 31 * 24],
  years: (n) => [n * 365 * 24, n * 366 * 24],
};

function lengthOf(tree: Tree): Length | undefined {
  const read = Duration.safeParse(tree);
  if (!read.success) return undefined;
  const [unit, amount] = Object.entries(read.data)[0] ?? [];
  const bounds = unit === undefined || amount === undefined ? undefined : hoursOf[unit]?.(amount);
  if (unit === undefined || amount === undefined || bounds === undefined) return undefined;
  return { amount, unit, shortest: bounds[0], longest: bounds[1] };
}
