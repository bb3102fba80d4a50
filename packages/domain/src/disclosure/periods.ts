import { addDays, addMonths, monthOf, plainDateOf, yearOf, type Duration, type PlainDate } from '../date/index.js';

/** The period an item is published for, both days included. */
export interface DisclosurePeriod {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** How many months a period has: 1, 3, 6 or 12; the schema of the catalogue lets nothing else in. */
export const monthsOf = (every: Duration): number => {
  if ('months' in every) return every.months;
  if ('years' in every) return every.years * 12;
  throw new TypeError('a period of disclosure is a number of months');
};

/** The period of so many months, counted from January, in which a day lies. */
export const periodAt = (every: Duration, day: PlainDate): DisclosurePeriod => {
  const months = monthsOf(every);
  const first = Math.floor((monthOf(day) - 1) / months) * months + 1;
  const from = plainDateOf(yearOf(day), first, 1);
  return { from, to: addDays(addMonths(from, months), -1) };
};

/** Every period that has a day in the range, in order (D1). */
export const periodsIn = (every: Duration, range: DisclosurePeriod): readonly DisclosurePeriod[] => {
  const periods: DisclosurePeriod[] = [];
  for (let day = range.from; day <= range.to; day = addDays(periods.at(-1)?.to ?? day, 1)) {
    periods.push(periodAt(every, day));
  }
  return periods;
};

const inChinese = '零一二三四五六七八九十';

/**
 * What a period is called on a board.
 *
 * @example titleOfPeriod({ from: plainDate('2026-07-01'), to: plainDate('2026-09-30') }) // => '2026年第三季度'
 */
export const titleOfPeriod = ({ from, to }: DisclosurePeriod): string => {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from) + 1;
  const year = `${yearOf(from)}年`;
  if (months === 1) return `${year}${monthOf(from)}月`;
  if (months === 3) return `${year}第${inChinese.charAt((monthOf(from) + 2) / 3)}季度`;
  if (months === 6) return `${year}${monthOf(from) === 1 ? '上' : '下'}半年`;
  return months === 12 ? year : `${from}至${to}`;
};
