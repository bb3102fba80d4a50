import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../date/index.js';
import {
  Condition,
  describeCondition,
  evaluateCondition,
  listActsCounted,
  listFieldsRead,
  type ConditionFacts,
} from './index.js';

/** The tea club buys a kettle: what its form says, and what has been done. */
const facts: ConditionFacts = {
  kind: 'purchase',
  today: plainDate('2026-03-01'),
  fields: {
    amount: 5000,
    budget: 4000,
    item: 'kettle',
    tags: ['kitchen', 'gift'],
    delivered: '2026-02-28',
    due: '2026-03-05',
    born: '1976-03-05',
    moment: '2026-02-28T16:00:00Z',
    photo: ['file-1'],
    note: '',
    receipts: [],
    urgent: false,
    'in-favour': 20,
    present: 30,
  },
  acts: [{ act: 'remind' }, { act: 'note' }, { act: 'remind' }],
};

/** Every form of the language with a case that holds, one that does not, and its reading. */
const FORMS: readonly { holds: Condition; fails: Condition; zh: string }[] = [
  { holds: { field: 'item', equals: 'kettle' }, fails: { field: 'item', equals: 'cup' }, zh: '“item”为“kettle”' },
  { holds: { field: 'urgent', equals: false }, fails: { field: 'urgent', equals: true }, zh: '“urgent”为否' },
  {
    holds: { field: 'item', in: ['cup', 'kettle'] },
    fails: { field: 'item', in: ['cup'] },
    zh: '“item”为“cup”、“kettle”之一',
  },
  { holds: { field: 'tags', in: ['gift'] }, fails: { field: 'tags', in: ['garden'] }, zh: '“tags”为“gift”之一' },
  {
    holds: { field: 'amount', atLeast: 5000 },
    fails: { field: 'amount', atLeast: 5001 },
    zh: '“amount”在5000以上（含）',
  },
  {
    holds: { field: 'amount', moreThan: { field: 'budget' } },
    fails: { field: 'amount', moreThan: 5000 },
    zh: '“amount”超过“budget”',
  },
  {
    holds: { field: 'delivered', before: 'today' },
    fails: { field: 'delivered', before: plainDate('2026-02-28') },
    zh: '“delivered”早于当日',
  },
  {
    holds: { field: 'due', after: { field: 'delivered' } },
    fails: { field: 'due', after: plainDate('2026-03-05') },
    zh: '“due”晚于“delivered”',
  },
  {
    holds: { yearsSince: 'born', on: { field: 'due' }, atLeast: 50 },
    fails: { yearsSince: 'born', on: { field: 'delivered' }, atLeast: 50 },
    zh: '从“born”到“due”满50周年',
  },
  {
    holds: { yearsSince: 'born', on: 'today', moreThan: 48 },
    fails: { yearsSince: 'born', on: 'today', moreThan: 49 },
    zh: '从“born”到当日超过48周年',
  },
  { holds: { has: 'photo' }, fails: { has: 'receipts' }, zh: '已填写“photo”' },
  { holds: { isKind: 'purchase' }, fails: { isKind: ['repair', 'gift'] }, zh: '事项属于“purchase”' },
  {
    holds: { meets: { atLeast: '2/3', of: 'present' }, count: 'in-favour', base: 'present' },
    fails: { meets: { moreThan: '2/3', of: 'present' }, count: 'in-favour', base: 'present' },
    zh: '“in-favour”与“present”相比，达到到会人员的三分之二以上',
  },
  { holds: { countOf: 'remind', atLeast: 2 }, fails: { countOf: 'remind', moreThan: 2 }, zh: '“remind”已有2次以上' },
  {
    holds: { all: [{ has: 'item' }, { not: { has: 'note' } }] },
    fails: { all: [{ has: 'item' }, { has: 'note' }] },
    zh: '已填写“item”，并且并非（已填写“note”）',
  },
  {
    holds: { any: [{ has: 'note' }, { all: [{ has: 'item' }, { has: 'photo' }] }] },
    fails: { any: [{ has: 'note' }, { has: 'receipts' }] },
    zh: '已填写“note”，或者（已填写“item”，并且已填写“photo”）',
  },
];

describe('condition 条件', () => {
  it.each(FORMS)('accepts, holds and reads: $zh (K1)', ({ holds, fails, zh }) => {
    expect(Condition.parse(holds)).toEqual(holds);
    expect(evaluateCondition(holds, facts)).toEqual({ ok: true, value: true });
    expect(evaluateCondition(fails, facts)).toEqual({ ok: true, value: false });
    expect(describeCondition(holds, 'zh-CN')).toBe(zh);
    expect(describeCondition(holds, 'en')).not.toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['an expression', 'amount > 5000'],
    ['a comparison without its field', { atLeast: 5000 }],
    ['two comparisons at once', { field: 'amount', atLeast: 1, moreThan: 2 }],
    ['a word that is not in the language', { field: 'item', like: 'ket%' }],
    ['a day that does not exist', { field: 'due', before: '2026-02-30' }],
    ['a threshold as a float', { meets: { atLeast: 0.66, of: 'present' }, count: 'a', base: 'b' }],
    ['an empty list of parts', { all: [] }],
    ['a count of no times', { countOf: 'remind', atLeast: 0 }],
    ['an unknown word deep inside', { not: { any: [{ has: 'item' }, { run: 'code' }] } }],
  ])('refuses %s (K1)', (_, wrong) => {
    expect(Condition.safeParse(wrong).success).toBe(false);
  });

  it('does not hold of a question that was not answered, and is no error (K2)', () => {
    for (const condition of [
      { field: 'colour', equals: 'green' },
      { field: 'colour', atLeast: 1 },
      { field: 'colour', before: 'today' },
      { field: 'amount', moreThan: { field: 'colour' } },
      { meets: { atLeast: '1/2', of: 'present' }, count: 'colour', base: 'present' },
    ] satisfies Condition[]) {
      expect(evaluateCondition(condition, facts)).toEqual({ ok: true, value: false });
    }
  });

  it('cannot be judged where a value is of the wrong type, and says which, all of them (K3)', () => {
    const result = evaluateCondition(
      { any: [{ has: 'item' }, { field: 'item', atLeast: 3 }, { field: 'moment', before: 'today' }] },
      facts,
    );
    expect(result.ok ? [] : result.faults.map((one) => [one.code, one.params.field])).toEqual([
      ['condition-type-mismatch', 'item'],
      ['condition-type-mismatch', 'moment'],
    ]);
  });

  it('asks for the day it is judged on rather than for the clock (K4)', () => {
    const result = evaluateCondition({ field: 'delivered', before: 'today' }, { fields: facts.fields });
    expect(result.ok).toBe(false);
  });

  it('lists the fields it reads and the acts it counts, so that a pack can be checked (K5)', () => {
    const condition: Condition = {
      all: [
        { field: 'amount', moreThan: { field: 'budget' } },
        { not: { any: [{ has: 'photo' }, { countOf: 'remind', atLeast: 2 }] } },
        { meets: { atLeast: '2/3', of: 'present' }, count: 'in-favour', base: 'present' },
      ],
    };
    expect(listFieldsRead(condition).sort()).toEqual(['amount', 'budget', 'in-favour', 'photo', 'present']);
    expect(listActsCounted(condition)).toEqual(['remind']);
  });

  it('obeys the laws of not, all and any, whatever is nested (K6)', () => {
    const leaf = fc.constantFrom(...FORMS.flatMap(({ holds, fails }) => [holds, fails]));
    const holds = (condition: Condition): boolean => {
      const result = evaluateCondition(condition, facts);
      if (!result.ok) throw new Error('these facts fit every form');
      return result.value;
    };
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 4 }), leaf, (parts, one) => {
        expect(holds({ not: { not: one } })).toBe(holds(one));
        expect(holds({ not: { all: parts } })).toBe(holds({ any: parts.map((part) => ({ not: part })) }));
        expect(holds({ all: parts })).toBe(parts.every(holds));
        expect(holds({ any: parts })).toBe(parts.some(holds));
      }),
    );
  });

  it('names fields and choices in the reader’s words where a form gives them', () => {
    const said = describeCondition({ field: 'item', equals: 'kettle' }, 'zh-CN', {
      field: () => '物品',
      value: () => '茶壶',
    });
    expect(said).toBe('“物品”为“茶壶”');
  });
});
