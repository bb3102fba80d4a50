import {
  addHours,
  addMilliseconds,
  addMonths,
  addYears,
  compareInstants,
  countyDate,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  epochMillisecondsOf,
  instantOf,
  type Duration,
  type Instant,
  type PlainDate,
} from '../date/index.js';
import { ok, type Result } from '../fault/index.js';
import type { Calendar } from './holidays.js';
import { dayOfMoment, findOpenPause, momentOf, pausedDays, runningMilliseconds, type Pause } from './pauses.js';
import { countWorkingDays, isWorkingDay, workingDayFrom } from './working-days.js';

/** Deadline 办理期限: the last day on which the thing may still be done, up to 24:00 of it. */
export type Deadline = {
  readonly due: PlainDate;
  /** For a limit in hours: the last moment, within `due`. */
  readonly dueAt?: Instant | undefined;
  readonly provisional: boolean;
  /**
   * The last day is a day of rest. The civil code would let the period end on `next` (LAW-DC-203); for an authority's own deadline we do not rely on
   * that, so `due` stays and the reader is told.
   */
  readonly restDay?: { readonly next: PlainDate; readonly provisional: boolean } | undefined;
  /** The clock stands still now; `due` is what it would be if it went on today. */
  readonly stopped?: { readonly since: Instant; readonly cause: string } | undefined;
};

/**
 * By when something begun at `from` must be done, counted as the law counts.
 *
 * The starting day is not counted (LAW-DC-201). Days, months and years are those of the calendar (LAW-DC-200, 202) and are never moved silently off a
 * rest day; working days need the year's holidays; hours run from the moment, or from the end of the starting day where only that is known. Paused time is added.
 * Refuses with `calendar-year-not-loaded`, only where working days are counted.
 */
export function deadlineOf(
  duration: Duration,
  from: PlainDate | Instant,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): Result<Deadline> {
  const open = findOpenPause(pauses);
  const stopped = open === undefined ? {} : { stopped: { since: open.from, cause: open.cause } };
  if ('hours' in duration) {
    const dueAt = endOfHours(momentOf(from), duration.hours, calendar, pauses);
    return ok({ due: countyDate(dueAt), dueAt, provisional: false, ...stopped });
  }
  const start = dayOfMoment(from);
  const skips = pausedDays(pauses, calendar.today);
  if ('workingDays' in duration) {
    const counted = countWorkingDays(calendar, start, duration.workingDays, skips);
    if (!counted.ok) return counted;
    return ok({ due: counted.value.date, provisional: counted.value.provisional, ...stopped });
  }
  const due = countCalendarDays(start, daysBetween(start, unpausedEnd(duration, start)), skips);
  return ok({ due, provisional: false, ...restDayNote(calendar, due), ...stopped });
}

type CalendarDuration = Exclude<Duration, { hours: number } | { workingDays: number }>;

function unpausedEnd(duration: CalendarDuration, start: PlainDate): PlainDate {
  if ('months' in duration) return addMonths(start, duration.months);
  if ('years' in duration) return addYears(start, duration.years);
  return dateOfDayNumber(dayNumberOf(start) + duration.days);
}

function countCalendarDays(start: PlainDate, number: number, skips: (dayNumber: number) => boolean): PlainDate {
  let day = dayNumberOf(start);
  for (let left = number; left > 0;) {
    day += 1;
    if (!skips(day)) left -= 1;
  }
  return dateOfDayNumber(day);
}

/** A rest day is noted where the calendar knows; a plain day needs no calendar, so an unknown year is no refusal here. */
function restDayNote(calendar: Calendar, due: PlainDate): Pick<Deadline, 'restDay'> {
  const standing = isWorkingDay(calendar, due);
  if (!standing.ok || standing.value.working) return {};
  const next = workingDayFrom(calendar, due);
  return next.ok ? { restDay: { next: next.value.date, provisional: next.value.provisional } } : {};
}

/** Hours that ran must reach the limit; each round adds what was stopped so far, until nothing more is. */
function endOfHours(from: Instant, hours: number, calendar: Calendar, pauses: readonly Pause[]): Instant {
  const needed = hours * 3_600_000;
  const closed = pauses.map((pause) => ({
    ...pause,
    to: pause.to ?? laterMoment(pause.from, momentOf(calendar.today)),
  }));
  let end = addHours(from, hours);
  for (let missing = needed - runningMilliseconds(from, end, closed); missing > 0;) {
    end = addMilliseconds(end, missing);
    missing = needed - runningMilliseconds(from, end, closed);
  }
  return instantOf(epochMillisecondsOf(end));
}

const laterMoment = (a: Instant, b: Instant): Instant => (compareInstants(a, b) >= 0 ? a : b);

/**
 * Whether something done at that moment is too late. The last day is available in full: 24:00 ends it (LAW-DC-203).
 *
 * Whether a stopped clock may make anyone late is the caller's to decide by `stopped`: for an act that was done, it is not asked.
 */
export const isAfterDeadline = (deadline: Deadline, moment: Instant): boolean =>
  deadline.dueAt === undefined ? countyDate(moment) > deadline.due : compareInstants(moment, deadline.dueAt) > 0;

/** Whether something still undone is overdue 逾期 at that moment; never while its clock stands still. */
export const isOverdue = (deadline: Deadline, now: Instant): boolean =>
  deadline.stopped === undefined && isAfterDeadline(deadline, now);
