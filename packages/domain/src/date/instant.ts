import * as z from 'zod';
import { fault, ok, refuse, type Result } from '../fault/index.js';
import { dateOfDayNumber, dayNumberOf, parsePlainDate, type PlainDate } from './plain-date.js';

const PATTERN = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?Z$/;
const DAY = 86_400_000;
/** China keeps one time, eight hours ahead of UTC, without summer time (none since 1991). */
const COUNTY_OFFSET = 8 * 3_600_000;

const isInstantText = (text: string): boolean => {
  const match = PATTERN.exec(text);
  return match?.[1] !== undefined && parsePlainDate(match[1]).ok;
};

/**
 * Instant 时刻: a moment, ISO 8601 in UTC with `Z`; made by the caller's clock, never asked for by the domain.
 *
 * Fractions of a second may differ in length between writers, so compare with `compareInstants`, not as text.
 */
export const Instant = z
  .string()
  .refine(isInstantText, { error: 'an instant written YYYY-MM-DDTHH:MM:SSZ' })
  .brand<'Instant'>()
  .meta({ description: 'A moment in UTC, ISO 8601 with Z', example: '2026-01-31T08:00:00.000Z', format: 'date-time' });
export type Instant = z.infer<typeof Instant>;

/** Reads a moment that a request or a file gave; refuses with `instant-invalid`. */
export const parseInstant = (text: string): Result<Instant> =>
  isInstantText(text) ? ok(text as Instant) : refuse(fault('instant-invalid', { text }));

/** A moment the programmer wrote, or a clock gave; throws on a text that is none. */
export function instant(text: string): Instant {
  if (!isInstantText(text)) throw new RangeError(`not an instant: ${text}`);
  return text as Instant;
}

/** Whole milliseconds since 1970-01-01T00:00Z; finer fractions are cut. */
export function epochMillisecondsOf(moment: Instant): number {
  const match = PATTERN.exec(moment);
  if (match === null) throw new RangeError(`not an instant: ${moment}`);
  const [, date, hours, minutes, seconds, fraction = ''] = match;
  const inDay = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return dayNumberOf(date as PlainDate) * DAY + inDay * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The moment so many milliseconds after 1970-01-01T00:00Z, always written with three decimals. */
export function instantOf(epochMilliseconds: number): Instant {
  const day = Math.floor(epochMilliseconds / DAY);
  const inDay = epochMilliseconds - day * DAY;
  const seconds = Math.floor(inDay / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${dateOfDayNumber(day)}T${time}.${String(inDay % 1000).padStart(3, '0')}Z` as Instant;
}

/** −1, 0 or 1 as the first is earlier, the same or later, however many decimals each has. */
export function compareInstants(a: Instant, b: Instant): -1 | 0 | 1 {
  const wide = (moment: Instant): string => `${moment.slice(0, 19)}.${moment.slice(20, -1).padEnd(9, '0')}`;
  const [left, right] = [wide(a), wide(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The moment so many milliseconds later. */
export const addMilliseconds = (moment: Instant, milliseconds: number): Instant =>
  instantOf(epochMillisecondsOf(moment) + milliseconds);
/** The moment so many hours later; hours run through nights and holidays. */
export const addHours = (moment: Instant, hours: number): Instant => addMilliseconds(moment, hours * 3_600_000);

/**
 * The day it is in the county (UTC+8) at that moment; deadlines and rules are judged by it.
 *
 * @example countyDate(instant('2026-01-31T16:00:00Z')) // => '2026-02-01'
 */
export const countyDate = (moment: Instant): PlainDate =>
  dateOfDayNumber(Math.floor((epochMillisecondsOf(moment) + COUNTY_OFFSET) / DAY));

/** The time of day in the county, `HH:MM`. */
export const countyTime = (moment: Instant): string =>
  instantOf(epochMillisecondsOf(moment) + COUNTY_OFFSET).slice(11, 16);

/** Day and time of day in the county as people write them, `YYYY-MM-DD HH:MM`. */
export const countyDateAndTime = (moment: Instant): string => `${countyDate(moment)} ${countyTime(moment)}`;

/** The moment a day begins in the county. */
export const startOfCountyDay = (date: PlainDate): Instant => instantOf(dayNumberOf(date) * DAY - COUNTY_OFFSET);
/** The moment a day has ended in the county: 24:00, which is the next day's beginning (LAW-DC-203). */
export const endOfCountyDay = (date: PlainDate): Instant => instantOf((dayNumberOf(date) + 1) * DAY - COUNTY_OFFSET);
