import { Register } from '@lianxin/domain';
import { describe, expect, test } from 'vitest';
import { RegisterCase } from './case-file.js';
import { runRegisterCase } from './run-register-case.js';

const register = Register.parse({
  kind: 'register',
  id: 'tea-cups',
  title: '茶杯登记簿',
  inForce: { from: '2026-01-01' },
  of: 'thing',
  keepers: ['tea-club'],
  key: ['name'],
  fields: [
    { id: 'name', title: '名称', type: 'text' },
    { id: 'paid', title: '已付', type: 'number' },
    { id: 'price', title: '价格', type: 'number' },
  ],
  ledgers: [
    {
      id: 'all',
      title: '茶杯',
      columns: ['name'],
      countBy: 'name',
      sums: ['paid'],
      remainder: { of: 'price', less: 'paid' },
    },
  ],
});
const play = (then: object, more: object = { ledger: 'all' }): string[] =>
  runRegisterCase(
    register,
    RegisterCase.parse({
      title: '茶杯',
      on: '2026-03-02',
      register: 'tea-cups',
      records: [{ id: 'a', times: 3, fields: { name: '杯#', paid: 2, price: 5 } }],
      then,
      ...more,
    }),
  );

describe('a case on a ledger', () => {
  test('holds when everything it states is shown', () => {
    const records = [{ id: 'a-2', remainder: 3, cells: ['杯2'] }];
    expect(play({ ledger: { rows: 3, counted: { 杯1: 1 }, sums: [{ field: 'paid', total: 6 }], records } })).toEqual(
      [],
    );
  });

  test('fails on every single thing that is not shown', () => {
    const wrong = { rows: 2, counted: { 杯9: 1 }, answered: 4, once: 1, sums: [{ field: 'paid', total: 5 }] };
    const records = [{ id: 'a-2', remainder: 4, cells: ['杯1'], shortBy: 1, overdueSince: 'never' }, { id: 'b' }];
    const standing = [{ value: '杯1', is: 'short' }];
    expect(play({ ledger: { ...wrong, atMost: 2, standing, records } })).toHaveLength(12);
    expect(play({ ledger: { rows: 3 } }, { ledger: 'none' })).toHaveLength(1);
  });

  test('a record to be saved is refused or let in as the case says, and not otherwise', () => {
    const again = { save: { id: 'b', fields: { name: '杯1', paid: 1, price: 1 } } };
    expect(play({ refused: ['record-duplicate'] }, again)).toEqual([]);
    expect(play({ passes: true }, again)).toHaveLength(1);
    expect(RegisterCase.safeParse({ title: '空', on: '2026-03-02', register: 'r', then: {} }).success).toBe(false);
  });
});
