import type { LedgerPage, RecordRow, SharedExport, SharedItemView } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, teaCounty, type SignedInClient } from '@lianxin/testkit/database';
import { room, rooms, teaRooms } from './test-pack/tea-rooms.js';

const { upper } = teaCounty.divisions;
const { as, enter, server, standing } = teaRooms([
  'upperClerk',
  'lowerClerk',
  'northOfficer',
  'upperResident',
  'southOfficer',
]);

describe('what is shared with other systems', () => {
  const share = (who: SignedInClient, item = 'rooms-to-guide', division: string = upper) =>
    who.send('POST', `/api/sharing/${item}/exports`, { division });
  const log = async (): Promise<LedgerPage> =>
    (await (
      await as('upperClerk').get(`/api/registers/tea-exports/ledgers/all?division=${upper}`)
    ).json()) as LedgerPage;

  it('an export has the listed fields alone and leaves a log entry with its purpose and the number of records [DY-53]', async () => {
    await enter({ ...room('共享间'), fields: { room: '共享间', slot: 'morning', seats: 8, opened: '2026-02-01' } });
    const items = (await (await as('upperClerk').get(`/api/sharing?division=${upper}`)).json()) as {
      items: SharedItemView[];
    };
    expect(items.items).toMatchObject([
      { id: 'rooms-to-guide', purpose: '在导览图上显示茶室', register: 'tea-rooms', legalBasis: [] },
      { id: 'helpers-to-watch', security: true, legalBasis: ['TC-ART-4'] },
    ]);
    const page = await as('upperClerk').get(`${rooms}/records?division=${upper}&limit=200`);
    const { records } = (await page.json()) as { records: RecordRow[] };
    const answer = await share(as('upperClerk'));
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
    const read = await server().database.owner.query<{ purpose: string }>(
      `select purpose from lx.access_log where what = 'sharing rooms-to-guide'`,
    );
    expect(read.rows).toEqual([{ purpose: '在导览图上显示茶室' }]);
    const kept = await server().database.owner.query<{ answer: string }>(
      `select answer::text as answer from lx.command where route = 'POST /api/sharing/{item}/exports'`,
    );
    expect(kept.rows.map((row) => row.answer.includes('共享间'))).toEqual([false]);
  });

  it('a neighbour, a resident, an office of another place and an item that is not listed get nothing, and nothing is logged [DY-53]', async () => {
    const before = await standing();
    for (const who of (['lowerClerk', 'upperResident', 'southOfficer'] as const).map(as)) {
      const refused = await share(who);
      expect([refused.status, await codesOf(refused)]).toEqual([404, ['not-found']]);
      expect((await who.get(`/api/sharing?division=${upper}`)).status).toBe(404);
    }
    expect(await codesOf(await share(as('upperClerk'), 'rooms-to-police'))).toEqual(['not-found']);
    const noKeeper = await share(as('northOfficer'), 'helpers-to-watch');
    expect([noKeeper.status, await codesOf(noKeeper)]).toEqual([403, ['capability-missing']]);
    const visitor = await server().request(`/api/sharing?division=${upper}`);
    expect(visitor.status).toBe(401);
    expect(await standing()).toBe(before);
  });
});
