import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumberOf, plainDate, type PlainDate } from '../date/index.js';
import {
  dutiesDue,
  faultOfNotice,
  faultsOfText,
  maskCell,
  noticeStanding,
  periodAt,
  periodsIn,
  shownVersions,
  timelinessOf,
  titleOfPeriod,
  withVersion,
  type DisclosureVersion,
  type DueItem,
} from './index.js';

const tea: DueItem = { id: 'tea-money', title: '茶资收支', every: { months: 3 }, byDay: 10 };
const day = plainDate;
const anyDay = fc.integer({ min: 0, max: 3000 }).map((n) => addDays(day('2024-01-01'), n));
const anyEvery = fc.constantFrom({ months: 1 }, { months: 3 }, { months: 6 }, { years: 1 });
const codesOf = (result: { ok: boolean; faults?: readonly { code: string }[] }): string[] =>
  (result.faults ?? []).map((fault) => fault.code);

describe('periods and duties 应公开', () => {
  it('makes periods that follow one another without gap or double (D1)', () => {
    fc.assert(
      fc.property(anyEvery, anyDay, fc.nat(900), (every, from, length) => {
        const periods = periodsIn(every, { from, to: addDays(from, length) });
        for (const [at, period] of periods.entries()) {
          expect(periodAt(every, period.to)).toEqual(period);
          expect(addDays(periods[at - 1]?.to ?? addDays(period.from, -1), 1)).toBe(period.from);
        }
        expect(periods[0]?.from).toBe(periodAt(every, from).from);
      }),
    );
  });

  it('owes each item once a period, and is late from the day after its last day (D1, D2)', () => {
    const range = { from: day('2026-07-01'), to: day('2026-12-31') };
    const on = (today: string, published: PlainDate[] = []) =>
      dutiesDue(
        [tea],
        published.map((one) => ({ item: 'tea-money', ...periodAt({ months: 3 }, day('2026-07-01')), on: one })),
        { range, today: day(today) },
      ).map(({ state, daysLate }) => [state, daysLate]);
    expect(on('2026-09-30')).toEqual([['running', 0]]);
    expect(on('2026-10-10')).toEqual([
      ['open', 0],
      ['running', 0],
    ]);
    expect(on('2026-10-11')).toEqual([
      ['late', 1],
      ['running', 0],
    ]);
    expect(on('2026-11-01', [day('2026-10-09')])).toEqual([
      ['in-time', 0],
      ['running', 0],
    ]);
    expect(on('2026-11-01', [day('2026-10-15'), day('2026-10-20')])).toEqual([
      ['published-late', 5],
      ['running', 0],
    ]);
  });

  it('counts what was published under a name that the item had before', () => {
    const range = periodAt({ months: 3 }, day('2026-07-01'));
    const published = [{ item: 'leaf-money', ...range, on: day('2026-10-09') }];
    const stateOf = (item: DueItem) => dutiesDue([item], published, { range, today: day('2026-10-11') })[0]?.state;
    expect(stateOf({ ...tea, formerly: ['leaf-money'] })).toBe('in-time');
    expect(stateOf(tea)).toBe('late');
  });

  it('never makes anything late by publishing more (D2)', () => {
    const range = { from: day('2024-01-01'), to: day('2032-12-31') };
    const missed = new Set(['late', 'published-late']);
    const fact = fc.record({ from: anyDay, later: fc.nat(200) }).map(({ from, later }) => {
      const period = periodAt({ months: 3 }, from);
      return { item: 'tea-money', ...period, on: addDays(period.from, later) };
    });
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 8 }), fc.nat(200), (facts, later) => {
        const today = addDays(
          facts
            .map((one) => one.on)
            .toSorted()
            .at(-1) ?? range.from,
          later,
        );
        const before = dutiesDue([tea], facts.slice(1), { range, today });
        const after = dutiesDue([tea], facts, { range, today });
        expect(after).toHaveLength(before.length);
        for (const [at, duty] of before.entries()) {
          expect(missed.has(after[at]?.state ?? '') && !missed.has(duty.state)).toBe(false);
          expect(after[at]?.daysLate).toBeLessThanOrEqual(duty.daysLate);
        }
      }),
    );
  });

  it('owes a busy month by itself, and a quiet one only with its quarter (D1)', () => {
    const busy: DueItem = { ...tea, often: { every: { months: 1 }, entries: 20 } };
    const entriesIn = (_: string, period: { from: PlainDate }) => (period.from === '2026-08-01' ? 20 : 19);
    const range = { from: day('2026-07-01'), to: day('2026-09-30') };
    const duties = dutiesDue([busy], [], { range, today: day('2026-10-01'), entriesIn });
    expect(duties.map((duty) => [titleOfPeriod(duty.period), duty.dueBy])).toEqual([
      ['2026年8月', '2026-09-10'],
      ['2026年第三季度', '2026-10-10'],
    ]);
    const july = { item: 'tea-money', ...periodAt({ months: 1 }, day('2026-07-01')), on: day('2026-08-01') };
    expect(dutiesDue([busy], [july], { range, today: day('2026-10-11'), entriesIn }).map((duty) => duty.state)).toEqual(
      ['late', 'late'],
    );
  });

  it('counts only what was due and names what is missing (D7)', () => {
    const items = Array.from({ length: 20 }, (_, at): DueItem => ({ ...tea, id: `item-${at}`, title: `事项${at}` }));
    const published = items
      .slice(2)
      .map((item) => ({ item: item.id, ...periodAt({ months: 3 }, day('2026-01-01')), on: day('2026-04-10') }));
    const range = { from: day('2026-01-01'), to: day('2026-06-30') };
    const { percent, missed, due } = timelinessOf(dutiesDue(items, published, { range, today: day('2026-04-11') }));
    expect([percent, due, missed.map((duty) => duty.title)]).toEqual([90, 20, ['事项0', '事项1']]);
    expect(timelinessOf([]).percent).toBeNull();
  });
});

describe('notice period 公示期', () => {
  it('stands for its full days, and never shorter the later it hangs (D3)', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.integer({ min: 15, max: 90 }), anyDay, (publishedOn, later, days, today) => {
        const postedOn = addDays(publishedOn, later);
        const both = noticeStanding({ publishedOn, postedOn, days }, today);
        expect(dayNumberOf(both.until) - dayNumberOf(postedOn)).toBe(days);
        const { until } = noticeStanding({ publishedOn, postedOn: null, days }, today);
        expect(both.until >= until).toBe(true);
        expect(both.over).toBe(today > both.until);
      }),
    );
  });

  it('refuses fourteen days where the article asks for fifteen (D3)', () => {
    expect(faultOfNotice(14, 15, 'LAW-VC-35d')).toMatchObject({ code: 'posting-too-short', source: ['LAW-VC-35d'] });
    expect(faultOfNotice(15, 15, 'LAW-VC-35d')).toBeUndefined();
  });
});

describe('versions 更正', () => {
  const first: DisclosureVersion = { version: 1, text: '收入100元', publishedOn: day('2026-10-08'), reason: '' };

  it('keeps every earlier wording as it was, marked with what took its place and why (D4)', () => {
    const words = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, (texts) => {
        let versions: readonly DisclosureVersion[] = [first];
        for (const text of texts) {
          const before = structuredClone(versions);
          const next = withVersion(versions, { text, publishedOn: day('2026-10-09'), reason: '金额有误' });
          if (next.ok) versions = next.value;
          expect(versions.slice(0, before.length)).toEqual(before);
        }
        const shown = shownVersions(versions);
        expect(shown.filter((one) => one.standing === 'current')).toHaveLength(1);
        expect(shown[0]?.version).toBe(versions.length);
        for (const one of shown.slice(1))
          expect(one.corrected).toMatchObject({ by: one.version + 1, reason: '金额有误' });
      }),
    );
  });

  it('refuses a correction without a reason, and one that changes nothing (D5)', () => {
    const correct = (text: string, reason: string) =>
      withVersion([first], { text, reason, publishedOn: day('2026-10-09') });
    expect(codesOf(correct('收入110元', ' '))).toEqual(['reason-missing']);
    expect(codesOf(correct('收入100元', '金额有误'))).toEqual(['disclosure-unchanged']);
  });
});

describe('what everybody may read', () => {
  it('names field and place of personal data and repeats none of it (D6)', () => {
    const faults = faultsOfText({ 标题: '茶资', 内容: '付茶小满，电话13800138000' }, ['茶小满']);
    expect(faults.map((fault) => [fault.code, fault.params.field, fault.params.at])).toEqual([
      ['personal-data-found', '内容', 2],
      ['personal-data-found', '内容', 8],
    ]);
    expect(JSON.stringify(faults)).not.toContain('138');
  });

  it('masks names, phones, identity numbers and cards by their kind, and leaves firms readable (D6)', () => {
    expect(['茶叶合作社', '北茶镇财政所', '茶具店'].map(maskCell)).toEqual(['茶叶合作社', '北茶镇财政所', '茶具店']);
    expect(['茶小满', '13800138000', '11010519491231002X', '4111 1111 1111 1111'].map(maskCell)).toEqual([
      '茶**',
      '138****8000',
      '**************002X',
      '******',
    ]);
  });
});
