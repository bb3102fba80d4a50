import * as z from 'zod';
import {
  compareInstants,
  countyDate,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  epochMillisecondsOf,
  Instant,
  laterOf,
  startOfCountyDay,
  type PlainDate,
} from '../date/index.js';
import { ok, type Result } from '../fault/index.js';
import { isWorkingDay, workingDaysBetween } from './working-days.js';
import type { Calendar } from './holidays.js';

/**
 * Pause 中止计时: a time during which a clock stood still, and why; without `to` it still stands.
 *
 * As with every period, its first day is not counted (LAW-DC-201): the day of asking still runs, the day of the answer does not, the clock goes
 * on the day after. So asking and answering on one day stops nothing.
 */
export const Pause = z.strictObject({ from: Instant, to: Instant.optional(), cause: z.string().min(1) });
export type Pause = { readonly from: Instant; readonly to?: Instant | undefined; readonly cause: string };

/** The days of a pause as day numbers: after `first`, up to and including `last`. */
type Span = { readonly first: number; readonly last: number };

const spanOf = (pause: Pause, today: PlainDate): Span => {
  const from = countyDate(pause.from);
  const to = pause.to === undefined ? laterOf(from, today) : countyDate(pause.to);
  return { first: dayNumberOf(from), last: dayNumberOf(to) };
};

/** Whether a day number stands still under any of the pauses; two pauses at once stop one day once. */
export function pausedDays(pauses: readonly Pause[], today: PlainDate): (dayNumber: number) => boolean {
  const spans = pauses.map((pause) => spanOf(pause, today));
  return (day) => spans.some((span) => span.first < day && day <= span.last);
}

/** The pause that still stands, the earliest if several do. */
export const findOpenPause = (pauses: readonly Pause[]): Pause | undefined =>
  pauses
    .filter((pause) => pause.to === undefined)
    .sort((a, b) => compareInstants(a.from, b.from))
    .at(0);

/** Milliseconds from a moment to another during which no pause stood; an hour clock stops and starts at the minute. */
export function runningMilliseconds(from: Instant, to: Instant, pauses: readonly Pause[]): number {
  const [start, end] = [epochMillisecondsOf(from), epochMillisecondsOf(to)];
  return Math.max(0, end - start) - stoppedMilliseconds(start, end, pauses);
}

function stoppedMilliseconds(start: number, end: number, pauses: readonly Pause[]): number {
  const stretches = pauses
    .map((pause) => [
      Math.max(start, epochMillisecondsOf(pause.from)),
      pause.to === undefined ? end : Math.min(end, epochMillisecondsOf(pause.to)),
    ])
    .sort(([a = 0], [b = 0]) => a - b);
  let stopped = 0;
  let reached = start;
  for (const [from = start, to = start] of stretches) {
    stopped += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return stopped;
}

/** The two clocks of a matter: what ran and what stood still; together they are all the time there was. */
export type Clocks = {
  readonly elapsed: { readonly days: number; readonly workingDays: number };
  readonly paused: { readonly days: number; readonly workingDays: number };
};

/**
 * Reads both clocks on a day, so that time taken by the office and time spent waiting for others are never mixed.
 *
 * Refuses with `calendar-year-not-loaded`.
 */
export function readClocks(
  from: PlainDate | Instant,
  until: PlainDate,
  pauses: readonly Pause[],
  calendar: Calendar,
): Result<Clocks> {
  const start = dayOfMoment(from);
  const stands = pausedDays(pauses, until);
  let days = 0;
  let workingDays = 0;
  for (let day = dayNumberOf(start) + 1; day <= dayNumberOf(until); day += 1) {
    if (!stands(day)) continue;
    const standing = isWorkingDay(calendar, dateOfDayNumber(day));
    if (!standing.ok) return standing;
    days += 1;
    if (standing.value.working) workingDays += 1;
  }
  const all = workingDaysBetween(calendar, start, until);
  if (!all.ok) return all;
  return ok({
    elapsed: { days: Math.max(0, daysBetween(start, until)) - days, workingDays: all.value - workingDays },
    paused: { days, workingDays },
  });
}

/** The day a moment or a day means. */
export const dayOfMoment = (from: PlainDate | Instant): PlainDate =>
  from.length === 10 ? (from as PlainDate) : countyDate(from as Instant);

/** The moment a moment or a day means; a day means its end, because the starting day is not counted. */
export const momentOf = (from: PlainDate | Instant): Instant =>
  from.length === 10 ? startOfCountyDay(dateOfDayNumber(dayNumberOf(from as PlainDate) + 1)) : (from as Instant);
