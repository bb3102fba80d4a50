import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../date/index.js';
import { valueOf, type Result } from '../fault/index.js';
import { entitledOn, recuse, type Roll } from '../roll/index.js';
import {
  differencesOf,
  faultsOfForm,
  listPresent,
  outcomeOf,
  presenceOf,
  quorumOf,
  SLIP_FIGURES,
  tally,
  votesOf,
  type Arrival,
  type SlipCount,
} from './index.js';

const codes = (result: Result<unknown>): string[] => (result.ok ? [] : result.faults.map(({ code }) => code));

/** The tea club's roll: as many members as asked for, two to a table, which stands for a household. */
const members = (size: number): Roll =>
  entitledOn(
    'tea-club',
    plainDate('2026-03-01'),
    Array.from({ length: size }, (_, at) => ({
      person: `m${String(at + 1).padStart(2, '0')}`,
      body: 'tea-club',
      household: `table-${Math.floor(at / 2)}`,
      time: { from: plainDate('2026-01-01') },
    })),
  );
const came = (person: string, channel: Arrival['channel'] = 'paper'): Arrival => ({ person, kind: 'came', channel });
const struck = (person: string): Arrival => ({ person, kind: 'struck', channel: 'paper' });

const slips: SlipCount = { issued: 20, returned: 19, approve: 12, against: 4, abstain: 2, spoiled: 1 };
const typed = (first: SlipCount, second: SlipCount, by: [string, string] = ['ann', 'bob']) =>
  tally({
    form: 'paper',
    present: 20,
    entries: [
      { by: by[0], count: first },
      { by: by[1], count: second },
    ],
  });

describe('a count of slips', () => {
  it('has a result when two people typed the same, and a spoiled slip is a vote cast (B3, B5)', () => {
    expect(valueOf(typed(slips, { ...slips }))).toEqual({ form: 'paper', present: 20, ...slips, voting: 19 });
  });

  it('names every figure in which the two sheets differ, and has no result (B3)', () => {
    const other = { ...slips, approve: 11, against: 5 };
    const result = typed(slips, other);
    expect(result.ok ? [] : result.faults).toEqual([
      { code: 'counts-differ', params: { what: '赞成', first: 12, second: 11 } },
      { code: 'counts-differ', params: { what: '反对', first: 4, second: 5 } },
    ]);
  });

  it('has no result from one person, once or twice (B3)', () => {
    expect(codes(tally({ form: 'paper', present: 20, entries: [{ by: 'ann', count: slips }] }))).toEqual([
      'second-count-missing',
    ]);
    expect(codes(typed(slips, slips, ['ann', 'ann']))).toEqual(['same-counter']);
  });

  it('cannot have more handed out than present, more returned than handed out, or others read than returned (B4)', () => {
    const wrong = { issued: 21, returned: 22, approve: 12, against: 4, abstain: 2, spoiled: 1 };
    expect(codes(typed(wrong, wrong))).toEqual(['count-above-base', 'count-above-base', 'votes-do-not-add-up']);
  });

  it('stops on any single slip of a finger (B3)', () => {
    const count = fc.record(
      Object.fromEntries(SLIP_FIGURES.map(([figure]) => [figure, fc.nat(60)])) as Record<
        keyof SlipCount,
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(
        count,
        fc.constantFrom(...SLIP_FIGURES.map(([figure]) => figure)),
        fc.integer({ min: 1, max: 9 }),
        (first, figure, by) => {
          expect(differencesOf(first, { ...first, [figure]: first[figure] + by })).toHaveLength(1);
          expect(typed(first, { ...first, [figure]: first[figure] + by }).ok).toBe(false);
        },
      ),
    );
  });
});

describe('hands', () => {
  it('are counted once, and never more of them than people (B4)', () => {
    const count = { approve: 11, against: 6, abstain: 3 };
    expect(valueOf(tally({ form: 'hands', present: 20, count })).voting).toBe(20);
    expect(codes(tally({ form: 'hands', present: 19, count }))).toEqual(['votes-do-not-add-up']);
  });
});

describe('who is there', () => {
  it('merges paper and phone, each person once by the channel that was first (B1)', () => {
    const arrivals = [came('m01'), came('m02', 'phone'), came('m01', 'phone'), came('m03', 'hands')];
    const presence = valueOf(presenceOf(members(12), arrivals));
    expect(presence).toMatchObject({ present: 3, byChannel: { paper: 1, phone: 1, hands: 1 } });
  });

  it('takes a mistaken line out again, and lets the person come after all', () => {
    expect(listPresent([came('m01'), struck('m01')])).toEqual([]);
    expect(listPresent([came('m01'), struck('m01'), came('m01', 'phone')])).toEqual([
      { person: 'm01', channel: 'phone' },
    ]);
  });

  it('refuses strangers and the recused by name (B2)', () => {
    const roll = recuse(members(12), [{ person: 'm04', relation: 'brews' }], ['brews']);
    expect(codes(presenceOf(roll, [came('m01'), came('x1'), came('m04')]))).toEqual(['not-on-roll', 'recused']);
  });

  it('never counts more people than the roll has, nor anybody twice, in whatever order they come (B1)', () => {
    const people = Array.from({ length: 12 }, (_, at) => `m${String(at + 1).padStart(2, '0')}`);
    const line = fc.record({
      person: fc.constantFrom(...people),
      kind: fc.constantFrom('came' as const, 'came' as const, 'struck' as const),
      channel: fc.constantFrom('paper' as const, 'phone' as const, 'hands' as const),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (arrivals) => {
        const presence = valueOf(presenceOf(members(12), arrivals));
        const { paper, phone, hands } = presence.byChannel;
        expect(new Set(presence.people).size).toBe(presence.present);
        expect(paper + phone + hands).toBe(presence.present);
        expect(presence.present).toBeLessThanOrEqual(12);
        // The last word on each person decides, so the same lines once more change nothing about who is there.
        expect(listPresent([...arrivals, ...presence.people.map((person) => came(person))])).toEqual(
          listPresent(arrivals),
        );
      }),
    );
  });
});

describe('what a vote came to', () => {
  const rule = {
    attendance: { atLeast: '2/3', of: 'entitled' },
    approval: { moreThan: '1/2', of: 'present' },
  } as const;

  it('is what counting on the fingers gives, for every roll up to sixty, every attendance and every count (B6, B7)', () => {
    let votes = 0;
    const wrong: string[] = [];
    for (let entitled = 1; entitled <= 60; entitled += 1) {
      for (let present = 0; present <= entitled; present += 1) {
        for (let approve = 0; approve <= present; approve += 1) {
          votes += 1;
          const count = { approve, against: present - approve, abstain: 0 };
          const { result } = outcomeOf(rule, { entitled }, valueOf(tally({ form: 'hands', present, count })));
          // By hand: three times those who came against twice the roll; twice those in favour against those who came.
          const enough = present + present + present >= entitled + entitled;
          const expected = enough ? (approve + approve > present ? 'passed' : 'rejected') : 'no-quorum';
          if (result !== expected) wrong.push(`${entitled}/${present}/${approve}: ${result}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(votes).toBe(39710);
  });

  it('says how many are still missing, on each way there is', () => {
    const assembly = {
      attendance: {
        anyOf: [
          { moreThan: '1/2', of: 'entitled' },
          { atLeast: '2/3', of: 'households' },
        ],
      },
    } as const;
    expect(quorumOf(rule, { entitled: 30 }, 18)).toEqual({
      met: false,
      ways: [{ of: 'entitled', base: 30, need: 20, have: 18, missing: 2, met: false }],
    });
    expect(quorumOf(assembly, { entitled: 100, households: 40 }, 40, 27)).toMatchObject({
      met: true,
      ways: [
        { of: 'entitled', need: 51, missing: 11 },
        { of: 'households', need: 27, missing: 0, met: true },
      ],
    });
  });

  it('holds a spoiled slip against the proposal where those voting are counted (B5)', () => {
    const ofVoting = { approval: { moreThan: '1/2', of: 'voting' } } as const;
    const count = { issued: 20, returned: 20, approve: 10, against: 9, abstain: 0, spoiled: 1 };
    expect(outcomeOf(ofVoting, { entitled: 30 }, valueOf(typed(count, count))).result).toBe('rejected');
  });
});

describe('which votes a meeting holds', () => {
  it('a meeting with three matters has exactly three votes, and none for two at once (B8) [FC-21]', () => {
    const items = ['road', 'lease', 'budget'].map((matter) => ({ title: matter, matters: [matter] }));
    expect(valueOf(votesOf(items)).map(({ matter }) => matter)).toEqual(['road', 'lease', 'budget']);
    expect(codes(votesOf([{ title: 'both', matters: ['road', 'lease'] }]))).toEqual(['votes-bundled']);
    expect(codes(votesOf([...items, { title: 'again', matters: ['road'] }]))).toEqual(['matter-twice-on-agenda']);
  });

  it('none is cast on a device, and a rule for slips or secrecy is not met by hands (B9)', () => {
    for (const ballot of [undefined, 'hands', 'paper', 'secret'] as const) {
      expect(faultsOfForm('electronic', { ballot }).map(({ code }) => code)).toEqual(['electronic-ballot-not-allowed']);
    }
    expect(faultsOfForm('hands', { ballot: 'secret' })).toHaveLength(1);
    expect(faultsOfForm('paper', { ballot: 'secret' })).toEqual([]);
    expect(faultsOfForm('paper', { ballot: 'hands' })).toHaveLength(1);
    expect(faultsOfForm('hands', {})).toEqual([]);
  });
});
