import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkout } from '@lianxin/server';
import { teaCounty } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recountProvisional, sweepDeadlines } from './deadline-sweep.js';
import { teaServer, type TeaServer } from './test-pack/tea-server.js';

const { county } = teaCounty;
let tea: TeaServer;
beforeAll(async () => {
  tea = await teaServer(['upperClerk', 'northOfficer']);
});
afterAll(() => tea.server.close());

describe('deadlines', () => {
  it('let the clock run on by itself when the resident has not answered within the longest pause', async () => {
    const opened = await tea.tell('need', { wanted: '补证' });
    await tea.act('upperClerk', opened.id, 'accept');
    await tea.act('upperClerk', opened.id, 'ask', { papers: ['身份证'] });
    const start = tea.server.clock.now();
    tea.server.clock.advance({ days: 29 });
    await sweepDeadlines(tea.server.deps, county);
    expect((await tea.read('upperClerk', opened.id)).state).toBe('paused');
    tea.server.clock.advance({ days: 3 });
    await sweepDeadlines(tea.server.deps, county);
    const seen = await tea.read('upperClerk', opened.id);
    expect(seen.state).toBe('open');
    expect(await tea.count(`select count(*) from lx.matter where id = '${opened.id}' and state = 'open'`)).toBe(1);
    expect(seen.clocks.find((clock) => clock.id === 'work-limit')?.pauses).toHaveLength(1);
    tea.server.clock.set(start);
  });

  it('are provisional while a year’s notice is out, and counted again when it is loaded', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-calendar-'));
    const calendar = path.join(checkout, 'policy-packs', 'cn-public-calendar');
    const before = path.join(folder, 'before', 'calendar');
    mkdirSync(before, { recursive: true });
    for (const name of readdirSync(calendar)) {
      if (/^(?:20\d\d|statutory-days)\.yaml$/u.test(name) && !/^202[5-9]/u.test(name))
        cpSync(path.join(calendar, name), path.join(before, name));
    }
    const waiting = { ...tea.server.deps, config: { ...tea.server.deps.config, packs: path.join(folder, 'before') } };
    const start = tea.server.clock.now();
    // Received on Thursday 23 January 2025 with three working days; the notice for 2025 makes Sunday 26 January a working day.
    tea.server.clock.set('2025-01-23T02:00:00.000Z');
    const { openByResident } = await import('./open-matter.js');
    const { formToken, commandId } = await tea.form();
    const answer = await openByResident(waiting, commandId, {
      formToken,
      division: teaCounty.divisions.upper,
      kind: 'errand',
      fields: { wanted: '代办' },
    });
    if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
    const { id } = answer.body as { id: string };
    const standing = async () =>
      (
        await tea.server.database.owner.query<{ due: string; provisional: boolean }>(
          'select due, provisional from lx.matter where id = $1',
          [id],
        )
      ).rows[0];
    const first = await standing();
    expect(first?.provisional).toBe(true);
    expect(await recountProvisional(waiting, county)).toBe(0);
    expect(await recountProvisional(tea.server.deps, county)).toBeGreaterThanOrEqual(1);
    const final = await standing();
    expect(final?.provisional).toBe(false);
    // Friday 24, the worked Sunday 26 and Monday 27 January are the three working days before the festival.
    expect(final?.due).toBe('2025-01-27');
    expect(first?.due).not.toBe(final?.due);
    tea.server.clock.set(start);
    rmSync(folder, { recursive: true, force: true });
  });

  it('remind once for each limit however often the sweep runs, and never put a mark on anybody', async () => {
    const opened = await tea.tell('order', { wanted: '送药', phone: '13900000000' });
    tea.server.clock.advance({ days: 4 });
    for (let run = 0; run < 3; run += 1) await sweepDeadlines(tea.server.deps, county);
    const reminders = await tea.count(
      `select count(*) from lx.inbox_item where matter = '${opened.id}' and kind = 'reminder'`,
    );
    expect(reminders).toBe(3);
    const text = JSON.stringify(await tea.read('northOfficer', opened.id));
    expect(text).not.toMatch(/扣分|处分|penalty/u);
  });
});
