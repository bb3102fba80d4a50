import { describe, expect, test } from 'vitest';
import { Register, type Guard } from './kinds/register.js';
import { CoverageReport, countCoverage } from './kinds/coverage.js';
import { findDuty, proposeDuties, DutyList } from './kinds/duty-list.js';
import { countByPriorityDepartment, listServices, ServiceCatalogue } from './kinds/service-catalogue.js';
import { ruleOnRecord, type GuardedRecord, type RecordSurroundings } from './record-guards.js';

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

  test('every reason is given at once (K10)', () => {
    const guards = [
      { id: 'g', title: '有上级', requires: ['parent'] },
      { id: 'h', title: '至少三人', must: { field: 'size', atLeast: 3 } },
    ];
    const others = [record('a', {})];
    const again = { id: 'b', fields: { name: 'a', size: 1 } };
    expect(codes(guards, again, { others })).toEqual(['record-duplicate', 'field-missing', 'record-guard-failed']);
  });
});

describe('a coverage report', () => {
  test('counts 94 of 100 and 296 of 320, and lists the 6 and the 24 that lack it', () => {
    const coverage = CoverageReport.parse({
      kind: 'coverage',
      id: 'c',
      title: '覆盖',
      inForce,
      places: { register: 'places' },
      groupBy: 'kind',
      parts: [{ id: 'party-body', title: '党组织', has: { body: 'branch' } }],
    });
    const place = (group: string, have: number, n: number) =>
      Array.from({ length: n }, (_, i) => ({
        code: `${group}-${i}`,
        title: `${group}-${i}`,
        group,
        counts: i < have ? { 'party-body': 1 } : {},
      }));
    const count = countCoverage(coverage, [...place('estate', 94, 100), ...place('building', 296, 320)]);
    expect(count.byGroup['estate']?.[0]).toMatchObject({ with: 94, of: 100 });
    expect(count.byGroup['building']?.[0]).toMatchObject({ with: 296, of: 320 });
    expect(count.byGroup['building']?.[0]?.missing).toHaveLength(24);
    expect(count.parts[0]).toMatchObject({ with: 390, of: 420 });
  });
});

describe('a duty list and a service catalogue', () => {
  const list = DutyList.parse({
    kind: 'duty-list',
    id: 'duties',
    title: '职责清单',
    inForce,
    offices: [
      {
        office: 'tea-office',
        level: 'township',
        answersFor: [
          { id: 'water', title: '水', topics: ['水'], source: 'TC-ART-3' },
          { id: 'cups', title: '杯', topics: ['杯', '碗'], matters: ['need'], source: 'TC-ART-3' },
        ],
      },
    ],
  });

  test('a duty is found by its id with the office that answers, and by nothing else', () => {
    expect(findDuty(list, 'cups')).toMatchObject({ office: 'tea-office', level: 'township' });
    expect(findDuty(list, 'sugar')).toBeUndefined();
  });

  test('duties whose topics occur in the text come first, and those of other kinds of matter not at all', () => {
    expect(proposeDuties(list, 'need', '杯子和碗都没了').map((each) => each.duty.id)).toEqual(['cups', 'water']);
    expect(proposeDuties(list, 'hardship', '杯子没了').map((each) => each.duty.id)).toEqual(['water']);
  });

  const service = {
    id: 'refill',
    title: '续水',
    department: 'tea-office',
    levels: ['village'],
    steps: ['倒水'],
    materials: [],
    limit: '5 working-days',
    fee: { fen: 0 },
  };
  const catalogue = (...services: unknown[]): ReturnType<typeof ServiceCatalogue.safeParse> =>
    ServiceCatalogue.safeParse({
      kind: 'service-catalogue',
      id: 's',
      title: '目录',
      inForce,
      priorityDepartments: ['tea-office', 'forestry-office'],
      services,
    });

  test('a service lacking one of its four parts is not published, and the fault names the part [DY-67]', () => {
    for (const part of ['steps', 'materials', 'limit', 'fee']) {
      const read = catalogue({ ...service, [part]: undefined });
      expect(read.success ? [] : read.error.issues.map((issue) => issue.path.at(-1))).toEqual([part]);
    }
    expect(catalogue(service).success).toBe(true);
  });

  test('a service may be left out only with a reason and who approved it [NQ-32]', () => {
    const out = { id: 'seed', title: '种子', department: 'tea-office' };
    expect(catalogue({ ...out, leftOut: { reason: '已有合作社', approvedBy: 'tea-office' } }).success).toBe(true);
    expect(catalogue({ ...out, leftOut: { reason: '已有合作社' } }).success).toBe(false);
    expect(catalogue({ ...out, leftOut: { reason: '', approvedBy: 'tea-office' } }).success).toBe(false);
  });

  test('a priority department without services is counted as 0, not left out [NQ-33]', () => {
    const read = catalogue(service, { ...service, id: 'b', leftOut: { reason: '无', approvedBy: 'tea-office' } });
    if (!read.success) throw new Error('refused');
    expect(countByPriorityDepartment(read.data)).toEqual([
      { department: 'tea-office', services: 1 },
      { department: 'forestry-office', services: 0 },
    ]);
    expect(listServices(read.data, { level: 'county' })).toEqual([]);
  });
});
