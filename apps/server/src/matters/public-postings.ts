import {
  countyDate,
  daysBetween,
  findPersonalData,
  isPublicDecision,
  postingsOf,
  type Objection,
  type PlainDate,
  type Posting,
} from '@lianxin/domain';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import type { MatterDeps } from './act-context.js';
import { contextFor, pinnedTo } from './act-on-matter.js';
import { recordOf } from './matter-file.js';
import { readFile } from './matters.store.js';

/** An objection as everybody may read it, with the answer: nobody is named, and a text that holds personal data is kept back (null). */
export interface PublicObjection {
  readonly id: string;
  readonly on: string;
  readonly text: string | null;
  readonly answer: { readonly on: string; readonly text: string | null } | null;
}

/** A posting as everybody may read it. */
export interface PublicPosting extends Omit<Posting, 'objections' | 'answeredBy'> {
  /** Full days that are left of it; none on its last day, fewer than none afterwards. */
  readonly daysLeft: number;
  readonly objections: readonly PublicObjection[];
}

/** A posting that hangs in a place now, with the decision it belongs to. */
export interface HangingPosting extends PublicPosting {
  readonly matter: string;
  readonly division: string;
  /** Null where the subject holds personal data. */
  readonly subject: string | null;
}

const openText = (text: string): string | null => (findPersonalData(text).length === 0 ? text : null);

const objectionView = ({ act, at, text, answer }: Objection): PublicObjection => ({
  id: act,
  on: countyDate(at),
  text: openText(text),
  answer: answer === null ? null : { on: countyDate(answer.at), text: openText(answer.text) },
});

/** A posting as everybody may read it on a day. */
export const postingView = ({ answeredBy: _answeredBy, ...posting }: Posting, today: PlainDate): PublicPosting => ({
  ...posting,
  daysLeft: daysBetween(today, posting.until),
  objections: posting.objections.map(objectionView),
});

/** Days after which a posting is no longer looked for: longer than any that a law asks for. */
const longest = 400;

/**
 * The postings that hang in a range now 正在公示, the one that ends first at the head: of public decisions alone, since others have no public page.
 * Read under the rights of the transaction; of at most `most` decisions, the latest posted.
 */
export const hangingPostings = async (
  deps: MatterDeps,
  tx: Tx,
  range: { readonly lo: string; readonly hi: string },
  most: number,
): Promise<HangingPosting[]> => {
  const rows = await tx.rows<{ matter: string }>(
    `select a.matter from lx.act a join lx.matter m on m.county = a.county and m.id = a.matter and m.barred is null
     where a.county = $1 and a.division >= $2 and a.division < $3 and a.act = 'post' and a.occurred_at > $4::timestamptz - make_interval(days => $5)
     group by a.matter order by max(a.occurred_at) desc, a.matter limit $6`,
    [tx.context.county, range.lo, range.hi, tx.makers.clock(), longest, most],
  );
  const found: HangingPosting[] = [];
  for (const { matter } of rows) found.push(...(await postingsOfMatter(deps, tx, matter)));
  return found.toSorted((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
};

const postingsOfMatter = async (deps: MatterDeps, tx: Tx, id: string): Promise<HangingPosting[]> => {
  const file = await readFile(tx, id);
  if (file === undefined) return [];
  const context = await contextFor(deps, tx, file);
  const { procedure } = pinnedTo(context, file);
  if (!isPublicDecision(procedure)) return [];
  const { place: division, subject } = file.matter;
  return postingsOf(procedure, recordOf(file), context.calendar, context.now)
    .filter(({ down }) => !down)
    .map((posting) => ({
      ...postingView(posting, countyDate(context.now)),
      matter: id,
      division,
      subject: openText(subject),
    }));
};

/** Decisions looked at for the page of one village. */
const mostOnPage = 20;

/** What hangs in a village now, as its public page lists it. */
export const listVillagePostings = (deps: MatterDeps, village: string): Promise<HangingPosting[]> =>
  inContext(deps, systemContext(village.slice(0, 6)), (tx) =>
    hangingPostings(deps, tx, { lo: village, hi: `${village}:` }, mostOnPage),
  );
