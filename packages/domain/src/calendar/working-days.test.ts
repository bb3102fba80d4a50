import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, plainDate, weekdayOf, type PlainDate } from '../date/index.js';
import { valueOf } from '../fault/index.js';
import { calendarOn, CalendarYear, indexHolidays } from './holidays.js';
import { TEA_CLUB_HOLIDAYS, teaClubCalendar } from './tea-club-calendar.js';
import { addWorkingDays, findHolidayName, isWorkingDay, workingDayFrom, workingDaysBetween } from './index.js';

const calendar = teaClubCalendar();
const on = (text: string): { working: boolean; provisional: boolean } =>
  valueOf(isWorkingDay(calendar, plainDate(text)));
const dayOf2026 = fc.nat(330).map((days) => addDays(plainDate('2026-01-01'), days));

describe('working day 工作日', () => {
  it('is Monday to Friday, less the days off, plus the weekend days worked in exchange (C1)', () => {
    expect(on('2026-04-08')).toEqual({ working: true, provisional: false });
    expect(on('2026-04-09').working).toBe(false);
    expect(on('2026-04-11').working).toBe(false);
    expect(on('2026-04-12')).toEqual({ working: true, provisional: false });
    expect(on('2026-04-18').working).toBe(false);
    expect(findHolidayName(calendar, plainDate('2026-04-09'))).toBe('新茶节');
    expect(findHolidayName(calendar, plainDate('2026-04-18'))).toBeUndefined();
  });

  it('is refused in a past year whose holidays are not loaded (C2)', () => {
    expect(isWorkingDay(calendar, plainDate('2024-06-03'))).toEqual({
      ok: false,
      faults: [{ code: 'calendar-year-not-loaded', params: { year: 2024 } }],
    });
    expect(addWorkingDays(calendar, plainDate('2024-12-30'), 3).ok).toBe(false);
  });

  it('is provisional in a coming year: weekends and the statutory days count as rest (C3)', () => {
    expect(on('2027-01-01')).toEqual({ working: false, provisional: true });
    expect(on('2027-04-05')).toEqual({ working: false, provisional: true });
    expect(on('2027-04-06')).toEqual({ working: true, provisional: true });
    expect(findHolidayName(calendar, plainDate('2027-04-05'))).toBe('开采日');
  });

  it('turns from provisional into refused once its year is past and still not loaded (C2, C3)', () => {
    const during = teaClubCalendar(plainDate('2027-06-01'));
    const after = teaClubCalendar(plainDate('2028-01-01'));
    expect(valueOf(isWorkingDay(during, plainDate('2027-04-06'))).provisional).toBe(true);
    expect(isWorkingDay(after, plainDate('2027-04-06')).ok).toBe(false);
  });

  it('is provisional in the last days of December, which the next notice may still change (C3)', () => {
    expect(on('2026-12-25').provisional).toBe(false);
    expect(on('2026-12-28').provisional).toBe(true);
    expect(valueOf(isWorkingDay(calendar, plainDate('2025-12-29'))).provisional).toBe(false);
  });

  it('is decided once the notice is loaded, and the count is made anew (C3)', () => {
    const notice = CalendarYear.parse({
      year: 2027,
      source: '茶友会 2027 年放假通知',
      holidays: [{ date: '2027-01-04', name: '元旦' }],
      worked: ['2027-01-09'],
    });
    const announced = calendarOn(
      { ...indexHolidays([notice], { source: '', fixed: [], dated: [] }), loadedYears: new Set([2025, 2026, 2027]) },
      plainDate('2026-12-01'),
    );
    const before = valueOf(addWorkingDays(calendar, plainDate('2027-01-01'), 1));
    const after = valueOf(addWorkingDays(announced, plainDate('2027-01-01'), 1));
    expect(before).toEqual({ date: '2027-01-04', provisional: true });
    expect(after).toEqual({ date: '2027-01-05', provisional: false });
  });

  it('cannot be both worked and off: such data is refused at loading (C4)', () => {
    const broken = CalendarYear.parse({
      year: 2026,
      source: 'x',
      holidays: [{ date: '2026-01-03', name: '元旦' }],
      worked: ['2026-01-03'],
    });
    expect(() => indexHolidays([broken], { source: '', fixed: [], dated: [] })).toThrow('元旦');
  });
});

describe('counting working days', () => {
  it('does not count the starting day and counts over the festival (C5)', () => {
    expect(valueOf(addWorkingDays(calendar, plainDate('2026-04-08'), 1)).date).toBe('2026-04-12');
    expect(valueOf(addWorkingDays(calendar, plainDate('2026-04-08'), 3)).date).toBe('2026-04-14');
    expect(valueOf(addWorkingDays(calendar, plainDate('2026-04-08'), 0)).date).toBe('2026-04-08');
  });

  it('always ends on a working day, with exactly so many of them after the start (C5)', () => {
    fc.assert(
      fc.property(dayOf2026, fc.integer({ min: 1, max: 20 }), (start, number) => {
        const end = valueOf(addWorkingDays(calendar, start, number)).date;
        expect(valueOf(isWorkingDay(calendar, end)).working).toBe(true);
        expect(valueOf(workingDaysBetween(calendar, start, end))).toBe(number);
      }),
    );
  });

  it('adds up: so many and then so many more is the sum (C5)', () => {
    fc.assert(
      fc.property(dayOf2026, fc.nat(10), fc.nat(10), (start, a, b) => {
        const first = valueOf(addWorkingDays(calendar, start, a)).date;
        expect(valueOf(addWorkingDays(calendar, first, b)).date).toBe(
          valueOf(addWorkingDays(calendar, start, a + b)).date,
        );
      }),
    );
  });

  it('agrees with counting the days one by one on a sheet of paper (C1, C5)', () => {
    const rest = (date: PlainDate): boolean =>
      ['2026-01-01', '2026-04-09', '2026-04-10'].includes(date) || (weekdayOf(date) >= 6 && date !== '2026-04-12');
    fc.assert(
      fc.property(dayOf2026, fc.integer({ min: 1, max: 15 }), (start, number) => {
        const sheet: PlainDate[] = [];
        for (let date = addDays(start, 1); sheet.length < number; date = addDays(date, 1))
          if (!rest(date)) sheet.push(date);
        expect(valueOf(addWorkingDays(calendar, start, number)).date).toBe(sheet.at(-1));
      }),
    );
  });

  it('stays on a working day and leaves a rest day for the next one (C5)', () => {
    expect(valueOf(workingDayFrom(calendar, plainDate('2026-04-08'))).date).toBe('2026-04-08');
    expect(valueOf(workingDayFrom(calendar, plainDate('2026-04-09'))).date).toBe('2026-04-12');
    expect(daysBetween(plainDate('2026-04-09'), plainDate('2026-04-12'))).toBe(3);
    expect(TEA_CLUB_HOLIDAYS.loadedYears.has(2027)).toBe(false);
  });
});
