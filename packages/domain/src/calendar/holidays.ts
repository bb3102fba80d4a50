import * as z from 'zod';
import { dayNumberOf, includesDate, Period, PlainDate, yearOf } from '../date/index.js';

const NamedDay = z.strictObject({ date: PlainDate, name: z.string().min(1) });

/**
 * CalendarYear 放假安排: what one year's holiday notice decided: every day off, and every weekend day worked in exchange (调休).
 *
 * A notice may reach into the December before; the days stand in the file of the notice that decided them.
 */
export const CalendarYear = z.strictObject({
  year: z.int().min(1949).max(2200),
  source: z.string().min(1),
  holidays: z.array(NamedDay),
  worked: z.array(PlainDate),
});
export type CalendarYear = {
  readonly year: number;
  readonly source: string;
  readonly holidays: readonly { readonly date: PlainDate; readonly name: string }[];
  readonly worked: readonly PlainDate[];
};

/** StatutoryDays 法定节日: the days the statute itself gives off, for years whose notice is still to come. */
export const StatutoryDays = z.strictObject({
  source: z.string().min(1),
  /** Days of the solar calendar, `MM-DD`, with the dates between which the statute gives them. */
  fixed: z.array(z.strictObject({ day: z.string().regex(/^\d{2}-\d{2}$/), name: z.string().min(1), inForce: Period })),
  /** Days of the lunar calendar and 清明, worked out in advance. */
  dated: z.array(NamedDay),
});
export type StatutoryDays = {
  readonly source: string;
  readonly fixed: readonly { readonly day: string; readonly name: string; readonly inForce: Period }[];
  readonly dated: readonly { readonly date: PlainDate; readonly name: string }[];
};

/** Holidays 节假日: the loaded years, indexed once and shared by every computation. */
export type Holidays = {
  readonly loadedYears: ReadonlySet<number>;
  readonly off: ReadonlyMap<number, string>;
  readonly worked: ReadonlySet<number>;
  readonly statutory: { readonly fixed: StatutoryDays['fixed']; readonly dated: ReadonlyMap<number, string> };
};

/**
 * Calendar 日历: the holidays, and the day on which one asks; the day decides whether a year without a notice is past (a refusal) or coming
 * (provisional).
 */
export type Calendar = { readonly holidays: Holidays; readonly today: PlainDate };

/** Indexes the loaded notices by day. Throws where two notices contradict each other on a day: the data is broken, not the question. */
export function indexHolidays(years: readonly CalendarYear[], statutory: StatutoryDays): Holidays {
  const off = new Map<number, string>();
  const worked = new Set<number>();
  for (const year of years) {
    for (const { date, name } of year.holidays) off.set(dayNumberOf(date), name);
    for (const date of year.worked) worked.add(dayNumberOf(date));
  }
  for (const day of worked) if (off.has(day)) throw new Error(`a day is both worked and off: ${off.get(day)}`);
  return {
    loadedYears: new Set(years.map((year) => year.year)),
    off,
    worked,
    statutory: {
      fixed: statutory.fixed,
      dated: new Map(statutory.dated.map(({ date, name }) => [dayNumberOf(date), name])),
    },
  };
}

/** The holidays as seen on a day; cheap, so that every request has its own. */
export const calendarOn = (holidays: Holidays, today: PlainDate): Calendar => ({ holidays, today });

/** The name of the statutory day on a date by the statute in force then, or undefined. */
export function findStatutoryDay(holidays: Holidays, date: PlainDate): string | undefined {
  const fixed = holidays.statutory.fixed.find((row) => row.day === date.slice(5) && includesDate(row.inForce, date));
  return fixed?.name ?? holidays.statutory.dated.get(dayNumberOf(date));
}

/** What is known of a day's year: its notice is loaded, it is still to come, or it is past and missing. */
export function standingOfYear(calendar: Calendar, date: PlainDate): 'loaded' | 'coming' | 'missing' {
  const year = yearOf(date);
  if (calendar.holidays.loadedYears.has(year)) return 'loaded';
  return year >= yearOf(calendar.today) ? 'coming' : 'missing';
}

/** The year whose notice may still change this day: the next one's, for the last days of December (元旦调休). */
export function noticeMayStillCome(calendar: Calendar, date: PlainDate): boolean {
  const { loadedYears } = calendar.holidays;
  if (!loadedYears.has(yearOf(date))) return true;
  return date.slice(5) >= '12-26' && !loadedYears.has(yearOf(date) + 1);
}
