import { waitingPeriodFrom, type Calendar } from '../calendar/index.js';
import { addDays, countyDate, type Instant, type PlainDate } from '../date/index.js';
import { CHANNELS } from './channels.js';
import { standingAt } from './derive-progress.js';
import type { MatterRecord } from './matter.js';
import { planOf, type PlannedStage } from './plan.js';
import { objectionsUntil, readNotice, type Objection } from './posting.js';
import type { Procedure } from './procedure.js';
import { faultsOfNotice } from './notice-faults.js';
import { faultsOfPlace } from './stage-faults.js';
import type { Standing } from './standing-of.js';
import type { Who } from './who.js';

/** A posting 公示 of a matter, as whoever stands before the board reads it. */
export interface Posting {
  readonly stage: string;
  readonly title: string;
  readonly what: string;
  /** Where it hangs, in words. */
  readonly channels: readonly string[];
  readonly posted: PlainDate;
  /** The last of its full days; the matter goes on after it, unless an objection waits. */
  readonly until: PlainDate;
  /** The last day on which it must hang, which may be later than `until`. */
  readonly hangsUntil: PlainDate;
  /** Its stage is the one the matter is in: the notice was not ended yet. */
  readonly running: boolean;
  /** It was taken down, or its stage was left without an order that it stays. */
  readonly down: boolean;
  /** Whether an objection is taken now, and the last day on which one is; null where it is as long as the notice runs. */
  readonly objecting: { readonly until: PlainDate | null } | null;
  readonly objections: readonly Objection[];
  /** Who answers them. */
  readonly answeredBy: readonly Who[];
}

/**
 * Every posting of a matter at a moment, in the order of its stages: how long each hangs, whether one may still object, and what was objected and
 * answered. Derived with the same count of days that `ruleOnAct` refuses by, so that a board never promises a day on which the act is refused. A
 * posting whose days cannot be counted, because the calendar of a coming year is not announced, is left out.
 */
export function postingsOf(procedure: Procedure, record: MatterRecord, calendar: Calendar, now: Instant): Posting[] {
  const standing = standingAt(procedure, record, calendar, now);
  return [...planOf(procedure).stages.values()].flatMap((place) => readPosting(standing, place, now) ?? []);
}

function readPosting(standing: Standing, place: PlannedStage, now: Instant): Posting | undefined {
  const { publish } = place.part;
  const acts = standing.notices.get(place.path);
  if (publish === undefined || acts === undefined) return undefined;
  const notice = readNotice(publish, acts);
  const { posted } = notice;
  if (posted === undefined) return undefined;
  const day = countyDate(posted);
  const asked = waitingPeriodFrom(notice.period, day, standing.calendar);
  if (!asked.ok) return undefined;
  const until = asked.value.lastDay;
  const stays = publish.stays && waitingPeriodFrom(publish.stays.atLeast, day, standing.calendar);
  const hangsUntil = stays?.ok === true && stays.value.lastDay > until ? stays.value.lastDay : until;
  const running = standing.stage === place.stage.id && standing.inStage.get(place.path) === acts;
  const takenDown = standing.lastDone.get(`take-down-${place.part.id}`);
  return {
    stage: place.path,
    title: place.title,
    what: publish.what,
    channels: [...notice.firstOn.keys()].map((channel) => CHANNELS[channel] ?? channel),
    posted: day,
    until,
    hangsUntil,
    running,
    down: takenDown !== undefined ? takenDown.at > posted : !running && countyDate(now) > hangsUntil,
    objecting: objectingOf(standing, place, now),
    objections: notice.objections,
    answeredBy: publish.objections?.answeredBy ?? [],
  };
}

/** What may be done about a posting once its days are over 公示期满, from which day, and by whom. */
export interface PostingStep {
  /** The act as the rule calls it. */
  readonly title: string;
  readonly what: string;
  /** The first day on which the act is not refused for being too early. */
  readonly from: PlainDate;
  readonly by: readonly Who[];
}

/**
 * What the postings of a matter that is open still ask for once their days are over: going on with the matter, where no objection waits, and
 * taking down what had to stay up longer. Nothing that was done already; empty for a matter that has ended.
 */
export function postingSteps(
  procedure: Procedure,
  record: MatterRecord,
  calendar: Calendar,
  now: Instant,
): PostingStep[] {
  const standing = standingAt(procedure, record, calendar, now);
  if (standing.stage === null) return [];
  const plan = planOf(procedure);
  return [...plan.stages.values()].flatMap((place) => {
    const posting = readPosting(standing, place, now);
    if (posting === undefined) return [];
    const { what, until, hangsUntil, running, objections } = posting;
    const next = running ? place.acts.get('finish-posting') : plan.standing.get(`take-down-${place.part.id}`);
    if (next === undefined) return [];
    const waits = running && objections.some(({ answer }) => answer === null);
    const last = running ? undefined : standing.lastDone.get(next.rule.id);
    const done = last !== undefined && countyDate(last.at) >= posting.posted;
    const from = addDays(running ? until : hangsUntil, 1);
    return waits || done ? [] : [{ title: next.rule.title, what, from, by: next.by }];
  });
}

/** Whether the rule would take an objection at this moment, and until when. */
function objectingOf(standing: Standing, place: PlannedStage, now: Instant): Posting['objecting'] {
  const { publish } = place.part;
  const planned = place.acts.get('object');
  if (publish === undefined || planned === undefined) return null;
  if ([...faultsOfPlace(standing, planned), ...faultsOfNotice(standing, planned, now)].length > 0) return null;
  const notice = readNotice(publish, standing.inStage.get(place.path) ?? []);
  const last = notice.posted && objectionsUntil(publish, notice, notice.posted, standing.calendar);
  return { until: last?.ok === true ? last.value : null };
}
