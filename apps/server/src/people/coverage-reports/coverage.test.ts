import { Workbook } from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CoverageReport, CoverageReportId } from '@lianxin/contract';
import {
  addPerson,
  addRegisterCounty,
  made,
  officeOver,
  codesIn,
  registerCounty,
  residentOf,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { inContext, publicContext } from '../../storage/index.js';
import { appoint } from '../appoint.js';
import { saveBody } from '../save-body.js';
import { assignGrid, listDutyContacts, publishDutyContact, saveGrid } from '../save-grid.js';
import { linkOrganisation, recordManagement, saveOrganisation } from '../save-organisation.js';
import { savePlace, saveServiceRoom, saveServiceRoomTask, finishServiceRoomTask } from '../save-place.js';
import { recordStanding } from '../save-station.js';
import { isDueForCommittee } from '../village-committee.js';
import { readCoverage } from './read-coverage.js';
import { workbookOf } from './workbook.js';

const { whole, town } = registerCounty;
const keeper = officeOver(whole);
const validFrom = '2026-01-01';
const on = '2026-03-01';

let server: TestServer;
let commands = 0;
const next = <Input>(input: Input) => ({ actor: keeper, commandId: `coverage-${(commands += 1)}`, input });
const report = async (id: CoverageReportId, division: string = whole): Promise<CoverageReport> => {
  const found = await inContext(server.deps, keeper.context, (tx) => readCoverage(tx, id, { division, on }));
  if (!found.ok) throw new Error(JSON.stringify(found.faults));
  return found.value;
};
const figure = (found: CoverageReport, id: string): string => {
  const one = found.figures.find((each) => each.id === id);
  return `${one?.count}/${one?.of}`;
};
const body = async (
  division: string,
  kind: string,
  name: string,
  extra: { partyParent?: string; place?: string } = {},
) => made(await saveBody(server.deps, next({ division, kind, name, validFrom, ...extra })));

let committee = '';

beforeAll(async () => {
  server = await testServer({ now: '2026-03-01T02:00:00.000Z' });
  await addRegisterCounty(server.database.owner, 12);
  committee = await body(town, 'committee', '册镇党委');
  for (let number = 1; number <= 11; number += 1) {
    await body(villageOf(number), 'branch', `第${number}村党支部`, { partyParent: committee });
  }
});
afterAll(async () => server.close());

describe('coverage by Party bodies', () => {
  it('shows 11 of 12 villages with a branch and lists the one without [NQ-06]', async () => {
    const found = await report('villages-without-branch', town);
    expect(figure(found, 'villages')).toBe('11/12');
    expect(found.rows).toEqual([{ code: villageOf(12), village: '第12村', gap: '没有党支部' }]);
  });

  it('flags the fifth grid of a village when four are mapped to a Party group [NQ-07]', async () => {
    const division = villageOf(1);
    const branch = (await report('villages-without-branch', division)).figures[0];
    expect(branch?.count).toBe(1);
    const above = await server.database.owner.query<{ id: string }>(
      `select id from lx.body where division = $1 and kind = 'branch'`,
      [division],
    );
    const group = await body(division, 'party-group', '第一党小组', { partyParent: above.rows[0]?.id ?? '' });
    const contact = await addPerson(server.database.owner, '网格联系人', division);
    for (let number = 1; number <= 5; number += 1) {
      const grid = made(
        await saveGrid(server.deps, next({ division, code: `00${number}`, name: `第${number}网格`, validFrom })),
      );
      if (number === 5) continue;
      made(await assignGrid(server.deps, next({ id: grid, body: group, contact, validFrom })));
      if (number > 1) continue;
      expect(codesIn(await assignGrid(server.deps, next({ id: grid, body: group, contact, validFrom })))).toEqual([
        'grid-has-party-group',
      ]);
      made(
        await publishDutyContact(
          server.deps,
          next({ id: grid, name: '值守员甲', duty: '网格长', officePhone: '0730-000000', validFrom }),
        ),
      );
    }
    const found = await report('grids-without-party-group', division);
    expect(figure(found, 'grids')).toBe('4/5');
    expect(found.rows.filter((row) => row.gap !== null)).toEqual([
      { village: '第1村', code: '005', grid: '第5网格', group: null, contact: null, gap: '没有负责的党小组' },
    ]);
    expect(found.rows[0]).toMatchObject({ group: '第一党小组', contact: '网格联系人' });
  });

  it('shows the public the duty contacts of a village and nothing of Party groups or members [NQ-07]', async () => {
    const context = publicContext(villageOf(1));
    const contacts = await inContext(server.deps, context, (tx) => listDutyContacts(tx, villageOf(1)));
    expect(contacts.map((contact) => [contact.name, contact.duty, contact.officePhone])).toEqual([
      ['值守员甲', '网格长', '0730-000000'],
    ]);
    for (const table of ['grid_party_group', 'party_membership', 'person']) {
      await expect(inContext(server.deps, context, (tx) => tx.rows(`select * from lx.${table}`))).rejects.toThrow(
        /permission denied/,
      );
    }
    const groups = await inContext(server.deps, context, (tx) =>
      tx.rows(`select id from lx.body where kind = 'party-group'`),
    );
    expect(groups).toEqual([]);
  });

  it('lists an association with both gaps until a branch and a contact are recorded [NQ-08]', async () => {
    const division = villageOf(2);
    const association = made(
      await saveOrganisation(
        server.deps,
        next({ division, kind: 'trade-association' as const, name: '茶叶协会', validFrom }),
      ),
    );
    const before = await report('organisations-without-link', division);
    expect(before.rows).toEqual([
      { name: '茶叶协会', village: '第2村', partyGap: '没有党组织', linkGap: '没有衔接的支部和联系人' },
    ]);
    const branch = await server.database.owner.query<{ id: string }>(
      `select id from lx.body where division = $1 and kind = 'branch'`,
      [division],
    );
    const contact = await addPerson(server.database.owner, '协会联系人', division);
    made(
      await linkOrganisation(
        server.deps,
        next({ id: association, branch: branch.rows[0]?.id ?? '', contact, validFrom }),
      ),
    );
    const after = await report('organisations-without-link', division);
    expect(after.rows).toEqual([]);
    expect([figure(after, 'party'), figure(after, 'linked')]).toEqual(['0/1', '1/1']);
  });
});

describe('coverage by place', () => {
  it('counts 94 of 100 estates and 296 of 320 buildings and lists the 6 and the 24 without one [XQ-03]', async () => {
    const division = villageOf(3);
    const community = await body(division, 'committee', '第3村党委', { partyParent: committee });
    // Rows are made in bulk here, since the commands that make one of each are tested beside the Party tree.
    // The 18 buildings of the six estates without a branch have no group; six more in led estates have none either.
    const { owner } = server.database;
    const bulk = await owner.query<{ kind: string }>(
      `with estate as (
         insert into lx.place (county, id, division, kind, name, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, 'estate', '小区' || n, '2020-01-01', now() from generate_series(1, 100) n returning id, kind, name),
       numbered as (select id, name, substr(name, 3)::int as n from estate),
       building as (
         insert into lx.place (county, id, division, kind, name, parent, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, 'building', b || '号楼', e.id, '2020-01-01', now()
         from numbered e, lateral generate_series(1, case when e.n <= 20 then 4 else 3 end) b returning id, kind, name, parent),
       branch as (
         insert into lx.body (county, id, division, kind, name, place, place_tier, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, 'branch', name || '党支部', id, 'estate', '2020-01-01', now() from numbered where n <= 94
         returning id, kind, place),
       party_group as (
         insert into lx.body (county, id, division, kind, name, place, place_tier, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, 'party-group', e.name || b.name || '党小组', b.id, 'building', '2020-01-01', now()
         from building b join numbered e on e.id = b.parent where e.n <= 94 and not (e.n <= 6 and b.name = '4号楼')
         returning id, kind, place),
       links as (
         insert into lx.body_link (county, id, division, from_body, to_body, kind, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, id, $3::uuid, 'party-tree', '2020-01-01'::date, now() from branch
         union all
         select $1, gen_random_uuid(), $2, g.id, r.id, 'party-tree', '2020-01-01'::date, now()
         from party_group g join building b on b.id = g.place join branch r on r.place = b.parent returning kind)
       select kind from estate union all select kind from building union all select kind from links`,
      [registerCounty.county, division, community],
    );
    const buildings = bulk.rows.filter((row) => row.kind === 'building').length;
    expect(buildings).toBe(320);
    const found = await report('estates-and-buildings', division);
    expect([figure(found, 'estate'), figure(found, 'building')]).toEqual(['94/100', '296/320']);
    expect(found.rows.filter((row) => row.kind === '小区')).toHaveLength(6);
    expect(found.rows.filter((row) => row.kind === '楼栋')).toHaveLength(24);
    const tree = await report('party-tree-gaps', division);
    expect([figure(tree, 'estate'), figure(tree, 'building'), tree.rows.length]).toEqual(['94/94', '296/296', 0]);
  });

  it('counts 36 of 40 sites with a branch or group, by seven kinds, and lists the 4 gaps [DY-51]', async () => {
    const division = villageOf(4);
    const kinds = [
      'industrial-park',
      'industry-cluster',
      'office-building',
      'shopping-area',
      'production-base',
      'trade-association',
      'resettlement-estate',
    ] as const;
    const above = await server.database.owner.query<{ id: string }>(
      `select id from lx.body where division = $1 and kind = 'branch'`,
      [division],
    );
    const partyParent = above.rows[0]?.id ?? '';
    for (let number = 1; number <= 40; number += 1) {
      const siteKind = kinds[number % 7] ?? 'industrial-park';
      const site = made(
        await savePlace(server.deps, next({ division, kind: 'site', name: `场所${number}`, siteKind, validFrom })),
      );
      if (number > 36) continue;
      await body(division, 'party-group', `场所${number}党小组`, { partyParent, place: site });
    }
    const found = await report('sites-without-party-body', division);
    expect(figure(found, 'sites')).toBe('36/40');
    const byKind = kinds.map((kind) => found.figures.find((one) => one.id === kind));
    expect(byKind.map((one) => one?.of).reduce((sum, of) => (sum ?? 0) + (of ?? 0), 0)).toBe(40);
    expect(byKind.map((one) => one?.count).reduce((sum, of) => (sum ?? 0) + (of ?? 0), 0)).toBe(36);
    expect(found.rows.map((row) => row.name)).toEqual(expect.arrayContaining(['场所37', '场所38', '场所39', '场所40']));
    expect(found.rows).toHaveLength(4);
  });

  it('lets a new estate have its service room by planning alone, an old one by rent, rebuilding or extension [DY-55]', async () => {
    const division = villageOf(5);
    const estate = async (name: string, estateAge: 'new' | 'old') =>
      made(await savePlace(server.deps, next({ division, kind: 'estate', name, estateAge, validFrom })));
    const fresh = await estate('新苑', 'new');
    const old = await estate('老苑', 'old');
    const room = (
      id: string,
      way: 'planning-precondition' | 'rent' | 'rebuild' | 'extend',
      state: 'planned' | 'ready',
    ) => saveServiceRoom(server.deps, next({ estate: id, way, areaSquareMetres: 420, state, validFrom }));
    expect(codesIn(await room(fresh, 'rent', 'planned'))).toEqual(['service-room-precondition']);
    expect(codesIn(await room(old, 'planning-precondition', 'planned'))).toEqual(['service-room-way']);
    made(await room(fresh, 'planning-precondition', 'ready'));
    made(await room(old, 'extend', 'planned'));
    const tasks: string[] = [];
    for (const department of ['planning', 'housing', 'land', 'civil-affairs'] as const) {
      tasks.push(
        made(
          await saveServiceRoomTask(
            server.deps,
            next({ estate: old, department, task: '核定用房方案', dueOn: '2026-06-30' }),
          ),
        ),
      );
    }
    made(await finishServiceRoomTask(server.deps, next({ id: tasks[0] ?? '', on: '2026-02-15' })));
    const found = await report('service-rooms', division);
    expect([figure(found, 'new'), figure(found, 'old')]).toEqual(['1/1', '0/1']);
    expect(found.rows).toEqual([
      {
        village: '第5村',
        estate: '老苑',
        age: '老旧',
        way: '扩建',
        area: 420,
        gap: '尚未落实',
        owing: '民政、住建、国土',
      },
    ]);
  });
});

describe('conditions and offices', () => {
  it('says a village with 100 members, larger economy and place up to standard is due for a committee, and one with 99 is not [DY-49]', async () => {
    const owner = server.database.owner;
    const members = async (number: number, count: number): Promise<void> => {
      const division = villageOf(number);
      await owner.query(
        `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at)
         select $1, gen_random_uuid(), $2, '党员' || n, true, '2020-01-01', now() from generate_series(1, $3::int) n`,
        [registerCounty.county, division, count],
      );
      await owner.query(
        `insert into lx.party_membership (county, id, division, person, branch, valid_from, recorded_at)
         select p.county, gen_random_uuid(), p.division, p.id, (select b.id from lx.body b where b.division = $1 and b.kind = 'branch'), '2020-01-01', now()
         from lx.person p where p.division = $1`,
        [division],
      );
      made(
        await recordStanding(
          server.deps,
          next({ division, largerEconomy: true, placeUpToStandard: true, basis: '经管站核定', validFrom }),
        ),
      );
    };
    await members(6, 100);
    await members(7, 99);
    const found = await report('committees-due', town);
    expect(found.rows.map((row) => [row.village, row.members, row.gap])).toEqual([['第6村', 100, '应建党委']]);
    expect(figure(found, 'committees')).toBe('0/1');
    expect(isDueForCommittee({ members: 100, largerEconomy: false, placeUpToStandard: true })).toBe(false);
    expect(isDueForCommittee({ members: 100, largerEconomy: true, placeUpToStandard: false })).toBe(false);
  });

  it('records who manages people, money and property of a township office, and lists those their line department manages alone [YS-62]', async () => {
    const office = async (name: string) => body(town, 'office', name);
    const line = await office('财政所');
    const own = await office('水利站');
    await office('林业站');
    for (const dimension of ['people', 'money', 'property'] as const) {
      const record = (id: string, managedBy: 'township' | 'line-department') =>
        recordManagement(server.deps, next({ body: id, dimension, managedBy, validFrom }));
      made(await record(line, 'line-department'));
      made(await record(own, 'township'));
    }
    const found = await report('office-management', town);
    expect([figure(found, 'recorded'), figure(found, 'line-alone')]).toEqual(['2/3', '1/3']);
    expect(found.rows.map((row) => [row.office, row.gap])).toEqual(
      expect.arrayContaining([
        ['财政所', '仍只由主管部门管理'],
        ['水利站', null],
        ['林业站', '人财物管理没有登记齐全'],
      ]),
    );
  });

  it('shows the one office of a village with the secretary as its director, and says where another is [DY-81]', async () => {
    const owner = server.database.owner;
    const staffed = async (number: number, director: string): Promise<void> => {
      const division = villageOf(number);
      const branch = await owner.query<{ id: string }>(
        `select id from lx.body where division = $1 and kind = 'branch'`,
        [division],
      );
      const office = await body(division, 'liaison-office', `第${number}村联系服务群众工作办公室`);
      const secretary = await addPerson(owner, `书记${number}`, division);
      const person = await addPerson(owner, director, division);
      made(
        await appoint(
          server.deps,
          next({ person: secretary, post: 'secretary', body: branch.rows[0]?.id ?? '', validFrom }),
        ),
      );
      made(await appoint(server.deps, next({ person, post: 'liaison-director', body: office, validFrom })));
    };
    await staffed(8, '书记8');
    await staffed(9, '别人');
    const found = await report('liaison-offices', town);
    const rows = found.rows.filter((row) => row.village === '第8村' || row.village === '第9村');
    expect(rows).toEqual([
      { village: '第8村', director: '书记8', secretary: '书记8', gap: null },
      { village: '第9村', director: '别人', secretary: '书记9', gap: '主任不是书记' },
    ]);
    expect(figure(found, 'offices')).toBe('1/12');
  });

  it('exports the same rows as a workbook that reads back [NQ-06]', async () => {
    const found = await report('villages-without-branch', town);
    const book = new Workbook();
    await book.xlsx.load((await workbookOf(found)).slice().buffer);
    const sheet = book.worksheets[0];
    expect(sheet?.getRow(1).values).toEqual([undefined, '代码', '村', '缺口']);
    expect(sheet?.getRow(2).values).toEqual([undefined, villageOf(12), '第12村', '没有党支部']);
    expect(sheet?.rowCount).toBe(2);
  });

  it('opens no report to a resident, to another township or without the capability to count members', async () => {
    const codes = async (
      context: ReturnType<typeof officeOver>['context'] | ReturnType<typeof residentOf>['context'],
      id: CoverageReportId,
    ) => {
      const found = await inContext(server.deps, context, (tx) => readCoverage(tx, id, { division: town, on }));
      return found.ok ? [] : found.faults.map((one) => one.code);
    };
    expect(await codes(residentOf(villageOf(1), '村民').context, 'sites-without-party-body')).toEqual(['not-found']);
    expect(await codes(officeOver(registerCounty.otherTown).context, 'sites-without-party-body')).toEqual([
      'not-found',
    ]);
    expect(await codes(officeOver('999901001000').context, 'sites-without-party-body')).toEqual(['not-found']);
    expect(await codes(officeOver(town, ['keep-places']).context, 'committees-due')).toEqual(['capability-missing']);
  });
});
