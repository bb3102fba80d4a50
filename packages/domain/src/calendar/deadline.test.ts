import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  endOfCountyDay,
  instant,
  listDays,
  plainDate,
  startOfCountyDay,
  type Duration,
} from '../date/index.js';
import { valueOf } from '../fault/index.js';
import { teaClubCalendar } from './tea-club-calendar.js';
import { deadlineOf, isAfterDeadline, isOverdue, readClocks, runningMilliseconds, type Pause } from './index.js';

const calendar = teaClubCalendar(plainDate('2026-06-30'));
const due = (duration: Duration, from: string, pauses: readonly Pause[] = []): string =>
  valueOf(deadlineOf(duration, plainDate(from), calendar, pauses)).due;
/** A pause that began and ended in the middle of two county days. */
const pause = (from: string, to?: string, cause = '等候茶商答复'): Pause => ({
  from: instant(`${from}T04:00:00Z`),
  ...(to === undefined ? {} : { to: instant(`${to}T04:00:00Z`) }),
  cause,
});

describe('deadline 办理期限', () => {
  it('does not count the starting day (C5, LAW-DC-201)', () => {
    expect(due({ days: 15 }, '2026-03-02')).toBe('2026-03-17');
    expect(due({ workingDays: 3 }, '2026-03-02')).toBe('2026-03-05');
  });

  it('counts months and years to the same day, or the last of the month (C6, LAW-DC-202)', () => {
    expect(due({ months: 1 }, '2026-01-31')).toBe('2026-02-28');
    expect(due({ years: 1 }, '2024-02-29')).toBe('2025-02-28');
  });

  it('runs from the county day of the moment, not the UTC day (C5)', () => {
    expect(valueOf(deadlineOf({ days: 1 }, instant('2026-03-01T16:30:00Z'), calendar)).due).toBe('2026-03-03');
  });

  it('counts plain days by the calendar and never moves the last one silently: the rest day is told beside it (C7, LAW-DC-203)', () => {
    const deadline = valueOf(deadlineOf({ days: 10 }, plainDate('2026-03-31'), calendar));
    expect(deadline).toEqual({
      due: '2026-04-10',
      provisional: false,
      restDay: { next: '2026-04-12', provisional: false },
    });
    expect(isOverdue(deadline, startOfCountyDay(plainDate('2026-04-11')))).toBe(true);
  });

  it('needs no calendar for plain days, and refuses working days of a past year not loaded (C2, C7)', () => {
    expect(due({ days: 15 }, '2019-03-02')).toBe('2019-03-17');
    expect(deadlineOf({ workingDays: 15 }, plainDate('2019-03-02'), calendar).ok).toBe(false);
  });

  it('is provisional where it reaches into a year without a notice (C3)', () => {
    const deadline = valueOf(deadlineOf({ workingDays: 5 }, plainDate('2026-12-30'), calendar));
    expect(deadline).toEqual({ due: '2027-01-07', provisional: true });
  });

  it('leaves the last day whole: late begins at 24:00 of it (C8, LAW-DC-203)', () => {
    const deadline = valueOf(deadlineOf({ workingDays: 3 }, plainDate('2026-03-02'), calendar));
    expect(isOverdue(deadline, instant('2026-03-05T15:59:59.999Z'))).toBe(false);
    expect(isOverdue(deadline, endOfCountyDay(plainDate('2026-03-05')))).toBe(true);
  });

  it('counts hours through nights and holidays, to the moment (C8)', () => {
    const deadline = valueOf(deadlineOf({ hours: 24 }, instant('2026-04-09T08:00:00Z'), calendar));
    expect(deadline.dueAt).toBe('2026-04-10T08:00:00.000Z');
    expect(isAfterDeadline(deadline, instant('2026-04-10T08:00:00Z'))).toBe(false);
    expect(isAfterDeadline(deadline, instant('2026-04-10T08:00:00.001Z'))).toBe(true);
  });

  it('gives hours from a day only known as such from the end of that day, in favour of whoever must act (C8)', () => {
    expect(valueOf(deadlineOf({ hours: 24 }, plainDate('2026-04-09'), calendar)).dueAt).toBe(
      '2026-04-10T16:00:00.000Z',
    );
  });
});

describe('pause 中止计时', () => {
  it('adds the paused days to the deadline: the day of asking runs, the day of the answer does not (C9)', () => {
    expect(due({ days: 10 }, '2026-03-02', [pause('2026-03-04', '2026-03-06')])).toBe('2026-03-14');
    expect(due({ workingDays: 5 }, '2026-03-02', [pause('2026-03-04', '2026-03-06')])).toBe('2026-03-11');
  });

  it('stops nothing when asked and answered on one day (C9)', () => {
    expect(due({ days: 10 }, '2026-03-02', [pause('2026-03-04', '2026-03-04')])).toBe('2026-03-12');
  });

  it('is not counted twice where two pauses overlap (C9)', () => {
    const both = [pause('2026-03-04', '2026-03-08'), pause('2026-03-06', '2026-03-10', '等候鉴定')];
    expect(due({ days: 10 }, '2026-03-02', both)).toBe(
      due({ days: 10 }, '2026-03-02', [pause('2026-03-04', '2026-03-10')]),
    );
  });

  it('does not touch a deadline that has passed before it begins (C9)', () => {
    expect(due({ days: 3 }, '2026-03-02', [pause('2026-03-20', '2026-03-25')])).toBe('2026-03-05');
  });

  it('while it stands, names its cause and makes nobody overdue (C10)', () => {
    const deadline = valueOf(deadlineOf({ days: 3 }, plainDate('2026-06-01'), calendar, [pause('2026-06-02')]));
    expect(deadline.stopped).toEqual({ since: '2026-06-02T04:00:00Z', cause: '等候茶商答复' });
    expect(deadline.due).toBe('2026-07-02');
    expect(isOverdue(deadline, instant('2026-08-01T00:00:00Z'))).toBe(false);
  });

  it('stops an hour clock at the minute (C9)', () => {
    const asked: Pause = {
      from: instant('2026-04-09T10:00:00Z'),
      to: instant('2026-04-09T13:00:00Z'),
      cause: '等候答复',
    };
    const deadline = valueOf(deadlineOf({ hours: 4 }, instant('2026-04-09T08:00:00Z'), calendar, [asked]));
    expect(deadline.dueAt).toBe('2026-04-09T15:00:00.000Z');
  });

  it('never leaves an hour unaccounted for: what ran until the deadline is the limit (C9)', () => {
    const hour = fc.integer({ min: 0, max: 100 });
    const at = (hours: number) => instant(new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hour, hour), { maxLength: 4 }),
        fc.integer({ min: 1, max: 72 }),
        (stretches, hours) => {
          const pauses = stretches.map(([a, b]): Pause => ({
            from: at(Math.min(a, b)),
            to: at(Math.max(a, b)),
            cause: '等候',
          }));
          const deadline = valueOf(deadlineOf({ hours }, at(0), calendar, pauses));
          expect(deadline.dueAt === undefined ? 0 : runningMilliseconds(at(0), deadline.dueAt, pauses)).toBe(
            hours * 3_600_000,
          );
        },
      ),
    );
  });
});

const start = fc.nat(150).map((days) => addDays(plainDate('2026-01-05'), days));
const somePauses = fc.array(
  fc.tuple(fc.nat(60), fc.nat(12)).map(([begin, length]) => ({ begin, length })),
  { maxLength: 3 },
);

describe('the two clocks', () => {
  it('split all the time there was: what ran and what stood still add up, in days and in working days (C11)', () => {
    fc.assert(
      fc.property(start, fc.nat(60), somePauses, (from, length, spans) => {
        const until = addDays(from, length);
        const pauses = spans.map(({ begin, length: long }) => pause(addDays(from, begin), addDays(from, begin + long)));
        const clocks = valueOf(readClocks(from, until, pauses, calendar));
        const whole = valueOf(readClocks(from, until, [], calendar));
        expect(clocks.elapsed.days + clocks.paused.days).toBe(daysBetween(from, until));
        expect(clocks.elapsed.workingDays + clocks.paused.workingDays).toBe(whole.elapsed.workingDays);
        expect(whole.paused).toEqual({ days: 0, workingDays: 0 });
      }),
    );
  });

  it('agree with the deadline: on the last day exactly the limit has run (C9, C11)', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 20 }), somePauses, (from, days, spans) => {
        const pauses = spans.map(({ begin, length }) => pause(addDays(from, begin), addDays(from, begin + length)));
        for (const duration of [{ days }, { workingDays: days }]) {
          const last = valueOf(deadlineOf(duration, from, calendar, pauses)).due;
          const { elapsed } = valueOf(readClocks(from, last, pauses, calendar));
          expect('days' in duration ? elapsed.days : elapsed.workingDays).toBe(days);
        }
      }),
    );
  });

  it('only ever lengthen a deadline by pausing, for every kind of limit (C9)', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 12 }), somePauses, (from, number, spans) => {
        const pauses = spans.map(({ begin, length }) => pause(addDays(from, begin), addDays(from, begin + length)));
        for (const duration of [{ days: number }, { workingDays: number }, { months: number }, { hours: number }]) {
          const plain = valueOf(deadlineOf(duration, from, calendar)).due;
          expect(valueOf(deadlineOf(duration, from, calendar, pauses)).due >= plain).toBe(true);
        }
        expect(due({ months: number }, from)).toBe(addMonths(from, number));
        expect(listDays({ from, to: plainDate(due({ days: number }, from)) }).length).toBe(number + 1);
      }),
    );
  });
});
