import { traitsOf, type Traits, type WordsOf } from './traits.js';

/** CategoryPath 分类: the names from the top of a category tree down, usually three. */
export type CategoryPath = readonly string[];

/** A request whose category a person settled. */
export interface Settled {
  readonly traits: Traits;
  readonly category: CategoryPath;
}

/** One suggestion, with the words that speak for it. */
export interface CategorySuggestion {
  readonly category: CategoryPath;
  readonly words: readonly string[];
}

/** How much the names of the tree count beside what people settled. */
const weightOfNames = 0.7;
/** Smoothing: of names, of which there are few words, and of settled requests. */
const smoothing = { names: 0.1, settled: 0.5 } as const;

/** Counts of traits under each of several names, and in all. */
interface Counts {
  readonly under: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly sums: ReadonlyMap<string, number>;
  readonly entries: ReadonlyMap<string, number>;
  readonly all: ReadonlyMap<string, number>;
  readonly sum: number;
  readonly size: number;
}

const countUnder = (entries: readonly (readonly [string, Traits])[]): Counts => {
  const under = new Map<string, Map<string, number>>();
  const sums = new Map<string, number>();
  const number = new Map<string, number>();
  const all = new Map<string, number>();
  let sum = 0;
  for (const [name, traits] of entries) {
    number.set(name, (number.get(name) ?? 0) + 1);
    const own = under.get(name) ?? new Map<string, number>();
    under.set(name, own);
    for (const [trait, times] of traits) {
      // A word said ten times says little more than one said twice.
      const value = Math.log(1 + times);
      own.set(trait, (own.get(trait) ?? 0) + value);
      all.set(trait, (all.get(trait) ?? 0) + value);
      sums.set(name, (sums.get(name) ?? 0) + value);
      sum += value;
    }
  }
  return { under, sums, entries: number, all, sum, size: entries.length };
};

const chance = (counts: Counts, name: string, trait: string, smooth: number): number =>
  ((counts.under.get(name)?.get(trait) ?? 0) + smooth) / ((counts.sums.get(name) ?? 0) + smooth * counts.all.size);

/** How well traits fit the names under one entry (multinomial naive Bayes). */
const fitNames = (counts: Counts, traits: Traits, name: string): number => {
  let score = Math.log((counts.entries.get(name) ?? 0) / counts.size);
  for (const [trait, times] of traits) {
    if (counts.all.has(trait)) score += Math.log(1 + times) * Math.log(chance(counts, name, trait, smoothing.names));
  }
  return score;
};

/** How badly traits fit everything but one entry (complement naive Bayes): fair where some entries have many settled requests and others few. */
const fitSettled = (counts: Counts, traits: Traits, name: string): number => {
  let score = 0;
  for (const [trait, times] of traits) {
    const everywhere = counts.all.get(trait);
    if (everywhere === undefined) continue;
    const others = everywhere - (counts.under.get(name)?.get(trait) ?? 0) + smoothing.settled;
    const rest = counts.sum - (counts.sums.get(name) ?? 0) + smoothing.settled * counts.all.size;
    score -= Math.log(1 + times) * Math.log(others / rest);
  }
  return score;
};

/** Brings scores of one kind to mean 0 and spread 1, so that two kinds can be added. */
const level = (scores: ReadonlyMap<string, number>): Map<string, number> => {
  const values = [...scores.values()];
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
  return new Map([...scores].map(([name, score]) => [name, spread === 0 ? 0 : (score - mean) / spread]));
};

/** What suggests categories: made once of a tree and of what people settled, asked for many requests. */
export interface Classifier {
  readonly suggest: (traits: Traits, most?: number) => CategorySuggestion[];
}

/**
 * Learns the names of a category tree and what people settled under it. It suggests the first level by both, the levels below by names and
 * by what was settled there; every suggestion shows its words. The order of what it is given changes nothing.
 */
export const classifierOf = (
  tree: readonly CategoryPath[],
  settled: readonly Settled[],
  wordsOf: WordsOf,
): Classifier => {
  const nameOf = (category: CategoryPath): string => category.join('/');
  const known = new Map(tree.map((category) => [nameOf(category), category]));
  const tops = [...new Set(tree.flatMap(([top]) => top ?? []))].toSorted();
  const words = tree.map((category) => [category, traitsOf('', category.join('，'), wordsOf)] as const);
  const names = countUnder(words.flatMap(([[top], traits]) => (top === undefined ? [] : [[top, traits]])));
  const learnt = countUnder(
    settled.flatMap(({ category: [top], traits }) => (top !== undefined && tops.includes(top) ? [[top, traits]] : [])),
  );
  const leaves = countUnder([
    ...words.map(([category, traits]) => [nameOf(category), traits] as const),
    ...settled.flatMap(({ category, traits }) =>
      known.has(nameOf(category)) ? [[nameOf(category), traits] as const] : [],
    ),
  ]);
  const topScores = (traits: Traits): Map<string, number> => {
    const byNames = level(new Map(tops.map((top) => [top, fitNames(names, traits, top)])));
    if (learnt.size === 0) return byNames;
    const bySettled = level(new Map(tops.map((top) => [top, fitSettled(learnt, traits, top)])));
    return new Map(tops.map((top) => [top, (bySettled.get(top) ?? 0) + weightOfNames * (byNames.get(top) ?? 0)]));
  };
  const reasons = (traits: Traits, top: string): string[] => {
    const telling = (trait: string): number =>
      Math.max(
        ...[names, learnt].map((counts) => {
          const here = counts.under.get(top)?.get(trait);
          return here === undefined
            ? Number.NEGATIVE_INFINITY
            : Math.log((here * counts.sum) / ((counts.all.get(trait) ?? 1) * (counts.sums.get(top) ?? 1)));
        }),
      );
    const found = [...traits.keys()]
      .map((trait) => ({ trait, weight: telling(trait) }))
      .filter(({ weight }) => weight >= 0)
      .toSorted((a, b) => b.weight - a.weight || b.trait.length - a.trait.length || (a.trait < b.trait ? -1 : 1));
    const kept: string[] = [];
    for (const { trait } of found) {
      if (kept.length === 4) break;
      if (!kept.some((one) => one.includes(trait) || trait.includes(one))) kept.push(trait);
    }
    return kept;
  };
  return {
    suggest: (traits, most = 3) =>
      [...topScores(traits)]
        .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .flatMap(([top]) => {
          const below = [...known]
            .filter(([, category]) => category[0] === top)
            .map(([name, category]) => ({ name, category, score: fitNames(leaves, traits, name) }))
            .toSorted((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
          const [best] = below;
          const words = reasons(traits, top);
          // What no word speaks for is no suggestion.
          return best === undefined || words.length === 0 ? [] : [{ category: best.category, words }];
        })
        .slice(0, most),
  };
};
