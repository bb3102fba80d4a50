import { describe, expect, test } from 'vitest';
import { plainDate } from '../../date/index.js';
import { CoverageReport, countCoverage, countPlaces } from './coverage.js';
import { findDuty, proposeDuties, DutyList } from './duty-list.js';
import { countByPriorityDepartment, listServices, ServiceCatalogue } from './service-catalogue.js';

const inForce = { from: '2026-01-01' };

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

describe('what a place has', () => {
  const coverage = CoverageReport.parse({
    kind: 'coverage',
    id: 'tea-rooms',
    title: '茶室',
    inForce,
    places: { level: 'village' },
    parts: [
      { id: 'club', title: '茶友会', has: { body: 'tea-club' } },
      {
        id: 'tables',
        title: '在用的茶桌',
        has: { register: 'tables', by: 'room', only: { not: { field: 'until', before: 'today' } } },
      },
      { id: 'opened', title: '开张日期', has: { field: 'opened' } },
    ],
  });
  const places = [
    { code: '320102001005', title: '东村', bodies: ['tea-club', 'tea-club'], fields: { opened: '2026-01-01' } },
    { code: '320102001006', title: '西村', bodies: [] },
  ];

  test('is counted from its bodies, its own record, and the records that name it by code or by title', () => {
    const records = [
      { register: 'tables', fields: { room: '东村' } },
      { register: 'tables', fields: { room: '320102001005', until: '2026-12-31' } },
      { register: 'tables', fields: { room: '东村', until: '2026-01-31' } },
      { register: 'cups', fields: { room: '西村' } },
    ];
    expect(countPlaces(coverage, places, records, plainDate('2026-06-03')).map((place) => place.counts)).toEqual([
      { club: 2, tables: 2, opened: 1 },
      { club: 0, tables: 0, opened: 0 },
    ]);
  });

  test('does not count a record that cannot be judged', () => {
    const records = [{ register: 'tables', fields: { room: '西村', until: 'tomorrow' } }];
    expect(countPlaces(coverage, places, records, plainDate('2026-06-03'))[1]?.counts['tables']).toBe(0);
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
