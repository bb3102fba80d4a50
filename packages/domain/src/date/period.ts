import * as z from 'zod';
import { addDays, PlainDate } from './plain-date.js';

/** Period 起止: from a day to a day, both included; without `to` it has not ended. `inForce` of a rule is one. */
export const Period = z
  .strictObject({ from: PlainDate, to: PlainDate.optional() })
  .refine((period) => period.to === undefined || period.from <= period.to, { error: 'to may not be before from' });
export type Period = { readonly from: PlainDate; readonly to?: PlainDate | undefined };

/**
 * Whether the day lies in the period; both ends do (以内 includes, LAW-DC-1259).
 *
 * @example includesDate({ from: plainDate('2026-01-01') }, plainDate('2026-01-01')) // => true
 */
export const includesDate = (period: Period, date: PlainDate): boolean =>
  period.from <= date && (period.to === undefined || date <= period.to);

/** Whether two periods share a day; two versions of one rule must not. */
export const periodsOverlap = (a: Period, b: Period): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);

/** Every day of a closed period, in order. */
export function listDays(period: { readonly from: PlainDate; readonly to: PlainDate }): PlainDate[] {
  const days: PlainDate[] = [];
  for (let day = period.from; day <= period.to; day = addDays(day, 1)) days.push(day);
  return days;
}
