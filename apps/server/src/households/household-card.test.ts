import type { CardContent } from '@lianxin/contract';
import { made, codesIn } from '@lianxin/testkit/database';
import { describe, expect, it } from 'vitest';
import type { Command } from '../http/command.js';
import { cardsToPrint, correctCard, issueCard, readCard, readOwnCards, withdrawCard } from './household-card.js';
import { cardReport, listHouseholds } from './read-households.js';
import {
  asSession,
  clerk,
  division,
  gridVillage,
  household,
  keeper,
  neighbour,
  stranger,
  validFrom,
  villager,
} from './test-pack/grid-village.js';

const { by, count, everything, read, server } = gridVillage({ drawn: true });

const content: CardContent = {
  staff: [{ name: '茶网格长001', duty: '网格长', phone: '0746-123' }],
  channels: [{ kind: 'phone', value: '0746-123' }],
  needs: [{ text: '院里水泵要修', expressedOn: '2026-03-01' }],
};

describe('contact cards', () => {
  it('are one for each household: 290 of 300 are reported, and a second for one household is refused [DY-63]', async () => {
    for (let number = 1; number <= 290; number += 1) {
      const issued = await issueCard(
        server().deps,
        by(keeper, { id: household(number), ...content, issuedOn: validFrom }),
      );
      if (issued.status !== 201) throw new Error(JSON.stringify(issued));
    }
    const report = await read(keeper, (tx) => cardReport(tx, division));
    if (!report.ok) throw new Error('refused');
    expect(`${report.value.cards}/${report.value.households}`).toBe('290/300');
    expect(report.value.without.map((one) => one.label)).toContain('300号');
    const second = await issueCard(server().deps, by(keeper, { id: household(1), ...content, issuedOn: validFrom }));
    expect('faults' in second ? second.faults : []).toEqual([
      expect.objectContaining({ code: 'household-has-card', params: { issuedOn: validFrom } }),
    ]);
    const without = await read(keeper, (tx) => listHouseholds(tx, { division, card: 'without' }));
    expect(without).toMatchObject({ ok: true, value: { households: { length: 10 } } });
  });

  it('are refused to strangers, to offices without the duty, and to words that are no need; nothing changes', async () => {
    const before = await everything();
    const issue = (actor: Command['actor'], more: Partial<CardContent> = {}) =>
      issueCard(server().deps, by(actor, { id: household(300), ...content, ...more, issuedOn: validFrom }));
    expect(codesIn(await issue(neighbour))).toEqual(['not-found']);
    expect(codesIn(await issue(villager))).toEqual(['not-found']);
    expect(codesIn(await issue(clerk))).toEqual(['capability-missing']);
    expect(codesIn(await issue(keeper, { needs: [{ text: '这家人信教', expressedOn: validFrom }] }))).toEqual([
      'note-not-a-need',
    ]);
    expect(await everything()).toEqual(before);
    expect(await read(clerk, (tx) => readCard(tx, asSession(clerk), household(1)))).toMatchObject({ ok: false });
    expect(await read(neighbour, (tx) => readCard(tx, asSession(neighbour), household(1)))).toMatchObject({
      ok: false,
    });
    expect(await count('access_log')).toBe(0);
  });

  it('are read by an office with a line in the access log, and printed by grid [DY-63]', async () => {
    const card = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)));
    expect(card).toMatchObject({
      ok: true,
      value: { label: '1号', content, entries: [{ number: 1, enteredBy: 'office' }] },
    });
    const { rows } = await server().database.owner.query<{ id: string }>(
      `select id from lx.grid where code = '001' and valid_to is null`,
    );
    const printed = await read(keeper, (tx) => cardsToPrint(tx, asSession(keeper), { division, grid: rows[0]?.id }));
    expect(printed).toMatchObject({ ok: true });
    expect(printed.ok && printed.value.every((one) => one.gridName === '第001网格')).toBe(true);
    const log = await server().database.owner.query('select what, subject from lx.access_log order by id');
    expect(log.rows).toEqual([
      { what: 'household-card', subject: household(1) },
      { what: 'household-card', subject: null },
    ]);
  });

  it('corrected on an older entry are merged field by field; the same field twice is refused until a person has chosen [DY-63]', async () => {
    const seen = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(2)));
    if (!seen.ok || seen.value === null) throw new Error('no card');
    const { id } = seen.value;
    const correct = (actor: Command['actor'], base: number, more: Partial<CardContent>) =>
      correctCard(server().deps, by(actor, { id, base, ...content, ...more }));
    const staff = (phone: string) => [{ name: '茶网格长001', duty: '网格长', phone }];
    const need = { text: '要一根拐杖', expressedOn: '2026-03-02' };
    made(await correct(keeper, 1, { staff: staff('0746-456') }));
    // Written on the same first entry, without signal: another field, and it sends all the rest as it was.
    made(await correct(keeper, 1, { needs: [...content.needs, need] }));
    const merged = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(2)));
    expect(merged).toMatchObject({
      value: { content: { staff: staff('0746-456'), needs: [...content.needs, need] }, entries: { length: 3 } },
    });
    const before = await everything();
    const refused = await correct(keeper, 1, { staff: staff('0746-789') });
    expect('faults' in refused ? refused.faults : []).toEqual([
      expect.objectContaining({ code: 'card-changed-twice', params: { count: 1, now: 3 } }),
    ]);
    expect(codesIn(await correct(keeper, 9, {}))).toEqual(['not-found']);
    expect(codesIn(await correct(clerk, 3, {}))).toEqual(['capability-missing']);
    expect(codesIn(await correct(villager, 3, {}))).toEqual(['not-found']);
    expect(await everything()).toEqual(before);
    made(await correct(keeper, 3, { staff: staff('0746-789'), needs: [...content.needs, need] }));
  });

  it('are the household’s to see, correct and withdraw; then no office reads them, and another may be issued [DY-63]', async () => {
    const [own] = await read(villager, readOwnCards);
    expect(own).toMatchObject({ label: '1号', content: { needs: [{ text: '院里水泵要修' }] } });
    expect(await read(stranger, readOwnCards)).toEqual([]);
    const id = own?.id ?? '';
    const corrected = { ...content, needs: [], base: 1 };
    expect(codesIn(await correctCard(server().deps, by(stranger, { id, ...corrected })))).toEqual(['not-found']);
    made(await correctCard(server().deps, by(villager, { id, ...corrected })));
    const seen = await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)));
    expect(seen).toMatchObject({
      ok: true,
      value: { content: { needs: [] }, entries: [{}, { enteredBy: 'household' }] },
    });
    expect(codesIn(await withdrawCard(server().deps, by(stranger, { id, on: validFrom })))).toEqual(['not-found']);
    expect(codesIn(await withdrawCard(server().deps, by(clerk, { id, on: validFrom })))).toEqual([
      'capability-missing',
    ]);
    made(await withdrawCard(server().deps, by(villager, { id, on: validFrom })));
    expect(await read(keeper, (tx) => readCard(tx, asSession(keeper), household(1)))).toEqual({
      ok: true,
      value: null,
    });
    expect(await read(keeper, (tx) => tx.rows('select 1 from lx.household_card_entry where card = $1', [id]))).toEqual(
      [],
    );
    expect(codesIn(await correctCard(server().deps, by(keeper, { id, ...content, base: 2 })))).toEqual([
      'card-withdrawn',
    ]);
    made(await issueCard(server().deps, by(keeper, { id: household(1), ...content, issuedOn: validFrom })));
  });
});
