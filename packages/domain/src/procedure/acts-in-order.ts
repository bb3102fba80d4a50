import { compareInstants, type Instant } from '../date/index.js';
import type { Act } from './matter.js';

/** −1, 0 or 1; texts of one length have the same number of decimals and compare as they are, which is most of them. */
export const compareMoments = (a: Instant, b: Instant): -1 | 0 | 1 => {
  if (a.length !== b.length) return compareInstants(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
};

/** The earlier of two moments. */
export const earlierOf = (a: Instant, b: Instant): Instant => (compareMoments(a, b) <= 0 ? a : b);

/** Whether the first moment is not after the second. */
export const isUpTo = (moment: Instant, limit: Instant): boolean => compareMoments(moment, limit) <= 0;

const inOrder = (a: Act, b: Act): number => compareMoments(a.occurredAt, b.occurredAt) || a.seq - b.seq;

/**
 * The acts as they happened: by `occurredAt`, then by number. `recordedAt` plays no part, so a late entry stands where it belongs.
 * The opening act comes first whatever its time.
 */
export function actsInOrder(acts: readonly Act[]): readonly Act[] {
  for (let i = 1; i < acts.length; i += 1) {
    const [before, after] = [acts[i - 1], acts[i]];
    if (before !== undefined && after !== undefined && inOrder(before, after) > 0) return acts.toSorted(inOrder);
  }
  return acts;
}
