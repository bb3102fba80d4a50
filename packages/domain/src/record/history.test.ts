import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, instantOf, plainDate, type PlainDate } from '../date/index.js';
import { effectiveOn, faultsOfChange, historyOf, yearlyTotal, type RecordChange } from './history.js';

const start = plainDate('2026-01-01');
const at = (n: number) => instantOf(1_767_225_600_000 + n * 1000);
let made = 0;
const change = (
  kind: RecordChange['kind'],
  on: string,
  values: RecordChange['values'],
  more: Partial<RecordChange> = {},
): RecordChange => {
  made += 1;
  return {
    id: `c${String(made).padStart(4, '0')}`,
    kind,
    on: plainDate(on),
    recordedAt: at(made),
    reason: '按实登记',
    values,
    ...more,
  };
};

describe('the history of a record', () => {
  test('a day before a change shows the old value, the day itself the new one, and before the entry there is nothing (R4)', () => {
    const changes = [change('enter', '2026-01-01', { rate: 2500 }), change('change', '2026-07-01', { rate: 2600 })];
    expect(effectiveOn(changes, plainDate('2025-12-31'))).toBeUndefined();
    expect(effectiveOn(changes, plainDate('2026-06-30'))?.fields).toEqual({ rate: 2500 });
    expect(effectiveOn(changes, plainDate('2026-07-01'))).toEqual({
      fields: { rate: 2600 },
      since: '2026-01-01',
      ended: false,
    });
  });

  test('a correction takes the place of the change it points at, and both stay readable (R3)', () => {
    const wrong = change('change', '2026-03-01', { rate: 2700 });
    const entered = change('enter', '2026-01-01', { rate: 2500 });
    const right = change('change', '2026-04-01', { rate: 2600 }, { corrects: wrong.id, reason: '日期和金额写错' });
    const changes = [entered, wrong, right];
    expect(effectiveOn(changes, plainDate('2026-03-15'))?.fields).toEqual({ rate: 2500 });
    expect(effectiveOn(changes, plainDate('2026-04-01'))?.fields).toEqual({ rate: 2600 });
    const history = historyOf(changes);
    expect(history).toHaveLength(3);
    expect(history.find((each) => each.id === wrong.id)?.correctedBy).toBe(right.id);
    expect(history.at(-1)?.fields).toEqual([{ id: 'rate', from: 2500, to: 2600 }]);
  });

  test('a correction of the ending reopens the record, and an emptied field is gone', () => {
    const end = change('end', '2026-05-01', {});
    const changes = [change('enter', '2026-01-01', { rate: 1, note: '甲' }), end];
    expect(effectiveOn(changes, plainDate('2026-05-01'))?.ended).toBe(true);
    const undone = [...changes, change('change', '2026-05-01', { note: null }, { corrects: end.id })];
    expect(effectiveOn(undone, plainDate('2026-05-01'))).toEqual({
      fields: { rate: 1 },
      since: '2026-01-01',
      ended: false,
    });
  });

  test('a change without a reason, before the entry, after the end, or of an already corrected change is refused (R5)', () => {
    const entered = change('enter', '2026-02-01', { rate: 1 });
    const codes = (changes: RecordChange[], next: RecordChange) =>
      faultsOfChange(changes, next).map((each) => each.code);
    expect(codes([entered], change('change', '2026-03-01', {}, { reason: ' ' }))).toEqual(['reason-missing']);
    expect(codes([entered], change('change', '2026-01-31', {}))).toEqual(['change-before-entry']);
    expect(codes([entered, change('end', '2026-04-01', {})], change('change', '2026-05-01', {}))).toEqual([
      'record-ended',
    ]);
    const again = change('enter', '2026-02-02', { rate: 2 }, { corrects: entered.id });
    expect(codes([entered], again)).toEqual([]);
    expect(codes([entered, again], change('enter', '2026-02-03', {}, { corrects: entered.id }))).toEqual([
      'change-already-corrected',
    ]);
    expect(codes([entered], change('change', '2026-03-01', {}, { corrects: 'nothing' }))).toEqual(['change-unknown']);
  });

  test('rates of 2,500 from January and 2,600 from July make 30,600 a year and cite both versions [DY-36]', () => {
    const january = change('enter', '2026-01-01', { rate: 2500 });
    const july = change('change', '2026-07-01', { rate: 2600 });
    expect(yearlyTotal([july, january], 'rate', 2026)).toEqual({
      ok: true,
      value: { total: 30_600, cites: [january.id, july.id] },
    });
    expect(yearlyTotal([january], 'rate', 2025)).toEqual({ ok: true, value: { total: 0, cites: [] } });
    expect(yearlyTotal([change('enter', '2026-01-01', { rate: '两千' })], 'rate', 2026).ok).toBe(false);
  });
});

const someChanges = fc
  .array(
    fc.record({ day: fc.integer({ min: 0, max: 60 }), field: fc.constantFrom('a', 'b'), value: fc.option(fc.nat(9)) }),
    { maxLength: 8 },
  )
  .map((rows): RecordChange[] => [
    { id: 'enter', kind: 'enter', on: start, recordedAt: at(0), reason: '', values: { a: 0 } },
    ...rows.map(({ day, field, value }, index): RecordChange => ({
      id: `c${index}`,
      kind: 'change',
      on: addDays(start, day),
      recordedAt: at(index + 1),
      reason: '变更',
      values: { [field]: value },
    })),
  ]);
const someDay = fc.integer({ min: 0, max: 70 }).map((days): PlainDate => addDays(start, days));

describe('whatever the changes', () => {
  test('the answer does not depend on the order in which the changes are given (R2)', () => {
    fc.assert(
      fc.property(someChanges, someDay, (changes, day) => {
        expect(effectiveOn(changes.toReversed(), day)).toEqual(effectiveOn(changes, day));
      }),
    );
  });

  test('a later change does not alter what held on an earlier day (R4)', () => {
    fc.assert(
      fc.property(someChanges, someDay, fc.nat(9), (changes, day, value) => {
        const later: RecordChange = {
          id: 'z',
          kind: 'change',
          on: addDays(day, 1),
          recordedAt: at(99),
          reason: '后来',
          values: { a: value },
        };
        expect(effectiveOn([...changes, later], day)).toEqual(effectiveOn(changes, day));
      }),
    );
  });

  test('a change corrected to nothing leaves the record as if it had not been made, and the history longer (R3)', () => {
    fc.assert(
      fc.property(someChanges, someDay, fc.nat(9), (changes, day, value) => {
        const wrong: RecordChange = {
          id: 'y',
          kind: 'change',
          on: start,
          recordedAt: at(98),
          reason: '写错',
          values: { b: value },
        };
        const undo: RecordChange = { ...wrong, id: 'z', recordedAt: at(99), reason: '更正', values: {}, corrects: 'y' };
        expect(effectiveOn([...changes, wrong, undo], day)).toEqual(effectiveOn(changes, day));
        expect(historyOf([...changes, wrong, undo])).toHaveLength(changes.length + 2);
      }),
    );
  });
});
