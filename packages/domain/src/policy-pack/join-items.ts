import { DisclosureAnswers, DisclosureItem, LateDisclosure } from './kinds/disclosure-catalogue.js';
import { strictestOf } from './strictest.js';
import type { TreeMap } from './tree.js';

/** What reads a joined tree back. */
interface Shape<T> {
  readonly parse: (tree: unknown) => T;
}

/** Of two that say the same thing, the stricter of each figure; the first as it is where they contradict each other in what has no order. */
const stricter =
  <T extends object>(shape: Shape<T>) =>
  (first: T, second: T): T => {
    // Parsed rules are trees of plain values.
    const both = strictestOf(first as TreeMap, second as TreeMap);
    return both.ok ? shape.parse(both.rule) : first;
  };

/**
 * Joins what two documents that hold for one place say of one item 公开事项: the shorter period, the earlier day, the longer notice, every
 * channel, with the sources of both. Whoever publishes once by it has done what each of them asks.
 */
export const joinItems = stricter(DisclosureItem);

/** The same of whom a late duty reaches. */
export const joinLate = stricter(LateDisclosure);

/** The same of the days for an answer. */
export const joinAnswers = stricter(DisclosureAnswers);
