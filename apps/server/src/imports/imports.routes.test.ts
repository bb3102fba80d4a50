import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import type { PeopleImportDone, PeopleImportReport } from '@lianxin/contract';
import { sha256Of } from './people/import-people.js';

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const bookOf = async (rows: readonly (readonly string[])[]): Promise<Uint8Array> => {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('人员');
  sheet.addRow(['姓名', '身份证号', '村（社区）']);
  for (const row of rows) sheet.addRow([...row]);
  return new Uint8Array(await book.xlsx.writeBuffer());
};

let server: TestServer;
let admin: SignedInClient;
let clerk: SignedInClient;
let resident: SignedInClient;

const send = async (
  who: SignedInClient | undefined,
  path: string,
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', new File([Buffer.from(bytes)], '人员.xlsx', { type: sheetType }));
  return server.request(`/api/imports/people${path}`, {
    method: 'POST',
    body,
    headers: { ...(who === undefined ? {} : { cookie: who.cookie }), 'idempotency-key': 'no-key', ...headers },
  });
};
const persons = async (): Promise<number> =>
  (await server.database.owner.query('select count(*)::int as count from lx.person')).rows[0].count;

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaAccounts(server.database.owner);
  admin = await signIn(server, 'county.officer');
  clerk = await signIn(server, 'upper.clerk');
  resident = await signIn(server, 'upper.resident');
});
afterAll(async () => server.close());

describe('import of people over HTTP', () => {
  it('goes from template to check to confirmation, with progress, and answers a second confirmation the same', async () => {
    const template = await admin.get('/api/imports/people/template');
    expect(template.status).toBe(200);
    expect(template.headers.get('content-type')).toBe(sheetType);
    const bytes = await bookOf([['新茶人', '11010519491231002X', teaCounty.divisions.upper]]);
    const checked = await send(admin, '/check', bytes, { run: 'run-00000001' });
    expect(checked.status).toBe(200);
    const report = (await checked.json()) as PeopleImportReport;
    expect(report).toMatchObject({ rows: 1, refusedRows: 0, ready: true, problems: [], sha256: sha256Of(bytes) });
    const progress = await admin.get('/api/imports/progress/run-00000001');
    expect(await progress.json()).toEqual({ part: 'done', done: 1, total: 1 });
    expect(await (await clerk.get('/api/imports/progress/run-00000001')).json()).toMatchObject({ part: 'waiting' });
    const before = await persons();
    const key = { 'idempotency-key': 'tea-import-1' };
    const done = await send(admin, '', bytes, { sha256: report.sha256 }, key);
    expect(done.status).toBe(201);
    expect(((await done.json()) as PeopleImportDone).counts).toMatchObject({ persons: 1, idNumbers: 1 });
    expect((await send(admin, '', bytes, { sha256: report.sha256 }, key)).status).toBe(201);
    expect(await persons()).toBe(before + 1);
  });

  it('says in the reader’s language what is wrong, on screen and as xlsx', async () => {
    const bytes = await bookOf([['错号', '110105194912310020', '没有的村']]);
    const report = (await (
      await send(admin, '/check', bytes, {}, { 'accept-language': 'en' })
    ).json()) as PeopleImportReport;
    expect(report.problems.map((one) => one.code)).toEqual(['identity-number-check', 'village-unknown']);
    expect(report.problems[0]?.why).toContain('check character');
    const sheet = await send(admin, '/report', bytes);
    expect(sheet.status).toBe(200);
    expect(sheet.headers.get('cache-control')).toBe('no-store');
    const refused = await send(admin, '', bytes, { sha256: report.sha256 }, { 'idempotency-key': 'tea-import-2' });
    expect(refused.status).toBe(422);
  });

  it('refuses a visitor, a resident and an office without the duty on every address, and nothing changes', async () => {
    const bytes = await bookOf([['权限人', '', teaCounty.divisions.upper]]);
    const sha256 = sha256Of(bytes);
    const before = await persons();
    for (const [path, fields] of [
      ['/check', {}],
      ['/report', {}],
      ['', { sha256 }],
    ] as const) {
      expect((await send(undefined, path, bytes, fields)).status).toBe(401);
      expect((await send(resident, path, bytes, fields)).status).toBe(404);
      expect((await send(clerk, path, bytes, fields)).status).toBe(403);
    }
    expect((await resident.get('/api/imports/people/template')).status).toBe(404);
    expect((await clerk.get('/api/imports/people/template')).status).toBe(403);
    expect(await persons()).toBe(before);
  });

  it('refuses what is no workbook with 415, and what is too large with 413', async () => {
    expect((await send(admin, '/check', Buffer.from('姓名,村\n'.repeat(9)))).status).toBe(415);
    expect((await send(admin, '/check', Buffer.alloc(11 * 1_048_576))).status).toBe(413);
    expect((await send(admin, '/check', Buffer.alloc(30 * 1_048_576))).status).toBe(413);
  });
});
