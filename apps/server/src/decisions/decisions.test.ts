import type { DecisionChannels, InboxPage } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  addTeaDecisions,
  codesOf,
  decideInTea,
  signIn,
  teaCounty,
  teaPassword,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, sharedHash } from '../access/index.js';
import { newForm } from '../matters/index.js';

const { county, divisions } = teaCounty;
const { upperClerk, lowerClerk, countyOfficer, upperResident } = teaPeople;
const supervisor = '00000006-0000-7000-8000-000000000301';
const supervising = '00000002-0000-7000-8000-000000000301';
let server: TestServer;
let matter: string;
let clerk: SignedInClient;
let watcher: SignedInClient;
let neighbour: SignedInClient;
let auditor: SignedInClient;
let resident: SignedInClient;

const count = async (sql: string): Promise<number> =>
  (await server.database.owner.query<{ n: number }>(`select (${sql})::int as n`)).rows[0]?.n ?? 0;
const page = (path = '', village: string = divisions.upper) =>
  server.request(`/v/${village}/decisions/${matter}${path}`);
const say = (kind: string, fields: Record<string, string> = {}, over: { path?: string; token?: string } = {}) => {
  const { formToken, commandId } = newForm(server.deps);
  const form = new FormData();
  const all = { kind, command: commandId, 'form-token': over.token ?? formToken, ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return server.request(over.path ?? `/v/${divisions.upper}/decisions/${matter}`, { method: 'POST', body: form });
};
const channels = async (who = clerk): Promise<DecisionChannels> =>
  (await (await who.get(`/api/matters/${matter}/channels`)).json()) as DecisionChannels;
/** Everything kept of a decision's channels, in one figure. */
const kept = () =>
  count(`select count(*) + (select count(*) from lx.decision_word_sender) + (select coalesce(sum(uses), 0) from lx.decision_use)
    + (select count(*) from lx.decision_word where answer is not null) + (select count(*) from lx.journal_entry)
    + (select count(*) from lx.inbox_item) from lx.decision_word`);

/** The representatives are called once more, two days from now, with the decision on the agenda. */
const callMeeting = async (): Promise<void> => {
  const { owner } = server.database;
  const meeting = server.deps.newId();
  await owner.query(
    `insert into lx.meeting (county, id, division, roll, body_name, title, meets_at, room, called_by, office_post, office_body, called_at, party, open_to_public, state, updated_at)
     values ($1, $2, $3, 'representatives', '村民代表会议', '听工程汇报', $4::timestamptz + interval '2 days', '村部', $5, 'tea-clerk', $6, $4, false, true, 'called', $4)`,
    [county, meeting, divisions.upper, server.clock.now(), supervisor, supervising],
  );
  await owner.query(
    `insert into lx.meeting_item (county, id, division, meeting, number, title, matter, stage, state) values ($1, $2, $3, $4, 1, '修村口的桥', $5, 'resolve', 'waiting')`,
    [county, server.deps.newId(), divisions.upper, meeting, matter],
  );
};

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const { owner } = server.database;
  await addTeaCounty(owner);
  await addTeaAccounts(owner, [upperClerk, lowerClerk, countyOfficer, upperResident]);
  await addTeaDecisions(owner);
  await owner.query(
    `insert into lx.body (county, id, division, kind, name, valid_from, recorded_at) values ($1, $2, $3, 'supervision-committee', '上茶村监督委员会', '2020-01-01', now())`,
    [county, supervising, divisions.upper],
  );
  await owner.query(
    `insert into lx.post (id, title, title_en, body_kind, level) values ('tea-supervisor', '成员', 'supervisor', 'supervision-committee', 'village')`,
  );
  await owner.query(
    `insert into lx.person (county, id, division, name, made_up, valid_from, recorded_at) values ($1, $2, $3, '茶监督', true, '2020-01-01', now())`,
    [county, supervisor, divisions.upper],
  );
  await owner.query(
    `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
     values ($1, $2, $3, $2, 'tea-supervisor', $4, '茶监督', '2020-01-01', now())`,
    [county, supervisor, divisions.upper, supervising],
  );
  const login = { username: 'tea.watcher', name: '茶监督', person: supervisor, county, password: teaPassword };
  const added = await addAccount(owner, login, sharedHash());
  if (!added.ok) throw new Error(JSON.stringify(added.faults));
  ({ matter } = await decideInTea(server, '修村口的桥'));
  clerk = await signIn(server, upperClerk.username);
  watcher = await signIn(server, 'tea.watcher');
  neighbour = await signIn(server, lowerClerk.username);
  auditor = await signIn(server, countyOfficer.username);
  resident = await signIn(server, upperResident.username);
});
afterAll(() => server.close());

describe('a published decision on the portal', () => {
  it('offers the file, the meeting sign-up, the comment box and the supervision query, and each use adds 1 to its counter [NQ-11]', async () => {
    await callMeeting();
    const html = await (await page()).text();
    for (const offered of ['看全过程', '报名旁听会议', '提意见', '向监督委员会询问']) expect(html).toContain(offered);
    expect((await channels()).uses).toEqual({ file: 0, meeting: 0, comment: 0, query: 0 });
    const file = await (await page('/file')).text();
    expect(file).toContain('到会 21、赞成 12、反对 9');
    expect(file).not.toContain(upperClerk.name);
    expect((await channels()).uses).toEqual({ file: 1, meeting: 0, comment: 0, query: 0 });
    await say('sign-up');
    expect((await channels()).uses).toEqual({ file: 1, meeting: 1, comment: 0, query: 0 });
    await say('comment', { text: '桥要能过农用车。' });
    expect((await channels()).uses).toEqual({ file: 1, meeting: 1, comment: 1, query: 0 });
    const asked = await (await say('query', { text: '工程款付了多少？' })).text();
    expect((await channels()).uses).toEqual({ file: 1, meeting: 1, comment: 1, query: 1 });
    expect(asked).toContain('已转给村务监督委员会');
    expect(await (await page()).text()).toContain('桥要能过农用车。');
    const list = await (await server.request(`/v/${divisions.upper}/decisions`)).text();
    expect(list).toContain('修村口的桥');
  });

  it('says on screen and on the paper form that it is confidential, not anonymous, and shows comments without a name', async () => {
    await say('comment', { text: '先修东头。', name: '茶小满', contact: '13800138000' });
    const html = await (await page()).text();
    expect(html).toContain('保密，但不是匿名');
    expect(html).toContain('class="paper-only"');
    expect(html).toContain('先修东头。');
    expect(html).not.toContain('茶小满');
    const stored = await server.database.owner.query<{ row: string }>(
      `select w::text || coalesce((select c.answer::text || c.route from lx.command c where c.answer like '%茶小满%' limit 1), '') as row from lx.decision_word w`,
    );
    expect(stored.rows.map(({ row }) => row).join('')).not.toContain('茶小满');
  });

  it('leaves nothing for a form that expired, an empty one, a meeting that is over, personal data, another village or a matter that is not public', async () => {
    const before = await kept();
    const [opened] = (
      await server.database.owner.query<{ id: string }>(
        `insert into lx.matter (county, id, division, place, number, procedure, pack_hash, subject, channel, start_level, opened_at, recorded_at, version, state, level, updated_at, stage)
         select county, '00000000-0000-7000-8000-00000000aaaa', division, place, 'T-1', procedure, pack_hash, '还没有公布的', channel, start_level, opened_at, recorded_at, 1, 'open', level, updated_at, 'propose'
         from lx.matter where id = $1 returning id`,
        [matter],
      )
    ).rows;
    await server.database.owner.query(
      `insert into lx.act select county, $2, seq, gen_random_uuid(), division, command_id, act, stage, sense, actor_kind, person, office_post, office_body, on_behalf_of, body, ruling, occurred_at, recorded_at from lx.act where matter = $1 and seq = 0`,
      [matter, opened?.id],
    );
    expect((await say('comment', { text: '迟了' }, { token: 'old' })).status).toBe(410);
    expect((await say('comment', { text: ' ' })).status).toBe(422);
    server.clock.advance({ days: 3 });
    expect(await (await say('sign-up')).text()).toContain('no-meeting-ahead');
    expect(await (await say('query', { text: '打13800138000问' })).text()).toContain('personal-data-found');
    for (const path of [
      `/v/${divisions.lower}/decisions/${matter}`,
      `/v/${divisions.upper}/decisions/${opened?.id}`,
      `/v/${divisions.upper}/decisions/nonsense`,
    ]) {
      expect((await say('comment', { text: '好' }, { path })).status).toBe(404);
      expect((await server.request(path)).status).toBe(404);
      expect((await server.request(`${path}/file`)).status).toBe(404);
    }
    expect(await kept()).toBe(before);
  });
});

describe('what the offices see and do', () => {
  const query = async () => (await channels()).words.find((word) => word.kind === 'query');

  it('a query waits with the supervision committee, which answers it once, for everybody to read', async () => {
    const inbox = async () =>
      ((await (await watcher.get('/api/inbox')).json()) as InboxPage).items.filter(
        (item) => item.kind === 'supervision-query',
      );
    expect((await inbox()).map((item) => item.what)).toEqual(['群众向监督委员会询问，请答复']);
    expect(await channels(watcher)).toMatchObject({ mayAnswer: true, mayOpenSender: false });
    const word = await query();
    const answer = (who: SignedInClient, text = '付了三成，发票在公开栏。') =>
      who.send('POST', `/api/decision-words/${word?.id}/answer`, { answer: text });
    const before = await kept();
    expect(await codesOf(await answer(clerk))).toEqual(['capability-missing']);
    expect(await codesOf(await answer(neighbour))).toEqual(['not-found']);
    expect(await codesOf(await answer(resident))).toEqual(['not-found']);
    expect(await codesOf(await answer(auditor))).toEqual(['capability-missing']);
    expect(await codesOf(await answer(watcher, '找13800138000'))).toEqual(['personal-data-found']);
    expect(await kept()).toBe(before);
    expect((await answer(watcher)).status).toBe(201);
    expect(await codesOf(await answer(watcher))).toEqual(['already-done']);
    expect(await inbox()).toEqual([]);
    expect(await (await page()).text()).toContain('付了三成，发票在公开栏。');
  });

  it('a name that was left is opened by an auditor alone, with a line in the access log', async () => {
    expect((await channels()).words.map((word) => word.sealed)).toEqual([false, false, false, false]);
    const sealed = (await channels(auditor)).words.find((word) => word.sealed);
    expect(sealed?.text).toBe('先修东头。');
    const open = (who: SignedInClient) => who.get(`/api/decision-words/${sealed?.id}/sender?purpose=核查`);
    const readings = () => count(`select count(*) from lx.access_log where what = 'decision-word-sender'`);
    expect(await codesOf(await open(clerk))).toEqual(['capability-missing']);
    expect(await codesOf(await open(watcher))).toEqual(['capability-missing']);
    expect(await codesOf(await open(neighbour))).toEqual(['not-found']);
    expect(await codesOf(await open(resident))).toEqual(['not-found']);
    expect((await server.request(`/api/decision-words/${sealed?.id}/sender?purpose=核查`)).status).toBe(401);
    expect(await readings()).toBe(0);
    expect(await (await open(auditor)).json()).toEqual({ name: '茶小满', contact: '13800138000' });
    expect(await readings()).toBe(1);
  });

  it('a neighbour, a resident and a visitor see no channels of a matter', async () => {
    const path = `/api/matters/${matter}/channels`;
    expect(await codesOf(await neighbour.get(path))).toEqual(['not-found']);
    expect(await codesOf(await resident.get(path))).toEqual(['not-found']);
    expect((await server.request(path)).status).toBe(401);
  });
});
