import { addDays, dateOfDayNumber, dayNumberOf, weekdayOf, yearOf, type PlainDate } from '../date/index.js';
import { fault, ok, refuse, type Result } from '../fault/index.js';
import { findStatutoryDay, noticeMayStillCome, standingOfYear, type Calendar } from './holidays.js';

/** Whether a day is worked, and whether that is provisional 暂定 because a notice that decides it is still to come. */
export type DayStanding = { readonly working: boolean; readonly provisional: boolean };

/**
 * Whether a day is a working day 工作日: Monday to Friday, less the days off, plus the weekend days worked in exchange.
 *
 * A coming year without a notice counts weekends and the statutory days and says so; a past one refuses with `calendar-year-not-loaded`,
 * because a deadline that was wrong then cannot be made right by a guess now.
 */
export function isWorkingDay(calendar: Calendar, date: PlainDate): Result<DayStanding> {
  const standing = standingOfYear(calendar, date);
  if (standing === 'missing') return refuse(fault('calendar-year-not-loaded', { year: yearOf(date) }));
  const day = dayNumberOf(date);
  const { off, worked } = calendar.holidays;
  const provisional = noticeMayStillCome(calendar, date);
  if (worked.has(day)) return ok({ working: true, provisional });
  if (off.has(day) || weekdayOf(date) >= 6) return ok({ working: false, provisional });
  const statutory = standing === 'coming' && findStatutoryDay(calendar.holidays, date) !== undefined;
  return ok({ working: !statutory, provisional });
}

/** The name of the holiday on a day, or undefined; weekends have none. */
export function findHolidayName(calendar: Calendar, date: PlainDate): string | undefined {
  const named = calendar.holidays.off.get(dayNumberOf(date));
  if (named !== undefined) return named;
  return standingOfYear(calendar, date) === 'coming' ? findStatutoryDay(calendar.holidays, date) : undefined;
}

/** A day found by counting, and whether a notice still to come may move it. */
export type CountedDay = { readonly date: PlainDate; readonly provisional: boolean };

/**
 * The day on which the n-th day that counts falls; the starting day is not counted (LAW-DC-201).
 *
 * Days for which `skips` holds do not count: that is how a paused clock stands still.
 */
export function countWorkingDays(
  calendar: Calendar,
  from: PlainDate,
  number: number,
  skips: (dayNumber: number) => boolean,
): Result<CountedDay> {
  let day = dayNumberOf(from);
  let provisional = false;
  for (let left = number; left > 0;) {
    day += 1;
    const standing = isWorkingDay(calendar, dateOfDayNumber(day));
    if (!standing.ok) return standing;
    provisional ||= standing.value.provisional;
    if (standing.value.working && !skips(day)) left -= 1;
  }
  return ok({ date: dateOfDayNumber(day), provisional });
}

/** The n-th working day after a day, which itself is not counted; n of 0 is the day itself. */
export const addWorkingDays = (calendar: Calendar, from: PlainDate, number: number): Result<CountedDay> =>
  countWorkingDays(calendar, from, number, () => false);

/** The day itself if it is worked, else the next one that is. */
export function workingDayFrom(calendar: Calendar, date: PlainDate): Result<CountedDay> {
  let provisional = false;
  for (let day = date; ; day = addDays(day, 1)) {
    const standing = isWorkingDay(calendar, day);
    if (!standing.ok) return standing;
    provisional ||= standing.value.provisional;
    if (standing.value.working) return ok({ date: day, provisional });
  }
}

/** How many working days lie after the first day up to and including the second. */
export function workingDaysBetween(calendar: Calendar, from: PlainDate, to: PlainDate): Result<number> {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const standing = isWorkingDay(calendar, day);
    if (!standing.ok) return standing;
    if (standing.value.working) count += 1;
  }
  return ok(count);
}
