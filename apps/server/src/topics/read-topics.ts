import {
  addDays,
  corpusOf,
  countyDate,
  fault,
  groupTopics,
  isWithin,
  ok,
  refuse,
  scopeOf,
  sharedPhrases,
  type Corpus,
  type Result,
  type Topic,
} from '@lianxin/domain';
import type { TopicsPage, TopicView } from '@lianxin/contract';
import type { SessionActor } from '../access/index.js';
import type { Deps } from '../deps.js';
import { directoryFor, type Directory } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { toldBy } from './told.js';
import { linksOf, openRequests, settledCategories, type RequestRow } from './topics.store.js';
import { besideView } from './topics.view.js';
import { wordsOf } from './words.js';

const recentDays = 30;

/** Phrases that most of a topic's requests share with the one that names it. */
const phrasesOf = (corpus: Corpus, topic: Topic): string[] => {
  const times = new Map<string, number>();
  for (const member of topic.members.slice(0, 30)) {
    if (member.id === topic.of.id) continue;
    for (const phrase of sharedPhrases(corpus, member, topic.of, wordsOf, 8))
      times.set(phrase, (times.get(phrase) ?? 0) + 1);
  }
  const kept: string[] = [];
  for (const [phrase] of [...times].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    if (kept.length === 5) break;
    if (!kept.some((one) => one.includes(phrase) || phrase.includes(one))) kept.push(phrase);
  }
  return kept;
};

const placesOf = (topic: Topic, directory: Directory): TopicView['places'] => {
  const counts = new Map<string, number>();
  for (const { place } of topic.members) counts.set(place.slice(0, 12), (counts.get(place.slice(0, 12)) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([division, count]) => ({ division, name: directory.nameOf(division), count }));
};

/**
 * Topics among the open requests of a place, largest first: what staff linked stands together, what they called different apart, the rest by
 * likeness. The list is a reading aid; no request is changed by it. Refuses `not-found` outside the range.
 */
export const readTopics = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  asked: string | undefined,
): Promise<Result<TopicsPage>> => {
  const division = asked ?? actor.office?.division;
  if (division === undefined || !isWithin(division, tx.context)) return refuse(fault('not-found'));
  const directory = await directoryFor(deps, tx.context.county);
  const rows = await openRequests(tx, asked === undefined ? undefined : scopeOf(asked));
  const byId = new Map<string, RequestRow>(rows.map((row) => [row.id, row]));
  const told = await toldBy(deps, tx, rows);
  const corpus = corpusOf(told);
  const links = await linksOf(
    tx,
    told.map((one) => one.id),
  );
  const today = countyDate(deps.clock());
  const since = addDays(today, -recentDays);
  const topics = groupTopics(corpus, links).map((topic): TopicView => ({
    subject: byId.get(topic.of.id)?.subject ?? topic.of.title,
    phrases: phrasesOf(corpus, topic),
    count: topic.members.length,
    recent: topic.members.filter((member) => member.day > since).length,
    from: topic.from,
    to: topic.to,
    places: placesOf(topic, directory),
    matters: topic.members.flatMap((member) => {
      const row = byId.get(member.id);
      return row === undefined ? [] : [besideView(row, directory)];
    }),
  }));
  const settled = (await settledCategories(tx)).filter((one) => byId.has(one.matter));
  const counts = new Map<string, number>();
  for (const { path } of settled) counts.set(path[0] ?? '', (counts.get(path[0] ?? '') ?? 0) + 1);
  return ok({
    division,
    divisionName: directory.nameOf(division),
    date: today,
    compared: told.length,
    topics,
    categories: [...counts]
      .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .map(([name, count]) => ({ name, count })),
    unsorted: told.length - settled.length,
  });
};
