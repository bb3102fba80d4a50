import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRule } from '../rule.js';
import { compareProse, compareRules, type ComparedVersion } from './compare-rules.js';

const orderFrom = (from: string, acts: readonly string[], to?: string): ComparedVersion => {
  const read = readRule({
    kind: 'procedure',
    id: 'tea-order',
    title: '茶友点单',
    inForce: to === undefined ? { from } : { from, to },
    forMatters: { kinds: ['tea-order'] },
    stages: [
      { id: 'accept', title: '接单', acts: acts.map((title, at) => ({ id: `act-${at}`, title, kind: 'note' })) },
    ],
    closes: { results: [{ id: 'served', title: '已送达' }] },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return { kind: 'procedure', id: 'tea-order', inForce: read.rule.inForce, rule: read.rule };
};
const names = { body: (id: string) => id, register: (id: string) => id, procedure: (id: string) => id };
const rules = (...versions: ComparedVersion[]) => ({ versions, names });

describe('old and new of a rule', () => {
  test('stand side by side under the heading of the step that changed, and nowhere else', () => {
    const old = orderFrom('2026-01-01', ['登记', '点心'], '2026-06-30');
    const [change, ...more] = compareRules(rules(old), rules(old, orderFrom('2026-07-01', ['登记', '茶具'])));
    expect(more).toEqual([]);
    expect(change).toMatchObject({ rule: 'tea-order', title: '茶友点单', from: '2026-07-01' });
    const step = change?.changes.find(({ under }) => under === '1. 接单');
    expect([step?.before.join(''), step?.after.join('')]).toEqual([
      expect.stringContaining('点心'),
      expect.stringContaining('茶具'),
    ]);
    expect(JSON.stringify(step)).not.toContain('登记');
  });

  test('are told of a rule that came, and of one that went, with no day', () => {
    const one = orderFrom('2026-01-01', ['登记']);
    expect(compareRules(rules(), rules(one)).map(({ from }) => from)).toEqual(['2026-01-01']);
    expect(compareRules(rules(one), rules()).map(({ title, from }) => [title, from])).toEqual([['茶友点单', null]]);
    expect(compareRules(rules(one), rules(one))).toEqual([]);
  });

  test('are each other’s mirror for any two texts, and nothing for a text and itself', () => {
    const line = fc.constantFrom('# 一', '## 二', '- 甲', '- 乙', '1. 丙', '');
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const there = compareProse(before, after);
        const back = compareProse(after, before);
        expect(
          back.map(({ under, before: b, after: a }) => ({ under, before: a, after: b })).toSorted(byUnder),
        ).toEqual([...there].toSorted(byUnder));
        expect(compareProse(after, after)).toEqual([]);
      }),
    );
  });
});

const byUnder = (a: { under: string }, b: { under: string }): number => (a.under < b.under ? -1 : 1);
