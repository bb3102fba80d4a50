import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeLists, type Lists, type ListShape, type Side } from './index.js';

/** The tea club's card: who serves, and what was asked for. */
const shapes: Record<'hosts' | 'wishes', ListShape> = {
  hosts: { by: ['name'], alone: true, least: 1, most: 4 },
  wishes: { by: ['text', 'day'], alone: false, least: 0, most: 5 },
};
type Card = Lists & { readonly hosts: Lists[string]; readonly wishes: Lists[string] };
const base: Card = {
  hosts: [{ name: '甲', duty: '泡茶', phone: '1' }],
  wishes: [{ text: '修水壶', day: '1日' }],
};
const merge = (mine: Card, theirs: Card, choices?: Record<string, Side>) =>
  mergeLists(shapes, { base, mine, theirs }, choices);

describe('merging two corrections of one card', () => {
  it('takes what each changed alone, field by field', () => {
    const { merged, conflicts } = merge(
      { ...base, hosts: [{ name: '甲', duty: '泡茶', phone: '2' }] },
      { hosts: [{ name: '甲', duty: '倒茶', phone: '1' }], wishes: [...base.wishes, { text: '添椅子', day: '2日' }] },
    );
    expect(conflicts).toEqual([]);
    expect(merged).toEqual({
      hosts: [{ name: '甲', duty: '倒茶', phone: '2' }],
      wishes: [...base.wishes, { text: '添椅子', day: '2日' }],
    });
  });

  it('asks a person about the same field changed twice, with both versions and what neither disputes', () => {
    const mine = { ...base, hosts: [{ name: '甲', duty: '倒茶', phone: '2' }] };
    const theirs = { ...base, hosts: [{ name: '甲', duty: '泡茶', phone: '3' }] };
    const { conflicts } = merge(mine, theirs);
    expect(conflicts).toEqual([
      {
        at: 'hosts.0',
        list: 'hosts',
        base: base.hosts,
        mine: [{ name: '甲', duty: '倒茶', phone: '2' }],
        theirs: [{ name: '甲', duty: '倒茶', phone: '3' }],
      },
    ]);
    expect(merge(mine, theirs, { 'hosts.0': 'mine' }).merged.hosts).toEqual([{ name: '甲', duty: '倒茶', phone: '2' }]);
  });

  it('asks about a line that one dropped and the other changed, and about a person whom both added', () => {
    expect(
      merge({ ...base, wishes: [] }, { ...base, wishes: [{ text: '修两把水壶', day: '1日' }] }).conflicts,
    ).toMatchObject([{ at: 'wishes.0', mine: [], theirs: [{ text: '修两把水壶' }] }]);
    expect(
      merge(
        { ...base, hosts: [...base.hosts, { name: '乙', duty: '洗杯' }] },
        { ...base, hosts: [...base.hosts, { name: '乙', duty: '扫地' }] },
      ).conflicts,
    ).toMatchObject([{ at: 'hosts.added-0', base: [] }]);
  });

  it('asks about the whole list when both together break its limits', () => {
    const two = [...base.hosts, { name: '乙', duty: '洗杯' }];
    const from = { ...base, hosts: two };
    const { conflicts, merged } = mergeLists(shapes, {
      base: from,
      mine: { ...from, hosts: two.slice(0, 1) },
      theirs: { ...from, hosts: two.slice(1) },
    });
    expect(conflicts).toMatchObject([{ at: 'hosts', base: two }]);
    expect(merged.hosts).toEqual(two.slice(1));
  });
});

const word = fc.constantFrom('甲', '乙', '丙', '丁');
const anyCard: fc.Arbitrary<Card> = fc.record({
  hosts: fc.uniqueArray(fc.record({ name: word, duty: word, phone: word }, { requiredKeys: ['name', 'duty'] }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ name }) => name,
  }),
  wishes: fc.array(fc.record({ text: word, day: word }), { maxLength: 5 }),
});
const plain = (lines: Lists[string]): string[] =>
  lines.map((line) => JSON.stringify(Object.entries(line).toSorted())).toSorted();

/** Chooses until nothing is open: a choice may drop a line and so bring a list under its limit, which is then asked about itself. */
const settle = (versions: { base: Card; mine: Card; theirs: Card }, next: () => Side) => {
  let choices: Record<string, Side> = {};
  for (let round = 0; round < 3; round += 1) {
    const merge = mergeLists(shapes, versions, choices);
    const open = merge.conflicts.filter(({ at }) => choices[at] === undefined);
    if (open.length === 0) return { ...merge, choices };
    choices = { ...choices, ...Object.fromEntries(open.map(({ at }) => [at, next()])) };
  }
  throw new Error('choosing did not come to an end');
};

describe('any two corrections of any card', () => {
  it('leave alone what nobody changed, and make the same change once (M1)', () => {
    fc.assert(
      fc.property(anyCard, anyCard, (one, other) => {
        for (const [base, mine, theirs] of [
          [one, one, other],
          [one, other, one],
          [one, other, other],
        ] as const)
          expect(mergeLists(shapes, { base, mine, theirs })).toEqual({ merged: other, conflicts: [] });
      }),
    );
  });

  it('find the same conflicts in both orders, with the sides exchanged, and the same card where there is none (M3)', () => {
    fc.assert(
      fc.property(anyCard, anyCard, anyCard, (base, mine, theirs) => {
        const there = mergeLists(shapes, { base, mine, theirs });
        const back = mergeLists(shapes, { base, mine: theirs, theirs: mine });
        const said = (conflicts: typeof there.conflicts, exchanged: boolean) =>
          conflicts
            .map((one) => [
              plain(one.base),
              plain(exchanged ? one.theirs : one.mine),
              plain(exchanged ? one.mine : one.theirs),
            ])
            .map((one) => JSON.stringify(one))
            .toSorted();
        expect(said(back.conflicts, true)).toEqual(said(there.conflicts, false));
        const alike = (['hosts', 'wishes'] as const).every(
          (list) => JSON.stringify(plain(back.merged[list])) === JSON.stringify(plain(there.merged[list])),
        );
        expect(there.conflicts.length > 0 || alike).toBe(true);
      }),
    );
  });

  it('keep every line that was added, unless it is in a conflict that shows it (M2)', () => {
    fc.assert(
      fc.property(anyCard, anyCard, anyCard, (base, mine, theirs) => {
        const { merged, conflicts } = mergeLists(shapes, { base, mine, theirs });
        const shown = [
          ...plain(merged.wishes),
          ...conflicts.flatMap((one) => [...plain(one.mine), ...plain(one.theirs)]),
        ];
        // A wish that agrees with nothing of the base in any field can be no change of one of its lines.
        const isNew = (line: Lists[string][number]) =>
          base.wishes.every((was) => was.text !== line.text && was.day !== line.day);
        for (const side of [mine, theirs])
          expect(shown).toEqual(expect.arrayContaining(plain(side.wishes.filter(isNew))));
      }),
    );
  });

  it('are settled by a choice for every conflict, within the limits (M4)', () => {
    fc.assert(
      fc.property(anyCard, anyCard, anyCard, fc.infiniteStream(fc.constantFrom<Side>('mine', 'theirs')), (...given) => {
        const [base, mine, theirs, sides] = given;
        const { merged, conflicts, choices } = settle({ base, mine, theirs }, () => sides.next().value as Side);
        for (const one of conflicts) {
          const chosen = plain(choices[one.at] === 'mine' ? one.mine : one.theirs);
          expect(plain(merged[one.list as 'hosts' | 'wishes'])).toEqual(expect.arrayContaining(chosen));
        }
        for (const [list, { least, most }] of Object.entries(shapes)) {
          expect(merged[list as 'hosts'].length).toBeGreaterThanOrEqual(least);
          expect(merged[list as 'hosts'].length).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
