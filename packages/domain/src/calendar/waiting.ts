import {
  addDays,
  addHours,
  addMonths,
  addYears,
  countyDate,
  laterOf,
  startOfCountyDay,
  type Duration,
  type Instant,
  type PlainDate,
} from '../date/index.js';
import { ok, type Result } from '../fault/index.js';
import type { Calendar } from './holidays.js';
import { dayOfMoment, momentOf } from './pauses.js';
import { addWorkingDays, isWorkingDay } from './working-days.js';

/** A time that must pass in full: its last day, and the first day and moment at which what waited for it may happen. */
export type WaitingPeriod = {
  readonly lastDay: PlainDate;
  readonly earliest: PlainDate;
  readonly earliestAt: Instant;
  readonly provisional: boolean;
};

/**
 * The waiting or notice period 公示期、提前期 that begins with a notice on a day: the day of the notice is not counted, then the full number of days, and
 * only the day after is free. Hours run from the moment, or from the end of the day where only the day is known.
 *
 * Never shortened: not for holidays, not by pauses, which is why it takes none. Refuses with `calendar-year-not-loaded` where working days are counted.
 *
 * @example valueOf(waitingPeriodFrom({ days: 15 }, plainDate('2026-03-01'), calendar)).earliest // => '2026-03-17'
 */
export function waitingPeriodFrom(
  duration: Duration,
  from: PlainDate | Instant,
  calendar: Calendar,
): Result<WaitingPeriod> {
  if ('hours' in duration) {
    const earliestAt = addHours(momentOf(from), duration.hours);
    const day = countyDate(earliestAt);
    return ok({ lastDay: day, earliest: day, earliestAt, provisional: false });
  }
  const start = dayOfMoment(from);
  if ('workingDays' in duration) {
    const counted = addWorkingDays(calendar, start, duration.workingDays);
    return counted.ok ? ok(freeAfter(counted.value.date, counted.value.provisional)) : counted;
  }
  return ok(freeAfter(lastCalendarDay(duration, start), false));
}

const freeAfter = (lastDay: PlainDate, provisional: boolean): WaitingPeriod => {
  const earliest = addDays(lastDay, 1);
  return { lastDay, earliest, earliestAt: startOfCountyDay(earliest), provisional };
};

function lastCalendarDay(
  duration: Exclude<Duration, { hours: number } | { workingDays: number }>,
  start: PlainDate,
): PlainDate {
  if ('months' in duration) return addMonths(start, duration.months);
  if ('years' in duration) return addYears(start, duration.years);
  return addDays(start, duration.days);
}

/**
 * The last day on which notice may be given of something on `event`; refuses with `calendar-year-not-loaded` where working days are counted.
 *
 * The day of the notice and the day of the event are not counted: ten days before the 20th means notice on the 9th at the latest.
 */
export function latestNoticeDay(duration: Duration, event: PlainDate, calendar: Calendar): Result<PlainDate> {
  if ('workingDays' in duration) {
    let day = event;
    for (let left = duration.workingDays; left > 0;) {
      day = addDays(day, -1);
      const standing = isWorkingDay(calendar, day);
      if (!standing.ok) return standing;
      if (standing.value.working) left -= 1;
    }
    return ok(addDays(day, -1));
  }
  // Where months differ in length, counting back is not the inverse of counting forward: the forward rule decides each day in turn.
  const isEarlyEnough = (day: PlainDate): boolean =>
    'hours' in duration
      ? countyDate(addHours(momentOf(day), duration.hours)) <= event
      : lastCalendarDay(duration, day) < event;
  let day = addDays(event, -1);
  while (!isEarlyEnough(day)) day = addDays(day, -1);
  return ok(day);
}

/** How many full days, calendar or working, lie between a notice and the event; for the refusal's figures. */
export function fullDaysBetween(
  notice: PlainDate,
  event: PlainDate,
  unit: 'days' | 'workingDays',
  calendar: Calendar,
): Result<number> {
  let count = 0;
  for (let day = addDays(notice, 1); day < laterOf(event, notice); day = addDays(day, 1)) {
    if (unit === 'workingDays') {
      const standing = isWorkingDay(calendar, day);
      if (!standing.ok) return standing;
      if (!standing.value.working) continue;
    }
    count += 1;
  }
  return ok(count);
}
