import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, instant, plainDate, type Duration } from '../date/index.js';
import { valueOf } from '../fault/index.js';
import { teaClubCalendar } from './tea-club-calendar.js';
import { fullDaysBetween, latestNoticeDay, waitingPeriodFrom } from './index.js';

const calendar = teaClubCalendar();

describe('waiting period 公示期、提前期', () => {
  it('lasts the full number of days after the day of the notice (C12)', () => {
    expect(valueOf(waitingPeriodFrom({ days: 15 }, plainDate('2026-03-01'), calendar))).toEqual({
      lastDay: '2026-03-16',
      earliest: '2026-03-17',
      earliestAt: '2026-03-16T16:00:00.000Z',
      provisional: false,
    });
  });

  it('is not shortened by a festival: working days are counted through it, plain days run on (C12)', () => {
    expect(valueOf(waitingPeriodFrom({ workingDays: 5 }, plainDate('2026-04-08'), calendar)).lastDay).toBe(
      '2026-04-16',
    );
    expect(valueOf(waitingPeriodFrom({ days: 5 }, plainDate('2026-04-08'), calendar)).lastDay).toBe('2026-04-13');
  });

  it('of hours ends at the moment, or counts from the end of the day where only the day is known (C12)', () => {
    const exact = valueOf(waitingPeriodFrom({ hours: 48 }, instant('2026-03-01T02:00:00Z'), calendar));
    expect(exact.earliestAt).toBe('2026-03-03T02:00:00.000Z');
    expect(valueOf(waitingPeriodFrom({ hours: 48 }, plainDate('2026-03-01'), calendar)).earliest).toBe('2026-03-04');
  });

  it('asks for notice by the 9th of what is held on the 20th, ten days before (C12)', () => {
    expect(valueOf(latestNoticeDay({ days: 10 }, plainDate('2026-03-20'), calendar))).toBe('2026-03-09');
    expect(valueOf(fullDaysBetween(plainDate('2026-03-09'), plainDate('2026-03-20'), 'days', calendar))).toBe(10);
  });

  it('refuses working days of a past year not loaded (C2)', () => {
    expect(waitingPeriodFrom({ workingDays: 5 }, plainDate('2020-03-01'), calendar).ok).toBe(false);
    expect(latestNoticeDay({ workingDays: 5 }, plainDate('2020-03-01'), calendar).ok).toBe(false);
    expect(fullDaysBetween(plainDate('2020-03-01'), plainDate('2020-03-09'), 'workingDays', calendar).ok).toBe(false);
  });

  it('may be begun on the latest day for notice and on no later one, however it is counted (C13)', () => {
    const event = fc.nat(250).map((days) => addDays(plainDate('2026-02-01'), days));
    const number = fc.integer({ min: 1, max: 6 });
    const duration: fc.Arbitrary<Duration> = fc.oneof(
      number.map((days) => ({ days })),
      number.map((workingDays) => ({ workingDays })),
      number.map((months) => ({ months })),
      number.map((hours) => ({ hours: hours * 12 })),
    );
    fc.assert(
      fc.property(duration, event, (length, day) => {
        const latest = valueOf(latestNoticeDay(length, day, calendar));
        expect(valueOf(waitingPeriodFrom(length, latest, calendar)).earliest <= day).toBe(true);
        expect(valueOf(waitingPeriodFrom(length, addDays(latest, 1), calendar)).earliest > day).toBe(true);
      }),
    );
  });
});
