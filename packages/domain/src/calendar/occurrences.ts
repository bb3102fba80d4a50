import {
  addDays,
  dayNumberOf,
  dayOf,
  daysInMonth,
  laterOf,
  monthOf,
  weekdayOf,
  yearOf,
  type PlainDate,
} from '../date/index.js';
import { ok, type Result } from '../fault/index.js';
import type { Calendar } from './holidays.js';
import { readRecurrence, type Recurrence, type RecurrenceParts } from './recurrence.js';
import { workingDayFrom } from './working-days.js';

/** Occurrence 例行日: one day of a recurrence; `nominal` is the rule's own day, `on` the day after any shift. */
export type Occurrence = { readonly on: PlainDate; readonly nominal: PlainDate; readonly provisional: boolean };

const monthNumberOf = (date: PlainDate): number => yearOf(date) * 12 + monthOf(date);
const weekNumberOf = (date: PlainDate): number => Math.floor((dayNumberOf(date) + 3) / 7);

/** How many of the rule's steps lie between its start and a day. */
function stepsFromStart(parts: RecurrenceParts, start: PlainDate, date: PlainDate): number {
  if (parts.frequency === 'DAILY') return dayNumberOf(date) - dayNumberOf(start);
  if (parts.frequency === 'WEEKLY') return weekNumberOf(date) - weekNumberOf(start);
  if (parts.frequency === 'MONTHLY') return monthNumberOf(date) - monthNumberOf(start);
  return yearOf(date) - yearOf(start);
}

function isNamedWeekday(parts: RecurrenceParts, date: PlainDate): boolean {
  const length = daysInMonth(yearOf(date), monthOf(date));
  const fromFront = Math.ceil(dayOf(date) / 7);
  const fromBack = -Math.ceil((length - dayOf(date) + 1) / 7);
  return parts.byDay.some(
    ({ weekday, nth }) => weekday === weekdayOf(date) && (nth === undefined || nth === fromFront || nth === fromBack),
  );
}

function isNamedDayOfMonth(parts: RecurrenceParts, date: PlainDate): boolean {
  const length = daysInMonth(yearOf(date), monthOf(date));
  return parts.byMonthDay.some((day) => (day > 0 ? day : length + 1 + day) === dayOf(date));
}

/** Whether the rule names the day; a part it leaves out is taken from the start, as RFC 5545 has it. */
function matches(parts: RecurrenceParts, start: PlainDate | undefined, date: PlainDate): boolean {
  if (parts.byMonth.length > 0 && !parts.byMonth.includes(monthOf(date))) return false;
  if (parts.byDay.length > 0 && !isNamedWeekday(parts, date)) return false;
  if (parts.byMonthDay.length > 0 && !isNamedDayOfMonth(parts, date)) return false;
  if (start === undefined) return true;
  if (date < start || stepsFromStart(parts, start, date) % parts.interval !== 0) return false;
  const namesDay = parts.byDay.length > 0 || parts.byMonthDay.length > 0;
  if (parts.frequency === 'WEEKLY' && !namesDay) return weekdayOf(date) === weekdayOf(start);
  if (parts.frequency === 'MONTHLY' && !namesDay) return dayOf(date) === dayOf(start);
  if (parts.frequency !== 'YEARLY') return true;
  const namesMonth = parts.byMonth.length > 0 || parts.byDay.length > 0;
  return (namesMonth || monthOf(date) === monthOf(start)) && (namesDay || dayOf(date) === dayOf(start));
}

/** The rule's own days from its start to the end of the period; counted from the start, because COUNT does. */
function listNominalDays(
  parts: RecurrenceParts,
  start: PlainDate | undefined,
  from: PlainDate,
  to: PlainDate,
): PlainDate[] {
  const days: PlainDate[] = [];
  let found = 0;
  const begin = parts.count === undefined || start === undefined ? laterOf(from, start ?? from) : start;
  for (let day = begin; day <= to; day = addDays(day, 1)) {
    if (parts.until !== undefined && day > parts.until) break;
    if (!matches(parts, start, day)) continue;
    found += 1;
    if (parts.count !== undefined && found > parts.count) break;
    if (day >= from) days.push(day);
  }
  return days;
}

/**
 * The days of a recurrence whose own day lies in the period, in order, moved to the next working day where the recurrence says so.
 *
 * An occurrence belongs to the period of its own day even if it is moved beyond it, so that months follow one another without a gap or a double.
 * Refuses with `recurrence-invalid`, and with `calendar-year-not-loaded` where a day would have to be moved in such a year.
 *
 * @example valueOf(occurrencesOf({ rule: 'FREQ=MONTHLY;BYMONTHDAY=-1' }, february, calendar)).map((o) => o.on) // => ['2026-02-28']
 */
export function occurrencesOf(
  recurrence: Recurrence,
  period: { readonly from: PlainDate; readonly to: PlainDate },
  calendar: Calendar,
): Result<readonly Occurrence[]> {
  const parts = readRecurrence(recurrence);
  if (!parts.ok) return parts;
  const occurrences: Occurrence[] = [];
  for (const nominal of listNominalDays(parts.value, recurrence.start, period.from, period.to)) {
    if (recurrence.shift !== 'next-working-day') {
      occurrences.push({ on: nominal, nominal, provisional: false });
      continue;
    }
    const moved = workingDayFrom(calendar, nominal);
    if (!moved.ok) return moved;
    occurrences.push({ on: moved.value.date, nominal, provisional: moved.value.provisional });
  }
  return ok(occurrences);
}
