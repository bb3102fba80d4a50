import { describe, expect, it } from 'vitest';
import { officeOver, registerCounty, residentOf } from '@lianxin/testkit/database';
import { reportOf } from './report.js';
import {
  bookOf,
  codeOf,
  codes,
  idNumber,
  importCounty,
  keeper,
  townKeeper,
  village,
  type Row,
} from './test-pack/import-county.js';

const { whole, otherTown, otherVillage } = registerCounty;
const { check, server, state, take } = importCounty();

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
    await server().database.owner.query(
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
        await server().database.owner.query(
          `select count(*)::int as count from lx.access_log where what = 'person_identity' and person = $1`,
          [keeper.context.uid],
        )
      ).rows[0].count;
    const before = await count();
    await check([{ name: '查', village }]);
    expect(await count()).toBe(before + 1);
  });
});
