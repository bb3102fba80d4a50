import * as z from 'zod';
import { fault, ok, refuse, type Result } from '../fault/index.js';

const count = z.int().min(1).max(3650);

const DurationParts = z.union([
  z.strictObject({ days: count }),
  z.strictObject({ workingDays: count }),
  z.strictObject({ months: count }),
  z.strictObject({ years: count }),
  z.strictObject({ hours: count }),
]);

/**
 * Duration 期限长度: a number of one unit. A plain 日 is a calendar day, 工作日 a working day, and neither turns into the other.
 *
 * Packs write `5 working-days`, `15 days`, `1 month`, `1 year`, `24 hours`; the schema reads that or the object and gives the object.
 * How each is counted is the calendar kernel's.
 */
export const Duration = z.union([
  DurationParts,
  z.string().transform((text, context): Duration => {
    const read = parseDuration(text);
    if (read.ok) return read.value;
    context.addIssue({
      code: 'custom',
      message: 'a duration such as 5 working-days, 15 days, 1 month, 1 year, 24 hours',
    });
    return z.NEVER;
  }),
]);
export type Duration =
  | { readonly days: number }
  | { readonly workingDays: number }
  | { readonly months: number }
  | { readonly years: number }
  | { readonly hours: number };

/** The units in the words of a pack, with their keys, Chinese and English. */
const UNITS = [
  ['working-day', 'workingDays', '个工作日', 'working day'],
  ['day', 'days', '日', 'day'],
  ['month', 'months', '个月', 'month'],
  ['year', 'years', '年', 'year'],
  ['hour', 'hours', '小时', 'hour'],
] as const;

/**
 * Reads a duration as packs write it; refuses with `duration-invalid`.
 *
 * @example valueOf(parseDuration('5 working-days')) // => { workingDays: 5 }
 */
export function parseDuration(text: string): Result<Duration> {
  const match = /^([1-9]\d{0,3}) (working-day|day|month|year|hour)(s?)$/.exec(text);
  const unit = UNITS.find(([name]) => name === match?.[2]);
  const number = Number(match?.[1]);
  if (unit === undefined || number > 3650) return refuse(fault('duration-invalid', { text }));
  return ok({ [unit[1]]: number } as unknown as Duration);
}

const partsOf = (duration: Duration): { number: number; unit: (typeof UNITS)[number] } => {
  for (const unit of UNITS) {
    const number = (duration as Partial<Record<(typeof UNITS)[number][1], number>>)[unit[1]];
    if (number !== undefined) return { number, unit };
  }
  throw new TypeError('a duration without a unit');
};

/** A duration as packs write it; the inverse of `parseDuration`. */
export function writeDuration(duration: Duration): string {
  const { number, unit } = partsOf(duration);
  return `${number} ${unit[0]}${number === 1 ? '' : 's'}`;
}

/**
 * Says a duration in words.
 *
 * @example describeDuration({ workingDays: 5 }, 'zh-CN') // => '5个工作日'
 */
export function describeDuration(duration: Duration, locale: 'zh-CN' | 'en'): string {
  const { number, unit } = partsOf(duration);
  return locale === 'zh-CN' ? `${number}${unit[2]}` : `${number} ${unit[3]}${number === 1 ? '' : 's'}`;
}
