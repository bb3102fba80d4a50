import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addHours,
  addMonths,
  addYears,
  compareInstants,
  comparePlainDates,
  countyDate,
  countyTime,
  dateOfDayNumber,
  dayNumberOf,
  dayOf,
  daysBetween,
  daysInMonth,
  describeDuration,
  Duration,
  endOfCountyDay,
  epochMillisecondsOf,
  includesDate,
  Instant,
  instant,
  instantOf,
  listDays,
  monthOf,
  parseDuration,
  parseInstant,
  parsePlainDate,
  periodsOverlap,
  PlainDate,
  plainDate,
  startOfCountyDay,
  weekdayOf,
  writeDuration,
  yearOf,
  type Period,
} from './index.js';

const day = fc
  .integer({ min: dayNumberOf(plainDate('1900-01-01')), max: dayNumberOf(plainDate('2199-12-31')) })
  .map(dateOfDayNumber);

describe('plain date 日期', () => {
  it('agrees with the platform calendar on every day of 1900 to 2199 (D1)', () => {
    const first = dayNumberOf(plainDate('1900-01-01'));
    const numbers = Array.from({ length: 109_573 }, (_, index) => first + index);
    const differing = numbers.filter((number) => {
      const platform = new Date(number * 86_400_000);
      const date = dateOfDayNumber(number);
      const same = date === platform.toISOString().slice(0, 10) && weekdayOf(date) % 7 === platform.getUTCDay();
      return !same || dayNumberOf(date) !== number;
    });
    expect(differing).toEqual([]);
    expect(dateOfDayNumber(numbers.at(-1) ?? 0)).toBe('2199-12-31');
  });

  it('refuses days that do not exist and other ways of writing (D2)', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-1-1',
      '20260101',
      '2026-01-01T00:00:00Z',
      '',
      '0000-01-01',
      ' 2026-01-01',
    ]) {
      expect(parsePlainDate(text)).toEqual({ ok: false, faults: [{ code: 'date-invalid', params: { text } }] });
      expect(PlainDate.safeParse(text).success).toBe(false);
    }
    expect(parsePlainDate('2024-02-29')).toEqual({ ok: true, value: '2024-02-29' });
    expect(() => plainDate('2026-02-29')).toThrow(RangeError);
  });

  it('ends a month on the last day where the day is missing (D3, LAW-DC-202)', () => {
    expect(addMonths(plainDate('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(plainDate('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(plainDate('2026-08-31'), 6)).toBe('2027-02-28');
    expect(addMonths(plainDate('2026-03-31'), -1)).toBe('2026-02-28');
    expect(addYears(plainDate('2024-02-29'), 1)).toBe('2025-02-28');
    expect(addYears(plainDate('2024-02-29'), 4)).toBe('2028-02-29');
    expect(addMonths(plainDate('2026-12-15'), 1)).toBe('2027-01-15');
  });

  it('keeps the day of the month or takes its last, never a day of the next month (D3)', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -240, max: 240 }), (date, months) => {
        const moved = addMonths(date, months);
        expect((yearOf(moved) - yearOf(date)) * 12 + monthOf(moved) - monthOf(date)).toBe(months);
        expect(dayOf(moved)).toBe(Math.min(dayOf(date), daysInMonth(yearOf(moved), monthOf(moved))));
      }),
    );
  });

  it('counts days so that adding and measuring undo each other (D1)', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
        expect(weekdayOf(addDays(date, 7))).toBe(weekdayOf(date));
        expect(comparePlainDates(date, addDays(date, days))).toBe(-Math.sign(days) + 0);
      }),
    );
  });
});

describe('period 起止', () => {
  const year: Period = { from: plainDate('2026-01-01'), to: plainDate('2026-12-31') };

  it('includes both its days, and goes on without an end (D4)', () => {
    expect(includesDate(year, plainDate('2026-01-01'))).toBe(true);
    expect(includesDate(year, plainDate('2026-12-31'))).toBe(true);
    expect(includesDate(year, plainDate('2027-01-01'))).toBe(false);
    expect(includesDate({ from: plainDate('2026-01-01') }, plainDate('2199-01-01'))).toBe(true);
  });

  it('overlaps another exactly when some day lies in both (D4)', () => {
    const period = fc.tuple(fc.nat(40), fc.nat(20)).map(([start, length]): { from: PlainDate; to: PlainDate } => ({
      from: addDays(plainDate('2026-01-01'), start),
      to: addDays(plainDate('2026-01-01'), start + length),
    }));
    fc.assert(
      fc.property(period, period, (a, b) => {
        expect(periodsOverlap(a, b)).toBe(listDays(a).some((date) => includesDate(b, date)));
      }),
    );
  });
});

describe('instant 时刻', () => {
  it('is the next day in the county from 16:00 UTC on (D5)', () => {
    expect(countyDate(instant('2026-01-31T15:59:59.999Z'))).toBe('2026-01-31');
    expect(countyDate(instant('2026-01-31T16:00:00Z'))).toBe('2026-02-01');
    expect(countyTime(instant('2026-01-31T16:05:00Z'))).toBe('00:05');
  });

  it('begins and ends a county day at midnight there (D5)', () => {
    expect(startOfCountyDay(plainDate('2026-02-01'))).toBe('2026-01-31T16:00:00.000Z');
    expect(endOfCountyDay(plainDate('2026-02-01'))).toBe(startOfCountyDay(plainDate('2026-02-02')));
  });

  it('agrees with the platform on every moment, to the millisecond (D6)', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 7_000_000_000_000 }), (milliseconds) => {
        const text = new Date(milliseconds).toISOString();
        expect(instantOf(milliseconds)).toBe(text);
        expect(epochMillisecondsOf(instant(text))).toBe(milliseconds);
      }),
    );
  });

  it('compares by time, not by how many decimals were written (D6)', () => {
    expect(compareInstants(instant('2026-01-01T00:00:00Z'), instant('2026-01-01T00:00:00.000Z'))).toBe(0);
    expect(compareInstants(instant('2026-01-01T00:00:00.5Z'), instant('2026-01-01T00:00:00.123456Z'))).toBe(1);
    expect(compareInstants(instant('2026-01-01T00:00:00.1234Z'), instant('2026-01-01T00:00:00.1235Z'))).toBe(-1);
    expect(addHours(instant('2026-01-01T20:00:00Z'), 24)).toBe('2026-01-02T20:00:00.000Z');
  });

  it('refuses other zones, days that do not exist and hours past 23 (D2)', () => {
    for (const text of [
      '2026-01-01T00:00:00+08:00',
      '2026-02-30T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01',
      '2026-01-01 00:00:00Z',
    ]) {
      expect(parseInstant(text).ok).toBe(false);
      expect(Instant.safeParse(text).success).toBe(false);
    }
  });
});

describe('duration 期限长度', () => {
  it('is read as packs write it and written back the same (D7)', () => {
    for (const text of ['5 working-days', '15 days', '1 month', '1 year', '24 hours', '1 working-day']) {
      const read = parseDuration(text);
      expect(read.ok && writeDuration(read.value)).toBe(text);
      expect(Duration.parse(text)).toEqual(read.ok && read.value);
    }
    expect(Duration.parse({ workingDays: 5 })).toEqual({ workingDays: 5 });
  });

  it('is refused without a unit, with two, at zero and with half a day (D7)', () => {
    for (const text of ['5', 'five days', '0 days', '1.5 days', '-1 days', '5 weeks', '5days', '99999 days']) {
      expect(parseDuration(text)).toEqual({ ok: false, faults: [{ code: 'duration-invalid', params: { text } }] });
      expect(Duration.safeParse(text).success).toBe(false);
    }
    expect(Duration.safeParse({ days: 5, hours: 2 }).success).toBe(false);
    expect(Duration.safeParse({ days: 0 }).success).toBe(false);
  });

  it('keeps 日 apart from 工作日 in words', () => {
    expect(describeDuration({ workingDays: 5 }, 'zh-CN')).toBe('5个工作日');
    expect(describeDuration({ days: 15 }, 'zh-CN')).toBe('15日');
    expect(describeDuration({ months: 1 }, 'en')).toBe('1 month');
  });
});
