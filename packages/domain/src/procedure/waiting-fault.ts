import { fullDaysBetween, waitingPeriodFrom, type Calendar } from '../calendar/index.js';
import type { Duration, PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';

/** The sources of a refusal: the first list there is. */
export type Sourced = { source?: readonly string[] };

/** The first of several source lists that says something. */
export const sourceOf = (...lists: (readonly string[] | undefined)[]): Sourced => {
  const found = lists.find((list) => list !== undefined);
  return found === undefined ? {} : { source: found };
};

/** So many full days must lie between; the number asked for and the number there was, in the unit of the rule. */
function daysNeeded(duration: Duration): { need: number; unit: 'days' | 'workingDays' } {
  return 'workingDays' in duration
    ? { need: duration.workingDays, unit: 'workingDays' }
    : { need: Object.values(duration)[0] ?? 0, unit: 'days' };
}

/** Why an event comes too soon after what it must wait for; empty when the full days have passed. */
export function faultOfWaiting(
  code: 'notice-too-short' | 'publication-too-short',
  duration: Duration,
  from: PlainDate,
  event: PlainDate,
  calendar: Calendar,
  source: Sourced,
): Fault[] {
  const period = waitingPeriodFrom(duration, from, calendar);
  if (!period.ok) return [...period.faults];
  const { earliest } = period.value;
  if (event >= earliest) return [];
  const { need, unit } = daysNeeded(duration);
  const counted = fullDaysBetween(from, event, unit, calendar);
  return [fault(code, { need, have: counted.ok ? counted.value : 0, earliest }, source)];
}
