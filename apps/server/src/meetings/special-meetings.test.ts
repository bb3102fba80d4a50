import type { MeetingRow, WaitingVote } from '@lianxin/contract';
import { codesOf, teaCounty, type SignedInClient } from '@lianxin/testkit/database';
import { afterAll, describe, expect, it } from 'vitest';
import { calling, came, meetingVillage, nowhere, ok, refusal } from './test-pack/meeting-village.js';

const { upper } = teaCounty.divisions;
const { server, clerk, teller, secretary, rep, neighbour, resident, propose, call, read, post, at, unchanged } =
  await meetingVillage();
afterAll(() => server.close());

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
      expect(await codesOf(await demand(3))).toEqual(['demand-too-few']);
      expect(await codesOf(await demand(4, neighbour))).toEqual(['not-found']);
      expect(await codesOf(await demand(4, resident))).toEqual(['not-found']);
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
      expect(await codesOf(await adjourn(rep))).toEqual(['not-your-act']);
      expect(await codesOf(await adjourn(neighbour))).toEqual(['not-found']);
      expect(await codesOf(await adjourn(clerk, nowhere))).toEqual(['not-found']);
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
    expect(
      await codesOf(await post(second, 'change', { meetsAt: '2026-04-07T01:00:00.000Z', room: '大树下' })),
    ).toEqual(['notice-too-short']);
    expect(
      await codesOf(await post(second, 'change', { meetsAt: '2026-04-13T01:00:00.000Z', room: '家里' }, rep)),
    ).toEqual(['not-your-act']);
    await unchanged(async () => {
      expect(await codesOf(await post(second, 'cancel', { reason: '不想开' }, rep))).toEqual(['not-your-act']);
      expect(await codesOf(await post(second, 'cancel', { reason: '不想开' }, neighbour))).toEqual(['not-found']);
      expect(await codesOf(await post(second, 'minutes', { text: '还没有开' }))).toEqual(['meeting-not-open']);
    });
    await ok(await post(second, 'cancel', { reason: '台风' }));
    expect(await codesOf(await post(second, 'begin'))).toEqual(['meeting-over']);
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
      expect(await codesOf(await post(id, `items/${item?.id}/open`, { form: 'hands' }))).toEqual(['wrong-ballot-form']);
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
      expect(await codesOf(await post(id, `items/${item?.id}/hand-over`, over))).toEqual(['field-missing']);
      const conclude = (who: SignedInClient, on = item?.id) =>
        post(id, `items/${on}/conclude`, { conclusion: '修' }, who);
      expect(await codesOf(await conclude(neighbour))).toEqual(['not-found']);
      expect(await codesOf(await conclude(rep))).toEqual(['not-your-act']);
      expect(await codesOf(await conclude(resident))).toEqual(['not-found']);
      expect(await codesOf(await conclude(teller, nowhere))).toEqual(['not-found']);
    });
    await unchanged(async () => {
      const add = (who: SignedInClient, body: object = { title: '清沟' }) => post(id, 'topics', body, who);
      expect(await codesOf(await add(neighbour))).toEqual(['not-found']);
      expect(await codesOf(await add(rep))).toEqual(['not-your-act']);
      expect(await codesOf(await add(resident))).toEqual(['not-found']);
      expect((await add(teller, { title: '' })).status).toBe(422);
    });
    await ok(await post(id, 'topics', { title: '清三组的沟', raisedBy: '三组组长' }, teller));
    expect((await read(id, teller)).items.map(({ number, title, matter }) => ({ number, title, matter }))).toEqual([
      { number: 1, title: '修村口的路', matter: null },
      { number: 2, title: '清三组的沟', matter: null },
    ]);
    await ok(await post(id, `items/${item?.id}/conclude`, { conclusion: '建议今年修' }, teller));
    await ok(await post(id, 'minutes', { text: '都说路坏了。' }, teller));
    await unchanged(async () => {
      expect(await codesOf(await post(id, `items/${item?.id}/hand-over`, over, teller))).toEqual(['not-your-act']);
    });
    const handed = await ok<{ matter: string; number: string }>(await post(id, `items/${item?.id}/hand-over`, over));
    const { meetings } = await ok<{ meetings: MeetingRow[] }>(
      await clerk.get(`/api/meetings?division=${upper}&matter=${handed.matter}`),
    );
    expect(meetings.map((one) => one.id)).toEqual([id]);
    const linked = await read(id);
    expect(linked.items[0]?.handedTo).toMatchObject({
      id: handed.matter,
      number: handed.number,
      subject: '修村口的路',
    });
    expect([linked.minutes?.text, linked.presence.present]).toEqual(['都说路坏了。', 1]);
    expect(await codesOf(await post(id, `items/${item?.id}/hand-over`, over))).toEqual(['already-done']);
  });
});
