import { describe, expect, it } from 'vitest';
import { daysOfMonth, monthAfter } from './month-days.js';

describe('the month as a calendar draws it', () => {
  it('begins on Monday, leaves the places of other months empty, and has every day once', () => {
    const november = daysOfMonth('2026-11');
    expect(november.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(november[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(november.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(daysOfMonth('2027-02')).toHaveLength(4);
    expect(daysOfMonth('2028-02').flat()).toContain('2028-02-29');
  });

  it('goes on over the end of a year in both directions', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2027-01', -1)]).toEqual(['2027-01', '2026-12']);
  });
});
