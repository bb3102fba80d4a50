import { fileURLToPath } from 'node:url';
import { getSolarDateFromLunar, isWorkday } from 'chinese-days';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  calendarOn,
  dateOfDayNumber,
  deadlineOf,
  endOfCountyDay,
  findStatutoryDay,
  instant,
  isOverdue,
  isWorkingDay,
  listDays,
  plainDate,
  valueOf,
  weekdayOf,
} from '@lianxin/domain';
import { readHolidays } from '@lianxin/pack-reader';

const read = readHolidays(fileURLToPath(new URL('.', import.meta.url)));
if (!read.ok) throw new Error(`the calendar pack does not read: ${JSON.stringify(read.faults)}`);
const { holidays } = read;
const calendar = calendarOn(holidays, plainDate('2026-11-01'));
const working = (date: string): boolean => valueOf(isWorkingDay(calendar, plainDate(date))).working;

describe('public calendar 放假安排', () => {
  it('has a notice for every year from 2011 to 2026', () => {
    expect([...holidays.loadedYears].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => 2011 + index));
  });

  it('agrees with a second record of the notices on every day of 2011 to 2026', () => {
    const differing = listDays({ from: plainDate('2011-01-01'), to: plainDate('2026-12-31') }).filter(
      (date) => working(date) !== isWorkday(date),
    );
    expect(differing).toEqual([]);
  });

  it('works only weekend days in exchange, and lists no day both ways', () => {
    const worked = [...holidays.worked];
    expect(worked.length).toBeGreaterThan(80);
    expect(worked.filter((day) => weekdayOf(dateOfDayNumber(day)) < 6)).toEqual([]);
    expect(worked.filter((day) => holidays.off.has(day))).toEqual([]);
  });

  it('knows days that were talked about: the parade of 2015, the longer spring of 2020, the joined October of 2025', () => {
    expect(working('2015-09-03')).toBe(false);
    expect(working('2015-09-06')).toBe(true);
    expect(working('2020-01-31')).toBe(false);
    expect(working('2020-02-03')).toBe(true);
    expect(working('2025-10-08')).toBe(false);
    expect(working('2025-10-11')).toBe(true);
    expect(working('2018-12-29')).toBe(true);
  });

  it('gives thirteen statutory days to each coming year up to 2030, by the statute in force since 2025', () => {
    const counts = [2027, 2028, 2029, 2030].map((year) => {
      const days = listDays({ from: plainDate(`${year}-01-01`), to: plainDate(`${year}-12-31`) });
      return days.filter((date) => findStatutoryDay(holidays, date) !== undefined).length;
    });
    // 2028 has Mid-Autumn on 3 October, inside National Day: thirteen days by the statute, twelve by the calendar.
    expect(counts).toEqual([13, 12, 13, 13]);
  });

  it('places the lunar days of coming years where the lunar calendar has them', () => {
    for (const year of [2027, 2028, 2029, 2030]) {
      for (const [lunar, name] of [['01-01', '春节'], ['01-03', '春节'], ['05-05', '端午节'], ['08-15', '中秋节']] as const) {
        const date = plainDate(getSolarDateFromLunar(`${year}-${lunar}`).date);
        expect(['国庆节', name]).toContain(findStatutoryDay(holidays, date));
      }
      const eve = addDays(plainDate(getSolarDateFromLunar(`${year}-01-01`).date), -1);
      expect(findStatutoryDay(holidays, eve)).toBe('春节');
    }
  });
});

describe('an agency case with a time limit of 3 working days', () => {
  it('received on Monday 3 June is overdue when Thursday 6 June ends without a result [BZ-55]', () => {
    expect(weekdayOf(plainDate('2024-06-03'))).toBe(1);
    const deadline = valueOf(deadlineOf({ workingDays: 3 }, instant('2024-06-03T01:30:00Z'), calendar));
    expect(deadline).toEqual({ due: '2024-06-06', provisional: false });
    expect(isOverdue(deadline, instant('2024-06-06T15:59:59Z'))).toBe(false);
    expect(isOverdue(deadline, endOfCountyDay(plainDate('2024-06-06')))).toBe(true);
  });

  it('received before the Dragon Boat days of 2024 waits for the day after them, and counts the Saturday worked for May Day', () => {
    const dueOf = (from: string): string => valueOf(deadlineOf({ workingDays: 3 }, plainDate(from), calendar)).due;
    expect(dueOf('2024-06-06')).toBe('2024-06-12');
    expect(dueOf('2024-04-25')).toBe('2024-04-29');
    expect(dueOf('2024-05-09')).toBe('2024-05-13');
  });

  it('received at the end of 2026 has a provisional end, for the notice of 2027 is still to come', () => {
    const deadline = valueOf(deadlineOf({ workingDays: 3 }, plainDate('2026-12-31'), calendar));
    expect(deadline).toEqual({ due: '2027-01-06', provisional: true });
  });

  it('received in a year before the pack begins is refused, not guessed', () => {
    expect(deadlineOf({ workingDays: 3 }, plainDate('2010-06-03'), calendar).ok).toBe(false);
  });
});
