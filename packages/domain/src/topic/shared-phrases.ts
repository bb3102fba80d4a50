import type { Corpus, Told } from './likeness.js';
import type { WordsOf } from './traits.js';

/** Longest phrase that is shown, in characters: a reason is read at a glance. */
const longest = 8;

const saying = /^[\p{L}\p{N}]+$/u;

/** Particles at the edge of a phrase, which say nothing by themselves. */
const edges = /^[的了是在和]+|[的了是在和]+$/gu;

/** How telling a phrase is: the rarity of the pairs in it. A phrase of common pairs alone tells nothing. */
const rarityOf = (corpus: Corpus, phrase: string): number => {
  const characters = Array.from(phrase);
  let sum = 0;
  for (const [at, second] of characters.slice(1).entries()) {
    const spread = corpus.spread.get(`${characters[at] ?? ''}${second}`) ?? corpus.told.size;
    sum += Math.log((1 + corpus.told.size) / spread);
  }
  return sum;
};

/** Runs of whole words of the first text that stand in the second too, each as long as it can be. */
const runs = (words: readonly string[], other: string): string[] => {
  const found: string[] = [];
  let run = '';
  for (const word of words) {
    const longer = `${run}${word}`;
    if (saying.test(word) && Array.from(longer).length <= longest && other.includes(longer)) {
      run = longer;
      continue;
    }
    if (run !== '') found.push(run);
    run = saying.test(word) && other.includes(word) ? word : '';
  }
  if (run !== '') found.push(run);
  return found;
};

/**
 * The phrases that two requests have in common, most telling first: the reason that stands beside an offer. Each stands in both texts
 * literally; none repeats what a longer one says.
 */
export const sharedPhrases = (corpus: Corpus, one: Told, other: Told, wordsOf: WordsOf, most = 5): string[] => {
  const theirs = `${other.title}\n${other.text}`;
  const candidates = new Set(
    runs(wordsOf(`${one.title}\n${one.text}`), theirs).map((run) => run.replaceAll(edges, '')),
  );
  const ranked = [...candidates]
    .filter((phrase) => Array.from(phrase).length > 1)
    .map((phrase) => ({ phrase, rarity: rarityOf(corpus, phrase) }))
    .toSorted((a, b) => b.rarity - a.rarity || (a.phrase < b.phrase ? -1 : 1));
  const kept: string[] = [];
  for (const { phrase } of ranked) {
    if (kept.length === most) break;
    if (!kept.some((longer) => longer.includes(phrase) || phrase.includes(longer))) kept.push(phrase);
  }
  return kept;
};
