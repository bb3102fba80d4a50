import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeOverlay, written } from './merge-overlay.js';
import { strictestOf } from './strictest.js';
import { compareStrictness } from './strictness.js';
import { isTreeList, isTreeMap, sameTree, type Tree, type TreeMap, type TreePath } from './tree.js';

const base: TreeMap = {
  kind: 'procedure',
  id: 'tea-order',
  covers: ['NQ-01'],
  stages: [
    {
      id: 'accept',
      limit: { within: '5 working-days', source: 'LAW-XF-23b' },
      acts: [{ id: 'accept', kind: 'outcome', then: { stage: 'serve' } }],
    },
    {
      id: 'serve',
      vote: { approval: { moreThan: '1/2', of: 'present' }, source: 'LAW-VC-30b' },
      publish: { channels: ['wall'], noticePeriod: '15 days', objections: { within: '5 days' } },
      acts: [{ id: 'again', kind: 'outcome', then: { stage: 'serve' } }],
    },
  ],
};

const overlayOf = (stage: TreeMap): TreeMap => ({ extends: 'tea-club/tea-order', stages: [stage] });
const codesOf = (overlay: TreeMap): readonly string[] => {
  const merge = mergeOverlay(base, overlay);
  return merge.ok ? [] : merge.faults.map((each) => each.code);
};

describe('an overlay', () => {
  test('may shorten a limit and may not lengthen it (K3)', () => {
    expect(codesOf(overlayOf({ id: 'accept', limit: { within: '3 working-days' } }))).toEqual([]);
    expect(codesOf(overlayOf({ id: 'accept', limit: { within: '6 working-days' } }))).toEqual(['overlay-loosens']);
  });

  test('may ask for a larger share and not for a smaller one (K3)', () => {
    const approval = (share: TreeMap): TreeMap => overlayOf({ id: 'serve', vote: { approval: share } });
    expect(codesOf(approval({ atLeast: '2/3', of: 'present' }))).toEqual([]);
    expect(codesOf(approval({ moreThan: '1/2', of: 'entitled' }))).toEqual([]);
    expect(codesOf(approval({ atLeast: '1/2', of: 'present' }))).toEqual(['overlay-loosens']);
    expect(codesOf(approval({ atLeast: '2/3', of: 'households' }))).not.toEqual([]);
  });

  test('may lengthen a posting and the time people have to object, and may not shorten either (K3)', () => {
    const publish = (value: TreeMap): TreeMap => overlayOf({ id: 'serve', publish: value });
    expect(codesOf(publish({ noticePeriod: '20 days' }))).toEqual([]);
    expect(codesOf(publish({ noticePeriod: '7 days' }))).toEqual(['overlay-loosens']);
    expect(codesOf(publish({ objections: { within: '10 days' } }))).toEqual([]);
    expect(codesOf(publish({ objections: { within: '3 days' } }))).toEqual(['overlay-loosens']);
  });

  test('may not change what cannot be ordered: 5 working days and 7 days may fall either way (K7)', () => {
    expect(codesOf(overlayOf({ id: 'accept', limit: { within: '7 days' } }))).toEqual(['overlay-changes']);
    expect(codesOf(overlayOf({ id: 'accept', limit: { within: '3 days' } }))).toEqual([]);
  });

  test('may not send an act elsewhere, nor add one that ends a stage or stops a clock (K7)', () => {
    const acts = (act: TreeMap): TreeMap => overlayOf({ id: 'accept', acts: [act] });
    expect(codesOf(acts({ id: 'accept', then: { end: 'served' } }))).toContain('overlay-changes');
    expect(codesOf(acts({ id: 'skip', kind: 'outcome' }))).toEqual(['overlay-changes']);
    expect(codesOf(acts({ id: 'wait', kind: 'ask' }))).toEqual(['overlay-changes']);
    expect(codesOf(acts({ id: 'sign', kind: 'sign' }))).toEqual([]);
  });

  test('keeps the sources of both and covers only its own requirements (K6)', () => {
    const merge = mergeOverlay(base, {
      covers: ['DY-66'],
      stages: [{ id: 'accept', limit: { within: '3 working-days', source: 'DY-C13' } }],
    });
    if (!merge.ok) throw new Error('refused');
    expect(merge.rule['covers']).toEqual(['DY-66']);
    expect(written(merge.rule)).toContain('[LAW-XF-23b, DY-C13]');
    expect(merge.changes.map((each) => each.change)).toEqual(['tightened', 'added']);
  });

  test('puts an added stage into every way that leads to the stage it stands before', () => {
    const merge = mergeOverlay(base, {
      stages: [{ id: 'taste', before: 'serve', acts: [{ id: 'tasted', kind: 'outcome', then: { stage: 'serve' } }] }],
    });
    if (!merge.ok) throw new Error('refused');
    const stages = merge.rule['stages'] as readonly TreeMap[];
    expect(stages.map((stage) => stage['id'])).toEqual(['accept', 'taste', 'serve']);
    expect(written(stages[0] as Tree)).toContain('stage: taste');
    expect(written(stages[1] as Tree)).toContain('stage: serve');
    expect(written(stages[1] as Tree)).not.toContain('before');
  });

  test('fills a blank inside its bounds and not outside, at the bounds included', () => {
    const blank: TreeMap = { settings: [{ id: 'a', duration: { setLocally: true, between: ['2 days', '9 days'] } }] };
    const fill = (duration: string): boolean => mergeOverlay(blank, { settings: [{ id: 'a', duration }] }).ok;
    expect(['2 days', '5 days', '9 days'].map(fill)).toEqual([true, true, true]);
    expect(['1 days', '10 days', '1 year', '3 working-days'].map(fill)).toEqual([false, false, false, false]);
  });
});

const amount = fc.integer({ min: 1, max: 60 });
const share = fc
  .tuple(
    fc.constantFrom('moreThan', 'atLeast'),
    fc.constantFrom('1/2', '2/3', '3/4', '4/5'),
    fc.constantFrom('present', 'entitled', 'all-members'),
  )
  .map(([strictness, fraction, of]): Tree => ({ [strictness]: fraction, of }));
const days = amount.map((n) => `${n} days`);
/** Rules of one shape with every comparable value, so that two of them can be an overlay and its base. */
const rule = fc
  .record({
    approval: share,
    within: days,
    noticePeriod: days,
    objecting: days,
    most: amount,
    channels: fc.subarray(['wall', 'portal', 'broadcast'], { minLength: 1 }),
  })
  .map(({ approval, within, noticePeriod, objecting, most, channels }): TreeMap => ({
    stages: [
      { id: 'a', limit: { within, source: ['LAW-VC-26'] }, vote: { approval, proxies: { most } } },
      { id: 'b', publish: { channels, noticePeriod, objections: { within: objecting } } },
    ],
  }));

/** Every comparable value of the first is the same or stricter in the second. */
function neverLooser(before: Tree, after: Tree | undefined, path: TreePath = []): boolean {
  if (after === undefined) return false;
  const order = compareStrictness(path, before, after);
  if (order !== 'unknown') return order !== 'looser';
  if (isTreeList(before) && isTreeList(after)) {
    return before.every((item, index) => neverLooser(item, after[index], [...path, index]));
  }
  if (!isTreeMap(before) || !isTreeMap(after)) return false;
  return Object.entries(before).every(([key, value]) => neverLooser(value, after[key], [...path, key]));
}

describe('for every base and every overlay', () => {
  test('a merge that is accepted is nowhere looser than its base (K3)', () => {
    fc.assert(
      fc.property(rule, rule, (first, second) => {
        const merge = mergeOverlay(first, second);
        expect(!merge.ok || neverLooser(first, merge.rule)).toBe(true);
      }),
    );
  });

  test('a merge with the stricter of both is accepted, and a second merge changes nothing (K4)', () => {
    fc.assert(
      fc.property(rule, rule, (first, second) => {
        const strictest = strictestOf(first, second);
        fc.pre(strictest.ok);
        if (!strictest.ok) return;
        const once = mergeOverlay(first, strictest.rule);
        expect(once.ok).toBe(true);
        if (!once.ok) return;
        const twice = mergeOverlay(once.rule, strictest.rule);
        expect(twice.ok && sameTree(twice.rule, once.rule) && twice.changes.length === 0).toBe(true);
      }),
    );
  });

  test('a looser limit anywhere refuses the whole overlay (K3)', () => {
    fc.assert(
      fc.property(amount, amount, (limit, more) => {
        const limited = (n: number): TreeMap => ({ stages: [{ id: 'a', limit: { within: `${n} days` } }] });
        expect(mergeOverlay(limited(limit), limited(limit + more)).ok).toBe(false);
      }),
    );
  });

  test('the strictest of two is the same in any order, of three in any grouping, and of one itself (K5)', () => {
    const join = (a: TreeMap | undefined, b: TreeMap | undefined): TreeMap | undefined => {
      const both = a === undefined || b === undefined ? undefined : strictestOf(a, b);
      return both?.ok === true ? both.rule : undefined;
    };
    const same = (a: TreeMap | undefined, b: TreeMap | undefined): boolean =>
      a === undefined || b === undefined || (neverLooser(a, b) && neverLooser(b, a));
    fc.assert(
      fc.property(rule, rule, rule, (a, b, c) => {
        expect(same(join(a, a), a)).toBe(true);
        expect(same(join(a, b), join(b, a))).toBe(true);
        expect(same(join(join(a, b), c), join(a, join(b, c)))).toBe(true);
      }),
    );
  });

  test('the strictest of two is nowhere looser than either (K5)', () => {
    fc.assert(
      fc.property(rule, rule, (a, b) => {
        const both = strictestOf(a, b);
        expect(!both.ok || (neverLooser(a, both.rule) && neverLooser(b, both.rule))).toBe(true);
      }),
    );
  });
});
