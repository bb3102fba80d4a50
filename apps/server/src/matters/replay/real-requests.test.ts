import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout, features, rebuild } from '@lianxin/server';
import { demonstrationServer, type TestServer } from '@lianxin/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelinessOfCounties } from '../../reports/index.js';
import { replayRequests } from './replay-requests.js';
import { readKindHints } from './kind-hints.js';

/** Real messages are not part of the project; where the folder beside the checkout is missing this file says so and skips. */
const file = process.env.LIANXIN_REQUESTS ?? path.join(checkout, '../shared/data/requests/replied.jsonl');
const there = existsSync(file);
if (!there) process.stderr.write(`skipped: no real messages at ${file} (LIANXIN_REQUESTS names another place)\n`);

interface Line {
  readonly filed_at: string;
  readonly replied_at: string;
}

/** Days worked, computed apart from the server: weekends, days off and 调休 read from the calendar's own files by their text. */
const workedDays = (): ((from: string, to: string) => number) => {
  const off = new Set<string>();
  const worked = new Set<string>();
  for (let year = 2011; year <= 2026; year += 1) {
    const text = readFileSync(path.join(checkout, `policy-packs/cn-public-calendar/${year}.yaml`), 'utf8');
    const [holidays = '', exchanged = ''] = text.split(/^worked:/mu);
    for (const [day] of holidays.slice(holidays.indexOf('holidays:')).matchAll(/\d{4}-\d{2}-\d{2}/gu)) off.add(day);
    for (const [day] of exchanged.matchAll(/\d{4}-\d{2}-\d{2}/gu)) worked.add(day);
  }
  const day = 86_400_000;
  return (from, to) => {
    let count = 0;
    for (let at = Date.parse(`${from}T00:00:00Z`) + day; at <= Date.parse(`${to}T00:00:00Z`); at += day) {
      const text = new Date(at).toISOString().slice(0, 10);
      const weekend = [0, 6].includes(new Date(at).getUTCDay());
      if (worked.has(text) || (!weekend && !off.has(text))) count += 1;
    }
    return count;
  };
};

const local = (moment: string): string => new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10);

const quantile = (sorted: readonly number[], share: number): number => {
  const at = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(at)] ?? 0;
  const upper = sorted[Math.ceil(at)] ?? lower;
  return lower + (upper - lower) * (at - Math.floor(at));
};

describe.skipIf(!there)('1,360 real requests', () => {
  const village = '321181100200';
  let server: TestServer;
  let place: string;
  beforeAll(async () => {
    server = await demonstrationServer();
    const { rows } = await server.database.owner.query<{ code: string }>(
      `select code from lx.division where level = 'village' and county like '3211%' order by code limit 1`,
    );
    place = rows[0]?.code ?? village;
  }, 180_000);
  afterAll(() => server.close());

  it('replays them through the real commands and reports exactly what an independent computation finds', async () => {
    const text = readFileSync(file, 'utf8');
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    const started = performance.now();
    const done = await replayRequests(server.deps, text, {
      village: place,
      kindOf: readKindHints(path.join(checkout, 'policy-packs')),
    });
    process.stderr.write(
      `replayed ${done.answered} of ${lines.length} in ${Math.round((performance.now() - started) / 1000)} s\n`,
    );
    expect(done.problems).toEqual([]);
    expect(done).toMatchObject({ read: lines.length, opened: lines.length, answered: lines.length });

    const report = await timelinessOfCounties(server.deps, [place.slice(0, 6)]);
    if (!report.ok) throw new Error(JSON.stringify(report.faults));
    const days = lines
      .map((line) => (Date.parse(line.replied_at) - Date.parse(line.filed_at)) / 86_400_000)
      .toSorted((a, b) => a - b);
    const worked = workedDays();
    const { byKind, ...figures } = report.value;
    expect(figures).toEqual({
      count: lines.length,
      medianDays: quantile(days, 0.5),
      p90Days: quantile(days, 0.9),
      within15Days: days.filter((one) => one <= 15).length,
      within60Days: days.filter((one) => one <= 60).length,
      within15WorkingDays: lines.filter((line) => worked(local(line.filed_at), local(line.replied_at)) <= 15).length,
    });
    expect(Object.values(byKind).reduce((sum, one) => sum + one, 0)).toBe(lines.length);
    process.stderr.write(`${JSON.stringify(report.value)}\n`);
  }, 600_000);

  it('finds every projection of them equal when rebuilt from the acts', async () => {
    const client = new pg.Client(server.database.ownerConnection);
    await client.connect();
    try {
      const reports = await rebuild(client, features, server.clock.now());
      const mine = reports.filter((one) => one.name.startsWith('matter'));
      expect(mine.map((one) => [one.name, one.differing, one.examples])).toEqual([
        ['matter', 0, []],
        ['matter-count', 0, []],
      ]);
    } finally {
      await client.end();
    }
  });
});
