import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate, weekdayOf, type PlainDate } from '../date/index.js';
import { valueOf } from '../fault/index.js';
import { teaClubCalendar } from './tea-club-calendar.js';
import { occurrencesOf, type Recurrence } from './index.js';

const calendar = teaClubCalendar();
const year = { from: plainDate('2026-01-01'), to: plainDate('2026-12-31') };
const days = (recurrence: Recurrence, period = year): string[] =>
  valueOf(occurrencesOf(recurrence, period, calendar)).map((occurrence) => occurrence.on);

describe('recurrence 周期', () => {
  it('meets every Monday (C14)', () => {
    const mondays = days({ rule: 'FREQ=WEEKLY;BYDAY=MO' });
    expect(mondays.length).toBe(52);
    expect(mondays[0]).toBe('2026-01-05');
  });

  it('meets every second Wednesday from its start (C14)', () => {
    expect(days({ rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', start: plainDate('2026-01-07') }).slice(0, 3)).toEqual([
      '2026-01-07',
      '2026-01-21',
      '2026-02-04',
    ]);
  });

  it('falls on the 5th of each month, the last day of each quarter, the second Tuesday, the last Friday (C14)', () => {
    expect(days({ rule: 'FREQ=MONTHLY;BYMONTHDAY=5' }).slice(0, 2)).toEqual(['2026-01-05', '2026-02-05']);
    expect(days({ rule: 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1' })).toEqual([
      '2026-03-31',
      '2026-06-30',
      '2026-09-30',
      '2026-12-31',
    ]);
    expect(days({ rule: 'FREQ=MONTHLY;BYDAY=2TU' }).slice(0, 2)).toEqual(['2026-01-13', '2026-02-10']);
    expect(days({ rule: 'FREQ=MONTHLY;BYDAY=-1FR' }).slice(0, 2)).toEqual(['2026-01-30', '2026-02-27']);
  });

  it('skips months that lack the day, as the standard has it, and takes the rest from its start (C14)', () => {
    expect(days({ rule: 'FREQ=MONTHLY', start: plainDate('2026-01-31') }).length).toBe(7);
    expect(days({ rule: 'FREQ=YEARLY', start: plainDate('2020-07-01') })).toEqual(['2026-07-01']);
    expect(days({ rule: 'FREQ=MONTHLY;INTERVAL=3', start: plainDate('2025-12-15') })).toEqual([
      '2026-03-15',
      '2026-06-15',
      '2026-09-15',
      '2026-12-15',
    ]);
  });

  it('ends by number or by date, counted from its start and not from the period asked for (C14)', () => {
    const recurrence = { rule: 'FREQ=DAILY;COUNT=5', start: plainDate('2025-12-30') };
    expect(days(recurrence)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
    expect(days({ rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260119' })).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
  });

  it('moves off a rest day where the rule says so, and keeps its own day beside it (C15)', () => {
    const april = { from: plainDate('2026-04-01'), to: plainDate('2026-04-30') };
    expect(
      valueOf(occurrencesOf({ rule: 'FREQ=MONTHLY;BYMONTHDAY=9', shift: 'next-working-day' }, april, calendar)),
    ).toEqual([{ on: '2026-04-12', nominal: '2026-04-09', provisional: false }]);
    expect(days({ rule: 'FREQ=MONTHLY;BYMONTHDAY=9' }, april)).toEqual(['2026-04-09']);
  });

  it('belongs to the month of its own day even if moved beyond it, so that months neither lose nor double one (C15)', () => {
    const recurrence: Recurrence = { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1', shift: 'next-working-day' };
    expect(days(recurrence, { from: plainDate('2026-05-01'), to: plainDate('2026-05-31') })).toEqual(['2026-06-01']);
    expect(days(recurrence, { from: plainDate('2026-06-01'), to: plainDate('2026-06-30') })).toEqual(['2026-06-30']);
    fc.assert(
      fc.property(fc.nat(364), (cut) => {
        const middle = addDays(year.from, cut);
        const halves = [
          ...days(recurrence, { from: year.from, to: middle }),
          ...days(recurrence, { from: addDays(middle, 1), to: year.to }),
        ];
        expect(halves).toEqual(days(recurrence));
      }),
    );
  });

  it('refuses to move a day in a past year not loaded, and marks a coming one (C2, C3)', () => {
    const recurrence: Recurrence = { rule: 'FREQ=WEEKLY;BYDAY=MO', shift: 'next-working-day' };
    expect(occurrencesOf(recurrence, { from: plainDate('2024-01-01'), to: plainDate('2024-01-31') }, calendar).ok).toBe(
      false,
    );
    const april = valueOf(
      occurrencesOf(recurrence, { from: plainDate('2027-04-01'), to: plainDate('2027-04-07') }, calendar),
    );
    expect(april).toEqual([{ on: '2027-04-06', nominal: '2027-04-05', provisional: true }]);
  });

  it.each([
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO', 'BYSETPOS=1'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=XX', 'XX'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', '0'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', '32'],
    ['FREQ=MONTHLY', 'start'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'start'],
    ['FREQ=DAILY;UNTIL=20260230', '20260230'],
    ['every Monday', 'every Monday'],
  ])('refuses %s, naming %s, and passes nothing over (C14)', (rule, reason) => {
    expect(occurrencesOf({ rule }, year, calendar)).toEqual({
      ok: false,
      faults: [{ code: 'recurrence-invalid', params: { text: rule, reason } }],
    });
  });

  it('gives only days its rule names, in order, within the period (C14)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.nat(300), fc.nat(60), (index, begin, length) => {
        const name = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][index] ?? 'MO';
        const period = { from: addDays(year.from, begin), to: addDays(year.from, begin + length) };
        const found = days({ rule: `FREQ=WEEKLY;BYDAY=${name}` }, period);
        expect(found.every((date) => weekdayOf(date as PlainDate) === index + 1)).toBe(true);
        expect(found.every((date) => date >= period.from && date <= period.to)).toBe(true);
        expect(found).toEqual([...found].sort());
        expect(Math.abs(found.length - (length + 1) / 7)).toBeLessThan(1);
      }),
    );
  });
});
