import type {
  LedgerPage,
  RecordDetail,
  RecordImport,
  RecordRow,
  RegisterView,
  SharedExport,
  SharedItemView,
} from '@lianxin/contract';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
  sumOfTables,
} from '@lianxin/testkit/database';
import { rebuild } from '../storage/rebuild.js';
import { sheetOf } from '../sheets/index.js';
import { recordsFeature } from './index.js';
import { addTeaRegisters } from './test-pack/tea-registers.js';

const { upper, lower, north, county } = teaCounty.divisions;
const rooms = '/api/registers/tea-rooms';
let server: TestServer;
let clerk: SignedInClient;
let neighbour: SignedInClient;
let officer: SignedInClient;
let countyOfficer: SignedInClient;
let resident: SignedInClient;
let stranger: SignedInClient;

const room = (name: string, slot = 'morning', seats = 8) => ({
  division: upper,
  on: '2026-03-01',
  fields: { room: name, slot, seats },
});
const enter = async (body: object, who = clerk): Promise<string> => {
  const answer = await who.send('POST', `${rooms}/records`, body);
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
};
const read = async (id: string, on?: string): Promise<RecordDetail> => {
  const answer = await clerk.get(`/api/records/${id}${on === undefined ? '' : `?on=${on}`}`);
  if (answer.status !== 200) throw new Error(await answer.text());
  return (await answer.json()) as RecordDetail;
};
const standing = async (): Promise<string> =>
  sumOfTables(server.database.owner, ['record', 'record_change', 'journal_entry']);
/** Sends a sheet for import, or for its report. */
const sendSheet = async (
  bytes: Uint8Array,
  dryRun: boolean,
  who = clerk,
  what = 'import',
  division: string = upper,
) => {
  const form = new FormData();
  form.set('division', division);
  form.set('dryRun', dryRun ? 'yes' : 'no');
  form.set('file', new File([bytes as Uint8Array<ArrayBuffer>], 'rooms.xlsx'));
  return server.request(`${rooms}/${what}`, {
    method: 'POST',
    headers: { cookie: who.cookie, 'idempotency-key': crypto.randomUUID() },
    body: form,
  });
};
type Line = readonly (string | number | null)[];
const sheet = (lines: readonly Line[], head = ['茶室', '时段', '座位', '启用日期']) =>
  sheetOf(
    '茶室',
    head.map((title, at) => ({ title, value: (line: Line) => line[at] ?? null })),
    lines,
  );
const cellsOf = async (answer: Response): Promise<unknown[][]> => {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(await answer.arrayBuffer()) as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
};

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaRegisters(server.database.owner, teaCounty.county);
  await addTeaAccounts(server.database.owner);
  clerk = await signIn(server, 'upper.clerk');
  neighbour = await signIn(server, 'lower.clerk');
  officer = await signIn(server, 'north.officer');
  countyOfficer = await signIn(server, 'county.officer');
  resident = await signIn(server, 'upper.resident');
  stranger = await signIn(server, 'south.officer');
});
afterAll(async () => server.close());

describe('records of a register', () => {
  it('are entered, changed from a day on, corrected and ended, and every change stays readable with its day and reason', async () => {
    const id = await enter(room('一号'));
    const change = await clerk.send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: '换了大桌',
      fields: { seats: 12 },
    });
    expect(change.status).toBe(201);
    const wrong = ((await change.json()) as { change: string }).change;
    const corrected = await clerk.send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: '数错了',
      fields: { seats: 10 },
      corrects: wrong,
    });
    expect(corrected.status).toBe(201);
    expect((await read(id)).fields).toMatchObject({ seats: 10 });
    expect((await read(id, '2026-03-01')).fields).toMatchObject({ seats: 8 });
    const ended = await clerk.send('POST', `/api/records/${id}/end`, { on: '2026-03-02', reason: '拆除' });
    expect(ended.status).toBe(201);
    const detail = await read(id);
    expect(detail.endedOn).toBe('2026-03-02');
    expect(detail.history.map((each) => [each.kind, each.reason, each.correctedBy !== null])).toEqual([
      ['enter', '', false],
      ['change', '换了大桌', true],
      ['change', '数错了', false],
      ['end', '拆除', false],
    ]);
    expect(detail.history[2]?.fields).toEqual([{ id: 'seats', title: '座位', from: '8', to: '10' }]);
    const more = await clerk.send('POST', `/api/records/${id}/changes`, { on: '2026-03-02', reason: '改', fields: {} });
    expect(await codesOf(more)).toEqual(['record-ended']);
  });

  it('are refused with every reason: wrong values, a taken key with what is free, a full room, a day to come, a missing reason', async () => {
    const id = await enter(room('二号'));
    const before = await standing();
    const tries: [object, string[]][] = [
      [{ ...room('三号'), fields: { room: '三号', slot: 'night', seats: 99 } }, ['field-invalid', 'field-invalid']],
      [room('二号'), ['record-key-taken']],
      [{ ...room('四号'), on: '2026-03-03' }, ['date-in-future']],
      [{ ...room('五号'), fields: { room: '五号', slot: 'morning', seats: 3, colour: '红' } }, ['field-unknown']],
    ];
    for (const [body, codes] of tries) {
      expect(await codesOf(await clerk.send('POST', `${rooms}/records`, body))).toEqual(codes);
    }
    const silent = await clerk.send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: ' ',
      fields: {},
    });
    expect(await codesOf(silent)).toEqual(['reason-missing']);
    const early = await clerk.send('POST', `/api/records/${id}/changes`, {
      on: '2026-02-01',
      reason: '早',
      fields: {},
    });
    expect(await codesOf(early)).toEqual(['change-before-entry']);
    expect(await standing()).toBe(before);
  });

  it('of two entries for one key sent at once, exactly one is taken', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => clerk.send('POST', `${rooms}/records`, room('抢订'))));
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
  });

  it('give the first answer again for the same command, and one record', async () => {
    const headers = { 'idempotency-key': 'room-once' };
    const first = await clerk.send('POST', `${rooms}/records`, room('重发'), headers);
    const again = await clerk.send('POST', `${rooms}/records`, room('重发'), headers);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('are listed a page at a time, each once', async () => {
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const answer = await clerk.get(
        `${rooms}/records?division=${upper}&limit=2${after === '' ? '' : `&after=${after}`}`,
      );
      const page = (await answer.json()) as { records: RecordRow[]; next: string | null };
      seen.push(...page.records.map((each) => each.id));
      if (page.next === null) break;
      after = page.next;
    }
    const { rows } = await server.database.owner.query(`select id from lx.record where ended_on is null order by id`);
    expect(seen).toEqual(rows.map((row: { id: string }) => row.id));
  });

  it('follow from their changes: rebuild finds no difference, and finds one that was made by hand', async () => {
    const client = await server.database.owner.connect();
    const [report] = await rebuild(client, [recordsFeature], '2026-03-02T02:00:00Z');
    expect(report).toMatchObject({ name: 'record', differing: 0 });
    expect(report?.rows).toBeGreaterThan(3);
    const { rows } = await server.database.owner.query<{ id: string }>(`select id from lx.record order by id limit 1`);
    const tamper = (sql: string) => server.database.owner.query(sql, [rows[0]?.id]);
    await tamper(`update lx.record set version = version + 1 where id = $1`);
    expect((await rebuild(client, [recordsFeature], '2026-03-02T02:00:00Z'))[0]?.differing).toBe(1);
    await tamper(`update lx.record set version = version - 1 where id = $1`);
    client.release();
  });
});

describe('who may keep and read a register', () => {
  it('everybody else is refused by every command and query, and nothing changes', async () => {
    const id = await enter(room('门禁'));
    const before = await standing();
    const body = { on: '2026-03-02', reason: '试', fields: { seats: 1 } };
    const tries = (who: SignedInClient): Promise<Response>[] => [
      who.send('POST', `${rooms}/records`, room('越权')),
      who.send('POST', `/api/records/${id}/changes`, body),
      who.send('POST', `/api/records/${id}/end`, { on: '2026-03-02', reason: '试' }),
      who.get(`${rooms}/records?division=${upper}`),
      who.get(`/api/records/${id}`),
      who.get(`${rooms}/ledgers/own?division=${upper}`),
      who.get(`${rooms}/records.xlsx?division=${upper}`),
      who.get(`${rooms}/template.xlsx?division=${upper}`),
      who.get(`${rooms}/ledgers/own/sheet.xlsx?division=${upper}`),
      who.get(`/api/registers?division=${upper}`),
    ];
    for (const who of [neighbour, resident, stranger]) {
      const answers = await Promise.all(tries(who));
      for (const answer of answers) {
        expect(answer.status).toBe(404);
        expect(await codesOf(answer)).toEqual(['not-found']);
      }
      const bytes = await sheet([['越权', '上午', 3, null]]);
      expect((await sendSheet(bytes, false, who)).status).toBe(404);
      expect((await sendSheet(bytes, true, who, 'import-report.xlsx')).status).toBe(404);
    }
    const visitor = await server.request(`${rooms}/records?division=${upper}`);
    expect(visitor.status).toBe(401);
    expect(await standing()).toBe(before);
  });

  it('an office in range that is no keeper is told what duty it takes; a ledger made for its level it may see', async () => {
    const helpers = '/api/registers/tea-helpers';
    const refused = [
      await officer.get(`${helpers}/records?division=${upper}`),
      await officer.send('POST', `${helpers}/records`, { division: upper, on: '2026-03-01', fields: { name: '甲' } }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(await codesOf(answer)).toEqual(['capability-missing']);
    }
    const seen = (await (await countyOfficer.get(`/api/registers?division=${county}`)).json()) as {
      registers: RegisterView[];
    };
    expect(seen.registers.map((each) => each.id)).toEqual(['tea-rooms']);
    expect((await officer.get(`${rooms}/ledgers/by-slot?division=${north}`)).status).toBe(200);
  });

  it('a register about people leaves a line for every reading', async () => {
    const count = async () =>
      Number(
        (
          await server.database.owner.query(
            `select count(*) as n from lx.access_log where what = 'register tea-helpers'`,
          )
        ).rows[0].n,
      );
    const before = await count();
    await clerk.get(`/api/registers/tea-helpers/records?division=${upper}`);
    await clerk.get(`/api/registers/tea-helpers/records.xlsx?division=${upper}`);
    expect(await count()).toBe(before + 2);
  });
});

describe('what another register knows', () => {
  it('limits by it, shows it, never takes it typed, and lets the third in with a decision and a word of advice', async () => {
    await enter(room('小间', 'morning', 2));
    const shifts = '/api/registers/tea-shifts';
    const put = (helper: string, more = {}) =>
      clerk.send('POST', `${shifts}/records`, {
        division: upper,
        on: '2026-03-01',
        fields: { helper, room: '小间', slot: 'morning', ...more },
      });
    const first = await put('甲');
    expect(await first.json()).toMatchObject({ advice: [] });
    expect((await put('乙')).status).toBe(201);
    const before = await standing();
    expect(await codesOf(await put('丙'))).toEqual(['record-guard-failed']);
    expect(await codesOf(await put('丙', { seats: 99 }))).toEqual(['field-unknown', 'record-guard-failed']);
    expect(await standing()).toBe(before);
    const third = await put('丙', { decision: '村委会第三次会议' });
    expect(third.status).toBe(201);
    const { id, advice } = (await third.json()) as { id: string; advice: string[] };
    expect(advice).toEqual(['值班的人比座位多']);
    const detail = await read(id);
    expect(detail).toMatchObject({ fields: { helper: '丙', seats: 2 }, advice: ['值班的人比座位多'] });
    expect(detail.register.fields.filter((field) => field.known).map((field) => field.id)).toEqual(['seats']);
    const kept = await server.database.owner.query<{ fields: object }>(`select fields from lx.record where id = $1`, [
      id,
    ]);
    expect(kept.rows[0]?.fields).not.toHaveProperty('seats');
    const page = (await (await clerk.get(`${shifts}/ledgers/rooms?division=${upper}`)).json()) as LedgerPage;
    expect(page.columns).toEqual(['谁值班', '座位', '提示']);
    expect(page.composition).toEqual([{ title: '小间', parts: [{ title: '值班', said: '3/2', standing: 'over' }] }]);
    expect(await cellsOf(await clerk.get(`${shifts}/template.xlsx?division=${upper}`))).toEqual([
      ['谁值班', '茶室', '时段', '加人的决定'],
    ]);
  });
});

describe('a fact that terms of office hold already', () => {
  it('is asked once: post and first day stand in the register as appointed, never typed, and end with the term [DY-02]', async () => {
    const cadres = '/api/registers/tea-cadres';
    const { name, person } = teaPeople.upperResident;
    const { office } = teaPeople.upperClerk;
    const { owner } = server.database;
    const term = crypto.randomUUID();
    await owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, '2026-02-01', now())`,
      [county.slice(0, 6), term, upper, person, office?.post, office?.body, name],
    );
    const entry = { division: upper, on: '2026-03-01', fields: { person: name, village: upper } };
    const typed = { ...entry, fields: { ...entry.fields, posts: ['tea-village-clerk'] } };
    expect(await codesOf(await clerk.send('POST', `${cadres}/records`, typed))).toEqual(['field-unknown']);
    const entered = await clerk.send('POST', `${cadres}/records`, entry);
    const { id } = (await entered.json()) as { id: string };
    expect((await read(id)).fields).toMatchObject({ posts: ['tea-village-clerk'], 'in-post-from': '2026-02-01' });
    await owner.query(`update lx.appointment set valid_to = '2026-03-01' where id = $1`, [term]);
    const noMore = (await read(id)).fields;
    expect([noMore['posts'], noMore['in-post-from']]).toEqual([undefined, undefined]);
  });
});

describe('what is shared with other systems', () => {
  const share = (who: SignedInClient, item = 'rooms-to-guide', division: string = upper) =>
    who.send('POST', `/api/sharing/${item}/exports`, { division });
  const log = async (): Promise<LedgerPage> =>
    (await (await clerk.get(`/api/registers/tea-exports/ledgers/all?division=${upper}`)).json()) as LedgerPage;

  it('an export has the listed fields alone and leaves a log entry with its purpose and the number of records [DY-53]', async () => {
    await enter({ ...room('共享间'), fields: { room: '共享间', slot: 'morning', seats: 8, opened: '2026-02-01' } });
    const items = (await (await clerk.get(`/api/sharing?division=${upper}`)).json()) as { items: SharedItemView[] };
    expect(items.items).toMatchObject([
      { id: 'rooms-to-guide', purpose: '在导览图上显示茶室', register: 'tea-rooms', legalBasis: [] },
      { id: 'helpers-to-watch', security: true, legalBasis: ['TC-ART-4'] },
    ]);
    const page = await clerk.get(`${rooms}/records?division=${upper}&limit=200`);
    const { records } = (await page.json()) as { records: RecordRow[] };
    const answer = await share(clerk);
    expect(answer.status).toBe(201);
    const shared = (await answer.json()) as SharedExport;
    expect(shared).toMatchObject({ to: '茶县导览', purpose: '在导览图上显示茶室', count: records.length });
    expect(shared.fields).toEqual([
      { id: 'room', title: '茶室' },
      { id: 'slot', title: '时段' },
    ]);
    expect(shared.records).toHaveLength(records.length);
    expect(shared.records).toContainEqual({ room: '共享间', slot: 'morning' });
    expect(new Set(shared.records.flatMap((each) => Object.keys(each)))).toEqual(new Set(['room', 'slot']));
    const logged = await log();
    expect(logged.rows.map((row) => row.cells)).toEqual([
      ['茶室位置', '在导览图上显示茶室', String(records.length), '茶室；时段'],
    ]);
    const read = await server.database.owner.query<{ purpose: string }>(
      `select purpose from lx.access_log where what = 'sharing rooms-to-guide'`,
    );
    expect(read.rows).toEqual([{ purpose: '在导览图上显示茶室' }]);
    const kept = await server.database.owner.query<{ answer: string }>(
      `select answer::text as answer from lx.command where route = 'POST /api/sharing/{item}/exports'`,
    );
    expect(kept.rows.map((row) => row.answer.includes('共享间'))).toEqual([false]);
  });

  it('a neighbour, a resident, an office of another place and an item that is not listed get nothing, and nothing is logged [DY-53]', async () => {
    const before = await standing();
    for (const who of [neighbour, resident, stranger]) {
      const refused = await share(who);
      expect([refused.status, await codesOf(refused)]).toEqual([404, ['not-found']]);
      expect((await who.get(`/api/sharing?division=${upper}`)).status).toBe(404);
    }
    expect(await codesOf(await share(clerk, 'rooms-to-police'))).toEqual(['not-found']);
    const noKeeper = await share(officer, 'helpers-to-watch');
    expect([noKeeper.status, await codesOf(noKeeper)]).toEqual([403, ['capability-missing']]);
    const visitor = await server.request(`/api/sharing?division=${upper}`);
    expect(visitor.status).toBe(401);
    expect(await standing()).toBe(before);
  });
});

describe('ledgers and sheets', () => {
  it('a ledger counts the choices and adds up, and its sheet holds the same', async () => {
    await enter({ ...room('下茶', 'afternoon', 5), division: lower }, neighbour);
    const own = (await (await neighbour.get(`${rooms}/ledgers/by-slot?division=${lower}`)).json()) as LedgerPage;
    expect(own).toMatchObject({
      columns: ['茶室', '座位'],
      rows: [{ cells: ['下茶', '5'] }],
      groups: [
        { title: '上午', rows: 0 },
        { title: '下午', rows: 1 },
      ],
      sums: [{ title: '座位', total: 5 }],
    });
    const exported = await cellsOf(await neighbour.get(`${rooms}/ledgers/by-slot/sheet.xlsx?division=${lower}`));
    expect(exported).toEqual([
      ['茶室', '座位'],
      ['下茶', '5'],
      ['合计', 1],
      ['上午', 0],
      ['下午', 1],
      ['座位', 5],
    ]);
  });

  it('a dry run reports row, column, reason and suggestion and keeps nothing; with a fault nothing at all is taken in', async () => {
    const bytes = await sheet([
      ['导一', '上午', 6, '2026/3/1'],
      ['导二', '夜里', '六', null],
      ['导一', '上午', 6, null],
    ]);
    const before = await standing();
    const dry = await sendSheet(bytes, true);
    expect(dry.status).toBe(200);
    const report = (await dry.json()) as RecordImport;
    expect(report).toMatchObject({ rows: 1, imported: 0 });
    expect(report.faults.map((each) => [each.row, each.column, each.suggestion])).toEqual([
      [3, '时段', '可以填：上午、下午'],
      [3, '座位', '只填数字，不带单位'],
      [4, '茶室', '还可以选：下午。'],
    ]);
    const real = await sendSheet(bytes, false);
    expect(real.status).toBe(200);
    expect(await standing()).toBe(before);
    const asSheet = await cellsOf(await sendSheet(bytes, true, clerk, 'import-report.xlsx'));
    expect(asSheet[0]).toEqual(['行', '栏目', '原因', '建议']);
    expect(asSheet).toHaveLength(4);
  });

  it('a repaired sheet is taken in whole, and an export comes back as nothing but taken keys', async () => {
    const lines = Array.from({ length: 200 }, (_, at): Line => [
      `=室${at}`,
      at % 2 === 0 ? '上午' : '下午',
      6,
      '2026年3月1日',
    ]);
    const answer = await sendSheet(await sheet(lines), false, neighbour, 'import', lower);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ rows: 200, imported: 200, faults: [] });
    const page = await neighbour.get(`${rooms}/records?division=${lower}&limit=2`);
    const { records } = (await page.json()) as { records: RecordRow[] };
    expect(records[1]?.fields).toEqual({ room: '=室0', slot: 'morning', seats: 6, opened: '2026-03-01' });
    const exported = await neighbour.get(`${rooms}/records.xlsx?division=${lower}`);
    const again = await sendSheet(new Uint8Array(await exported.arrayBuffer()), false, neighbour, 'import', lower);
    const report = (await again.json()) as RecordImport;
    expect(report).toMatchObject({ rows: 0, imported: 0 });
    expect(report.faults).toHaveLength(201);
  });

  it('the template has the columns of the register, and a file that is no sheet is refused', async () => {
    expect(await cellsOf(await clerk.get(`${rooms}/template.xlsx?division=${upper}`))).toEqual([
      ['茶室', '时段', '座位', '启用日期'],
    ]);
    const answer = await sendSheet(new TextEncoder().encode('no sheet'), true);
    expect(await codesOf(answer)).toEqual(['sheet-unreadable']);
  });
});
