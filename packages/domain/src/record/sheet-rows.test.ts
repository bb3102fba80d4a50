import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, plainDate } from '../date/index.js';
import type { FieldValues } from '../procedure/index.js';
import { readRows, rowsOf, sheetHead } from './sheet-rows.js';
import { teaBookings } from './tea-tables.js';
import { validateRecord } from './validate-record.js';

const today = plainDate('2026-03-02');
const head = sheetHead(teaBookings);
const read = (rows: Parameters<typeof readRows>[2], titles: readonly string[] = head) =>
  readRows(teaBookings, titles, rows, today);

describe('a sheet of a register', () => {
  test('every wrong cell is named with row, column, reason and what to write instead (R6)', () => {
    const { rows, faults } = read([
      ['东桌', '2026/3/5', '上午', '四', '是', '红茶；绿茶', null],
      ['西桌', '三月五日', '晚上', 3, '也许', null, null],
    ]);
    expect(rows).toEqual([]);
    expect(faults.map(({ row, column, fault, suggestion }) => [row, column, fault.code, suggestion])).toEqual([
      [2, '人数', 'field-invalid', '只填数字，不带单位'],
      [3, '日期', 'field-invalid', '日期写作 2026-03-05'],
      [3, '时段', 'field-invalid', '可以填：上午、下午'],
      [3, '已付', 'field-invalid', '填“是”或者“否”'],
    ]);
  });

  test('two rows for one key are refused at the second one, and the free slot is offered (R7)', () => {
    const { rows, faults } = read([
      ['东桌', '2026-03-05', '上午', null, null, null, null],
      ['东桌', '2026-03-05', '上午', null, null, null, null],
    ]);
    expect(rows.map((each) => each.row)).toEqual([2]);
    expect(faults).toMatchObject([
      { row: 3, column: '桌名', fault: { code: 'record-key-taken', params: { free: '下午' } } },
    ]);
  });

  test('columns are found by title in any order, a missing one and a strange one are named, empty rows are passed over', () => {
    const { rows, faults } = read(
      [
        [null, ' '],
        ['上午', '东桌'],
      ],
      ['时段', '桌名 '],
    );
    expect(rows).toEqual([]);
    expect(faults.map((each) => [each.row, each.column, each.fault.code])).toEqual([
      [1, '日期', 'sheet-column-missing'],
      [3, '日期', 'field-missing'],
    ]);
    expect(read([], [...head, '颜色']).faults.map((each) => each.fault.code)).toEqual(['sheet-column-unknown']);
  });

  test('what is written as rows is read back as it was (R6)', () => {
    const word = fc.stringMatching(/^[a-z\u4e00-\u4e0f]{1,8}$/);
    const booking = fc
      .record(
        {
          table: word,
          day: fc.nat(300).map((days): string => addDays(today, days)),
          slot: fc.constantFrom('morning', 'afternoon'),
          guests: fc.integer({ min: 1, max: 12 }),
          paid: fc.boolean(),
          teas: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
        },
        { requiredKeys: ['table', 'day', 'slot'] },
      )
      .map((each): FieldValues => each as FieldValues);
    const keyOf = (each: FieldValues): string =>
      `${String(each['table'])} ${String(each['day'])} ${String(each['slot'])}`;
    fc.assert(
      fc.property(fc.uniqueArray(booking, { selector: keyOf }), (bookings) => {
        const back = read(
          rowsOf(
            teaBookings,
            bookings.map((fields) => ({ fields })),
          ),
        );
        expect(back.faults).toEqual([]);
        expect(back.rows.map((each) => each.values)).toEqual(bookings);
      }),
    );
  });
});

describe('a record as entered', () => {
  test('every fault has field, reason and cure, a value no field asks for too (R1)', () => {
    const faults = validateRecord(teaBookings, { table: '东桌', slot: 'night', colour: '红' }, today);
    expect(faults.map(({ field, fault }) => [field, fault.code])).toEqual([
      ['colour', 'field-unknown'],
      ['day', 'field-missing'],
      ['slot', 'field-invalid'],
    ]);
    expect(faults.every((each) => each.reason !== '' && each.cure !== '')).toBe(true);
  });

  test('a room that is taken is refused and the other slot is offered', () => {
    const others = [{ id: 'a', fields: { table: '培训室', day: '2026-03-05', slot: 'morning' } }];
    const again = validateRecord(teaBookings, { table: '培训室', day: '2026-03-05', slot: 'morning' }, today, {
      others,
    });
    expect(again).toMatchObject([{ fault: { code: 'record-key-taken', params: { free: '下午' } } }]);
    const other = validateRecord(teaBookings, { table: '培训室', day: '2026-03-05', slot: 'afternoon' }, today, {
      others,
    });
    expect(other).toEqual([]);
  });
});
