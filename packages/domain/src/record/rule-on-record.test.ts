import { describe, expect, test } from 'vitest';
import { Register, type Guard } from '../policy-pack/index.js';
import { ruleOnRecord, type GuardedRecord, type RecordSurroundings } from './rule-on-record.js';

const inForce = { from: '2026-01-01' };
const register = (guards: unknown[]): Register =>
  Register.parse({
    kind: 'register',
    id: 'tea-groups',
    title: '茶友小组登记簿',
    inForce,
    of: 'body',
    keepers: ['tea-club'],
    key: ['name'],
    fields: [
      { id: 'name', title: '名称', type: 'text' },
      { id: 'parent', title: '上级', type: 'body', optional: true },
      { id: 'room', title: '房间', type: 'text', optional: true },
      { id: 'size', title: '人数', type: 'number', optional: true },
      { id: 'left', title: '左边', type: 'number', optional: true },
      { id: 'right', title: '右边', type: 'number', optional: true },
    ],
    guards,
  });
const record = (id: string, fields: GuardedRecord['fields']): GuardedRecord => ({
  id,
  fields: { name: id, ...fields },
});
const codes = (guards: Guard[] | unknown[], saved: GuardedRecord, around: Partial<RecordSurroundings> = {}): string[] =>
  ruleOnRecord(register(guards), saved, { others: [], ...around }).map((each) => each.code);

describe('a record is saved only when every guard lets it pass', () => {
  test('a value that does not fit its field is refused, and a missing optional one is not', () => {
    expect(codes([], record('a', { size: 'many' }))).toEqual(['field-invalid']);
    expect(codes([], record('a', { size: 4 }))).toEqual([]);
    expect(codes([], record('a', {}))).toEqual([]);
  });

  test('a field that must be filled is filled, and the fault names it', () => {
    const faults = ruleOnRecord(
      register([{ id: 'g', title: '有上级', requires: ['parent'], source: 'LAW-PB-13' }]),
      record('a', {}),
      {
        others: [],
      },
    );
    expect(faults).toEqual([{ code: 'field-missing', params: { field: '上级' }, source: ['LAW-PB-13'] }]);
    expect(codes([], { id: 'a', fields: {} })).toEqual(['field-missing']);
  });

  test('no more alike stand at once than the guard allows, and a record does not count against itself', () => {
    const one = [{ id: 'g', title: '一房一组', if: { has: 'room' }, atMost: { count: 1, per: ['room'] } }];
    const others = [record('a', { room: '东房' })];
    expect(codes(one, record('b', { room: '东房' }), { others })).toEqual(['record-guard-failed']);
    expect(codes(one, record('b', { room: '西房' }), { others })).toEqual([]);
    expect(codes(one, record('b', {}), { others })).toEqual([]);
    expect(codes(one, record('a', { room: '东房' }), { others })).toEqual([]);
  });

  test('a condition must hold; one that cannot be judged is itself a fault', () => {
    const must = [{ id: 'g', title: '至少三人', must: { field: 'size', atLeast: 3 } }];
    expect(codes(must, record('a', { size: 3 }))).toEqual([]);
    expect(codes(must, record('a', { size: 2 }))).toEqual(['record-guard-failed']);
    expect(codes(must, record('a', { size: '三' }))).toEqual(['field-invalid', 'condition-type-mismatch']);
  });

  test('nobody is their own ancestor, and a circle among others does not hang the check', () => {
    const tree = [{ id: 'g', title: '不成环', acyclic: 'parent' }];
    const others = [record('a', { parent: 'b' }), record('b', { parent: 'c' })];
    expect(codes(tree, record('c', { parent: 'a' }), { others })).toEqual(['record-guard-failed']);
    expect(codes(tree, record('c', { parent: 'd' }), { others })).toEqual([]);
    const circle = [record('a', { parent: 'b' }), record('b', { parent: 'a' })];
    expect(codes(tree, record('c', { parent: 'a' }), { others: circle })).toEqual([]);
  });

  test('a frozen field keeps its first value, and a running procedure locks the record', () => {
    const frozen = [{ id: 'g', title: '名称不改', unchanged: ['room'] }];
    const before = record('a', { room: '东房' });
    expect(codes(frozen, record('a', { room: '西房' }), { before })).toEqual(['record-guard-failed']);
    expect(codes(frozen, record('a', { room: '西房' }))).toEqual([]);
    const locked = [{ id: 'g', title: '处置期间锁定', lockedWhile: 'disposal' }];
    expect(codes(locked, record('a', {}), { runningProcedures: ['disposal'] })).toEqual(['record-locked']);
    expect(codes(locked, record('a', {}), { runningProcedures: ['other'] })).toEqual([]);
  });

  test('figures that do not add up are refused with the difference, and hundredths do not deceive', () => {
    const balance = [{ id: 'g', title: '合计相等', balances: { of: 'size', with: ['left', 'right'] } }];
    const differ = (fields: GuardedRecord['fields']) =>
      ruleOnRecord(register(balance), record('a', fields), { others: [] });
    expect(differ({ size: 46, left: 44, right: 2 })).toEqual([]);
    expect(differ({ size: 0.3, left: 0.1, right: 0.2 })).toEqual([]);
    expect(differ({ size: 46, left: 44 })).toMatchObject([
      { code: 'figures-differ', params: { need: 46, have: 44, difference: 2 } },
    ]);
  });

  test('a refusal repeats the values that a guard shows', () => {
    const must = [{ id: 'g', title: '至少三人', must: { field: 'size', atLeast: 3 }, shows: ['size'] }];
    expect(ruleOnRecord(register(must), record('a', { size: 2 }), { others: [] })).toMatchObject([
      { params: { guard: expect.stringMatching(/^至少三人（.+：2）$/u) } },
    ]);
  });

  test('every reason is given at once (R1)', () => {
    const guards = [
      { id: 'g', title: '有上级', requires: ['parent'] },
      { id: 'h', title: '至少三人', must: { field: 'size', atLeast: 3 } },
    ];
    const others = [record('a', {})];
    const again = { id: 'b', fields: { name: 'a', size: 1 } };
    expect(codes(guards, again, { others })).toEqual(['record-duplicate', 'field-missing', 'record-guard-failed']);
  });
});
