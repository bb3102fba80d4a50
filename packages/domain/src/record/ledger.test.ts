import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../date/index.js';
import type { FieldValues } from '../procedure/index.js';
import { ledgerOf, type LedgerView } from './ledger.js';
import { teaBookings } from './tea-tables.js';

const today = plainDate('2026-03-02');
const view = (id: string, records: FieldValues[]): LedgerView => {
  const ledger = teaBookings.ledgers.find((each) => each.id === id);
  if (ledger === undefined) throw new Error(id);
  return ledgerOf(
    teaBookings,
    ledger,
    records.map((fields, index) => ({ id: `r${index}`, fields })),
    today,
  );
};

describe('a ledger counts what stands', () => {
  test('groups and guests are counted, and a slot nobody booked shows 0 (R8)', () => {
    const seen = view('by-slot', [
      { table: '东', day: '2026-03-01', slot: 'morning', guests: 4.1 },
      { table: '东', day: '2026-03-02', slot: 'morning', guests: 0.2 },
    ]);
    expect(seen.groups.map(({ value, rows }) => [value, rows])).toEqual([
      ['morning', 2],
      ['afternoon', 0],
    ]);
    expect(seen).toMatchObject({ answered: 2, sums: [{ field: 'guests', total: 4.3 }] });
    expect(seen.rows[0]?.cells).toEqual(['东', '2026-03-01']);
  });

  test('a table booked twice in one slot and once in another counts once in each, and once in all', () => {
    const seen = view('tables-by-slot', [
      { table: '东', day: '2026-03-01', slot: 'morning' },
      { table: '东', day: '2026-03-02', slot: 'morning' },
      { table: '东', day: '2026-03-02', slot: 'afternoon' },
    ]);
    expect(seen.groups.map((each) => each.rows)).toEqual([1, 1]);
    expect(seen.once).toBe(1);
  });

  test('five teas of which four were served show 4/5 and the one that is missing', () => {
    const teas = ['红茶', '绿茶', '白茶', '黑茶', '黄茶'];
    expect(view('teas', [{ table: '东', teas, served: teas.slice(0, 4) }]).rows[0]?.parts).toEqual({
      have: 4,
      of: 5,
      missing: ['黄茶'],
    });
  });

  test('the last day in time is not overdue, the day after is, and a day never recorded is shown as never', () => {
    const rows = view('late', [
      { table: '甲', day: '2026-02-02' },
      { table: '乙', day: '2026-02-01' },
      { table: '丙' },
    ]).rows;
    expect(Object.fromEntries(rows.map((row) => [row.cells[0], row.overdueSince]))).toEqual({
      甲: undefined,
      乙: '2026-03-01',
      丙: null,
    });
  });

  test('one booking of a table is short of two, four are over three', () => {
    const tables = [
      ['甲', 1],
      ['乙', 2],
      ['丙', 3],
      ['丁', 4],
    ] as const;
    const rows = tables.flatMap(([table, n]) =>
      Array.from({ length: n }, (_, day) => ({ table, day: `2026-03-0${day + 1}` })),
    );
    expect(Object.fromEntries(view('crowded', rows).groups.map((each) => [each.value, each.standing]))).toEqual({
      甲: 'short',
      乙: 'within',
      丙: 'within',
      丁: 'over',
    });
  });

  test('the groups add up to the rows that answered (R8)', () => {
    const booking = fc.record({
      table: fc.string(),
      slot: fc.option(fc.constantFrom('morning', 'afternoon'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(booking), (bookings) => {
        const records = bookings.map(({ table, slot }): FieldValues =>
          slot === undefined ? { table } : { table, slot },
        );
        const seen = view('by-slot', records);
        expect(seen.groups.reduce((sum, each) => sum + each.rows, 0)).toBe(seen.answered);
      }),
    );
  });
});
