import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate, type PlainDate } from '../date/index.js';
import {
  countyOf,
  DivisionCode,
  isWithin,
  levelOf,
  listAncestors,
  parentOf,
  predecessorsOf,
  scopeOf,
  SuccessorLink,
  successorsOf,
} from './index.js';

/** The tea hills 茶山: a made-up county, its codes taken from a range the state has not given out. */
const PROVINCE = '990000000000';
const CITY = '990100000000';
const COUNTY = '990101000000';
const TOWNSHIP = '990101001000';
const VILLAGE = '990101001001';
const GROUP = '990101001001-group-003';
const GRID = '990101001001-grid-003';
const MICRO_GRID = '990101001001-grid-003-02';
const LADDER = [MICRO_GRID, GRID, VILLAGE, TOWNSHIP, COUNTY, CITY, PROVINCE];

const digits = (length: number) =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const anyCode = fc
  .tuple(fc.integer({ min: 10, max: 99 }).map(String), digits(2), digits(2), digits(3), digits(3), fc.nat(6))
  .map(([province, city, county, township, village, level]) => {
    const parts = [province, city, county, township, village]
      .slice(0, Math.min(5, level + 1))
      .join('')
      .padEnd(12, '0');
    return level === 6 ? `${parts}-grid-007` : parts;
  });

describe('division 行政区划', () => {
  it('shows its level in its code (V1)', () => {
    expect(LADDER.map(levelOf)).toEqual(['grid', 'grid', 'village', 'township', 'county', 'city', 'province']);
    expect(levelOf(GROUP)).toBe('group');
  });

  it('climbs from the grid to the province, and skips a level its code leaves empty (V2)', () => {
    expect(listAncestors(MICRO_GRID)).toEqual(LADDER);
    expect(parentOf(GROUP)).toBe(VILLAGE);
    expect(parentOf(PROVINCE)).toBeUndefined();
    expect(parentOf('990200003000')).toBe('990200000000');
    expect(countyOf(GRID)).toBe(COUNTY);
    expect(countyOf(CITY)).toBeUndefined();
  });

  it('accepts the codes of every level and refuses codes that hang in the air (V1)', () => {
    const inTheAir = [
      '99010100100',
      '9901010010011',
      '090101001001',
      '990101000001',
      '990101001000-grid-001',
      '990101001001-grid-1',
      '990101001001-g001',
      'x',
    ];
    expect([...LADDER, GROUP].filter((code) => !DivisionCode.safeParse(code).success)).toEqual([]);
    expect(inTheAir.filter((code) => DivisionCode.safeParse(code).success)).toEqual([]);
  });

  it('has a scope that is one range of texts: a village is itself with its groups and grids, a township nine digits, a county six (V3)', () => {
    expect(scopeOf(TOWNSHIP)).toEqual({ lo: '990101001', hi: '990101001:' });
    expect(scopeOf(COUNTY)).toEqual({ lo: '990101', hi: '990101:' });
    for (const inside of [VILLAGE, GROUP, GRID, MICRO_GRID]) expect(isWithin(inside, scopeOf(VILLAGE))).toBe(true);
    expect(isWithin('990101001002', scopeOf(VILLAGE))).toBe(false);
    expect(isWithin(TOWNSHIP, scopeOf(VILLAGE))).toBe(false);
    expect(isWithin('990101999999', scopeOf('990101999000'))).toBe(true);
    expect(isWithin('990102000000', scopeOf('990101999000'))).toBe(false);
  });

  it('holds a division in a scope exactly when the scope’s own division stands above it or is it (V3)', () => {
    fc.assert(
      fc.property(anyCode, anyCode, fc.nat(6), (a, b, step) => {
        const above = listAncestors(a);
        const top = above[Math.min(step, above.length - 1)] ?? a;
        expect(isWithin(a, scopeOf(top))).toBe(true);
        expect(isWithin(b, scopeOf(a))).toBe(listAncestors(b).includes(a));
      }),
    );
  });

  it('nests scopes or keeps them apart, never half in half out (V3)', () => {
    fc.assert(
      fc.property(anyCode, anyCode, (a, b) => {
        const [one, two] = [scopeOf(a), scopeOf(b)];
        const apart = one.hi <= two.lo || two.hi <= one.lo;
        const nested = (one.lo <= two.lo && two.hi <= one.hi) || (two.lo <= one.lo && one.hi <= two.hi);
        expect(apart || nested).toBe(true);
      }),
    );
  });
});

const A = '990101001001';
const B = '990101001002';
const C = '990101001003';
const D = '990101001004';
const merge: SuccessorLink = { kind: 'merge', on: plainDate('2015-07-01'), from: [A, B], to: [C] };
const split: SuccessorLink = { kind: 'split', on: plainDate('2020-01-01'), from: [C], to: [C, D] };

describe('successors 撤并', () => {
  it('take effect on their day: the merged village stands from then on (V4)', () => {
    expect(successorsOf(A, plainDate('2015-06-30'), [merge])).toEqual([A]);
    expect(successorsOf(A, plainDate('2015-07-01'), [merge])).toEqual([C]);
    expect(predecessorsOf(C, plainDate('2015-06-30'), [merge])).toEqual([A, B]);
    expect(predecessorsOf(C, plainDate('2015-07-01'), [merge])).toEqual([C]);
  });

  it('follow a merge and a later split through, whatever order the links are kept in (V4)', () => {
    for (const links of [
      [merge, split],
      [split, merge],
    ]) {
      expect(successorsOf(A, plainDate('2026-01-01'), links)).toEqual([C, D]);
      expect(predecessorsOf(D, plainDate('2010-01-01'), links)).toEqual([A, B]);
      expect(predecessorsOf(D, plainDate('2017-01-01'), links)).toEqual([C]);
    }
  });

  it('leave what began after an earlier change out of its history (V4)', () => {
    expect(successorsOf(C, plainDate('2018-01-01'), [merge, split], plainDate('2016-01-01'))).toEqual([C]);
    expect(predecessorsOf(C, plainDate('2010-01-01'), [merge, split], plainDate('2017-01-01'))).toEqual([A, B]);
  });

  it('are refused as a merge of one, a split into one, a change into itself (V5)', () => {
    expect(SuccessorLink.safeParse(merge).success).toBe(true);
    expect(SuccessorLink.safeParse({ ...merge, from: [A] }).success).toBe(false);
    expect(SuccessorLink.safeParse({ ...split, to: [D] }).success).toBe(false);
    expect(SuccessorLink.safeParse({ kind: 'recode', on: '2020-01-01', from: [A], to: [A] }).success).toBe(false);
  });

  it('lose no village: forwards and backwards tell one story over any history of merges and splits (V4)', () => {
    const start = plainDate('2011-01-01');
    const end = plainDate('2030-01-01');
    /** Plays a history on standing villages: a merge takes two of them into a new code or into one of them, a split adds a new code. */
    const history = fc
      .array(fc.tuple(fc.boolean(), fc.nat(50), fc.nat(50), fc.boolean()), { maxLength: 8 })
      .map((moves) => {
        let fresh = 100;
        let standing = [A, B, C, D];
        const links: SuccessorLink[] = [];
        for (const [index, [merges, x, y, goesOn]] of moves.entries()) {
          const on: PlainDate = addDays(start, (index + 1) * 100);
          const one = standing[x % standing.length] ?? A;
          fresh += 1;
          const made = `990101001${fresh}`;
          if (merges) {
            const others = standing.filter((code) => code !== one);
            const two = others[y % others.length];
            if (two === undefined) continue;
            const to = goesOn ? one : made;
            links.push({ kind: 'merge', on, from: [one, two], to: [to] });
            standing = [...others.filter((code) => code !== two), to];
          } else {
            const to = goesOn ? [one, made] : [made, `990101002${fresh}`];
            links.push({ kind: 'split', on, from: [one], to });
            standing = [...standing.filter((code) => code !== one), ...to];
          }
        }
        return { links, standing };
      });
    fc.assert(
      fc.property(history, ({ links, standing }) => {
        const reached = [A, B, C, D].flatMap((code) => successorsOf(code, end, links));
        expect([...new Set(reached)].sort()).toEqual([...standing].sort());
        for (const old of [A, B, C, D]) {
          for (const now of standing) {
            expect(successorsOf(old, end, links).includes(now)).toBe(predecessorsOf(now, start, links).includes(old));
          }
        }
      }),
    );
  });
});
