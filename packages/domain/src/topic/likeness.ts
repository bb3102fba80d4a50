import { daysBetween, type PlainDate } from '../date/index.js';
import type { Traits } from './traits.js';

/** Told 诉求要素: one request as it is compared with others: what was said, where and when; never who said it. */
export interface Told {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Twelve-digit division; empty where it is not known, which neither helps nor harms. */
  readonly place: string;
  readonly day: PlainDate;
  readonly traits: Traits;
}

/** Likeness 相似: how like two requests are, 0 to 1, and what makes up the figure, so that it can be shown and doubted. */
export interface Likeness {
  readonly score: number;
  /** By the words alone. */
  readonly words: number;
  /** What the places leave of it. */
  readonly place: number;
  /** What the time between them leaves of it. */
  readonly time: number;
  /** The same text sent again, with a word changed here and there. */
  readonly nearDuplicate: boolean;
}

/**
 * From which score two requests are offered as one matter, and from which share of common traits as the same text.
 * Measured on requests judged by hand (`npm run bench -- --only topics`), chosen on one half of them and reported on the other.
 */
export const thresholds: { readonly alike: number; readonly nearDuplicate: number } = {
  alike: 0.14,
  nearDuplicate: 0.5,
};

/** What is left of a likeness between villages of one township, and between townships. */
const elsewhere = { township: 0.8, beyond: 0.6 } as const;

/** Days after which time has taken half of what it can take, and how much it can take at most. */
const fading = { days: 60, most: 0.4 } as const;

/** Requests that are taken to stand behind those compared: among four, what three of them say is not yet what everybody says. */
const behind = 50;

/** Corpus 比较范围: the requests that are compared, with the weight of every trait in each; rare traits weigh more. */
export interface Corpus {
  readonly told: ReadonlyMap<string, Told>;
  /** Of one request: the weight of each trait; the squares add up to 1. */
  readonly weights: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** In how many requests a trait stands. */
  readonly spread: ReadonlyMap<string, number>;
}

/** Weighs the traits of a set of requests (TF-IDF): the same set gives the same weights, in whatever order it comes. */
export const corpusOf = (requests: readonly Told[]): Corpus => {
  const spread = new Map<string, number>();
  for (const { traits } of requests) for (const trait of traits.keys()) spread.set(trait, (spread.get(trait) ?? 0) + 1);
  const weights = new Map<string, ReadonlyMap<string, number>>();
  for (const { id, traits } of requests) {
    const own = new Map<string, number>();
    let squares = 0;
    for (const [trait, times] of traits) {
      const weight = (1 + Math.log(times)) * Math.log(1 + (requests.length + behind) / (spread.get(trait) ?? 1));
      own.set(trait, weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares);
    if (length > 0) for (const [trait, weight] of own) own.set(trait, weight / length);
    weights.set(id, own);
  }
  return { told: new Map(requests.map((one) => [one.id, one])), weights, spread };
};

const placeFactor = (a: string, b: string): number => {
  if (a === '' || b === '' || a.slice(0, 12) === b.slice(0, 12)) return 1;
  return a.slice(0, 9) === b.slice(0, 9) ? elsewhere.township : elsewhere.beyond;
};

const timeFactor = (a: PlainDate, b: PlainDate): number => {
  const apart = Math.abs(daysBetween(a, b));
  return 1 - (fading.most * apart) / (apart + fading.days);
};

const none: ReadonlyMap<string, number> = new Map();

const cosine = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [trait, weight] of few) sum += weight * (many.get(trait) ?? 0);
  return Math.min(1, sum);
};

/** The share of traits that two texts have in common, of all that either has. */
const overlap = (a: Traits, b: Traits): number => {
  let common = 0;
  for (const trait of a.keys()) if (b.has(trait)) common += 1;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
};

/** How like two requests of a corpus are; the order does not matter. */
export const likenessOf = (corpus: Corpus, one: Told, other: Told): Likeness => {
  // Added up in one order, so that a sum of fractions comes out the same from both sides.
  const [a, b] = one.id <= other.id ? [one, other] : [other, one];
  const words = cosine(corpus.weights.get(a.id) ?? none, corpus.weights.get(b.id) ?? none);
  const place = placeFactor(a.place, b.place);
  const time = timeFactor(a.day, b.day);
  return {
    score: words * place * time,
    words,
    place,
    time,
    nearDuplicate: overlap(a.traits, b.traits) >= thresholds.nearDuplicate,
  };
};

/** One request that may be the same matter as another. */
export interface Similar {
  readonly told: Told;
  readonly likeness: Likeness;
}

/** The requests most like one, best first, at most so many; only those that reach the threshold. An offer to a person, never a decision. */
export const similarTo = (corpus: Corpus, one: Told, most = 5): Similar[] =>
  [...corpus.told.values()]
    .filter((other) => other.id !== one.id)
    .map((other) => ({ told: other, likeness: likenessOf(corpus, one, other) }))
    .filter(({ likeness }) => likeness.score >= thresholds.alike)
    .toSorted((a, b) => b.likeness.score - a.likeness.score || (a.told.id < b.told.id ? -1 : 1))
    .slice(0, most);
