import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '../date/index.js';
import { valueOf } from '../fault/index.js';
import { meetsThreshold } from '../share/index.js';
import {
  attendanceFigures,
  attendanceOf,
  entitledOn,
  findRecusal,
  listHouseholds,
  listProxyFaults,
  recuse,
  type Membership,
  type Roll,
} from './index.js';

const CLUB = 'tea-club';
const DAY = plainDate('2026-03-01');
const member = (person: string, extra: Partial<Membership> = {}): Membership => ({
  person,
  body: CLUB,
  time: { from: plainDate('2020-01-01') },
  ...extra,
});
/** Twelve members of the tea club 茶友会, two to a household; m01 presides and keeps the purse. */
const MEMBERS: readonly Membership[] = [
  ...Array.from({ length: 12 }, (_, index) =>
    member(`m${String(index + 1).padStart(2, '0')}`, { household: `h${Math.floor(index / 2)}` }),
  ),
  member('m01', { post: 'chair' }),
  member('m01', { post: 'purse' }),
];
const roll = entitledOn(CLUB, DAY, MEMBERS);
const codes = (faults: readonly { code: string }[]): string[] => faults.map((one) => one.code);
const first = (count: number): string[] => roll.entitled.slice(0, count).map(({ person }) => person);

describe('roll 名册', () => {
  it('counts one person once, however many posts and memberships they hold (R1)', () => {
    expect(roll.entitled.length).toBe(12);
    expect(roll.entitled[0]).toEqual({ person: 'm01', posts: ['chair', 'purse'], household: 'h0' });
    expect(listHouseholds(roll).length).toBe(6);
  });

  it('holds who is a member with a vote on the day: not yet, no longer, another body and without a vote stay off (R2)', () => {
    const others = [
      member('later', { time: { from: addDays(DAY, 1) } }),
      member('former', { time: { from: plainDate('2019-01-01'), to: addDays(DAY, -1) } }),
      member('last-day', { time: { from: plainDate('2019-01-01'), to: DAY } }),
      member('guest', { votes: false }),
      { ...member('stranger'), body: 'chess-club' },
    ];
    const people = entitledOn(CLUB, DAY, others).entitled.map(({ person }) => person);
    expect(people).toEqual(['last-day']);
  });

  it('is the same whatever order the memberships are in (R3)', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...MEMBERS], { minLength: MEMBERS.length }), (shuffled) => {
        expect(entitledOn(CLUB, DAY, shuffled)).toEqual(roll);
      }),
    );
  });

  it('is frozen: later joining and leaving do not reach into it, and it cannot be written to (R3)', () => {
    const later = [...MEMBERS, member('m99', { time: { from: addDays(DAY, 1) } })];
    expect(entitledOn(CLUB, DAY, later)).toEqual(roll);
    expect(() => (roll.entitled as unknown as { person: string }[]).push({ person: 'm99' })).toThrow(TypeError);
    expect(() => Object.assign(roll.entitled[0] ?? {}, { person: 'm99' })).toThrow(TypeError);
    expect(() => Object.assign(roll, { body: 'other' })).toThrow(TypeError);
  });
});

describe('recusal 回避', () => {
  const relations = [
    { person: 'm02', relation: 'relative-of subject' },
    { person: 'm02', relation: 'party-to contract' },
    { person: 'm03', relation: 'neighbour-of subject' },
    { person: 'm50', relation: 'relative-of subject' },
  ];
  const aside = recuse(roll, relations, ['relative-of subject', 'party-to contract']);

  it('takes those whom the rule bars off the roll, with the reason, and leaves all others on (R4)', () => {
    expect(aside.recused).toEqual([{ person: 'm02', relation: 'relative-of subject' }]);
    expect(aside.entitled.length).toBe(11);
    expect(aside.entitled.some(({ person }) => person === 'm03')).toBe(true);
    expect(roll.entitled.length).toBe(12);
  });

  it('refuses a recused member who is counted as present (R4)', () => {
    const result = attendanceOf(aside, ['m01', 'm02']);
    expect(result).toEqual({
      ok: false,
      faults: [{ code: 'recused', params: { person: 'm02', relation: 'relative-of subject' } }],
    });
  });

  it('bars one handler by the same relations, and says who may act instead (R4)', () => {
    expect(findRecusal('m02', relations, ['party-to contract'])).toMatchObject({
      code: 'recused',
      cure: 'hand-to-deputy',
    });
    expect(findRecusal('m03', relations, ['party-to contract'])).toBeUndefined();
  });

  it('never adds anyone and never loses anyone: entitled and recused are the roll (R4)', () => {
    const tie = fc.record({
      person: fc.constantFrom(...first(12)),
      relation: fc.constantFrom('relative-of subject', 'friend'),
    });
    fc.assert(
      fc.property(fc.array(tie), (ties) => {
        const after = recuse(roll, ties, ['relative-of subject']);
        const together = [...after.entitled, ...after.recused].map(({ person }) => person).sort();
        expect(together).toEqual(first(12));
      }),
    );
  });
});

describe('attendance 实到', () => {
  it('counts people against the roll and households against households (R5)', () => {
    const attendance = valueOf(attendanceOf(roll, ['m01', 'm02', 'm03', 'm05', 'm07', 'm09', 'm11', 'm12']));
    expect(attendance).toEqual({
      entitled: 12,
      inPerson: 8,
      byProxy: 0,
      present: 8,
      households: { represented: 6, all: 6 },
    });
    expect(meetsThreshold({ atLeast: '2/3', of: 'entitled' }, attendanceFigures(attendance))).toBe(true);
  });

  it('refuses strangers and doubles, and lists every one of them (R1, R5)', () => {
    const result = attendanceOf(roll, ['m01', 'm01', 'x1', 'x2', 'm02']);
    expect(result.ok ? [] : result.faults).toEqual([
      { code: 'not-on-roll', params: { person: 'x1' } },
      { code: 'not-on-roll', params: { person: 'x2' } },
      { code: 'counted-twice', params: { person: 'm01' } },
    ]);
  });

  it('can never be more than the roll, proxies included (R1)', () => {
    const person = fc.constantFrom(...first(12), 'x1');
    const proxy = fc.record({ giver: person, holder: person });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 8 }), fc.array(proxy, { maxLength: 4 }), (present, proxies) => {
        const result = attendanceOf(roll, present, proxies, { most: 3 });
        fc.pre(result.ok);
        const attendance = valueOf(result);
        expect(attendance.present).toBe(new Set([...present, ...proxies.map(({ giver }) => giver)]).size);
        expect(attendance.present).toBeLessThanOrEqual(12);
        expect(attendance.households.represented).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('proxy 委托', () => {
  const faults = (present: string[], proxies: [string, string][], most = 3, on: Roll = roll): string[] =>
    codes(
      listProxyFaults(
        on,
        present,
        proxies.map(([giver, holder]) => ({ giver, holder })),
        { most, notHeldBy: ['chair'] },
      ),
    );

  it('carries a vote for someone who is away, within the number the rule allows (R6)', () => {
    expect(
      faults(
        ['m02'],
        [
          ['m03', 'm02'],
          ['m04', 'm02'],
          ['m05', 'm02'],
        ],
      ),
    ).toEqual([]);
    expect(
      faults(
        ['m02'],
        [
          ['m03', 'm02'],
          ['m04', 'm02'],
          ['m05', 'm02'],
          ['m06', 'm02'],
        ],
      ),
    ).toEqual(['too-many-proxies']);
    expect(attendanceOf(roll, ['m02'], [{ giver: 'm03', holder: 'm02' }], { most: 3 })).toMatchObject({
      value: { inPerson: 1, byProxy: 1, present: 2 },
    });
  });

  it('is not held by a post the rule bars, by someone absent, or by someone not on the roll (R6)', () => {
    expect(faults(['m01'], [['m03', 'm01']])).toEqual(['proxy-not-allowed']);
    expect(faults([], [['m03', 'm02']])).toEqual(['proxy-not-allowed']);
    expect(faults(['x1'], [['m03', 'x1']])).toEqual(['not-on-roll']);
  });

  it('is given once, by someone on the roll who is not there, and is not passed on (R1, R6)', () => {
    expect(
      faults(
        ['m02', 'm04'],
        [
          ['m03', 'm02'],
          ['m03', 'm04'],
        ],
      ),
    ).toEqual(['counted-twice']);
    expect(faults(['m02', 'm03'], [['m03', 'm02']])).toEqual(['counted-twice']);
    expect(faults(['m02'], [['x1', 'm02']])).toEqual(['not-on-roll']);
    expect(faults(['m02'], [['m02', 'm02']])).toContain('proxy-chain');
    expect(
      faults(
        ['m04'],
        [
          ['m02', 'm04'],
          ['m03', 'm02'],
        ],
      ),
    ).toEqual(['proxy-chain']);
  });

  it('is not allowed at all where no rule allows it (R6)', () => {
    expect(codes(listProxyFaults(roll, ['m02'], [{ giver: 'm03', holder: 'm02' }]))).toEqual(['too-many-proxies']);
  });
});
