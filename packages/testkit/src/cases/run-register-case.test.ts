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

  const shelf = Register.parse({
    kind: 'register',
    id: 'tea-shelf',
    title: '茶架登记簿',
    inForce: { from: '2026-01-01' },
    of: 'thing',
    keepers: ['tea-club'],
    key: ['place'],
    fields: [
      { id: 'place', title: '位置', type: 'text' },
      { id: 'name', title: '杯名', type: 'text' },
      { id: 'price', title: '价格', type: 'number', knownFrom: 'tea-cups.price' },
    ],
    advice: [{ id: 'dear', title: '贵重', if: { field: 'price', atLeast: 5 } }],
    ledgers: [
      {
        id: 'all',
        title: '茶架',
        columns: ['place'],
        total: ['price', 'name'],
        composition: { by: 'name', parts: [{ id: 'cups', title: '杯', atMost: 2 }] },
      },
    ],
  });
  const onShelf = (more: object) =>
    runRegisterCase(
      shelf,
      RegisterCase.parse({
        title: '茶架',
        on: '2026-03-02',
        register: 'tea-shelf',
        ledger: 'all',
        records: [{ id: 'a', times: 3, fields: { place: '上#', name: '杯1' } }],
        elsewhere: { 'tea-cups': [{ id: 'c', times: 2, fields: { name: '杯#', paid: 1, price: 5 } }] },
        ...more,
      }),
      () => register,
    );
  const shown = (composition: object, record: object) => ({
    then: { ledger: { composition: [composition], records: [{ id: 'a-1', ...record }] } },
  });

  test('what another register knows is looked up by its key, and a register that is not read is named', () => {
    const cups = { value: '杯1', part: 'cups', rows: 3, atMost: 2, is: 'over' };
    expect(onShelf(shown(cups, { total: 5, advice: ['贵重'] }))).toEqual([]);
    expect(onShelf(shown({ ...cups, atMost: 3, is: 'within' }, { total: 0, advice: [] }))).toHaveLength(3);
    expect(onShelf({ ...shown(cups, { advice: [] }), elsewhere: {} })).toEqual([]);
    expect(onShelf({ ...shown(cups, {}), elsewhere: { 'tea-pots': [] } })).toEqual([
      '本登记簿不从 tea-pots 取任何栏目',
    ]);
  });

  test('a record to be saved is refused or let in as the case says, and not otherwise', () => {
    const again = { save: { id: 'b', fields: { name: '杯1', paid: 1, price: 1 } } };
    expect(play({ refused: ['record-duplicate'] }, again)).toEqual([]);
    expect(play({ passes: true }, again)).toHaveLength(1);
    expect(RegisterCase.safeParse({ title: '空', on: '2026-03-02', register: 'r', then: {} }).success).toBe(false);
  });
});
