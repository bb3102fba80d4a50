import type { LogView } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeJournal } from '../journal/index.js';
import { inContext, systemContext } from '../storage/index.js';
import { publishCounty, sealCounty } from './index.js';

const { county, divisions } = teaCounty;

describe('the auditor’s page of the log', () => {
  let server: TestServer;
  let auditor: SignedInClient;
  const read = async (): Promise<LogView> => (await (await auditor.get('/api/log')).json()) as LogView;
  const check = async (): Promise<LogView> => {
    expect((await auditor.send('POST', '/api/log/checks', {})).status).toBe(202);
    return vi.waitFor(
      async () => {
        const view = await read();
        expect(view.check.state).toBe('done');
        return view;
      },
      { timeout: 20_000, interval: 50 },
    );
  };

  beforeAll(async () => {
    server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
    await addTeaCounty(server.database.owner);
    await addTeaAccounts(server.database.owner, [
      teaPeople.countyOfficer,
      teaPeople.upperClerk,
      teaPeople.upperResident,
    ]);
    auditor = await signIn(server, teaPeople.countyOfficer.username);
    await inContext(server.deps, systemContext(county), async (tx) => {
      for (let post = 0; post < 20; post += 1)
        writeJournal(tx, { kind: 'role.grant', division: divisions.upper, pub: { post: `post-${post}` } });
    });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  });
  afterAll(async () => server.close());

  it('shows each log with size, root in digits, key and witnesses, and warns when it was not signed for 25 hours (J13)', async () => {
    const [year] = (await read()).years;
    expect(year).toMatchObject({ year: 2026, size: 21, frozen: false, stale: false, asked: false, witnesses: [] });
    expect(year?.digits).toMatch(/^(?:\d{4} ){7}\d{4}$/);
    server.clock.advance({ hours: 25, minutes: 1 });
    auditor = await signIn(server, teaPeople.countyOfficer.username);
    expect((await read()).years[0]?.stale).toBe(true);
    await publishCounty(server.deps, county);
    expect((await read()).years[0]?.stale).toBe(false);
  });

  it('checks at once when asked, and keeps what came of it', async () => {
    expect((await read()).check.state).toBe('none');
    expect((await check()).check).toMatchObject({ state: 'done', done: 21, total: 21, entries: 20, findings: [] });
    await server.database.owner.query(
      `update lx.journal_entry set pub = '{"post":"forged"}' where pub ->> 'post' = 'post-4'`,
    );
    expect((await check()).check.findings).toMatchObject([
      { table: 'journal_entry', index: 5, what: 'journal-entry-changed' },
    ]);
    expect(server.logged).toContainEqual(expect.objectContaining({ event: 'log-check-findings' }));
  });

  it('starts one check at a time; the command that started it hears so again when it is repeated', async () => {
    const ask = async (id: string) =>
      (await auditor.send('POST', '/api/log/checks', {}, { 'idempotency-key': id })).json();
    expect(await Promise.all([ask('the-first-one'), ask('the-first-one')])).toEqual([
      { started: true },
      { started: true },
    ]);
    await vi.waitFor(async () => expect((await read()).check.state).toBe('done'), { timeout: 20_000, interval: 50 });
    const [mine, other] = await Promise.all([ask('the-second-one'), ask('the-third-one')]);
    expect([mine, other]).toContainEqual({ started: false });
    await vi.waitFor(async () => expect((await read()).check.state).toBe('done'), { timeout: 20_000, interval: 50 });
    expect((await auditor.send('POST', '/api/log/checks', {}, { 'idempotency-key': 'short' })).status).toBe(400);
  });

  it('refuses a visitor, a resident, and an office without the duty to audit; none of them starts anything', async () => {
    const before = (await read()).check.startedAt;
    const clerk = await signIn(server, teaPeople.upperClerk.username);
    const resident = await signIn(server, teaPeople.upperResident.username);
    for (const [who, status] of [
      [clerk, 403],
      [resident, 404],
    ] as const) {
      expect((await who.get('/api/log')).status).toBe(status);
      expect((await who.send('POST', '/api/log/checks', {})).status).toBe(status);
    }
    expect((await server.request('/api/log')).status).toBe(401);
    expect((await server.request('/api/log/checks', { method: 'POST' })).status).toBe(401);
    expect((await read()).check.startedAt).toBe(before);
  });
});
