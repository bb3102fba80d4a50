import type { ChannelUses, DecisionChannels, DecisionWord, PostingRow } from '@lianxin/contract';
import { countyDate, fault, isWithin, ok, refuse, scopeOf, type Result } from '@lianxin/domain';
import type { SessionActor } from '../access/index.js';
import { newestCertificateOf } from '../certificates/index.js';
import type { Deps } from '../deps.js';
import { directoryFor, hangingPostings, postedMatters, publicDecision, type PublicDecision } from '../matters/index.js';
import { listPublicMeetings, type PublicMeeting } from '../meetings/index.js';
import { inContext, systemContext, type Tx } from '../storage/index.js';
import { answersFor, mayOpenSender } from './decisions.access.js';
import { countUse, usesOf, wordsOf, type StoredWord } from './decisions.store.js';

/** A decision that is public, with the open meetings it was on the agenda of, and the first one that is called and still ahead. */
export interface FoundDecision {
  readonly decision: PublicDecision;
  readonly meetings: readonly PublicMeeting[];
  readonly next: PublicMeeting | undefined;
}

/** What the public page of a decision shows. */
export interface DecisionPage extends FoundDecision {
  readonly uses: ChannelUses;
  readonly words: readonly DecisionWord[];
  /** Where its certificate is read and checked; null before it has one. */
  readonly certificate: string | null;
}

const wordView = ({ id, kind, text, recordedAt, due, answer, answeredAt, sealed }: StoredWord): DecisionWord => ({
  id,
  kind,
  text,
  recordedAt,
  due,
  answer,
  answeredAt,
  sealed,
});

/** A decision of a village once it is public: it was posted, or an open meeting has it on its agenda; undefined before. */
export const findDecision = async (deps: Deps, village: string, matter: string): Promise<FoundDecision | undefined> => {
  const decision = await publicDecision(deps, village, matter);
  if (decision === undefined) return undefined;
  const meetings = (await listPublicMeetings(deps, village)).filter((meeting) =>
    meeting.items.some((item) => item.matter === matter),
  );
  if (decision.posted === null && meetings.length === 0) return undefined;
  const today = countyDate(deps.clock());
  const ahead = ({ state, meetsAt }: PublicMeeting): boolean => state === 'called' && countyDate(meetsAt) >= today;
  return { decision, meetings, next: meetings.findLast(ahead) };
};

/** The public page of a decision; with `opens` the file itself is opened, which is counted. */
export const readDecisionPage = async (
  deps: Deps,
  village: string,
  matter: string,
  opens: 'page' | 'file' = 'page',
): Promise<DecisionPage | undefined> => {
  const found = await findDecision(deps, village, matter);
  if (found === undefined) return undefined;
  return inContext(deps, systemContext(village.slice(0, 6)), async (tx) => {
    if (opens === 'file') await countUse(tx, village, matter, 'file');
    const certificate = await newestCertificateOf(tx, matter);
    return {
      ...found,
      uses: await usesOf(tx, matter),
      words: (await wordsOf(tx, matter)).map(wordView),
      certificate: certificate === undefined ? null : `/certificates/${tx.context.county}/${certificate}`,
    };
  });
};

/** Decisions listed on one page. */
const mostListed = 50;

/** The public decisions of a village, newest first. */
export const listDecisions = async (deps: Deps, village: string): Promise<readonly PublicDecision[]> => {
  const posted = await inContext(deps, systemContext(village.slice(0, 6)), (tx) =>
    postedMatters(tx, village, mostListed),
  );
  const called = (await listPublicMeetings(deps, village)).flatMap((one) =>
    one.items.flatMap((item) => item.matter ?? []),
  );
  const ids = [...new Set([...posted, ...called])].slice(0, mostListed);
  const found = await Promise.all(ids.map((id) => publicDecision(deps, village, id)));
  return found
    .flatMap((decision) => decision ?? [])
    .toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : 0));
};

/**
 * The four channels of a matter as an office of its range sees them; `not-found` outside it. The page is looked up before the transaction, so that
 * no connection waits for another.
 */
export const readChannels = async (
  deps: Deps,
  actor: SessionActor,
  matter: string,
): Promise<Result<DecisionChannels>> => {
  if (actor.office === null) return refuse(fault('not-found'));
  const seen = await inContext(deps, actor.context, async (tx) => {
    const row = await tx.first<{ place: string }>(`select place from lx.matter where county = $1 and id = $2`, [
      tx.context.county,
      matter,
    ]);
    return row && { ...row, uses: await usesOf(tx, matter), words: await wordsOf(tx, matter) };
  });
  if (seen === undefined) return refuse(fault('not-found'));
  const found = await findDecision(deps, seen.place, matter);
  return ok({
    page: found === undefined ? null : `/v/${seen.place}/decisions/${matter}`,
    uses: seen.uses,
    words: seen.words.map(wordView),
    mayAnswer: answersFor(actor, seen.place),
    mayOpenSender: mayOpenSender(actor),
  });
};

/** Decisions looked at for the postings of an office's range. */
const mostPosted = 200;

/** What hangs in a place, for an office whose range it lies in; `not-found` outside it. */
export const listPostings = async (
  deps: Deps,
  tx: Tx,
  actor: SessionActor,
  division: string,
): Promise<Result<PostingRow[]>> => {
  if (actor.office === null || !isWithin(division, tx.context)) return refuse(fault('not-found'));
  const directory = await directoryFor(deps, tx.context.county);
  const found = await hangingPostings(deps, tx, scopeOf(division), mostPosted);
  return ok(
    found.map(({ objecting, objections, ...posting }) => ({
      matter: posting.matter,
      division: posting.division,
      divisionName: directory.nameOf(posting.division),
      subject: posting.subject,
      what: posting.what,
      posted: posting.posted,
      until: posting.until,
      objectUntil: objecting === null ? null : (objecting.until ?? posting.until),
      waiting: objections.filter(({ answer }) => answer === null).length,
    })),
  );
};
