import {
  addDays,
  countyDate,
  levelOf,
  type Instant,
  type PostingStep,
  type Procedure,
  type Progress,
} from '@lianxin/domain';
import type { Directory } from './directory.js';
import type { ActRow, MatterProjection } from './matter-file.js';

/** The clock that decides when the matter is due: of those still running, the whole matter's before a stage's, then the earliest. */
const decidingClock = (progress: Progress): Progress['clocks'][number] | undefined =>
  progress.clocks
    .filter((clock) => clock.state !== 'met')
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0];

/** The first day on which the deadline sweep has something to do: the day after a limit, a longest pause or the days of a posting are over. */
const nextCheck = (progress: Progress, postings: readonly PostingStep[], today: string): string | null => {
  if (progress.state === 'ended') return null;
  const days = [
    ...progress.clocks.filter((clock) => clock.state === 'running').map((clock) => addDays(clock.due, 1)),
    ...postings.map(({ from }) => from),
    ...(progress.paused?.until === undefined ? [] : [addDays(progress.paused.until, 1)]),
  ].filter((day) => day > today);
  return days.toSorted()[0] ?? null;
};

/** The body a matter rests with while nobody has taken it: the one whose stage it is. */
const restingBody = (procedure: Procedure, progress: Progress, place: string, directory: Directory): string | null => {
  const stage = procedure.stages.find((one) => one.id === progress.stage);
  const named = Object.values(progress.form).find(
    (value): value is string => typeof value === 'string' && directory.body(value) !== undefined,
  );
  const parts = stage === undefined ? [] : [stage, ...(stage.oneOf ?? []), ...(stage.allOf ?? [])];
  const parties = parts.flatMap((part) => [...(part.by ?? []), ...part.acts.flatMap((rule) => rule.by ?? [])]);
  const found = parties.flatMap((who) => directory.bodiesOf(who, place, progress.level));
  const atLevel = found.find((body) => levelOf(body.division) === progress.level);
  return (found.find((body) => body.id === named) ?? atLevel ?? found[0])?.id ?? null;
};

/** The unit that answers a shared demand: the body the form names, else the one that holds it. */
export const answeringUnit = (progress: Progress, holder: string | null, directory: Directory): string | null => {
  const named = Object.values(progress.form).find(
    (value): value is string => typeof value === 'string' && directory.body(value) !== undefined,
  );
  const body = named ?? holder;
  return body === null ? null : (directory.body(body)?.name ?? null);
};

/**
 * The projection (投影) of a matter: what its acts say it stands at, as columns. Pure; `rebuild` computes the same from the facts alone.
 * `seen` is the last moment at which the deadline sweep or an act looked.
 */
export const projectionOf = (given: {
  readonly procedure: Procedure;
  readonly progress: Progress;
  readonly acts: readonly Pick<ActRow, 'sense' | 'actor_kind' | 'occurred_at' | 'seq'>[];
  readonly place: string;
  readonly kind: string | null;
  readonly directory: Directory;
  /** What its postings still ask for; decides the next look alone, so a rebuild needs none. */
  readonly postings: readonly PostingStep[];
  readonly seen: Instant;
}): MatterProjection => {
  const { procedure, progress, acts, place, directory } = given;
  const clock = decidingClock(progress);
  const last = (sense: ActRow['sense']) => acts.findLast((act) => act.sense === sense);
  const ended = progress.state === 'ended';
  const settled = ended ? (procedure.closes.results.find((one) => one.id === progress.result)?.settled ?? false) : null;
  const confirm = last('confirm');
  const dispute = last('dispute');
  const confirmed = ended && confirm !== undefined && (dispute === undefined || dispute.seq < confirm.seq);
  const kind = typeof progress.form['kind'] === 'string' ? progress.form['kind'] : given.kind;
  const holderBody = progress.holder?.office ?? (ended ? null : restingBody(procedure, progress, place, directory));
  return {
    version: acts.length,
    state: progress.state,
    stage: progress.stage,
    level: progress.level,
    holder_post: progress.holder?.post ?? null,
    holder_body: holderBody,
    holder_person: progress.holder?.person ?? null,
    first_contact: progress.firstContact?.person ?? null,
    due: ended ? null : (clock?.due ?? null),
    provisional: !ended && (clock?.provisional ?? false),
    next_check: nextCheck(progress, given.postings, countyDate(given.seen)),
    result: progress.result ?? null,
    settled,
    accepted_at: acts.find((act) => act.sense === 'accept')?.occurred_at ?? null,
    claimed_at: last('claim')?.occurred_at ?? null,
    confirmed_by: confirmed ? (confirm.actor_kind === 'resident' ? 'filer' : 'sampled') : null,
    disputes: acts.filter((act) => act.sense === 'dispute').length,
    breaches: progress.counts.breaches,
    rating: progress.rating?.level ?? null,
    rated_at: progress.rating?.at ?? null,
    ended_at: progress.ended ?? null,
    kind,
  };
};

/** Whether a limit was overdue, and by how many days, on a day. */
export const overdueDays = (due: string | null, today: string): number => {
  if (due === null || today <= due) return 0;
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${due}T00:00:00Z`)) / 86_400_000);
};
