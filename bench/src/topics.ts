import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  classifierOf,
  corpusOf,
  groupTopics,
  likenessOf,
  plainDate,
  similarTo,
  thresholds,
  traitsOf,
  type CategoryPath,
  type Told,
  type Traits,
} from '@lianxin/domain';
import { checkout } from '@lianxin/server';
import type { Figure } from './figures.js';

/** Real requests are no part of the project: a folder with `topics.jsonl`, `labelled.jsonl` and `taxonomy.jsonl`, given by argument or environment. */
const requestsFolder = (given: string | undefined): string =>
  given ?? process.env.LIANXIN_REQUESTS_FOLDER ?? path.join(checkout, '../shared/data/requests');

interface Line {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly filed_at: string;
  readonly category?: string;
}

const read = <T>(folder: string, name: string): T[] =>
  readFileSync(path.join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** The messages name a masked district (`A3区`); it stands in for the village, which a matter has and a message has not. */
const placeOf = (line: Line): string => {
  const found = /([A-Z])(\d+)[区县市]/u.exec(line.title) ?? /([A-Z])(\d+)[区县市]/u.exec(line.text.slice(0, 200));
  if (found === null) return '';
  return `00${String(found[1]?.charCodeAt(0)).padStart(4, '0')}${String(found[2]).padStart(6, '0').slice(0, 3)}${String(found[2]).padStart(3, '0')}`;
};

const toldOf = (line: Line): Told => ({
  id: String(line.id),
  title: line.title,
  text: line.text,
  place: placeOf(line),
  day: plainDate(line.filed_at.slice(0, 10)),
  traits: traitsOf(line.title, line.text, wordsOf),
});

interface Scored {
  readonly score: number;
  readonly right: boolean;
}

const rates = (pairs: readonly Scored[], from: number): { precision: number; recall: number } => {
  const offered = pairs.filter((pair) => pair.score >= from);
  const right = offered.filter((pair) => pair.right).length;
  return { precision: right / offered.length, recall: right / pairs.filter((pair) => pair.right).length };
};

/** Average precision: 1 if every right pair stands before every wrong one. */
const averagePrecision = (pairs: readonly Scored[]): number => {
  let right = 0;
  let sum = 0;
  for (const [at, pair] of pairs.toSorted((a, b) => b.score - a.score).entries()) {
    if (!pair.right) continue;
    right += 1;
    sum += right / (at + 1);
  }
  return sum / right;
};

/** The threshold with the best balance of precision and recall. */
const bestThreshold = (pairs: readonly Scored[]): number => {
  const balance = (from: number): number => {
    const { precision, recall } = rates(pairs, from);
    return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  };
  return pairs.map((pair) => pair.score).reduce((best, one) => (balance(one) > balance(best) ? one : best));
};

const share = (id: string, title: string, asked: string, value: number, of: string): Figure => ({
  id,
  title,
  asked,
  ratio: value,
  ours: { unit: of, rounds: [value] },
  reference: { title: 'judged by hand', unit: '', rounds: [] },
  missing: 'see docs/decisions/2026-11-27-words-of-requests.md',
});

const measurePairs = (folder: string): Figure[] => {
  const told = new Map(read<Line>(folder, 'topics.jsonl').map((line) => [String(line.id), toldOf(line)]));
  const corpus = corpusOf([...told.values()]);
  const lines = readFileSync(path.join(checkout, 'bench/judged/request-pairs.csv'), 'utf8').trim().split('\n').slice(1);
  const asked = [...new Set(lines.map((line) => line.split(',')[0]))];
  const pairs = lines.flatMap((line) => {
    const [a = '', b = '', judged] = line.split(',');
    const [one, other] = [told.get(a), told.get(b)];
    if (one === undefined || other === undefined) return [];
    const { score, nearDuplicate } = likenessOf(corpus, one, other);
    return [{ score, nearDuplicate, judged, right: judged !== 'neither', half: asked.indexOf(a) % 2 }];
  });
  const held = pairs.filter((pair) => pair.half === 1);
  const chosen = bestThreshold(pairs.filter((pair) => pair.half === 0));
  const all = rates(pairs, thresholds.alike);
  const other = rates(held, thresholds.alike);
  const twins = pairs.filter((pair) => pair.nearDuplicate);
  const truly = pairs.filter((pair) => pair.judged === 'near-duplicate');
  const began = performance.now();
  const topics = groupTopics(corpus, [], 3);
  const grouped = performance.now() - began;
  const one = [...told.values()][0];
  const start = performance.now();
  if (one !== undefined) similarTo(corpus, one);
  const found = performance.now() - start;
  const note = `${pairs.length} pairs of ${asked.length} requests, ${pairs.filter((pair) => pair.right).length} the same`;
  return [
    share(
      'topics/average-precision',
      `pairs ranked by likeness: ${note}`,
      '≥ 0.90',
      averagePrecision(pairs),
      'average precision',
    ),
    share(
      'topics/precision',
      `offered at ${thresholds.alike} (best on one half: ${chosen.toFixed(3)}), all pairs`,
      '≥ 0.80',
      all.precision,
      'of offers right',
    ),
    share('topics/recall', 'the same, all pairs', '≥ 0.80', all.recall, 'of the same found'),
    share(
      'topics/held-precision',
      'the half on which nothing was chosen',
      '≥ 0.80',
      other.precision,
      'of offers right',
    ),
    share('topics/held-recall', 'the half on which nothing was chosen', '≥ 0.80', other.recall, 'of the same found'),
    share(
      'topics/near-duplicate-precision',
      `called the same text: ${twins.length}`,
      '≥ 0.80',
      twins.filter((pair) => pair.right).length / twins.length,
      'are about one matter',
    ),
    share(
      'topics/near-duplicate-recall',
      `judged near-duplicates: ${truly.length}`,
      '≥ 0.80',
      truly.filter((pair) => pair.nearDuplicate).length / truly.length,
      'called the same text',
    ),
    {
      id: 'topics/time',
      title: `${told.size} requests: ${topics.length} topics of three or more, the largest ${topics
        .slice(0, 5)
        .map((topic) => topic.members.length)
        .join(', ')}`,
      asked: 'a page that a person waits for',
      ratio: null,
      ours: { unit: 'ms to group all', rounds: [grouped] },
      reference: { title: 'one request against all', unit: 'ms', rounds: [found] },
    },
  ];
};

/** Shuffles the same way each time, so that the folds are the same on every machine. */
const shuffled = <T>(list: readonly T[]): T[] => {
  let seed = 7;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
  return list
    .map((one) => ({ one, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
};

const measureCategories = (folder: string, folds: number): Figure[] => {
  const tree: CategoryPath[] = read<{ l1: string; l2: string; l3: string }>(folder, 'taxonomy.jsonl').map(
    ({ l1, l2, l3 }) => [l1, l2, l3],
  );
  const labelled: { traits: Traits; category: CategoryPath }[] = shuffled(read<Line>(folder, 'labelled.jsonl')).map(
    (line) => ({
      traits: traitsOf(line.title, line.text, wordsOf),
      category: [line.category ?? ''],
    }),
  );
  let first = 0;
  let three = 0;
  let untaught = 0;
  const names = classifierOf(tree, [], wordsOf);
  for (let fold = 0; fold < folds; fold += 1) {
    const taught = classifierOf(
      tree,
      labelled.filter((_, at) => at % folds !== fold),
      wordsOf,
    );
    for (const { traits, category } of labelled.filter((_, at) => at % folds === fold)) {
      const tops = taught.suggest(traits).map((one) => one.category[0]);
      if (tops[0] === category[0]) first += 1;
      if (tops.includes(category[0])) three += 1;
      if (names.suggest(traits, 1)[0]?.category[0] === category[0]) untaught += 1;
    }
  }
  const of = labelled.length;
  const title = `first level of ${new Set(tree.map(([top]) => top)).size}, ${of} requests, ${folds} folds`;
  return [
    share('topics/category', title, '≥ 0.80', first / of, 'first suggestion right'),
    share('topics/category-of-three', title, '≥ 0.95', three / of, 'among three suggestions'),
    share(
      'topics/category-untaught',
      'before anybody settled one: by the names of the tree alone',
      '≥ 0.60',
      untaught / of,
      'first suggestion right',
    ),
  ];
};

/** How good the offers of topics and categories are, against what was judged by hand; skips, saying so, where the requests are not. */
export const measureTopics = (given: string | undefined): Figure[] => {
  const folder = requestsFolder(given);
  if (!existsSync(path.join(folder, 'topics.jsonl'))) {
    process.stderr.write(
      `topics: skipped, no real requests in ${folder} (--requests or LIANXIN_REQUESTS_FOLDER names another folder)\n`,
    );
    return [];
  }
  return [...measurePairs(folder), ...measureCategories(folder, 10)];
};
