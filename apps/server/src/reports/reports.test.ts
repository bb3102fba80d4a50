import { teaCounty, teaPeople, codesOf } from '@lianxin/testkit/database';
import {
  ReportName,
  type AdmissionReport,
  type FinishedInVillageReport,
  type LeaderPage,
  type Ledger,
  type MatterDetail,
  type Opened,
  type OneTimeNoticeReport,
  type OrdersReport,
  type RatingsReport,
  type RecurringReport,
  type SettledReport,
} from '@lianxin/contract';
import { Workbook } from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetDirectory } from '../matters/index.js';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';

const { divisions } = teaCounty;
let tea: TeaServer;

beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'lowerClerk', 'northOfficer', 'countyOfficer'], '2026-03-02T01:00:00.000Z');
});
afterAll(() => tea.server.close());

const get = async <Report>(
  person: 'upperClerk' | 'lowerClerk' | 'northOfficer' | 'countyOfficer',
  path: string,
): Promise<Report> => {
  const answer = await tea.as(person).get(path);
  if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Report;
};

/** A request solved in the village and confirmed by the resident. */
const solved = async (): Promise<Opened> => {
  const opened = await tea.tell('need', { wanted: '修灯' });
  await tea.act('upperClerk', opened.id, 'accept');
  await tea.act('upperClerk', opened.id, 'feedback', { told: '好' });
  await tea.act('upperClerk', opened.id, 'claim-done', { outcome: '修好' });
  expect((await tea.byReceipt(opened, 'confirm')).status).toBe(200);
  return opened;
};

describe('ratings', () => {
  it('shows 90% of 20 ratings and a 40% answer share for 50 closed cases, with a follow-up for each of 2 low ones [DY-71]', async () => {
    const cases: Opened[] = [];
    for (let at = 0; at < 50; at += 1) cases.push(await solved());
    for (const [at, opened] of cases.slice(0, 20).entries()) {
      expect((await tea.byReceipt(opened, 'rate', { stars: at < 18 ? 4 : 2 })).status).toBe(200);
    }
    const report = await get<RatingsReport>('northOfficer', '/api/reports/ratings');
    expect(report.total).toEqual({
      closed: 50,
      rated: 20,
      answerShare: { count: 20, of: 50, percent: 40 },
      satisfied: { count: 18, of: 20, percent: 90 },
      low: 2,
      followUps: 2,
    });
    expect(report.rows[0]).toMatchObject({
      name: '上茶村',
      average: 3.8,
      suppressed: false,
      followUps: 2,
      followUpsDone: 0,
    });
    const inbox = await get<{ items: { what: string }[] }>('upperClerk', '/api/inbox?kind=low-rating');
    expect(inbox.items).toHaveLength(2);
  });

  it('shows the handler no rating and no name, and no average of fewer than five [DY-71]', async () => {
    const { rows } = await tea.server.database.owner.query<{ id: string }>(
      'select id from lx.matter where rating = 2 limit 1',
    );
    const id = rows[0]?.id ?? '';
    const handler = await tea.read('upperClerk', id);
    expect([handler.rating, handler.acts.some((act) => act.act === 'rate')]).toEqual([null, false]);
    expect((await tea.read('northOfficer', id)).rating).toBe(2);
    const follow = await tea.server.database.owner.query<{ text: string }>(
      `select text from lx.follow_up where cause = 'low-rating'`,
    );
    expect(follow.rows.every((row) => /^\S+ 收到不满意评价/u.test(row.text))).toBe(true);
    const few = await get<RatingsReport>('northOfficer', '/api/reports/ratings?from=2027-01-01');
    expect(few.rows).toEqual([]);
    const errand = await tea.tell('errand', { wanted: '代办' });
    await tea.act('upperClerk', errand.id, 'receive');
    await tea.act('upperClerk', errand.id, 'sign-window');
    await tea.act('upperClerk', errand.id, 'delivered');
    await tea.act('upperClerk', errand.id, 'sign-resident', { witness: '代表' });
    await tea.act('upperClerk', errand.id, 'done');
    await tea.byReceipt(errand, 'rate', { stars: 1 });
    const report = await get<RatingsReport>('northOfficer', '/api/reports/ratings?kind=errand');
    expect(report.rows[0]).toMatchObject({
      rated: 1,
      average: null,
      suppressed: true,
      low: 0,
      satisfied: { count: 0, of: 0, percent: null },
    });
  });
});

describe('levels', () => {
  it('counts 8 of 10 settled in the village, and what went up as nobody’s mark [DY-74]', async () => {
    tea.server.clock.set('2026-04-01T01:00:00.000Z');
    for (let at = 0; at < 8; at += 1) await solved();
    for (let at = 0; at < 2; at += 1) {
      const opened = await tea.tell('need', { wanted: '村里办不了' });
      expect((await tea.byReceipt(opened, 'higher', {}, null)).status).toBe(200);
    }
    const report = await get<SettledReport>('northOfficer', '/api/reports/settled?from=2026-04-01&kind=need');
    expect(report.rows).toEqual([
      {
        level: 'village',
        title: '村',
        started: 10,
        settledThere: 8,
        handedUp: 2,
        share: { count: 8, of: 10, percent: 80 },
      },
    ]);
  });
});

describe('services that need not leave the village', () => {
  it('shows 90% of 40 reimbursements finished in the village, and the 4 others with reasons [DY-58]', async () => {
    tea.server.clock.set('2026-04-20T01:00:00.000Z');
    const refund = (service = '茶费报销') => tea.tell('errand', { wanted: '报销', service });
    for (let at = 0; at < 36; at += 1) {
      const opened = await refund();
      await tea.act('upperClerk', opened.id, 'receive');
      await tea.act('upperClerk', opened.id, 'sign-window');
      await tea.act('upperClerk', opened.id, 'delivered');
      await tea.act('upperClerk', opened.id, 'sign-resident', { witness: '代表' });
      await tea.act('upperClerk', opened.id, 'done');
    }
    for (let at = 0; at < 4; at += 1) {
      const opened = await refund('tea-refund');
      await tea.act('upperClerk', opened.id, 'send-away', { reason: `要到县里核对原件${at}` });
    }
    await refund();
    await tea.tell('errand', { wanted: '代买茶', service: 'tea-shopping' });
    const report = await get<FinishedInVillageReport>(
      'northOfficer',
      '/api/reports/finished-in-village?from=2026-04-20&to=2026-04-20',
    );
    expect(report.services).toEqual([{ id: 'tea-refund', title: '茶费报销' }]);
    expect(report.rows).toMatchObject([
      { name: '上茶村', title: '茶费报销', ended: 40, share: { count: 36, of: 40, percent: 90 } },
    ]);
    expect(report.rows[0]?.others.map((one) => one.reason).toSorted()).toEqual(
      [0, 1, 2, 3].map((at) => `要到县里核对原件${at}`),
    );
    const foreign = await tea.as('lowerClerk').get(`/api/reports/finished-in-village?division=${divisions.upper}`);
    expect([foreign.status, await codesOf(foreign)]).toEqual([404, ['not-found']]);
  });
});

describe('the ledger', () => {
  it('shows a case three days overdue in red, with a check opened about it with cause, statement and result [DY-70]', async () => {
    tea.server.clock.set('2026-05-11T01:00:00.000Z');
    const opened = await tea.tell('errand', { wanted: '代办社保卡' });
    expect(opened.due).toBe('2026-05-14');
    tea.server.clock.set('2026-05-17T01:00:00.000Z');
    const red = async (): Promise<Ledger['rows'][number] | undefined> =>
      (await get<Ledger>('northOfficer', '/api/reports/ledger?from=2026-05-01')).rows.find(
        (row) => row.matter === opened.id,
      );
    expect(await red()).toMatchObject({ overdueDays: 3, red: true, handler: '上茶村村民委员会', checks: [] });
    const answer = await tea.as('northOfficer').send('POST', '/api/matters', {
      division: divisions.upper,
      kind: 'accountability',
      fields: { cause: '代办超期三日' },
      about: opened.id,
    });
    const check = (await answer.json()) as Opened;
    await tea.act('upperClerk', check.id, 'statement', { said: '窗口系统停机两日' });
    await tea.act('northOfficer', check.id, 'conclude', { finding: '客观原因，不追究' });
    expect((await red())?.checks).toEqual([{ id: check.id, state: 'ended', result: 'concluded' }]);
    const read = (await get<MatterDetail>('northOfficer', `/api/matters/${check.id}`)).acts.map((act) =>
      act.fields.map((field) => field.text).join(),
    );
    expect(read).toEqual(['代办超期三日', '窗口系统停机两日', '客观原因，不追究']);
  });

  it('goes on page by page and exports as a workbook with the overdue cell in red [DY-70]', async () => {
    const first = await get<Ledger>('northOfficer', '/api/reports/ledger?limit=5');
    expect(first.rows).toHaveLength(5);
    const second = await get<Ledger>('northOfficer', `/api/reports/ledger?limit=5&after=${first.next ?? ''}`);
    expect(second.rows.map((row) => row.matter)).not.toEqual(
      expect.arrayContaining(first.rows.map((row) => row.matter)),
    );
    const sheet = await tea.as('northOfficer').get('/api/reports/ledger/xlsx?from=2026-05-01');
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml');
    const book = new Workbook();
    await book.xlsx.load(await sheet.arrayBuffer());
    const rows = book.worksheets[0];
    expect(rows?.getRow(2).getCell(1).font?.color?.argb).toBe('FFC00000');
    expect(rows?.rowCount).toBe(3);
  });
});

describe('the ledger of a month', () => {
  it('has 12 rows for 7 enquiries and 5 agency cases in May, split 7 and 5 by kind, equal to the cases; June has none [YS-40]', async () => {
    tea.server.clock.set('2026-05-21T01:00:00.000Z');
    for (let at = 0; at < 7; at += 1) await tea.tell('affair', { wanted: `咨询${at}` });
    for (let at = 0; at < 5; at += 1) await tea.tell('errand', { wanted: `代办${at}` });
    tea.server.clock.set('2026-06-01T01:00:00.000Z');
    const rowsOf = async (query: string): Promise<number> => {
      const sheet = await tea.as('northOfficer').get(`/api/reports/ledger/xlsx?${query}`);
      const book = new Workbook();
      await book.xlsx.load(await sheet.arrayBuffer());
      return (book.worksheets[0]?.rowCount ?? 0) - 1;
    };
    const may = 'from=2026-05-20&to=2026-05-31';
    expect(await rowsOf(may)).toBe(12);
    expect(await rowsOf(`${may}&kind=affair`)).toBe(7);
    expect(await rowsOf(`${may}&kind=errand`)).toBe(5);
    const cases = await tea.count(`select count(*) from lx.matter where opened_at >= '2026-05-20' and parent is null`);
    expect(cases).toBe(12);
    expect(await rowsOf('from=2026-06-01&to=2026-06-30')).toBe(0);
  });
});

describe('recurring demands', () => {
  it('opens one matter with three places for a demand raised in three villages, and all of them see the answer [BF-14]', async () => {
    tea.server.clock.set('2026-06-01T01:00:00.000Z');
    const answer = await tea.as('countyOfficer').send('POST', '/api/matters', {
      division: '999901001000',
      kind: 'demand',
      fields: { wanted: '沟渠掏淤', unit: '00000002-0000-7000-8000-000000000004' },
      places: [divisions.upper, divisions.lower, divisions.far],
    });
    expect(answer.status).toBe(201);
    const opened = (await answer.json()) as Opened;
    const rowFor = async (person: 'upperClerk' | 'lowerClerk' | 'countyOfficer') =>
      (await get<RecurringReport>(person, '/api/reports/recurring')).rows.find((row) => row.matter === opened.id);
    expect((await rowFor('countyOfficer'))?.places.map((place) => place.name)).toEqual([
      '上茶村',
      '下茶村',
      '远茶社区',
    ]);
    expect(await rowFor('upperClerk')).toMatchObject({
      state: 'open',
      answer: null,
      unit: '北茶镇便民中心',
      due: opened.due,
    });
    await tea.act('northOfficer', opened.id, 'decide', { answer: '六月底前由水利站组织掏淤' });
    for (const person of ['upperClerk', 'lowerClerk', 'countyOfficer'] as const) {
      expect(await rowFor(person)).toMatchObject({ state: 'ended', answer: '六月底前由水利站组织掏淤' });
    }
    expect((await tea.as('upperClerk').get(`/api/matters/${opened.id}`)).status).toBe(404);
  });
});

describe('the access list', () => {
  it('refuses an application without its basis, shows the city what a village reports, and lets the village set it aside until decided [DY-86]', async () => {
    const application = {
      division: divisions.county,
      kind: 'admission',
      fields: { item: '年度台账', funds: '两千元', from: '2026-07-01', until: '2026-12-31' },
    };
    expect(await codesOf(await tea.as('countyOfficer').send('POST', '/api/matters', application))).toEqual([
      'field-missing',
    ]);
    const full = { ...application, fields: { ...application.fields, basis: 'DY-C18' } };
    const applied = (await (await tea.as('countyOfficer').send('POST', '/api/matters', full)).json()) as Opened;
    const list = () => get<AdmissionReport>('countyOfficer', '/api/reports/admission');
    expect((await list()).undecided.map((row) => row.matter)).toEqual([applied.id]);
    await tea.act('countyOfficer', applied.id, 'admit');
    expect((await list()).admitted).toEqual([
      {
        matter: applied.id,
        number: applied.number,
        subject: '年度台账',
        basis: 'DY-C18',
        funds: '两千元',
        from: '2026-07-01',
        until: '2026-12-31',
      },
    ]);
    const report = await tea.as('upperClerk').send('POST', '/api/matters', {
      division: divisions.upper,
      kind: 'not-admitted-item',
      fields: { item: '未准入的报表' },
    });
    const reported = (await report.json()) as Opened;
    await tea.act('upperClerk', reported.id, 'set-aside');
    expect((await list()).reported).toMatchObject([
      { matter: reported.id, divisionName: '上茶村', setAside: true, state: 'open' },
    ]);
    expect(await tea.tryAct('upperClerk', reported.id, 'rule-on-it', { answer: '自己定' })).not.toEqual([]);
    await tea.act('countyOfficer', reported.id, 'rule-on-it', { answer: '不予准入，撤回' });
    expect((await list()).reported).toMatchObject([{ state: 'ended' }]);
  });
});

describe('one-time notice', () => {
  it('counts notices and breaches per village with the reasons given [DY-69]', async () => {
    const opened = await tea.tell('need', { wanted: '办证' });
    await tea.act('upperClerk', opened.id, 'accept');
    await tea.act('upperClerk', opened.id, 'ask', { papers: ['甲', '乙'] });
    await tea.byReceipt(opened, 'answer', { brought: '甲乙' });
    await tea.act('upperClerk', opened.id, 'ask', { papers: ['丙'], 'why-again': '新政策' });
    const report = await get<OneTimeNoticeReport>('northOfficer', '/api/reports/one-time-notice?from=2026-06-01');
    expect(report.rows).toEqual([
      {
        division: divisions.upper,
        name: '上茶村',
        notices: 2,
        breaches: 1,
        matters: [{ id: opened.id, number: opened.number, reasons: ['新政策'] }],
      },
    ]);
  });
});

describe('the leader’s page', () => {
  it('says what is late with which village and office, claimed against confirmed, and never orders persons', async () => {
    tea.server.clock.set('2026-06-20T01:00:00.000Z');
    const page = await get<LeaderPage>('northOfficer', '/api/reports/leader');
    expect(page.lateByVillage.map((row) => row.name)).toContain('上茶村');
    expect(page.late).toBe(page.lateByVillage.reduce((sum, row) => sum + row.late, 0));
    expect(page.satisfaction.claimed).toBeGreaterThanOrEqual(page.satisfaction.confirmed);
    expect(page.satisfaction).toMatchObject({ confirmed: 58, rated: 21, satisfied: 18 });
    expect(page.lateMatters.every((row) => row.overdueDays > 0)).toBe(true);
    expect(JSON.stringify(page)).not.toContain('茶上文书');
    expect(page.followUps.filter((row) => !row.done).length).toBeGreaterThanOrEqual(3);
  });

  it('exports every report as a workbook', async () => {
    for (const name of ReportName.options) {
      const answer = await tea.as('northOfficer').get(`/api/reports/${name}/xlsx`);
      expect([name, answer.status]).toEqual([name, 200]);
      const book = new Workbook();
      await book.xlsx.load(await answer.arrayBuffer());
      expect([name, (book.worksheets[0]?.getRow(1).cellCount ?? 0) > 0]).toEqual([name, true]);
    }
    const matters = await tea.as('northOfficer').get('/api/matters.xlsx?state=open');
    expect(matters.status).toBe(200);
  });

  it('counts the work of a body that ended since under its name and place, not under an id', async () => {
    const body = teaPeople.upperClerk.office?.body ?? '';
    await tea.server.database.owner.query(`update lx.body set valid_to = '2026-06-01' where id = $1`, [body]);
    forgetDirectory(tea.server.deps.pool);
    const { rows } = await get<OrdersReport>('northOfficer', '/api/reports/orders');
    expect(rows.find((row) => row.body === body)).toMatchObject({
      name: '上茶村村民委员会',
      division: divisions.upper,
    });
  });
});
