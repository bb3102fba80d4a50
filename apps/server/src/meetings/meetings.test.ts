import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Certificate } from '@lianxin/domain';
import type {
  DecisionView,
  DisclosureOverview,
  MeetingDetail,
  MeetingRow,
  Opened,
  WaitingVote,
} from '@lianxin/contract';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { issueCertificate } from '../certificates/index.js';
import { checkout } from '../config.js';
import { slipCode } from '../ballots/index.js';
import { addTeaMeetings, representatives, stranger } from './test-pack/tea-meetings.js';

const { upper } = teaCounty.divisions;
const { county } = teaCounty;
let server: TestServer;
let clerk: SignedInClient;
let teller: SignedInClient;
let secretary: SignedInClient;
let rep: SignedInClient;
let neighbour: SignedInClient;
let resident: SignedInClient;

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const { owner } = server.database;
  await addTeaCounty(owner);
  await addTeaMeetings(owner);
  await addTeaAccounts(owner, [teaPeople.upperClerk, teaPeople.lowerClerk, teaPeople.upperResident]);
  clerk = await signIn(server, 'upper.clerk');
  teller = await signIn(server, 'tea.teller');
  secretary = await signIn(server, 'tea.secretary');
  rep = await signIn(server, 'tea.rep');
  neighbour = await signIn(server, 'lower.clerk');
  resident = await signIn(server, 'upper.resident');
});
afterAll(() => server.close());

interface Refused {
  readonly code: string;
  readonly what: string;
  readonly cure: string;
  readonly params: Record<string, string | number>;
}
const refusal = async (answer: Response): Promise<Refused[]> =>
  answer.status < 400 ? [] : ((await answer.json()) as { faults: Refused[] }).faults;
const codes = async (answer: Response): Promise<string[]> => (await refusal(answer)).map(({ code }) => code);
const ok = async <T>(answer: Response): Promise<T> => {
  if (answer.status >= 400) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const propose = async (subject: string, procedure = 'tea-decision', who = clerk): Promise<string> =>
  (
    await ok<Opened>(
      await who.send('POST', '/api/matters', { division: upper, procedure, fields: { subject }, channel: 'paper' }),
    )
  ).id;
const calling = (matters: readonly string[], over: object = {}) => ({
  division: upper,
  roll: 'representative-assembly',
  title: '三月代表会',
  meetsAt: '2026-03-06T01:00:00.000Z',
  room: '茶馆二楼',
  items: matters.map((matter, at) => ({ title: `第${at + 1}项`, matters: [matter] })),
  ...over,
});
const call = async (matters: readonly string[], over: object = {}, who = clerk): Promise<string> =>
  (await ok<{ id: string }>(await who.send('POST', '/api/meetings', calling(matters, over)))).id;
const read = async (id: string, who = clerk): Promise<MeetingDetail> => ok(await who.get(`/api/meetings/${id}`));
const post = (id: string, path: string, body: object = {}, who = clerk) =>
  who.send('POST', `/api/meetings/${id}/${path}`, body);
const came = (from: number, to: number, channel = 'paper') => ({
  people: representatives.slice(from, to).map((person) => ({ person, kind: 'came', channel, reason: '' })),
});
const hands = (approve: number, against: number, women = 4) => ({
  hands: { approve, against, abstain: 0 },
  groups: { women },
});
const at = (instant: string): void => server.clock.set(instant);
/** An id of nothing. */
const nowhere = '00000000-0000-7000-8000-000000000000';
const meetingDay = '2026-03-06T01:30:00.000Z';
/** Everything kept of meetings, in one figure: equal before and after means that nothing changed. */
const facts = async (): Promise<string> => {
  const sums: string[] = [];
  for (const table of [
    'meeting',
    'meeting_item',
    'roll_entry',
    'attendance',
    'proxy',
    'vote_count',
    'recusal',
    'minutes',
    'act',
    'journal_entry',
    'inbox_item',
  ]) {
    const { rows } = await server.database.owner.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from lx.${table} t`,
    );
    sums.push(rows[0]?.sum ?? '');
  }
  return sums.join(' ');
};
const unchanged = async (work: () => Promise<void>): Promise<void> => {
  const before = await facts();
  await work();
  expect(await facts()).toBe(before);
};

describe('a meeting from its notice to its results', () => {
  let id: string;
  let matters: string[];
  let items: MeetingDetail['items'];
  const item = (at: number): string => items[at]?.id ?? '';

  it('says before anything is opened which bodies decide, in which order, with which quorum', async () => {
    const { decisions } = await ok<{ decisions: DecisionView[] }>(await clerk.get(`/api/divisions/${upper}/decisions`));
    const found = decisions.find((one) => one.procedure === 'tea-decision');
    expect(found?.mayOpen).toBe(true);
    expect(
      found?.steps.map((step) => step.ways.map((way) => [way.body, way.attendance, way.notice, way.posted])),
    ).toEqual([[['茶客代表会', '应到人员的三分之二以上', '3日', null]], [[null, null, null, '5日']]]);
    expect(found?.svg).toContain('<svg');
  });

  it('is not called with too short a notice, by who may not, twice for one matter, or for two matters in one vote', async () => {
    at('2026-03-02T01:00:00.000Z');
    matters = [await propose('修茶馆'), await propose('换茶壶'), await propose('分茶钱')];
    const [first = '', second = ''] = matters;
    await unchanged(async () => {
      const near = await refusal(
        await clerk.send('POST', '/api/meetings', calling([first], { meetsAt: '2026-03-05T01:00:00.000Z' })),
      );
      expect(near.map(({ code, params }) => [code, params['need'], params['have']])).toEqual([
        ['notice-too-short', 3, 2],
      ]);
      expect(await codes(await rep.send('POST', '/api/meetings', calling([first])))).toEqual(['not-your-act']);
      expect(await codes(await neighbour.send('POST', '/api/meetings', calling([first])))).toEqual(['not-found']);
      expect(await codes(await resident.send('POST', '/api/meetings', calling([first])))).toEqual(['not-found']);
      expect(await codes(await teller.send('POST', '/api/meetings', calling([first])))).toEqual(['wrong-convener']);
      const bundled = [{ title: '一起表决', matters: [first, second] }];
      expect(await codes(await clerk.send('POST', '/api/meetings', calling([], { items: bundled })))).toEqual([
        'votes-bundled',
      ]);
      expect(await codes(await clerk.send('POST', '/api/meetings', calling([first, first])))).toEqual([
        'matter-twice-on-agenda',
      ]);
      expect(
        await codes(
          await clerk.send('POST', '/api/meetings', calling([first], { meetsAt: '2026-03-01T01:00:00.000Z' })),
        ),
      ).toEqual(['field-invalid']);
      expect(await codes(await clerk.send('POST', '/api/meetings', calling([first], { roll: 'assembly' })))).toEqual([
        'item-not-voted',
      ]);
    });
  });

  it('a meeting with 3 matters has exactly 3 votes, and everybody called is told [FC-21]', async () => {
    id = await call(matters);
    ({ items } = await read(id));
    expect(items.map(({ matter, rule }) => [matter?.id, rule?.title])).toEqual(
      matters.map((one) => [one, '代表会决议']),
    );
    const detail = await read(id);
    expect([detail.roll.length, detail.frozen, detail.presence.entitled]).toEqual([12, false, 12]);
    const inbox = await ok<{ items: { kind: string; what: string }[] }>(await rep.get('/api/inbox'));
    expect(inbox.items.filter(({ kind }) => kind === 'meeting-called').map(({ what }) => what)).toEqual([
      expect.stringContaining('三月代表会'),
    ]);
    const acts = await ok<{ acts: { act: string }[] }>(await clerk.get(`/api/matters/${matters[0]}`));
    expect(acts.acts.map(({ act }) => act)).toEqual(['open', 'convene']);
    const again = await clerk.send('POST', '/api/meetings', calling([matters[0] ?? '']));
    expect(await codes(again)).toEqual(['matter-twice-on-agenda']);
  });

  it('stands in the calendars of the body and of each person, keeps its identity when it moves, and nobody guesses an address', async () => {
    const { calendar } = await ok<{ calendar: string }>(await rep.get('/api/my-meetings'));
    for (const address of [calendar, (await read(id)).calendar]) {
      const text = await (await server.request(address)).text();
      const events = new ICAL.Component(ICAL.parse(text))
        .getAllSubcomponents('vevent')
        .map((one) => new ICAL.Event(one));
      expect(
        events.map((event) => [event.uid, event.summary, event.location, event.startDate.toJSDate().toISOString()]),
      ).toEqual([[`${id}@lianxin`, '三月代表会', '茶馆二楼', '2026-03-06T01:00:00.000Z']]);
    }
    const guessed = calendar.replace(/.{5}\.ics$/, 'AAAAA.ics');
    expect((await server.request(guessed)).status).toBe(404);
  });

  it('freezes its roll on its day and not before; nobody comes before that', async () => {
    await unchanged(async () => {
      expect(await codes(await post(id, 'begin'))).toEqual(['must-wait']);
      expect(await codes(await post(id, 'attendance', came(0, 3)))).toEqual(['meeting-not-open']);
      expect(await codes(await post(id, 'begin', {}, rep))).toEqual(['not-your-act']);
      expect(await codes(await post(id, 'begin', {}, neighbour))).toEqual(['not-found']);
    });
    at(meetingDay);
    await ok(await post(id, 'begin', { chair: representatives[0] }));
    // An appointment that ends now reaches no frozen roll.
    await server.database.owner.query(`update lx.appointment set valid_to = '2026-03-06' where person = $1`, [
      representatives[11],
    ]);
    expect((await read(id)).roll).toHaveLength(12);
    expect(await codes(await post(id, 'begin'))).toEqual(['meeting-begun']);
  });

  it('counts paper and phone on one roll, nobody twice, no stranger; a mistake is struck with a reason', async () => {
    await ok(await post(id, 'attendance', came(0, 5)));
    await ok(await post(id, 'here', {}, rep));
    await ok(await post(id, 'here', {}, rep));
    const code = slipCode(server.deps.keys.keyFor('attendance-slip'), {
      county,
      meeting: id,
      person: representatives[5] ?? '',
    });
    const { arriveBySlip } = await import('./attend.js');
    expect(await arriveBySlip(server.deps, { county, meeting: id, code })).toMatchObject({ status: 200 });
    expect(await arriveBySlip(server.deps, { county, meeting: id, code })).toMatchObject({
      status: 200,
      repeated: true,
    });
    expect(await arriveBySlip(server.deps, { county, meeting: id, code: 'AAAAAAAAAA' })).toMatchObject({
      faults: [{ code: 'attendance-code-wrong' }],
    });
    await unchanged(async () => {
      const wrong = await refusal(
        await post(id, 'attendance', { people: [{ person: stranger, kind: 'came', channel: 'paper', reason: '' }] }),
      );
      expect(wrong.map(({ code: one, params }) => [one, params['person']])).toEqual([['not-on-roll', '路过的人']]);
      const struck = { people: [{ person: representatives[0], kind: 'struck', channel: 'paper', reason: '' }] };
      expect(await codes(await post(id, 'attendance', struck))).toEqual(['field-missing']);
      expect(await codes(await post(id, 'here', {}, resident))).toEqual(['not-on-roll']);
      expect(await codes(await post(id, 'here', {}, neighbour))).toEqual(['not-found']);
      expect(await codes(await post(nowhere, 'here', {}, rep))).toEqual(['not-found']);
    });
    const { presence } = await read(id);
    expect([presence.present, presence.byChannel]).toEqual([6, { paper: 5, phone: 1, hands: 0 }]);
  });

  it('refuses a vote that is short of people, with what is missing and the cure; never on a device', async () => {
    await unchanged(async () => {
      const [short] = await refusal(await post(id, `items/${item(0)}/open`, { form: 'hands' }));
      expect(short).toMatchObject({ code: 'attendance-too-low', params: { need: 8, have: 6 } });
      expect(short?.cure).toContain('重新召开');
      const electronic = await post(id, `items/${item(0)}/open`, { form: 'electronic' });
      expect(await codes(electronic)).toEqual(['electronic-ballot-not-allowed', 'attendance-too-low']);
      expect(await codes(await post(id, `items/${item(0)}/close`, hands(6, 0)))).toEqual(['vote-not-open']);
    });
    expect((await read(id)).items[0]?.quorum).toEqual({
      met: false,
      ways: [{ of: 'entitled', words: '应到人员的三分之二以上', base: 12, need: 8, have: 6, missing: 2, met: false }],
    });
  });

  it('checks a proxy: carried by somebody present for somebody absent, one each, and counted', async () => {
    await unchanged(async () => {
      const absent = { giver: representatives[6], holder: representatives[7], kind: 'given' };
      expect(await codes(await post(id, 'proxies', absent))).toEqual(['proxy-not-allowed']);
      const present = { giver: representatives[1], holder: representatives[0], kind: 'given' };
      expect(await codes(await post(id, 'proxies', present))).toEqual(['counted-twice']);
      expect(await codes(await post(id, 'proxies', { ...present, giver: stranger }))).toEqual(['not-on-roll']);
      expect(await codes(await post(id, 'proxies', present, neighbour))).toEqual(['not-found']);
    });
    await ok(await post(id, 'proxies', { giver: representatives[11], holder: representatives[0], kind: 'given' }));
    expect(
      await codes(await post(id, 'proxies', { giver: representatives[10], holder: representatives[0], kind: 'given' })),
    ).toEqual(['too-many-proxies']);
    await ok(await post(id, 'attendance', came(6, 9, 'hands')));
    const { presence } = await read(id);
    expect([presence.present, presence.inPerson, presence.byProxy]).toEqual([10, 9, 1]);
  });

  it('passes the first by hands, and the act on the matter says so [NQ-52]', async () => {
    await ok(await post(id, `items/${item(0)}/open`, { form: 'hands' }));
    await unchanged(async () => {
      expect(await codes(await post(id, `items/${item(1)}/open`, { form: 'hands' }))).toEqual(['vote-open']);
      expect(await codes(await post(id, 'end'))).toEqual(['vote-open']);
      expect(await codes(await post(id, 'end', {}, rep))).toEqual(['not-your-act']);
      expect(await codes(await post(id, 'end', {}, neighbour))).toEqual(['not-found']);
      expect(await codes(await post(id, 'end', {}, resident))).toEqual(['not-found']);
      expect(await codes(await post(id, 'cancel', { reason: '人都到了' }))).toEqual(['meeting-begun']);
      expect(await codes(await post(id, `items/${item(0)}/close`, hands(9, 2)))).toEqual(['votes-do-not-add-up']);
      expect(await codes(await post(id, `items/${item(0)}/close`, hands(6, 4, 2)))).toEqual(['composition-not-met']);
      expect(await codes(await post(id, `items/${item(0)}/close`, hands(6, 4), rep))).toEqual(['not-your-act']);
    });
    expect(await ok(await post(id, `items/${item(0)}/close`, hands(6, 4)))).toMatchObject({ result: 'passed' });
    const matter = await ok<{ stage: string; acts: { act: string; fields: { id: string; value: unknown }[] }[] }>(
      await clerk.get(`/api/matters/${matters[0]}`),
    );
    const recorded = matter.acts.at(-1);
    expect([matter.stage, recorded?.act]).toEqual(['publish', 'pass']);
    expect(Object.fromEntries(recorded?.fields.map((field) => [field.id, field.value]) ?? [])).toMatchObject({
      present: 10,
      approve: 6,
      against: 4,
      women: 4,
    });
    const done = (await read(id)).items[0];
    expect(done?.tally).toMatchObject({ entitled: 12, present: 10, approve: 6 });
    expect(done?.why.map((way) => [way.words, way.need, way.have])).toEqual([
      ['应到人员的三分之二以上', 8, 10],
      ['到会人员的过半数', 6, 6],
    ]);
  });

  it('takes slips from two who type apart; a difference stops the result and is named', async () => {
    const slips = { issued: 10, returned: 10, approve: 5, against: 4, abstain: 0, spoiled: 1 };
    await ok(await post(id, `items/${item(1)}/open`, { form: 'paper' }));
    await ok(await post(id, `items/${item(1)}/counts`, slips));
    await unchanged(async () => {
      expect(await codes(await post(id, `items/${item(1)}/counts`, slips))).toEqual(['same-counter']);
      expect(await codes(await post(id, `items/${item(1)}/close`, { groups: { women: 4 } }))).toEqual([
        'second-count-missing',
      ]);
      expect(await codes(await post(id, `items/${item(1)}/counts`, slips, rep))).toEqual(['not-your-act']);
    });
    const differs = await ok<{ differences: Refused[] }>(
      await post(id, `items/${item(1)}/counts`, { ...slips, approve: 6, against: 3 }, teller),
    );
    expect(differs.differences.map(({ params }) => params)).toEqual([
      { what: '赞成', first: 5, second: 6 },
      { what: '反对', first: 4, second: 3 },
    ]);
    expect(await codes(await post(id, `items/${item(1)}/close`, { groups: { women: 4 } }))).toEqual([
      'second-count-missing',
    ]);
    expect((await read(id)).items[1]?.counted).toMatchObject({
      round: 2,
      by: [],
      differences: [{ code: 'counts-differ' }, { code: 'counts-differ' }],
    });
    await ok(await post(id, `items/${item(1)}/counts`, slips, teller));
    await ok(await post(id, `items/${item(1)}/counts`, slips));
    expect(await ok(await post(id, `items/${item(1)}/close`, { groups: { women: 4 } }))).toMatchObject({
      result: 'rejected',
    });
    const matter = await ok<{ state: string; result: string }>(await clerk.get(`/api/matters/${matters[1]}`));
    expect([matter.state, matter.result]).toEqual(['ended', 'rejected']);
  });

  it('lets those concerned stand aside, and counts the rest', async () => {
    await ok(await post(id, `items/${item(2)}/recusals`, { person: representatives[0], relation: '分钱的人' }));
    await ok(await post(id, `items/${item(2)}/open`, { form: 'hands' }));
    await unchanged(async () => {
      expect(await codes(await post(id, `items/${item(2)}/close`, hands(9, 0)))).toEqual(['votes-do-not-add-up']);
      const late = { person: representatives[1], relation: '晚了' };
      expect(await codes(await post(id, `items/${item(2)}/recusals`, late))).toEqual(['vote-open']);
    });
    expect(await ok(await post(id, `items/${item(2)}/close`, hands(8, 0)))).toMatchObject({ result: 'passed' });
    expect((await read(id)).items[2]?.tally).toMatchObject({ entitled: 11, present: 8 });
  });

  it('keeps every version of the minutes, prints its papers, and shows the public results without a name', async () => {
    await ok(await post(id, 'minutes', { text: '会议开得好。' }));
    await ok(await post(id, 'minutes', { text: '会议开得很好。' }));
    await ok(await post(id, 'minutes', { item: item(0), text: '大家说茶馆该修。' }));
    await ok(await post(id, 'end'));
    await unchanged(async () => {
      expect(await codes(await post(id, 'attendance', came(9, 10)))).toEqual(['meeting-over']);
      expect(await codes(await post(id, 'minutes', { text: '改' }, rep))).toEqual(['not-your-act']);
      expect(await codes(await post(id, 'minutes', { text: '改' }, neighbour))).toEqual(['not-found']);
      expect(await codes(await post(id, 'minutes', { text: '改', item: nowhere }))).toEqual(['not-found']);
      expect(await codes(await post(id, 'here', {}, rep))).toEqual(['meeting-over']);
      expect(await codes(await post(id, 'cancel', { reason: '晚了' }))).toEqual(['meeting-over']);
    });
    const detail = await read(id);
    expect([detail.minutes?.version, detail.items[0]?.minutes?.text]).toEqual([2, '大家说茶馆该修。']);
    const { rows } = await server.database.owner.query('select 1 from lx.minutes where meeting = $1', [id]);
    expect(rows).toHaveLength(3);
    for (const [name, start] of [
      ['notice.docx', 'PK'],
      ['attendance.pdf', '%PDF'],
      ['ballots.pdf', '%PDF'],
      ['tally.pdf', '%PDF'],
      ['minutes.docx', 'PK'],
      ['resolution.docx', 'PK'],
      ['slips.pdf', '%PDF'],
      ['notice.wall.pdf', '%PDF'],
    ] as const) {
      const paper = await clerk.get(`/api/meetings/${id}/papers/${name}`);
      expect([name, paper.status]).toEqual([name, 200]);
      expect(
        Buffer.from(await paper.arrayBuffer())
          .subarray(0, 4)
          .toString('latin1')
          .startsWith(start),
      ).toBe(true);
    }
    expect((await rep.get(`/api/meetings/${id}/papers/attendance.pdf`)).status).toBe(404);
    const { listPublicMeetings } = await import('./public-meetings.js');
    const [open] = await listPublicMeetings(server.deps, upper);
    expect(open?.items.map(({ result }) => result)).toEqual(['passed', 'rejected', 'passed']);
    expect(JSON.stringify(open)).not.toContain('代表1');
  });
});

describe('a demand for a meeting', () => {
  it('is counted against who is entitled today, refused when too few, and tells whoever convenes that they must call', async () => {
    at('2026-03-30T01:00:00.000Z');
    const matter = await propose('添茶具');
    const demand = async (demanders: number, who = clerk) => {
      const { version } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
      return who.send('POST', `/api/matters/${matter}/acts`, {
        act: 'demand',
        stage: 'resolve',
        fields: { 'demanded-as': 'guests', demanders },
        baseVersion: version,
      });
    };
    const waiting = async (): Promise<WaitingVote | undefined> =>
      (await ok<{ votes: WaitingVote[] }>(await clerk.get(`/api/divisions/${upper}/waiting-votes?matter=${matter}`)))
        .votes[0];
    await unchanged(async () => {
      expect(await codes(await demand(3))).toEqual(['demand-too-few']);
      expect(await codes(await demand(4, neighbour))).toEqual(['not-found']);
      expect(await codes(await demand(4, resident))).toEqual(['not-found']);
    });
    expect((await waiting())?.demand).toBeNull();
    await ok(await demand(4));
    expect((await waiting())?.demand).toEqual({ by: '4名茶客代表', source: ['TEA-31'] });
  });
});

describe('a vote short of its quorum', () => {
  it('is no decision: it is adjourned, and the meeting may be called again [NQ-51]', async () => {
    at('2026-04-01T01:00:00.000Z');
    const matter = await propose('换茶叶');
    const first = await call([matter], { meetsAt: '2026-04-05T01:00:00.000Z' });
    at('2026-04-05T02:00:00.000Z');
    await ok(await post(first, 'begin'));
    await ok(await post(first, 'attendance', came(0, 7)));
    const [item] = (await read(first)).items;
    const adjourn = (who = clerk, on = item?.id) => post(first, `items/${on}/adjourn`, {}, who);
    await unchanged(async () => {
      expect(await codes(await adjourn(rep))).toEqual(['not-your-act']);
      expect(await codes(await adjourn(neighbour))).toEqual(['not-found']);
      expect(await codes(await adjourn(clerk, nowhere))).toEqual(['not-found']);
    });
    await ok(await adjourn());
    await ok(await post(first, 'end'));
    expect((await read(first)).items[0]?.result).toBe('no-quorum');
    const { stage } = await ok<{ stage: string }>(await clerk.get(`/api/matters/${matter}`));
    expect(stage).toBe('resolve');
    const { votes } = await ok<{ votes: WaitingVote[] }>(
      await clerk.get(`/api/divisions/${upper}/waiting-votes?matter=${matter}`),
    );
    expect(votes.map(({ roll, mine, notice }) => [roll, mine, notice])).toEqual([
      ['representative-assembly', true, '3日'],
    ]);
    const second = await call([matter], { meetsAt: '2026-04-10T01:00:00.000Z' });
    await ok(await post(second, 'change', { meetsAt: '2026-04-12T01:00:00.000Z', room: '大树下' }));
    expect(await codes(await post(second, 'change', { meetsAt: '2026-04-07T01:00:00.000Z', room: '大树下' }))).toEqual([
      'notice-too-short',
    ]);
    expect(
      await codes(await post(second, 'change', { meetsAt: '2026-04-13T01:00:00.000Z', room: '家里' }, rep)),
    ).toEqual(['not-your-act']);
    await unchanged(async () => {
      expect(await codes(await post(second, 'cancel', { reason: '不想开' }, rep))).toEqual(['not-your-act']);
      expect(await codes(await post(second, 'cancel', { reason: '不想开' }, neighbour))).toEqual(['not-found']);
      expect(await codes(await post(second, 'minutes', { text: '还没有开' }))).toEqual(['meeting-not-open']);
    });
    await ok(await post(second, 'cancel', { reason: '台风' }));
    expect(await codes(await post(second, 'begin'))).toEqual(['meeting-over']);
    const { meetings } = await ok<{ meetings: MeetingRow[] }>(
      await clerk.get(`/api/meetings?division=${upper}&matter=${matter}`),
    );
    expect(meetings.map(({ state }) => state)).toEqual(['over', 'cancelled']);
  });
});

describe('an election', () => {
  it('cannot be held on a device, nor by hands: the roll, the count and the record are kept, the ballot is paper (LAW-VC-18e)', async () => {
    at('2026-05-01T01:00:00.000Z');
    const matter = await propose('选馆主', 'tea-election');
    const id = await call([matter], { roll: 'assembly', title: '选举大会', meetsAt: '2026-05-01T03:00:00.000Z' });
    await ok(await post(id, 'begin'));
    await ok(await post(id, 'attendance', came(0, 12)));
    const [item] = (await read(id)).items;
    await unchanged(async () => {
      const electronic = await refusal(await post(id, `items/${item?.id}/open`, { form: 'electronic' }));
      expect(electronic.map(({ code }) => code)).toEqual(['electronic-ballot-not-allowed']);
      expect(await codes(await post(id, `items/${item?.id}/open`, { form: 'hands' }))).toEqual(['wrong-ballot-form']);
    });
    await ok(await post(id, `items/${item?.id}/open`, { form: 'paper' }));
    const slips = { issued: 12, returned: 11, approve: 7, against: 3, abstain: 0, spoiled: 1 };
    await ok(await post(id, `items/${item?.id}/counts`, slips));
    await ok(await post(id, `items/${item?.id}/counts`, slips, teller));
    expect(await ok(await post(id, `items/${item?.id}/close`, {}))).toMatchObject({ result: 'passed' });
  });
});

describe('a Party meeting', () => {
  it('is seen by those invited and by who may read members, and by nobody else', async () => {
    at('2026-06-01T01:00:00.000Z');
    const matter = await propose('审议', 'tea-review', secretary);
    const id = await call(
      [matter],
      { roll: 'party-assembly', title: '党员大会', meetsAt: '2026-06-01T03:00:00.000Z' },
      secretary,
    );
    expect((await clerk.get(`/api/meetings/${id}`)).status).toBe(404);
    expect((await neighbour.get(`/api/meetings/${id}`)).status).toBe(404);
    expect((await resident.get(`/api/meetings/${id}`)).status).toBe(404);
    const mine = await read(id, rep);
    expect([mine.manages, mine.roll, mine.me.invited]).toEqual([false, [], true]);
    const { listPublicMeetings } = await import('./public-meetings.js');
    expect((await listPublicMeetings(server.deps, upper)).map(({ title }) => title)).not.toContain('党员大会');
    await ok(await post(id, 'begin', {}, secretary));
    expect((await read(id, secretary)).roll).toHaveLength(4);
    await ok(await post(id, 'here', {}, rep));
    expect((await read(id, rep)).me.came).toBe(true);
  });
});

describe('a council', () => {
  it('hands its conclusion over: the decision matter links back to minutes and attendance [NQ-12]', async () => {
    at('2026-07-01T01:00:00.000Z');
    const body = {
      ...calling([]),
      roll: 'deliberation-council',
      title: '议事会',
      meetsAt: '2026-07-01T02:00:00.000Z',
      items: [{ title: '修村口的路', matters: [], raisedBy: '三组村民' }],
    };
    const { id } = await ok<{ id: string }>(await teller.send('POST', '/api/meetings', body));
    await ok(await post(id, 'begin', {}, teller));
    await ok(
      await post(
        id,
        'attendance',
        { people: [{ person: (await read(id, teller)).roll[0]?.person, kind: 'came', channel: 'hands', reason: '' }] },
        teller,
      ),
    );
    const [item] = (await read(id, teller)).items;
    const over = { procedure: 'tea-decision', fields: { subject: '修村口的路' } };
    await unchanged(async () => {
      expect(await codes(await post(id, `items/${item?.id}/hand-over`, over))).toEqual(['field-missing']);
      const conclude = (who: SignedInClient, on = item?.id) =>
        post(id, `items/${on}/conclude`, { conclusion: '修' }, who);
      expect(await codes(await conclude(neighbour))).toEqual(['not-found']);
      expect(await codes(await conclude(rep))).toEqual(['not-your-act']);
      expect(await codes(await conclude(resident))).toEqual(['not-found']);
      expect(await codes(await conclude(teller, nowhere))).toEqual(['not-found']);
    });
    await ok(await post(id, `items/${item?.id}/conclude`, { conclusion: '建议今年修' }, teller));
    await ok(await post(id, 'minutes', { text: '都说路坏了。' }, teller));
    await unchanged(async () => {
      expect(await codes(await post(id, `items/${item?.id}/hand-over`, over, teller))).toEqual(['not-your-act']);
    });
    const handed = await ok<{ matter: string; number: string }>(await post(id, `items/${item?.id}/hand-over`, over));
    const { meetings } = await ok<{ meetings: MeetingRow[] }>(
      await clerk.get(`/api/meetings?division=${upper}&matter=${handed.matter}`),
    );
    expect(meetings.map((one) => one.id)).toEqual([id]);
    const linked = await read(id);
    expect(linked.items[0]?.handedTo).toEqual({ id: handed.matter, number: handed.number });
    expect([linked.minutes?.text, linked.presence.present]).toEqual(['都说路坏了。', 1]);
    expect(await codes(await post(id, `items/${item?.id}/hand-over`, over))).toEqual(['already-done']);
  });
});

describe('the certificate of a decision', () => {
  it(
    'follows from the meeting: called, roll, votes, minutes, an unpublished result listed, posting, objection, result; one altered byte is found [NQ-54]',
    { timeout: 60_000 },
    async () => {
      at('2026-08-01T01:00:00.000Z');
      const matter = await propose('修茶亭');
      const id = await call([matter], { title: '八月代表会', meetsAt: '2026-08-05T01:00:00.000Z' });
      at('2026-08-05T02:00:00.000Z');
      await ok(await post(id, 'begin'));
      await ok(await post(id, 'attendance', came(0, 9)));
      const [item] = (await read(id)).items;
      await ok(await post(id, `items/${item?.id}/open`, { form: 'paper' }));
      const slips = { issued: 9, returned: 9, approve: 6, against: 2, abstain: 0, spoiled: 1 };
      await ok(await post(id, `items/${item?.id}/counts`, slips));
      await ok(await post(id, `items/${item?.id}/counts`, slips, teller));
      await ok(await post(id, `items/${item?.id}/close`, { groups: { women: 4 } }));
      await ok(await post(id, 'minutes', { text: '都说茶亭该修。' }));
      await ok(await post(id, 'end'));
      const act = async (name: string, fields: object = {}): Promise<void> => {
        const { version } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
        await ok(
          await clerk.send('POST', `/api/matters/${matter}/acts`, {
            act: name,
            stage: 'publish',
            fields,
            baseVersion: version,
          }),
        );
      };
      at('2026-08-06T01:00:00.000Z');
      const unpublished = async (): Promise<string[]> =>
        (await ok<DisclosureOverview>(await clerk.get(`/api/disclosures/overview?division=${upper}`))).unpublished.map(
          (one) => one.subject,
        );
      const closing = { act: 'finish-posting', stage: 'publish', fields: {} };
      const { version: opened } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
      expect(
        await codes(await clerk.send('POST', `/api/matters/${matter}/acts`, { ...closing, baseVersion: opened })),
      ).toEqual(['notice-not-posted']);
      expect(await unpublished()).toContain('修茶亭');
      await act('post', { channels: ['wall'] });
      expect(await unpublished()).not.toContain('修茶亭');
      await act('object', { objection: '为什么不先修路？' });
      at('2026-08-13T01:00:00.000Z');
      const { version } = await ok<{ version: number }>(await clerk.get(`/api/matters/${matter}`));
      const early = { act: 'finish-posting', stage: 'publish', fields: {}, baseVersion: version };
      expect(await codes(await clerk.send('POST', `/api/matters/${matter}/acts`, early))).toEqual([
        'objection-unanswered',
      ]);
      expect(await issueCertificate(server.deps, county, matter)).toBeNull();
      await act('answer-objection', { answer: '路已经列入明年计划。' });
      await act('finish-posting');
      const certificate = await issueCertificate(server.deps, county, matter);
      const file = await (await server.request(`/certificates/${county}/${certificate}.json`)).text();
      const key = await (await server.request(`/log/${county}/2026/key`)).text();
      const { certificate: said } = JSON.parse(file) as { certificate: Certificate };
      expect(said.steps.map((step) => step.act)).toEqual(['convene', 'pass', 'post', 'finish-posting']);
      expect(said.steps[1]?.counts).toMatchObject({ entitled: 11, present: 9, for: 6, against: 2 });
      expect(said.publications).toMatchObject([{ posted: '2026-08-06', ended: '2026-08-13', asked: 5, objections: 1 }]);
      expect(file).not.toContain('代表1');
      const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-meeting-'));
      const verify = (text: string): number | null => {
        writeFileSync(path.join(folder, 'certificate.json'), text);
        const program = path.join(checkout, 'apps/cli/bin/lianxin.mjs');
        return spawnSync(process.execPath, [
          program,
          'verify',
          path.join(folder, 'certificate.json'),
          '--key',
          key.trim(),
        ]).status;
      };
      try {
        expect(verify(file)).toBe(0);
        expect(verify(file.replace('"for":6', '"for":7'))).not.toBe(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
