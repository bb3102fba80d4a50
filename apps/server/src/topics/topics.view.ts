import type { SimilarMatter } from '@lianxin/contract';
import { sharedPhrases, type Corpus, type Similar, type Told } from '@lianxin/domain';
import { daysBetween } from '@lianxin/domain';
import { momentOf, type Directory } from '../matters/index.js';
import type { RequestRow } from './topics.store.js';
import { wordsOf } from './words.js';

/** A matter in one line. */
export const besideView = (row: RequestRow, directory: Directory) => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  division: row.place,
  divisionName: directory.nameOf(row.place),
  state: row.state,
  openedAt: momentOf(row.opened_at),
});

const nearness = (a: string, b: string): SimilarMatter['place'] => {
  if (a.slice(0, 12) === b.slice(0, 12)) return 'same-village';
  return a.slice(0, 9) === b.slice(0, 9) ? 'same-township' : 'elsewhere';
};

/** An offer with its reasons. */
export const similarView = (
  corpus: Corpus,
  mine: Told,
  { told, likeness }: Similar,
  row: RequestRow,
  directory: Directory,
): SimilarMatter => ({
  ...besideView(row, directory),
  nearDuplicate: likeness.nearDuplicate,
  phrases: sharedPhrases(corpus, mine, told, wordsOf),
  percent: Math.round(100 * likeness.score),
  place: nearness(mine.place, told.place),
  daysApart: Math.abs(daysBetween(mine.day, told.day)),
});
