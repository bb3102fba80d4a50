import type { PlainDate } from '../date/index.js';
import { likenessOf, thresholds, type Corpus, type Told } from './likeness.js';

/** StaffWord 人工认定: what staff said about two requests; it goes before every figure. */
export interface StaffWord {
  readonly one: string;
  readonly other: string;
  readonly same: boolean;
}

/** Topic 热点: requests that are about one thing, as far as words, place and time can show. Nothing is merged by it. */
export interface Topic {
  /** The request that is most like the others, whose subject names the topic. */
  readonly of: Told;
  readonly members: readonly Told[];
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly places: readonly string[];
}

const keyOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

interface Edge {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/** The part of the threshold that rare traits alone must reach before two requests are compared in full: what everybody writes brings nobody together. */
const byRareTraits = 0.4;

/** Pairs worth comparing. One row of sums at a time, over the traits that few requests have. */
const candidates = (corpus: Corpus): [string, string][] => {
  const rare = Math.max(12, corpus.told.size / 20);
  const ids = [...corpus.told.keys()].toSorted();
  const holders = new Map<string, { readonly at: number[]; readonly weight: number[] }>();
  for (const [at, id] of ids.entries()) {
    for (const [trait, weight] of corpus.weights.get(id) ?? []) {
      const spread = corpus.spread.get(trait) ?? 0;
      if (spread < 2 || spread > rare) continue;
      const list = holders.get(trait) ?? { at: [], weight: [] };
      holders.set(trait, list);
      list.at.push(at);
      list.weight.push(weight);
    }
  }
  const found: [string, string][] = [];
  const sums = new Float64Array(ids.length);
  for (const [at, id] of ids.entries()) {
    sums.fill(0);
    for (const [trait, weight] of corpus.weights.get(id) ?? []) {
      const list = holders.get(trait);
      if (list === undefined) continue;
      for (let n = list.at.length - 1; n >= 0; n -= 1) {
        const other = list.at[n] ?? 0;
        if (other <= at) break;
        sums[other] = (sums[other] ?? 0) + weight * (list.weight[n] ?? 0);
      }
    }
    for (let n = at + 1; n < ids.length; n += 1) {
      if ((sums[n] ?? 0) >= thresholds.alike * byRareTraits) found.push([id, ids[n] ?? id]);
    }
  }
  return found;
};

const edgesOf = (corpus: Corpus): Edge[] =>
  candidates(corpus)
    .flatMap(([a, b]) => {
      const [one, other] = [corpus.told.get(a), corpus.told.get(b)];
      if (one === undefined || other === undefined) return [];
      const { score } = likenessOf(corpus, one, other);
      return score >= thresholds.alike ? [{ a, b, score }] : [];
    })
    .toSorted((x, y) => y.score - x.score || (keyOf(x.a, x.b) < keyOf(y.a, y.b) ? -1 : 1));

/** Groups that grow by joining two; each request is in exactly one. */
class Groups {
  private readonly groupOf = new Map<string, string[]>();
  constructor(ids: Iterable<string>) {
    for (const id of ids) this.groupOf.set(id, [id]);
  }
  of(id: string): readonly string[] {
    return this.groupOf.get(id) ?? [];
  }
  join(a: string, b: string): void {
    const [into, from] = [this.groupOf.get(a), this.groupOf.get(b)];
    if (into === undefined || from === undefined || into === from) return;
    into.push(...from);
    for (const id of from) this.groupOf.set(id, into);
  }
  all(): string[][] {
    return [...new Set(this.groupOf.values())];
  }
}

const topicOf = (corpus: Corpus, ids: readonly string[]): Topic | undefined => {
  const members = ids
    .flatMap((id) => corpus.told.get(id) ?? [])
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1));
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const closeness = (one: Told): number =>
    members.reduce((sum, other) => (one === other ? sum : sum + likenessOf(corpus, one, other).score), 0);
  let of = first;
  let best = -1;
  for (const one of members) {
    const value = closeness(one);
    if (value > best) [of, best] = [one, value];
  }
  return {
    of,
    members,
    from: first.day,
    to: last.day,
    places: [...new Set(members.map((one) => one.place))].toSorted(),
  };
};

/**
 * The topics among requests, largest first: what staff called the same is together, what they called different is apart whatever its words,
 * and the rest joins a group only if it is like its members on average. Nothing else is decided; the groups are looked at by people.
 */
export const groupTopics = (corpus: Corpus, words: readonly StaffWord[], atLeast = 2): Topic[] => {
  const groups = new Groups([...corpus.told.keys()].toSorted());
  for (const word of words) if (word.same) groups.join(word.one, word.other);
  const apart = new Set(words.filter((word) => !word.same).map((word) => keyOf(word.one, word.other)));
  const known = new Map<string, number>();
  const scoreOf = (a: string, b: string): number => {
    const key = keyOf(a, b);
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const [one, other] = [corpus.told.get(a), corpus.told.get(b)];
    const score = one === undefined || other === undefined ? 0 : likenessOf(corpus, one, other).score;
    known.set(key, score);
    return score;
  };
  for (const { a, b } of edgesOf(corpus)) {
    const [mine, theirs] = [groups.of(a), groups.of(b)];
    if (mine === theirs) continue;
    let sum = 0;
    let kept = true;
    for (const one of mine) {
      for (const other of theirs) {
        if (apart.has(keyOf(one, other))) kept = false;
        sum += scoreOf(one, other);
      }
    }
    if (kept && sum / (mine.length * theirs.length) >= thresholds.alike) groups.join(a, b);
  }
  return groups
    .all()
    .filter((ids) => ids.length >= atLeast)
    .flatMap((ids) => topicOf(corpus, ids) ?? [])
    .toSorted(
      (a, b) =>
        b.members.length - a.members.length || (a.to < b.to ? 1 : a.to > b.to ? -1 : a.of.id < b.of.id ? -1 : 1),
    );
};
