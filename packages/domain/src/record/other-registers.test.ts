import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../date/index.js';
import { Register } from '../policy-pack/index.js';
import { adviceOn } from './advice.js';
import { withKnown, type Elsewhere } from './known-fields.js';
import { ledgerOf } from './ledger.js';
import { ruleOnRecord, type GuardedRecord } from './rule-on-record.js';
import { sheetHead } from './sheet-rows.js';
import { validateRecord } from './validate-record.js';

const today = plainDate('2026-03-02');

/** The tea club's helpers: how many a room may have stands in another register, and nobody types it here. */
const helpers = Register.parse({
  kind: 'register',
  id: 'tea-helpers',
  title: '茶友会帮手登记簿',
  inForce: { from: '2026-01-01' },
  of: 'person',
  keepers: ['tea-club'],
  key: ['name', 'room'],
  fields: [
    { id: 'name', title: '姓名', type: 'text' },
    { id: 'room', title: '房间', type: 'text' },
    {
      id: 'sort',
      title: '种类',
      type: 'choice',
      choices: [
        { id: 'regular', title: '在编' },
        { id: 'guest', title: '客串' },
      ],
    },
    { id: 'born', title: '出生日期', type: 'date', optional: true },
    { id: 'pay', title: '补贴', type: 'money', optional: true },
    { id: 'gift', title: '慰问', type: 'money', optional: true },
    { id: 'note', title: '客串说明', type: 'text', optional: true, if: { field: 'sort', equals: 'guest' } },
    { id: 'decision', title: '决定', type: 'text', optional: true },
    { id: 'approved', title: '核定人数', type: 'number', knownFrom: 'tea-rooms.approved' },
  ],
  guards: [
    {
      id: 'within',
      title: '不超过核定人数',
      if: { field: 'sort', equals: 'regular' },
      atMost: { count: { field: 'approved' }, per: ['room'], unless: { has: 'decision' } },
    },
  ],
  advice: [{ id: 'rest', title: '请关心身体', if: { yearsSince: 'born', on: 'today', atLeast: 60 } }],
  ledgers: [
    {
      id: 'rooms',
      title: '各房间',
      columns: ['name', 'room'],
      sortBy: ['sort'],
      total: ['pay', 'gift'],
      parts: ['decision', 'note'],
      composition: {
        by: 'room',
        parts: [
          { id: 'regular', title: '在编', only: { field: 'sort', equals: 'regular' }, atMost: { field: 'approved' } },
          { id: 'guest', title: '客串', only: { field: 'sort', equals: 'guest' }, atLeast: 1 },
        ],
      },
    },
    { id: 'sum', title: '补贴合计', columns: ['name'], sums: ['pay'], totalsOnly: true },
  ],
});
const elsewhere: Elsewhere = {
  'tea-rooms': { key: ['room'], records: [{ id: 'east', fields: { room: '东房', approved: 2 } }] },
};
const helper = (name: string, room: string, more: GuardedRecord['fields'] = {}): GuardedRecord => ({
  id: name,
  fields: { name, room, sort: 'regular', ...more },
});
const codes = (saved: GuardedRecord, others: GuardedRecord[]): string[] =>
  ruleOnRecord(helpers, saved, { others, elsewhere, today }).map((each) => each.code);
const ledger = (id: string, records: GuardedRecord[]) => {
  const found = helpers.ledgers.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return ledgerOf(helpers, found, records, today, elsewhere);
};

describe('what another register knows', () => {
  test('a field is looked up by the other register’s key, and is empty where that register says nothing (R9)', () => {
    expect(withKnown(helpers, { room: '东房' }, elsewhere)['approved']).toBe(2);
    expect(withKnown(helpers, { room: '西房' }, elsewhere)).toEqual({ room: '西房' });
    expect(withKnown(helpers, {}, elsewhere)).toEqual({});
  });

  test('what was typed into such a field never counts, is refused when entered, and has no column in a sheet (R9)', () => {
    fc.assert(
      fc.property(fc.nat(), (typed) => {
        expect(withKnown(helpers, { room: '东房', approved: typed }, elsewhere)['approved']).toBe(2);
      }),
    );
    const faults = validateRecord(helpers, { name: '甲', room: '东房', sort: 'regular', approved: 99 }, today, {
      elsewhere,
    });
    expect(faults.map((each) => [each.field, each.fault.code])).toEqual([['approved', 'field-unknown']]);
    expect(sheetHead(helpers)).not.toContain('核定人数');
  });

  test('the third of two approved helpers is refused, let in with a decision, and counts for the fourth', () => {
    const two = [helper('甲', '东房'), helper('乙', '东房')];
    const third = helper('丙', '东房');
    const decided = helper('丙', '东房', { decision: '第三次会议' });
    expect(codes(third, two)).toEqual(['record-guard-failed']);
    expect(codes(decided, two)).toEqual([]);
    expect(codes(helper('丁', '东房'), [two[0] ?? third, decided])).toEqual(['record-guard-failed']);
    expect(codes(helper('客', '东房', { sort: 'guest' }), two)).toEqual([]);
  });

  test('a sum is taken over every record there that belongs to this one, and over none it is 0', () => {
    const rounds = Register.parse({
      kind: 'register',
      id: 'tea-rounds',
      title: '茶资分发',
      inForce: { from: '2026-01-01' },
      of: 'thing',
      keepers: ['tea-club'],
      key: ['round'],
      fields: [
        { id: 'round', title: '哪一轮', type: 'text' },
        { id: 'listed', title: '合计', type: 'money', knownFrom: 'tea-shares.amount', sum: true },
      ],
    });
    const share = (id: string, round: string, amount: number) => ({ id, fields: { round, name: id, amount } });
    const shares: Elsewhere = {
      'tea-shares': {
        key: ['round', 'name'],
        records: [share('a', '春', 0.1), share('b', '春', 0.2), share('c', '秋', 5)],
      },
    };
    expect(withKnown(rounds, { round: '春', listed: 99 }, shares)['listed']).toBe(0.3);
    expect(withKnown(rounds, { round: '夏' }, shares)['listed']).toBe(0);
    expect(withKnown(rounds, { round: '春' }, {})['listed']).toBe(0);
  });

  test('a room for which no number was approved is not limited', () => {
    expect(codes(helper('丙', '西房'), [helper('甲', '西房'), helper('乙', '西房')])).toEqual([]);
  });
});

describe('how the records of a place are made up', () => {
  test('a room with three of two shows 3/2 over and no guest short of one; a room without a number shows the count alone', () => {
    const three = ['甲', '乙', '丙'].map((name) => helper(name, '东房'));
    const view = ledger('rooms', [...three, helper('丁', '西房'), helper('客', '西房', { sort: 'guest' })]);
    expect(view.composition).toEqual([
      {
        value: '东房',
        title: '东房',
        parts: [
          { id: 'regular', title: '在编', rows: 3, atMost: 2, standing: 'over' },
          { id: 'guest', title: '客串', rows: 0, atLeast: 1, standing: 'short' },
        ],
      },
      {
        value: '西房',
        title: '西房',
        parts: [
          { id: 'regular', title: '在编', rows: 1, standing: 'within' },
          { id: 'guest', title: '客串', rows: 1, atLeast: 1, standing: 'within' },
        ],
      },
    ]);
  });

  test('choices sort as the register names them, a row adds up its own figures to the cent', () => {
    const view = ledger('rooms', [
      helper('阿', '东房', { sort: 'guest' }),
      helper('乙', '东房', { pay: 0.1, gift: 0.2 }),
    ]);
    expect(view.rows.map((row) => [row.cells[0], row.total])).toEqual([
      ['乙', 0.3],
      ['阿', 0],
    ]);
  });

  test('a part that is not asked of a record is not due from it', () => {
    const view = ledger('rooms', [helper('乙', '东房'), helper('客', '东房', { sort: 'guest', decision: '好' })]);
    expect(view.rows.map((row) => row.parts)).toEqual([
      { have: 0, of: 1, missing: ['决定'] },
      { have: 1, of: 2, missing: ['客串说明'] },
    ]);
  });

  test('a ledger of totals shows no row, and of fewer than five no sum: it would be somebody’s own figure', () => {
    const paid = (n: number) => Array.from({ length: n }, (_, at) => helper(`帮手${at}`, '东房', { pay: 10 }));
    expect(ledger('sum', paid(4))).toMatchObject({ columns: [], rows: [], sums: [] });
    expect(ledger('sum', paid(5))).toMatchObject({ rows: [], sums: [{ field: 'pay', total: 50 }] });
  });
});

describe('advice', () => {
  test('it is given from the birthday on, on nobody whose day is unknown, and keeps nothing from being saved', () => {
    const titles = (born?: string) =>
      adviceOn(helpers, born === undefined ? {} : { born }, today).map((each) => each.title);
    expect(titles('1966-03-02')).toEqual(['请关心身体']);
    expect(titles('1966-03-03')).toEqual([]);
    expect(titles()).toEqual([]);
    expect(codes(helper('甲', '东房', { born: '1966-03-02' }), [])).toEqual([]);
    expect(ledger('rooms', [helper('甲', '东房', { born: '1966-03-02' })]).rows[0]?.advice).toEqual(['请关心身体']);
  });
});
