import { readShare, type Denominator, type Share } from './share.js';

/** How one rule stands to another: an overlay may be the same or stricter, never looser, and what cannot be compared is refused. */
export type Strictness = 'same' | 'stricter' | 'looser' | 'incomparable';

/** Each denominator with those that can never be larger: who votes is present, who is present is entitled, who is entitled is a member. */
const CONTAINS: Readonly<Record<Denominator, readonly Denominator[]>> = {
  'all-members': ['entitled', 'present', 'voting'],
  entitled: ['present', 'voting'],
  present: ['voting'],
  'registered-voters': ['voting'],
  voting: [],
  households: [],
};

/**
 * How the first share stands to the second, for every body size at once.
 *
 * The same fraction of a larger group asks for more people, so 过半数 of those entitled is stricter than 过半数 of those present; households and
 * persons cannot be compared.
 *
 * @example compareShares({ atLeast: '2/3', of: 'present' }, { moreThan: '1/2', of: 'present' }) // => 'stricter'
 */
export function compareShares(first: Share, second: Share): Strictness {
  const [a, b] = [readShare(first), readShare(second)];
  const difference = a.upper * b.lower - b.upper * a.lower || Number(a.strict) - Number(b.strict);
  if (a.of === b.of) return difference === 0 ? 'same' : difference > 0 ? 'stricter' : 'looser';
  if (CONTAINS[a.of].includes(b.of)) return difference >= 0 ? 'stricter' : 'incomparable';
  if (CONTAINS[b.of].includes(a.of)) return difference <= 0 ? 'looser' : 'incomparable';
  return 'incomparable';
}

/** The stricter of two shares, or undefined where neither is; merging two procedures of one matter keeps it. */
export function stricterShare(first: Share, second: Share): Share | undefined {
  const standing = compareShares(first, second);
  if (standing === 'incomparable') return undefined;
  return standing === 'looser' ? second : first;
}
