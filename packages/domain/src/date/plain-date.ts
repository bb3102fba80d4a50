import * as z from 'zod';
import { fault, ok, refuse, type Result } from '../fault/index.js';

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The number of days of a month, 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isDateText(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * PlainDate 日期: a day of the calendar written `YYYY-MM-DD`, without time or zone.
 *
 * A day is what law counts; a `Date` is an instant that changes its day with the machine's zone. Texts of this form sort as the days do.
 */
export const PlainDate = z
  .string()
  .refine(isDateText, { error: 'a date written YYYY-MM-DD' })
  .brand<'PlainDate'>()
  .meta({ description: 'A day, YYYY-MM-DD', example: '2026-01-31', format: 'date' });
export type PlainDate = z.infer<typeof PlainDate>;

/**
 * Reads a date that a person or a file gave; refuses with `date-invalid`.
 *
 * @example parsePlainDate('2026-02-29').ok // => false
 */
export function parsePlainDate(text: string): Result<PlainDate> {
  return isDateText(text) ? ok(text as PlainDate) : refuse(fault('date-invalid', { text }));
}

/** A date the programmer wrote; throws on a text that is none, because that is a bug. */
export function plainDate(text: string): PlainDate {
  if (!isDateText(text)) throw new RangeError(`not a date: ${text}`);
  return text as PlainDate;
}

/** The date of a year, month 1–12 and day; throws where there is no such day. */
export function plainDateOf(year: number, month: number, day: number): PlainDate {
  return plainDate(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  );
}

export const yearOf = (date: PlainDate): number => Number(date.slice(0, 4));
/** 1 to 12. */
export const monthOf = (date: PlainDate): number => Number(date.slice(5, 7));
/** 1 to 31. */
export const dayOf = (date: PlainDate): number => Number(date.slice(8, 10));

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant's days-from-civil): integers, no clock, no zone. */
export function dayNumberOf(date: PlainDate): number {
  const month = monthOf(date);
  const year = yearOf(date) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOf(date) - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The date of a day number; the inverse of `dayNumberOf`. */
export function dateOfDayNumber(dayNumber: number): PlainDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return plainDateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** −1, 0 or 1 as the first is earlier, the same or later; fit for `sort`. */
export const comparePlainDates = (a: PlainDate, b: PlainDate): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);

/** The day so many days later (earlier, if negative). */
export const addDays = (date: PlainDate, days: number): PlainDate => dateOfDayNumber(dayNumberOf(date) + days);

/** How many days lie from the first to the second: 1 from today to tomorrow, negative backwards. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumberOf(to) - dayNumberOf(from);

/**
 * The same day so many months later; where that month lacks the day, its last day (LAW-DC-202).
 *
 * @example addMonths(plainDate('2026-01-31'), 1) // => '2026-02-28'
 */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const counted = yearOf(date) * 12 + (monthOf(date) - 1) + months;
  const year = Math.floor(counted / 12);
  const month = counted - year * 12 + 1;
  return plainDateOf(year, month, Math.min(dayOf(date), daysInMonth(year, month)));
}

/** The same day so many years later; 29 February becomes 28 February in a common year (LAW-DC-202). */
export const addYears = (date: PlainDate, years: number): PlainDate => addMonths(date, years * 12);

/** The day of the week, 1 Monday to 7 Sunday, as ISO 8601 numbers them. */
export function weekdayOf(date: PlainDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  const sinceMonday = (((dayNumberOf(date) + 3) % 7) + 7) % 7;
  return (sinceMonday + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a <= b ? a : b);
export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a >= b ? a : b);
