import type { DisclosureOverview, InboxPage } from '@lianxin/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn, teaCounty, type SignedInClient } from '@lianxin/testkit/database';
import { forgetRules } from '../policy-packs/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { catalogueFor } from './catalogue.js';
import { tellLate } from './tell-late.js';
import { addTeaCups } from './test-pack/tea-boards.js';
import { idOf, teaDesk } from './test-pack/tea-desk.js';

const { lower, north, upper } = teaCounty.divisions;
const { carry, check, clerk, desk, draft, pay, publish, server, words } = teaDesk();
let neighbour: SignedInClient;
let township: SignedInClient;

beforeAll(async () => {
  neighbour = await signIn(server(), 'lower.clerk');
  township = await signIn(server(), 'north.officer');
  await carry();
});

describe('what is owed', () => {
  it('shows a village that published as in time and its neighbour as late from the eleventh, to the township [YS-72]', async () => {
    server().clock.set('2026-04-11T01:00:00.000Z');
    const answer = await township.get(`/api/disclosures/overview?division=${north}`);
    const { villages } = (await answer.json()) as DisclosureOverview;
    expect(
      villages.map(({ name, due, inTime, late }) => [
        name,
        due,
        inTime,
        late.map((one) => `${one.title} ${one.daysLate}`),
      ]),
    ).toEqual([
      ['上茶村', 2, 1, ['2025年第四季度茶资收支 91']],
      ['下茶村', 2, 0, ['2025年第四季度茶资收支 91', '2026年第一季度茶资收支 1']],
    ]);
  });

  it('owes a month by itself once twenty entries were made in it [LAW-VC-35c]', async () => {
    for (let at = 10; at < 30; at += 1) await pay(`2026-0${at}`, 1, '', '2026-03-03');
    const march = (await desk()).duties.find((duty) => duty.periodTitle === '2026年3月');
    expect([march?.dueBy, march?.state]).toEqual(['2026-04-10', 'late']);
  });
});

describe('what is late waits in an inbox', () => {
  const late = async (who: SignedInClient): Promise<string[]> =>
    ((await (await who.get('/api/inbox?kind=disclosure-late')).json()) as InboxPage).items.map(
      (item) => `${item.divisionName} ${item.what} ${item.matter ?? '-'}`,
    );
  const waiting = '上茶村 未按期公开：2026年第二季度茶资收支，应在 2026-07-10 前公布 -';

  it('of the village from the first day, of the town after thirty days, of nobody else, each once', async () => {
    server().clock.set('2026-07-20T01:00:00.000Z');
    await tellLate(server().deps, teaCounty.county);
    expect(await tellLate(server().deps, teaCounty.county)).toBe(0);
    expect(await late(clerk())).toContain(waiting);
    expect(await late(township)).not.toContain(waiting);
    expect(await late(neighbour)).not.toContain(waiting);
    server().clock.set('2026-08-20T01:00:00.000Z');
    await tellLate(server().deps, teaCounty.county);
    expect(await late(township)).toContain(waiting);
    expect((await late(clerk())).filter((one) => one === waiting)).toHaveLength(1);
    expect(await late(await signIn(server(), 'south.officer'))).not.toContain(waiting);
  });

  it('until it is published, under whichever name of the item it was told', async () => {
    const told = await server().database.owner.query(
      `update lx.inbox_item set duty = 'leaf-money' where duty = 'tea-money' and division = $1 and body in (select id from lx.body where division = $2)`,
      [upper, north],
    );
    expect(told.rowCount).toBeGreaterThan(0);
    const money = async () => (await desk()).drafts.find((one) => one.item === 'tea-money');
    if ((await money()) === undefined) await idOf(await draft({ from: '2026-04-01' }));
    const waits = await money();
    await idOf(await words(waits?.id ?? '', waits?.content.paragraphs ?? [], true));
    await idOf(await check(waits?.id ?? '', true));
    await idOf(await publish(waits?.id ?? ''));
    expect(await late(clerk())).not.toContain(waiting);
    expect(await late(township)).not.toContain(waiting);
    expect(await tellLate(server().deps, teaCounty.county)).toBe(0);
  });
});

describe('what several documents ask of one place', () => {
  const applied = async (division: string) => {
    forgetRules(server().deps.pool);
    return inContext(server().deps, systemContext(teaCounty.county), (tx) => catalogueFor(server().deps, tx, division));
  };
  const itemsIn = async (division: string) => (await applied(division)).items.map(({ item }) => item);

  it('adds up: an item that two of them name is one, by the earlier day and the longer notice, with the sources of both', async () => {
    await addTeaCups(server().database.owner, `${teaCounty.county}000000`, '00000009-0000-7000-8000-000000000721');
    const items = await itemsIn(upper);
    expect(items.map(({ id }) => id)).toEqual(['tea-money', 'tea-decisions', 'tea-members', 'tea-cups']);
    expect(items[0]).toMatchObject({
      title: '茶资收支',
      byDay: 5,
      noticePeriod: { days: 20 },
      channels: ['wall', 'portal'],
      mask: ['payee'],
      source: ['LAW-VC-35d', 'TEA-9'],
    });
    expect(await applied(upper)).toMatchObject({ answerDays: 15, late: { above: { within: { days: 30 } } } });
  });

  it('gives way to what a nearer division sets under the same name', async () => {
    await addTeaCups(server().database.owner, lower, '00000009-0000-7000-8000-000000000722');
    expect((await itemsIn(lower)).map(({ id, byDay }) => [id, byDay])).toEqual([
      ['tea-money', 5],
      ['tea-cups', 10],
    ]);
    expect(await itemsIn(upper)).toHaveLength(4);
  });
});
