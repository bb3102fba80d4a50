import { describe, expect, it } from 'vitest';
import { idOf, registerCounty, villageOf } from '@lianxin/testkit/database';
import { inContext } from '../../storage/index.js';
import { dryRunPeople, importPeople, sha256Of } from './import-people.js';
import { identitySeal } from './seal-identity.js';
import { bookOf, codeOf, codes, idNumber, importCounty, keeper, village, type Row } from './test-pack/import-county.js';

const { county } = registerCounty;
const { check, server, state, take } = importCounty();

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
    const { owner } = server().database;
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
    const { owner } = server().database;
    const { rows } = await owner.query(
      `select i.kind, i.person, i.cipher, i.lookup_hash from lx.person_identity i join lx.person p on p.id = i.person where p.name = '全项人' order by kind`,
    );
    const seal = identitySeal(server().deps.keys);
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
      inContext(server().deps, keeper.context, (tx) => tx.rows('select * from lx.person_identity')),
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
    const changed = await importPeople(server().deps, {
      actor: keeper,
      bytes: good,
      commandId: 'changed',
      sha256: sha256Of(bytes),
    });
    expect(codeOf(changed)).toBe('import-file-changed');
    expect(await state()).toBe(before);
  });

  it('writes nothing at all when the database fails in the middle', async () => {
    const { owner } = server().database;
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
    const checked = await dryRunPeople(server().deps, { actor: keeper, bytes });
    const looked = performance.now();
    expect(checked.ok && checked.value.refusedRows).toBe(0);
    const heard: string[] = [];
    const answer = await importPeople(server().deps, {
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
