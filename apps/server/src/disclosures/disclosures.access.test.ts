import type { LedgerPage } from '@lianxin/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesOf, officeOver, signIn, teaCounty, teaPeople, type SignedInClient } from '@lianxin/testkit/database';
import { appoint } from '../people/appoint.js';
import { idOf, teaDesk } from './test-pack/tea-desk.js';

const { upper, lower } = teaCounty.divisions;
const { carry, check, clerk, desk, draft, publish, query, server, standing, watcher, words } =
  teaDesk('2026-04-11T01:00:00.000Z');
let neighbour: SignedInClient;
let township: SignedInClient;

beforeAll(async () => {
  neighbour = await signIn(server(), 'lower.clerk');
  township = await signIn(server(), 'north.officer');
  await carry();
});

describe('who may', () => {
  it('lets the committee read every voucher of its own village and of no other [YS-67]', async () => {
    const own = await watcher().get(`/api/registers/tea-accounts/ledgers/vouchers?division=${upper}`);
    expect(((await own.json()) as LedgerPage).rows).toHaveLength(3);
    const other = await watcher().get(`/api/registers/tea-accounts/ledgers/vouchers?division=${lower}`);
    expect(await codesOf(other)).toEqual(['not-found']);
    expect((await desk(watcher())).drafts.every((one) => !one.may.edit && !one.may.publish)).toBe(true);
  });

  it('refuses strangers, other offices, own checks and stale copies, and leaves everything as it was', async () => {
    const id = await idOf(await draft({ from: '2026-04-01' }));
    await idOf(await words(id, ['四月'], true));
    const before = await standing();
    expect(await codesOf(await draft({ from: '2026-07-01' }, neighbour))).toEqual(['not-found']);
    expect(await codesOf(await draft({ from: '2026-07-01' }, watcher()))).toEqual(['capability-missing']);
    expect(await codesOf(await draft({ from: '2026-07-01' }, township))).toEqual(['capability-missing']);
    expect(await codesOf(await draft({ item: 'tea-weather' }))).toEqual(['disclosure-item-unknown']);
    expect(await codesOf(await check(id, true, '', clerk()))).toEqual(['capability-missing']);
    expect(await codesOf(await check(id, true, '', neighbour))).toEqual(['not-found']);
    expect(await codesOf(await publish(id, neighbour))).toEqual(['not-found']);
    const resident = await signIn(server(), 'upper.resident');
    expect(await codesOf(await publish(id, resident))).toEqual(['not-found']);
    expect(await codesOf(await check(id, true, '', resident))).toEqual(['not-found']);
    const stale = await watcher().send('POST', `/api/disclosures/drafts/${id}/check`, {
      version: 1,
      agrees: true,
      note: '',
    });
    expect(await codesOf(stale)).toEqual(['stale-version']);
    const [row] = (await desk()).published;
    expect(
      await codesOf(await neighbour.send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '错' })),
    ).toEqual(['not-found']);
    expect(await codesOf(await clerk().send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '' }))).toEqual([
      'reason-missing',
    ]);
    expect(
      await codesOf(await clerk().send('POST', `/api/disclosures/${row?.id}/withdraw`, { reason: '付给茶上村民' })),
    ).toEqual(['personal-data-found']);
    expect(await codesOf(await server().request(`/api/disclosures/desk?division=${upper}`))).toEqual(['not-signed-in']);
    expect(await standing()).toBe(before);
  });

  it('takes a disclosure down with a reason that stands in the log; its versions stay', async () => {
    const id = await carry({
      item: 'tea-decisions',
      from: '2026-04-11',
      paragraphs: ['决定修缮茶室。'],
      title: '修缮茶室的决定',
    });
    await idOf(await clerk().send('POST', `/api/disclosures/${id}/withdraw`, { reason: '表决人数有误' }));
    const [leaf] = await query<{ pub: object }>(`select pub from lx.journal_entry where kind = 'board.withdraw'`);
    expect(leaf?.pub).toEqual({ board: '村务公开', title: '修缮茶室的决定', version: 1, reason: '表决人数有误' });
    expect(await query(`select 1 from lx.disclosure_version where disclosure = '${id}'`)).toHaveLength(1);
    expect(await codesOf(await clerk().send('POST', `/api/disclosures/${id}/withdraw`, { reason: '再撤' }))).toEqual([
      'disclosure-withdrawn',
    ]);
  });
});

describe('who watches', () => {
  it('refuses a member of the committee as supervisor, and who lives with one, and changes nothing [YS-67]', async () => {
    const { person } = teaPeople.upperClerk;
    const kin = teaPeople.upperResident.person;
    const household = '00000005-0000-7000-8000-000000000720';
    const { owner } = server().database;
    await owner.query(
      `insert into lx.household (county, id, division, label, valid_from, recorded_at) values ($1, $2, $3, '一号院', '2020-01-01', '2020-01-01')`,
      [teaCounty.county, household, upper],
    );
    for (const member of [person, kin]) {
      await owner.query(
        `insert into lx.household_member (county, household, person, division, valid_from, recorded_at) values ($1, $2, $3, $4, '2020-01-01', '2020-01-01')`,
        [teaCounty.county, household, member, upper],
      );
    }
    const [body] = await query<{ id: string }>(`select id from lx.body where kind = 'supervision-committee'`);
    const count = () => query<{ terms: number }>('select count(*)::int as terms from lx.appointment');
    const before = await count();
    const seat = (who: string) =>
      appoint(server().deps, {
        actor: officeOver(upper),
        commandId: crypto.randomUUID(),
        input: { person: who, post: 'tea-supervisor', body: body?.id ?? '', validFrom: '2026-05-01' },
      });
    expect(await seat(person)).toMatchObject({ faults: [{ code: 'supervisor-barred', source: ['LAW-VC-37b'] }] });
    expect(await seat(kin)).toMatchObject({ faults: [{ code: 'supervisor-relative' }] });
    expect(await count()).toEqual(before);
  });
});
