import type { RegisterView } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, teaCounty, type SignedInClient } from '@lianxin/testkit/database';
import { room, rooms, sheet, teaRooms } from './test-pack/tea-rooms.js';

const { upper, north, county } = teaCounty.divisions;
const { as, enter, sendSheet, server, standing } = teaRooms([
  'upperClerk',
  'lowerClerk',
  'northOfficer',
  'countyOfficer',
  'upperResident',
  'southOfficer',
]);

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
    for (const who of ['lowerClerk', 'upperResident', 'southOfficer'] as const) {
      const answers = await Promise.all(tries(as(who)));
      for (const answer of answers) {
        expect(answer.status).toBe(404);
        expect(await codesOf(answer)).toEqual(['not-found']);
      }
      const bytes = await sheet([['越权', '上午', 3, null]]);
      expect((await sendSheet(bytes, false, who)).status).toBe(404);
      expect((await sendSheet(bytes, true, who, 'import-report.xlsx')).status).toBe(404);
    }
    const visitor = await server().request(`${rooms}/records?division=${upper}`);
    expect(visitor.status).toBe(401);
    expect(await standing()).toBe(before);
  });

  it('an office in range that is no keeper is told what duty it takes; a ledger made for its level it may see', async () => {
    const helpers = '/api/registers/tea-helpers';
    const refused = [
      await as('northOfficer').get(`${helpers}/records?division=${upper}`),
      await as('northOfficer').send('POST', `${helpers}/records`, {
        division: upper,
        on: '2026-03-01',
        fields: { name: '甲' },
      }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(await codesOf(answer)).toEqual(['capability-missing']);
    }
    const seen = (await (await as('countyOfficer').get(`/api/registers?division=${county}`)).json()) as {
      registers: RegisterView[];
    };
    expect(seen.registers.map((each) => each.id)).toEqual(['tea-rooms']);
    expect((await as('northOfficer').get(`${rooms}/ledgers/by-slot?division=${north}`)).status).toBe(200);
  });

  it('a register about people leaves a line for every reading', async () => {
    const count = async () =>
      Number(
        (
          await server().database.owner.query(
            `select count(*) as n from lx.access_log where what = 'register tea-helpers'`,
          )
        ).rows[0].n,
      );
    const before = await count();
    await as('upperClerk').get(`/api/registers/tea-helpers/records?division=${upper}`);
    await as('upperClerk').get(`/api/registers/tea-helpers/records.xlsx?division=${upper}`);
    expect(await count()).toBe(before + 2);
  });
});
