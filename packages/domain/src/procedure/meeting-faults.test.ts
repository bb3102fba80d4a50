import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teaClubCalendar } from '../calendar/tea-club-calendar.js';
import { instant, plainDate } from '../date/index.js';
import { entitledOn, recuse, type Roll } from '../roll/index.js';
import type { FieldValue } from './field.js';
import type { Act, Actor, MatterRecord } from './matter.js';
import { Procedure } from './procedure.js';
import type { RollFor } from './roll-for.js';
import { ruleOnAct } from './rule-on-act.js';

const procedure = Procedure.parse({
  kind: 'procedure',
  id: 'tea-decision',
  title: '茶友决定',
  inForce: { from: '2026-01-01' },
  forMatters: { kinds: ['tea-decision'] },
  stages: [
    {
      id: 'decide',
      title: '表决',
      by: [{ body: 'house' }],
      vote: {
        roll: 'guests',
        authorisedBy: 'assembly',
        demandedBy: [{ id: 'guests', title: '茶客', share: { atLeast: '1/10', of: 'entitled' } }],
        notice: { atLeast: '3 days', before: 'meeting', mayBeShortened: true },
        attendance: { atLeast: '1/2', of: 'entitled' },
        approval: { moreThan: '1/2', of: 'present' },
        proxies: { within: 'household', notHeldBy: ['candidate'] },
        singly: true,
        source: ['TEA-1'],
      },
      then: { end: 'done' },
    },
  ],
  closes: {
    results: [
      { id: 'done', title: '通过' },
      { id: 'rejected', title: '未通过' },
    ],
  },
});

const calendar = teaClubCalendar(plainDate('2026-06-30'));
const host: Actor = {
  kind: 'officer',
  person: 'host',
  offices: [{ post: 'host', body: 'house', bodyKind: 'house', division: '320102001005', level: 'village' }],
  isFiler: false,
};
const at = (day: string) => instant(`${day}T02:00:00.000Z`);

type Step = readonly [string, string, Record<string, FieldValue>];

/** The codes of the last of several acts, each a day, an id and fields; those before it must pass. */
function codesOf(roll: RollFor, ...steps: readonly Step[]): string[] {
  const acts: Act[] = [];
  const record: MatterRecord = {
    procedure: 'x',
    opened: at('2026-06-01'),
    division: '320102001005',
    channel: 'counter',
    acts,
    children: [],
  };
  let codes: string[] = [];
  for (const [day, act, fields] of [['2026-06-01', 'open', {}] as const, ...steps]) {
    expect(codes).toEqual([]);
    const next: Act = {
      seq: acts.length,
      id: `act-${acts.length}`,
      act,
      stage: act === 'open' ? null : 'decide',
      by: { kind: 'officer', person: 'host', office: { post: 'host', body: 'house' } },
      fields,
      occurredAt: at(day),
      recordedAt: at(day),
    };
    const ruling = ruleOnAct(procedure, record, next, host, roll, calendar);
    codes = ruling.passes ? [] : ruling.faults.map((one) => one.code);
    if (ruling.passes) acts.push(next);
  }
  return codes;
}

const people = ['an', 'bo', 'cai', 'du'].map((person, index) => ({
  person,
  body: 'guests',
  household: index < 2 ? 'east' : `home-of-${person}`,
  ...(person === 'du' ? { post: 'candidate' } : {}),
  time: { from: plainDate('2026-01-01') },
}));
const named: Roll = entitledOn('guests', plainDate('2026-06-05'), people);
const byName: RollFor = (body) => (body === 'guests' ? named : undefined);

const authorised = ['2026-06-02', 'authorise', { 'authorised-on': '2026-05-01', authorisation: '授权' }] as const;
const called = ['2026-06-02', 'convene', { 'meeting-on': '2026-06-06' }] as const;
const vote = (fields: Record<string, FieldValue>): Step => [
  '2026-06-06',
  'pass',
  { items: ['一件'], present: 3, approve: 3, ...fields },
];

describe('who demands a meeting', () => {
  test('is enough exactly from a tenth of those entitled on, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), (entitled, demanders) => {
        const roll: RollFor = () => ({ entitled });
        const codes = codesOf(roll, ['2026-06-02', 'demand', { 'demanded-as': 'guests', demanders }]);
        expect(codes).toEqual(10 * demanders >= entitled ? [] : ['demand-too-few']);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an authorisation', () => {
  test('must be there, dated, and given before the meeting was called', () => {
    expect(codesOf(byName, called)).toEqual(['authorisation-missing']);
    expect(
      codesOf(byName, ['2026-06-02', 'authorise', { 'authorised-on': '2026-06-03', authorisation: '授权' }]),
    ).toEqual(['date-in-future']);
    expect(codesOf(byName, authorised, called)).toEqual([]);
  });
});

describe('special circumstances', () => {
  test('shorten the notice only with their reason', () => {
    expect(codesOf(byName, authorised, ['2026-06-02', 'convene', { 'meeting-on': '2026-06-04' }])).toEqual([
      'notice-too-short',
    ]);
    const flood = { 'meeting-on': '2026-06-04', 'special-reason': '涨水' };
    expect(codesOf(byName, authorised, ['2026-06-02', 'convene', flood])).toEqual([]);
  });
});

describe('names of a meeting', () => {
  test('agree with the count, and nobody is a stranger to the roll', () => {
    const three = ['an', 'bo', 'cai'];
    expect(codesOf(byName, authorised, called, vote({ attended: three }))).toEqual([]);
    expect(codesOf(byName, authorised, called, vote({ attended: ['an', 'bo'] }))).toEqual(['count-differs-from-names']);
    expect(codesOf(byName, authorised, called, vote({ attended: ['an', 'bo', 'guest'] }))).toEqual(['not-on-roll']);
  });

  test('leave out whoever had to stand aside', () => {
    const aside = recuse(named, [{ person: 'cai', relation: 'near-relative' }], ['near-relative']);
    const roll: RollFor = () => aside;
    expect(codesOf(roll, authorised, called, vote({ attended: ['an', 'bo', 'cai'] }))).toEqual(['recused']);
  });

  test('a vote is carried only within a household, and never by a candidate', () => {
    const carried = (proxies: string[], attended: string[]) =>
      codesOf(byName, authorised, called, vote({ attended, proxies, present: attended.length + 1, approve: 2 }));
    expect(carried(['an/bo'], ['an', 'cai'])).toEqual([]);
    expect(carried(['cai/bo'], ['an', 'cai'])).toEqual(['proxy-not-allowed']);
    expect(carried(['du/bo'], ['an', 'du'])).toEqual(['proxy-not-allowed']);
  });
});

describe('one vote, one matter', () => {
  test('two matters are never put to one vote [FC-21]', () => {
    expect(codesOf(byName, authorised, called, vote({ items: ['一件', '又一件'] }))).toEqual(['votes-bundled']);
  });
});
