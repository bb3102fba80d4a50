import * as z from 'zod';
import { PlainDate } from '../date/index.js';
import { fault, ok, refuse, type Result } from '../fault/index.js';

/**
 * Recurrence 周期: when something falls due again and again, as an RFC 5545 rule of days, with what happens on a rest day.
 *
 * `start` is needed where the rule counts from it (an interval, a number of times, or a day it does not name itself).
 */
export const Recurrence = z.strictObject({
  rule: z.string().min(1),
  start: PlainDate.optional(),
  shift: z.enum(['next-working-day', 'none']).optional(),
});
export type Recurrence = {
  readonly rule: string;
  readonly start?: PlainDate | undefined;
  readonly shift?: 'next-working-day' | 'none' | undefined;
};

/** A weekday in a rule: `MO` every Monday, `2TU` the second Tuesday of the month, `-1FR` its last Friday. */
export type RecurrenceWeekday = { readonly weekday: number; readonly nth: number | undefined };

/** A rule taken apart. */
export type RecurrenceParts = {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | undefined;
  readonly until: PlainDate | undefined;
  readonly byDay: readonly RecurrenceWeekday[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
};

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const KNOWN = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST']);

class NotUnderstood extends Error {}

function wholeNumber(text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^[+-]?\d+$/.test(text) || number < least || number > most || number === 0) throw new NotUnderstood(text);
  return number;
}

function readWeekday(text: string): RecurrenceWeekday {
  const match = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text);
  if (match?.[2] === undefined) throw new NotUnderstood(text);
  return {
    weekday: WEEKDAYS.indexOf(match[2]) + 1,
    nth: match[1] === undefined ? undefined : wholeNumber(match[1], -5, 5),
  };
}

function readUntil(text: string): PlainDate {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const date = PlainDate.safeParse(match === null ? text : `${match[1]}-${match[2]}-${match[3]}`);
  if (!date.success) throw new NotUnderstood(text);
  return date.data;
}

function takeApart(rule: string): RecurrenceParts {
  const pairs = new Map<string, string>();
  for (const pair of rule.replace(/^RRULE:/, '').split(';')) {
    const [name = '', value = ''] = pair.split('=');
    if (!KNOWN.has(name) || value === '' || pairs.has(name)) throw new NotUnderstood(pair);
    pairs.set(name, value);
  }
  if ((pairs.get('WKST') ?? 'MO') !== 'MO') throw new NotUnderstood('WKST');
  const frequency = FREQUENCIES.find((name) => name === pairs.get('FREQ'));
  if (frequency === undefined) throw new NotUnderstood('FREQ');
  const list = <T>(name: string, read: (text: string) => T): T[] => (pairs.get(name)?.split(',') ?? []).map(read);
  const one = <T>(name: string, read: (text: string) => T): T | undefined => list(name, read)[0];
  const byDay = list('BYDAY', readWeekday);
  // RFC 5545 gives a numbered weekday a meaning in months and years only; within a year we ask for the month, to keep one reading.
  const numbered = byDay.some((day) => day.nth !== undefined);
  if (numbered && !(frequency === 'MONTHLY' || (frequency === 'YEARLY' && pairs.has('BYMONTH'))))
    throw new NotUnderstood('BYDAY');
  const byMonthDay = list('BYMONTHDAY', (text) => wholeNumber(text, -31, 31));
  if (byMonthDay.length > 0 && frequency === 'WEEKLY') throw new NotUnderstood('BYMONTHDAY');
  return {
    frequency,
    interval: one('INTERVAL', (text) => wholeNumber(text, 1, 1000)) ?? 1,
    count: one('COUNT', (text) => wholeNumber(text, 1, 10_000)),
    until: one('UNTIL', readUntil),
    byDay,
    byMonthDay,
    byMonth: list('BYMONTH', (text) => wholeNumber(text, 1, 12)),
  };
}

/** Whether the rule names its own days, so that it needs no start. */
function namesItsDays(parts: RecurrenceParts): boolean {
  if (parts.interval > 1 || parts.count !== undefined) return false;
  if (parts.frequency === 'DAILY') return true;
  const namesDay = parts.byDay.length > 0 || parts.byMonthDay.length > 0;
  return namesDay && (parts.frequency !== 'YEARLY' || parts.byMonth.length > 0 || parts.byDay.length > 0);
}

/**
 * Takes a recurrence apart, or refuses with `recurrence-invalid`.
 *
 * The part of RFC 5545 that villages need: FREQ of days to years, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH. No hours, no BYSETPOS: what is not
 * read is refused and never passed over.
 */
export function readRecurrence(recurrence: Recurrence): Result<RecurrenceParts> {
  const invalid = (reason: string): Result<RecurrenceParts> =>
    refuse(fault('recurrence-invalid', { text: recurrence.rule, reason }));
  try {
    const parts = takeApart(recurrence.rule);
    if (recurrence.start === undefined && !namesItsDays(parts)) return invalid('start');
    return ok(parts);
  } catch (error) {
    if (error instanceof NotUnderstood) return invalid(error.message);
    throw error;
  }
}
