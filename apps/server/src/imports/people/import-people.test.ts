import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  addRegisterCounty,
  idOf,
  officeOver,
  registerCounty,
  residentOf,
  testServer,
  villageOf,
  type TestServer,
} from '@lianxin/testkit/database';
import { checkCharacterOf } from '@lianxin/domain';
import type { Answer } from '../../http/command.js';
import { inContext } from '../../storage/index.js';
import { peopleColumns, peopleSheet, type PeopleKey } from './columns.js';
import { dryRunPeople, importPeople, sha256Of, type PeopleChecked } from './import-people.js';
import { reportOf, reportSheet } from './report.js';
import { identitySeal } from './seal-identity.js';
import { peopleTemplate } from './template.js';

type Row = Partial<Record<PeopleKey, string | number | { formula: string }>>;

const { whole, town, otherTown, otherVillage, county } = registerCounty;
const keeper = officeOver(whole, ['import', 'appoint', 'read-members']);
const townKeeper = officeOver(town, ['appoint']);

/** An identity number with a right check character, by a number: another number, another person. */
const idNumber = (number: number, birth = '19800101'): string => {
  const seventeen = `320102${birth}${String(number % 1000).padStart(3, '0')}`;
  return seventeen + checkCharacterOf(seventeen);
};

const bookOf = async (rows: readonly Row[]): Promise<Uint8Array> => {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet(peopleSheet);
  sheet.addRow(peopleColumns.map((column) => column.title));
  for (const row of rows) sheet.addRow(peopleColumns.map((column) => row[column.key] ?? null));
  return new Uint8Array(await book.xlsx.writeBuffer());
};

const cellsOf = async (bytes: Uint8Array): Promise<string[][]> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(String)));
  return rows;
};

let server: TestServer;
let runs = 0;

const check = async (rows: readonly Row[], actor = keeper): Promise<PeopleChecked> => {
  const checked = await dryRunPeople(server.deps, { actor, bytes: await bookOf(rows) });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.value;
};
const take = async (bytes: Uint8Array, actor = keeper, commandId = `import-${(runs += 1)}`): Promise<Answer> =>
  importPeople(server.deps, { actor, bytes, commandId, sha256: sha256Of(bytes) });
const codes = (checked: PeopleChecked): string[] =>
  checked.problems.map(({ row, column, fault }) => `${row} ${column} ${fault.code}`);
const codeOf = (answer: Answer): string => ('faults' in answer ? answer.faults.map((one) => one.code).join() : 'done');

const tables = [
  'person',
  'person_identity',
  'household',
  'household_member',
  'appointment',
  'party_membership',
  'journal_entry',
];
const state = async (): Promise<string> => {
  const counts = await Promise.all(
    tables.map(
      async (table) => (await server.database.owner.query(`select count(*)::int as count from lx.${table}`)).rows[0],
    ),
  );
  return JSON.stringify(counts);
};

const village = villageOf(1);
const body = { committee: idOf('committee'), branch: idOf('branch') };

beforeAll(async () => {
  server = await testServer();
  const { owner } = server.database;
  await addRegisterCounty(owner);
  await addPerson(owner, 'keeper', whole);
  const add = `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, $4, $5, '2020-01-01', now())`;
  await owner.query(add, [county, body.branch, village, 'branch', '第1村党支部']);
  await owner.query(add, [county, body.committee, village, 'grid', '第一网格']);
  await owner.query(
    `insert into lx.establishment (county, id, division, body, post, seats, valid_from, recorded_at) values ($1, $2, $3, $4, 'grid-leader', 1, '2020-01-01', now())`,
    [county, idOf('seats'), village, body.committee],
  );
});
afterAll(async () => server.close());

describe('checking a file of people 试导入', () => {
  it('tells row, column, reason and suggestion, and writes nothing', async () => {
    const before = await state();
    const good = { name: '甲', village };
    const checked = await check([
      { village },
      { ...good, sex: '其他' },
      { ...good, birthDate: '1980-02-30' },
      { ...good, birthDate: '2999-01-01' },
      { ...good, idNumber: `${idNumber(1).slice(0, 17)}${idNumber(1).endsWith('0') ? '1' : '0'}` },
      { ...good, idNumber: idNumber(2), sex: '男' },
      { ...good, name: '乙', idNumber: idNumber(3), birthDate: '1980-01-02' },
      { ...good, idNumber: 320102198001010000 },
      { ...good, phone: '12345' },
      { ...good, village: '第1屯' },
      { ...good, name: { formula: 'A1' } },
      { ...good, group: '十' },
      { ...good, post: '网格长' },
      { ...good, member: '是' },
      { ...good, body: '第一网格', post: '书记', from: '2026-01-01' },
      { ...good, body: '第一格网', post: '网格长', from: '2026-01-01' },
      { ...good, name: '名'.repeat(41) },
      { ...good, body: '第一网格', post: '网格长', from: '2026-05-01', to: '2026-01-01' },
    ]);
    expect(codes(checked)).toEqual([
      '2 姓名 cell-value-missing',
      '3 性别 cell-value-unknown',
      '4 出生日期 cell-date-invalid',
      '5 出生日期 cell-date-ahead',
      '6 身份证号 identity-number-check',
      '7 性别 identity-number-sex',
      '8 出生日期 identity-number-birth',
      '9 身份证号 cell-number-rounded',
      '10 电话 phone-invalid',
      '11 村（社区） village-unknown',
      '12 姓名 cell-formula',
      '13 村民小组 cell-value-unknown',
      '14 任职组织 column-needs-column',
      '14 任期起 column-needs-column',
      '15 所在党支部 column-needs-column',
      '16 岗位 post-unknown',
      '17 任职组织 import-body-unknown',
      '18 姓名 cell-too-long',
      '19 任期止 period-reversed',
    ]);
    expect(checked.refusedRows).toBe(18);
    const report = reportOf(checked, 'zh-CN');
    expect(report.ready).toBe(false);
    expect(report.problems.find((one) => one.code === 'village-unknown')?.suggestion).toContain('第1村');
    expect(report.problems.find((one) => one.code === 'import-body-unknown')?.suggestion).toContain('第一网格');
    for (const problem of report.problems) expect(problem.why.length * problem.suggestion.length).toBeGreaterThan(0);
    expect(await state()).toBe(before);
  });

  it('gives the report as xlsx without any personal number and without a cell that starts like a formula', async () => {
    const checked = await check([{ name: '甲', village: '=1+1', idNumber: `${idNumber(7).slice(0, 16)}99` }]);
    const [head, ...lines] = await cellsOf(await reportSheet(checked, 'zh-CN'));
    expect(head).toEqual(['行', '列', '原因', '建议', '影响', '代码']);
    expect(lines.length).toBe(checked.problems.length);
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
    expect(JSON.stringify(lines)).not.toContain(idNumber(7).slice(0, 14));
  });

  it('reads a village by code, by name, or by township and name, and asks back when a name stands twice', async () => {
    const { owner } = server.database;
    await owner.query(
      `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
       values ('999902002201', '第2村', '第2村', 'village', 'village', $1, $2, 'made up', '2020-01-01')`,
      [otherTown, county],
    );
    const rows = [village, '第1村', '册镇第2村', '邻镇第2村', '第2村'].map((name, at) => ({
      name: `村问${at}`,
      village: name,
    }));
    const checked = await check(rows);
    expect(codes(checked)).toEqual(['6 村（社区） village-ambiguous']);
    expect(checked.planned.map(({ division }) => division)).toEqual([village, village, villageOf(2), '999902002201']);
    expect(reportOf(checked, 'en').problems[0]?.suggestion).toContain(`${villageOf(2)} 册镇第2村`);
  });

  it('reads days as people and programs write them', async () => {
    for (const birthDate of ['1980-01-01', '1980/1/1', '1980年1月1日', '19800101', 29_221, '１９８０．１．１']) {
      const checked = await check([{ name: '甲', village, birthDate, idNumber: idNumber(8) }]);
      expect(codes(checked)).toEqual([]);
    }
  });

  it('refuses a file without the headings, with a strange or doubled one, or without rows', async () => {
    const of = async (heads: readonly string[], row: readonly string[]): Promise<string> => {
      const book = new exceljs.Workbook();
      const sheet = book.addWorksheet(peopleSheet);
      sheet.addRow([...heads]);
      if (row.length > 0) sheet.addRow([...row]);
      const done = await dryRunPeople(server.deps, {
        actor: keeper,
        bytes: new Uint8Array(await book.xlsx.writeBuffer()),
      });
      return done.ok ? 'read' : done.faults.map((one) => one.code).join();
    };
    expect(await of(['姓名'], ['甲'])).toBe('import-heading-missing');
    expect(await of(['姓名', '村（社区）', '宗教'], ['甲', village])).toBe('import-heading-unknown');
    expect(await of(['姓名', '村（社区）', '姓名'], ['甲', village])).toBe('import-heading-twice');
    expect(await of(['姓名', '村（社区）'], [])).toBe('import-empty');
    expect(await of(['Name', 'Village'], ['甲', village])).toBe('read');
  });

  it('offers a template that the check reads, with allowed values and notes', async () => {
    const bytes = await peopleTemplate();
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([peopleSheet, '填写说明']);
    expect(book.worksheets[0]?.getCell('B2').dataValidation?.formulae).toEqual(['"男,女"']);
    expect(book.worksheets[0]?.getColumn(4).numFmt).toBe('@');
    const done = await dryRunPeople(server.deps, { actor: keeper, bytes });
    expect(done.ok ? '' : done.faults[0]?.code).toBe('import-empty');
  });
});

describe('importing people 确认导入', () => {
  const full: Row = {
    name: '全项人',
    idNumber: idNumber(100),
    phone: '138 0000 1234',
    village,
    group: 3,
    household: '3组12号',
    member: '是',
    branch: '第1村党支部',
    post: '网格长',
    body: '第一网格',
    from: '2026-01-01',
    to: '2026-12-31',
  };

  it('writes persons, households, memberships and terms together, with counts and the hash of the file alone in its journal entry', async () => {
    const bytes = await bookOf([
      full,
      { name: '同户人', village, household: '3组12号', sex: '女', birthDate: '1990-05-01' },
    ]);
    const answer = await take(bytes);
    expect(answer).toMatchObject({
      status: 201,
      body: { counts: { persons: 2, households: 1, idNumbers: 1, phones: 1, members: 1, terms: 1 } },
    });
    const { owner } = server.database;
    const person = (await owner.query(`select * from lx.person where name = '全项人'`)).rows[0];
    expect(person).toMatchObject({
      sex: 'female',
      birth_year: 1980,
      villager_group: 3,
      division: village,
      made_up: false,
    });
    expect(
      (await owner.query(`select valid_to::text as last from lx.appointment where person = $1`, [person.id])).rows,
    ).toEqual([{ last: '2027-01-01' }]);
    expect((await owner.query('select count(*)::int as count from lx.household_member')).rows[0].count).toBe(2);
    const entries = (await owner.query(`select kind, pub, private from lx.journal_entry where command_id = 'import-1'`))
      .rows;
    expect(entries.map((entry) => entry.kind).toSorted()).toEqual(['record.change', 'role.grant']);
    const text = JSON.stringify(entries);
    for (const personal of ['全项人', '同户人', idNumber(100), '13800001234']) expect(text).not.toContain(personal);
    expect(entries.find((entry) => entry.kind === 'record.change')?.private).toMatchObject({
      what: 'import people',
      sha256: sha256Of(bytes),
      persons: 2,
      terms: 1,
    });
  });

  it('keeps numbers sealed: no table shows them, the key opens them in their place alone', async () => {
    const { owner } = server.database;
    const { rows } = await owner.query(
      `select i.kind, i.person, i.cipher, i.lookup_hash from lx.person_identity i join lx.person p on p.id = i.person where p.name = '全项人' order by kind`,
    );
    const seal = identitySeal(server.deps.keys);
    expect(rows.map(({ kind, person, cipher }) => seal.open({ county, person, kind }, cipher))).toEqual([
      idNumber(100),
      '13800001234',
    ]);
    const [first] = rows;
    expect(() => seal.open({ county, person: idOf('another'), kind: first.kind }, first.cipher)).toThrow(
      /authenticate/u,
    );
    expect(first.cipher.includes(Buffer.from(idNumber(100)))).toBe(false);
    await expect(
      inContext(server.deps, keeper.context, (tx) => tx.rows('select * from lx.person_identity')),
    ).rejects.toThrow(/permission denied/u);
  });

  it('answers a repeated confirmation once, and finds the same people when the file comes again', async () => {
    const bytes = await bookOf([{ name: '重复人', village, idNumber: idNumber(200) }]);
    expect(codeOf(await take(bytes, keeper, 'twice'))).toBe('done');
    const before = await state();
    expect(await take(bytes, keeper, 'twice')).toMatchObject({ status: 201, repeated: true });
    expect(codeOf(await take(bytes, keeper, 'thrice'))).toBe('import-rows-refused');
    expect(codes(await check([{ name: '重复人', village, idNumber: idNumber(200) }]))).toEqual([
      '2 身份证号 identity-number-known',
      '2 姓名 person-maybe-known',
    ]);
    expect(await state()).toBe(before);
  });

  it('tells a number that stands twice in the file, and hints at namesakes without refusing them', async () => {
    const checked = await check([
      { name: '双', village, idNumber: idNumber(300) },
      { name: '双', village, idNumber: idNumber(300).toLowerCase() },
      { name: '别', village: villageOf(2), idNumber: idNumber(301) },
    ]);
    expect(codes(checked)).toEqual(['3 身份证号 identity-number-twice', '3 姓名 person-maybe-twice']);
    expect(checked.refusedRows).toBe(1);
  });

  it('refuses a post whose seats are taken, counting the rows of the file', async () => {
    const seat = (name: string): Row => ({ name, village, post: '网格长', body: '第一网格', from: '2026-01-01' });
    expect(codes(await check([seat('子'), seat('丑')]))).toEqual([
      '2 岗位 establishment-full',
      '3 岗位 establishment-full',
    ]);
  });

  it('imports nothing while one row is wrong, and nothing when the file is not the one that was checked', async () => {
    const before = await state();
    const rows = Array.from({ length: 50 }, (_, at) => ({ name: `半${at}`, village, household: `半${at}号` }));
    const bytes = await bookOf([...rows, { name: '错', village, phone: '1' }]);
    expect(codeOf(await take(bytes))).toBe('import-rows-refused');
    const good = await bookOf(rows);
    const changed = await importPeople(server.deps, {
      actor: keeper,
      bytes: good,
      commandId: 'changed',
      sha256: sha256Of(bytes),
    });
    expect(codeOf(changed)).toBe('import-file-changed');
    expect(await state()).toBe(before);
  });

  it('writes nothing at all when the database fails in the middle', async () => {
    const { owner } = server.database;
    const before = await state();
    await owner.query(`alter table lx.person add constraint stop_here check (name <> '断1500')`);
    const rows = Array.from({ length: 2000 }, (_, at) => ({
      name: `断${at}`,
      village,
      phone: `1390000${String(at).padStart(4, '0')}`,
    }));
    await expect(take(await bookOf(rows))).rejects.toThrow(/stop_here/u);
    await owner.query('alter table lx.person drop constraint stop_here');
    expect(await state()).toBe(before);
  });

  it('takes ten thousand rows in one transaction and tells how far it is', async () => {
    const started = performance.now();
    const rows = Array.from({ length: 10_000 }, (_, at) => ({
      name: `万${at}`,
      idNumber: idNumber(at % 1000, `19${String(50 + Math.floor(at / 1000)).padStart(2, '0')}0615`),
      phone: `137${String(at).padStart(8, '0')}`,
      village: `第${(at % 12) + 1}村`.replace('第2村', '册镇第2村'),
      group: (at % 9) + 1,
      household: `万${at >> 2}号`,
    }));
    const bytes = await bookOf(rows);
    const made = performance.now();
    const checked = await dryRunPeople(server.deps, { actor: keeper, bytes });
    const looked = performance.now();
    expect(checked.ok && checked.value.refusedRows).toBe(0);
    const heard: string[] = [];
    const answer = await importPeople(server.deps, {
      actor: keeper,
      bytes,
      commandId: 'ten-thousand',
      sha256: sha256Of(bytes),
      onProgress: (part, done) => heard.push(`${part} ${done}`),
    });
    const done = performance.now();
    expect(answer).toMatchObject({
      body: { counts: { persons: 10_000, idNumbers: 10_000, phones: 10_000, members: 0, terms: 0 } },
    });
    expect(heard.slice(0, 3)).toEqual(['read 0', 'check 0', 'write 1000']);
    expect(heard.at(-1)).toBe('done 10000');
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    process.stdout.write(
      `10 000 rows: check ${seconds(made, looked)} s, import ${seconds(looked, done)} s (file ${bytes.length} bytes, made in ${seconds(started, made)} s)\n`,
    );
  }, 180_000);
});

describe('who may import people 导入权限', () => {
  const bytes = async (): Promise<Uint8Array> => bookOf([{ name: '权限人', village, phone: '13700000001' }]);
  const refused = async (
    actor: typeof keeper | ReturnType<typeof residentOf>,
    rows?: readonly Row[],
  ): Promise<string> => {
    const before = await state();
    const file = rows === undefined ? await bytes() : await bookOf(rows);
    const code = codeOf(await take(file, actor as typeof keeper));
    expect(await state()).toBe(before);
    return code;
  };

  it('refuses a resident, an office without the duty, another township and another county, and nothing changes', async () => {
    expect(await refused(residentOf(village, '村民'))).toBe('not-found');
    expect(await refused(officeOver(village, []))).toBe('capability-missing');
    expect(await refused(officeOver(whole, ['keep-bodies', 'audit', 'read-members']))).toBe('capability-missing');
    expect(await refused(officeOver(otherTown, ['import', 'appoint']))).toBe('import-rows-refused');
    expect(await refused(officeOver('999901000000', ['import', 'appoint']))).toBe('import-rows-refused');
  });

  it('refuses terms and Party memberships to who may not appoint or read members', async () => {
    const admin = officeOver(whole, ['administer', 'import']);
    const term: Row = { name: '岗', village, post: '网格长', body: '第一网格', from: '2026-01-01' };
    const member: Row = { name: '党', village, member: '是', branch: '第1村党支部' };
    expect(await refused(admin, [term])).toBe('capability-missing');
    expect(await refused(admin, [member])).toBe('capability-missing');
    expect(await refused(townKeeper, [member])).toBe('capability-missing');
  });

  it('gives nobody a post that administers the system: one person’s file is not two persons (T21)', async () => {
    await server.database.owner.query(
      `insert into lx.post (id, title, title_en, body_kind, level, capabilities) values ('steward', '管理员', 'Steward', 'grid', 'group', '{administer}')`,
    );
    const term: Row = { name: '管', village, post: '管理员', body: '第一网格', from: '2026-01-01' };
    expect(codes(await check([term]))).toEqual(['2 岗位 second-person-needed']);
    expect(await refused(keeper, [term])).toBe('import-rows-refused');
  });

  it('lets a township import inside its range, and refuses the rows of a village outside it', async () => {
    expect(codeOf(await take(await bytes(), townKeeper))).toBe('done');
    const mixed: Row[] = [
      { name: '内', village },
      { name: '外', village: otherVillage },
    ];
    expect(codes(await check(mixed, townKeeper))).toEqual(['3 村（社区） village-unknown']);
    expect(await refused(townKeeper, mixed)).toBe('import-rows-refused');
  });

  it('tells an office nothing of a number that somebody outside its range bears, and tells the county', async () => {
    const other = officeOver(otherTown, ['appoint']);
    const rows: Row[] = [{ name: '同号人', village, idNumber: idNumber(900, '19700101') }];
    const before = await check(rows, townKeeper);
    const elsewhere = await bookOf([{ name: '邻镇人', village: otherVillage, idNumber: idNumber(900, '19700101') }]);
    expect(codeOf(await take(elsewhere, other))).toBe('done');
    const after = await check(rows, townKeeper);
    expect(reportOf(after, 'zh-CN')).toEqual({ ...reportOf(before, 'zh-CN'), sha256: after.sha256 });
    expect(codes(await check(rows, keeper))).toEqual(['2 身份证号 identity-number-known']);
    expect(codeOf(await take(await bookOf(rows), townKeeper))).toBe('done');
  });

  it('writes down who compared identity numbers, and what for', async () => {
    const count = async (): Promise<number> =>
      (
        await server.database.owner.query(
          `select count(*)::int as count from lx.access_log where what = 'person_identity' and person = $1`,
          [keeper.context.uid],
        )
      ).rows[0].count;
    const before = await count();
    await check([{ name: '查', village }]);
    expect(await count()).toBe(before + 1);
  });
});
