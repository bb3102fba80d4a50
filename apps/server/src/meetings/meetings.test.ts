import type { DecisionView, MeetingDetail } from '@lianxin/contract';
import { codesOf, teaCounty } from '@lianxin/testkit/database';
import ICAL from 'ical.js';
import { afterAll, describe, expect, it } from 'vitest';
import { slipCode } from '../ballots/index.js';
import {
  calling,
  came,
  hands,
  meetingDay,
  meetingVillage,
  nowhere,
  ok,
  refusal,
  type Refused,
} from './test-pack/meeting-village.js';
import { representatives, stranger } from './test-pack/tea-meetings.js';

const { upper } = teaCounty.divisions;
const { county } = teaCounty;
const { server, clerk, teller, rep, neighbour, resident, propose, call, read, post, at, unchanged } =
  await meetingVillage();
afterAll(() => server.close());

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
      expect(await codesOf(await rep.send('POST', '/api/meetings', calling([first])))).toEqual(['not-your-act']);
      expect(await codesOf(await neighbour.send('POST', '/api/meetings', calling([first])))).toEqual(['not-found']);
      expect(await codesOf(await resident.send('POST', '/api/meetings', calling([first])))).toEqual(['not-found']);
      expect(await codesOf(await teller.send('POST', '/api/meetings', calling([first])))).toEqual(['wrong-convener']);
      const bundled = [{ title: '一起表决', matters: [first, second] }];
      expect(await codesOf(await clerk.send('POST', '/api/meetings', calling([], { items: bundled })))).toEqual([
        'votes-bundled',
      ]);
      expect(await codesOf(await clerk.send('POST', '/api/meetings', calling([first, first])))).toEqual([
        'matter-twice-on-agenda',
      ]);
      expect(
        await codesOf(
          await clerk.send('POST', '/api/meetings', calling([first], { meetsAt: '2026-03-01T01:00:00.000Z' })),
        ),
      ).toEqual(['field-invalid']);
      expect(await codesOf(await clerk.send('POST', '/api/meetings', calling([first], { roll: 'assembly' })))).toEqual([
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
    expect(await codesOf(again)).toEqual(['matter-twice-on-agenda']);
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
      expect(await codesOf(await post(id, 'begin'))).toEqual(['must-wait']);
      expect(await codesOf(await post(id, 'attendance', came(0, 3)))).toEqual(['meeting-not-open']);
      expect(await codesOf(await post(id, 'begin', {}, rep))).toEqual(['not-your-act']);
      expect(await codesOf(await post(id, 'begin', {}, neighbour))).toEqual(['not-found']);
    });
    at(meetingDay);
    await ok(await post(id, 'begin', { chair: representatives[0] }));
    // An appointment that ends now reaches no frozen roll.
    await server.database.owner.query(`update lx.appointment set valid_to = '2026-03-06' where person = $1`, [
      representatives[11],
    ]);
    expect((await read(id)).roll).toHaveLength(12);
    expect(await codesOf(await post(id, 'begin'))).toEqual(['meeting-begun']);
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
      expect(await codesOf(await post(id, 'attendance', struck))).toEqual(['field-missing']);
      expect(await codesOf(await post(id, 'here', {}, resident))).toEqual(['not-on-roll']);
      expect(await codesOf(await post(id, 'here', {}, neighbour))).toEqual(['not-found']);
      expect(await codesOf(await post(nowhere, 'here', {}, rep))).toEqual(['not-found']);
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
      expect(await codesOf(electronic)).toEqual(['electronic-ballot-not-allowed', 'attendance-too-low']);
      expect(await codesOf(await post(id, `items/${item(0)}/close`, hands(6, 0)))).toEqual(['vote-not-open']);
    });
    expect((await read(id)).items[0]?.quorum).toEqual({
      met: false,
      ways: [{ of: 'entitled', words: '应到人员的三分之二以上', base: 12, need: 8, have: 6, missing: 2, met: false }],
    });
  });

  it('checks a proxy: carried by somebody present for somebody absent, one each, and counted', async () => {
    await unchanged(async () => {
      const absent = { giver: representatives[6], holder: representatives[7], kind: 'given' };
      expect(await codesOf(await post(id, 'proxies', absent))).toEqual(['proxy-not-allowed']);
      const present = { giver: representatives[1], holder: representatives[0], kind: 'given' };
      expect(await codesOf(await post(id, 'proxies', present))).toEqual(['counted-twice']);
      expect(await codesOf(await post(id, 'proxies', { ...present, giver: stranger }))).toEqual(['not-on-roll']);
      expect(await codesOf(await post(id, 'proxies', present, neighbour))).toEqual(['not-found']);
    });
    await ok(await post(id, 'proxies', { giver: representatives[11], holder: representatives[0], kind: 'given' }));
    expect(
      await codesOf(
        await post(id, 'proxies', { giver: representatives[10], holder: representatives[0], kind: 'given' }),
      ),
    ).toEqual(['too-many-proxies']);
    await ok(await post(id, 'attendance', came(6, 9, 'hands')));
    const { presence } = await read(id);
    expect([presence.present, presence.inPerson, presence.byProxy]).toEqual([10, 9, 1]);
  });

  it('passes the first by hands, and the act on the matter says so [NQ-52]', async () => {
    await ok(await post(id, `items/${item(0)}/open`, { form: 'hands' }));
    await unchanged(async () => {
      expect(await codesOf(await post(id, `items/${item(1)}/open`, { form: 'hands' }))).toEqual(['vote-open']);
      expect(await codesOf(await post(id, 'end'))).toEqual(['vote-open']);
      expect(await codesOf(await post(id, 'end', {}, rep))).toEqual(['not-your-act']);
      expect(await codesOf(await post(id, 'end', {}, neighbour))).toEqual(['not-found']);
      expect(await codesOf(await post(id, 'end', {}, resident))).toEqual(['not-found']);
      expect(await codesOf(await post(id, 'cancel', { reason: '人都到了' }))).toEqual(['meeting-begun']);
      expect(await codesOf(await post(id, `items/${item(0)}/close`, hands(9, 2)))).toEqual(['votes-do-not-add-up']);
      expect(await codesOf(await post(id, `items/${item(0)}/close`, hands(6, 4, 2)))).toEqual(['composition-not-met']);
      expect(await codesOf(await post(id, `items/${item(0)}/close`, hands(6, 4), rep))).toEqual(['not-your-act']);
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
      expect(await codesOf(await post(id, `items/${item(1)}/counts`, slips))).toEqual(['same-counter']);
      expect(await codesOf(await post(id, `items/${item(1)}/close`, { groups: { women: 4 } }))).toEqual([
        'second-count-missing',
      ]);
      expect(await codesOf(await post(id, `items/${item(1)}/counts`, slips, rep))).toEqual(['not-your-act']);
    });
    const differs = await ok<{ differences: Refused[] }>(
      await post(id, `items/${item(1)}/counts`, { ...slips, approve: 6, against: 3 }, teller),
    );
    expect(differs.differences.map(({ params }) => params)).toEqual([
      { what: '赞成', first: 5, second: 6 },
      { what: '反对', first: 4, second: 3 },
    ]);
    expect(await codesOf(await post(id, `items/${item(1)}/close`, { groups: { women: 4 } }))).toEqual([
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
      expect(await codesOf(await post(id, `items/${item(2)}/close`, hands(9, 0)))).toEqual(['votes-do-not-add-up']);
      const late = { person: representatives[1], relation: '晚了' };
      expect(await codesOf(await post(id, `items/${item(2)}/recusals`, late))).toEqual(['vote-open']);
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
      expect(await codesOf(await post(id, 'attendance', came(9, 10)))).toEqual(['meeting-over']);
      expect(await codesOf(await post(id, 'minutes', { text: '改' }, rep))).toEqual(['not-your-act']);
      expect(await codesOf(await post(id, 'minutes', { text: '改' }, neighbour))).toEqual(['not-found']);
      expect(await codesOf(await post(id, 'minutes', { text: '改', item: nowhere }))).toEqual(['not-found']);
      expect(await codesOf(await post(id, 'here', {}, rep))).toEqual(['meeting-over']);
      expect(await codesOf(await post(id, 'cancel', { reason: '晚了' }))).toEqual(['meeting-over']);
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
