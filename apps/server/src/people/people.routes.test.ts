import path from 'node:path';
import { Workbook } from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, testServer, type SignedInClient, type TestServer } from '@lianxin/testkit/database';
import { checkout } from '../installation.js';
import { seedDemonstration } from './demonstration/seed-demonstration.js';

/** The first village of the demonstration's first town, and its town. */
const village = '431122112001';
const town = '431122112000';

let server: TestServer;
let password = '';
let secretary: SignedInClient;
let organiser: SignedInClient;

beforeAll(async () => {
  server = await testServer({ now: '2026-03-02T01:00:00.000Z' });
  const owner = await server.database.owner.connect();
  try {
    const seeded = await seedDemonstration({ ...server.deps, owner, packs: path.join(checkout, 'policy-packs') });
    password = seeded.password;
  } finally {
    owner.release();
  }
  secretary = await signIn(server, 'nanqiao-v01-secretary', password);
  organiser = await signIn(server, 'nanqiao-organisation', password);
});
afterAll(async () => server.close());

const json = async <T>(response: Response): Promise<T> => (await response.json()) as T;
interface Refused {
  faults: { code: string; what: string; cure: string }[];
}
interface Bodies {
  bodies: { id: string; kind: string; name: string; code: string | null; partyParentName: string | null }[];
}

describe('people over HTTP', () => {
  it('answers a Party group without a parent with 422 and the missing parent in words of both languages [NQ-05]', async () => {
    const group = { division: village, kind: 'party-group', name: '第三党小组', validFrom: '2026-03-01' };
    const zh = await secretary.send('POST', '/api/bodies', group);
    expect(zh.status).toBe(422);
    expect((await json<Refused>(zh)).faults[0]?.what).toContain('缺：党支部');
    const en = await secretary.send('POST', '/api/bodies', group, { 'accept-language': 'en' });
    expect((await json<Refused>(en)).faults[0]?.what).toContain('missing');
  });

  it('repeats the first answer for the same command id and refuses the id for another body', async () => {
    const team = { division: village, kind: 'volunteer-team', name: '演示志愿队', validFrom: '2026-03-01' };
    const key = { 'idempotency-key': 'a-key-made-once' };
    const first = await secretary.send('POST', '/api/bodies', team, key);
    const again = await secretary.send('POST', '/api/bodies', team, key);
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(await first.json()).toEqual(await again.json());
    const other = await secretary.send('POST', '/api/bodies', { ...team, name: '另一队' }, key);
    expect((await json<Refused>(other)).faults[0]?.code).toBe('idempotency-key-reused');
  });

  it('refuses unknown fields by name, a missing command id, and a visitor', async () => {
    const extra = await secretary.send('POST', '/api/bodies', {
      division: village,
      kind: 'volunteer-team',
      name: '甲队',
      validFrom: '2026-03-01',
      belief: '无',
    });
    expect([extra.status, (await json<Refused>(extra)).faults[0]?.code]).toEqual([422, 'field-unknown']);
    const bare = await server.request('/api/bodies', {
      method: 'POST',
      headers: { cookie: secretary.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ division: village, kind: 'volunteer-team', name: '乙队', validFrom: '2026-03-01' }),
    });
    expect([bare.status, (await json<Refused>(bare)).faults[0]?.code]).toEqual([400, 'idempotency-key-missing']);
    expect((await server.request(`/api/bodies?division=${village}`)).status).toBe(401);
  });

  it('shows a village office page with the secretary as director [DY-81]', async () => {
    const { bodies } = await json<Bodies>(await secretary.get(`/api/bodies?division=${village}&kind=liaison-office`));
    expect(bodies).toHaveLength(1);
    const page = await json<{ holders: { post: string; name: string }[] }>(
      await secretary.get(`/api/bodies/${bodies[0]?.id}`),
    );
    const secretaries = await json<{ appointments: { name: string }[] }>(
      await secretary.get(`/api/appointments?division=${village}&post=secretary`),
    );
    expect(page.holders).toEqual([
      expect.objectContaining({ post: 'liaison-director', name: secretaries.appointments[0]?.name }),
    ]);
    const contacts = await json<{ contacts: { bodyName: string | null; name: string }[] }>(
      await server.request(`/api/duty-contacts?division=${village}`),
    );
    expect(contacts.contacts.find((one) => one.bodyName !== null)?.name).toBe(secretaries.appointments[0]?.name);
  });

  it('gives the way from the village office to a department: town, head of the chain, department [DY-80]', async () => {
    const all = await json<Bodies>(await secretary.get('/api/bodies?division=431122000000&kind=liaison-office'));
    const from = (await json<Bodies>(await secretary.get(`/api/bodies?division=${village}&kind=liaison-office`)))
      .bodies[0];
    const to = all.bodies.find((body) => body.code === 'liaison-water-department');
    const way = await json<{ stations: { level: string; name: string }[] }>(
      await secretary.get(`/api/bodies/${from?.id}/route?to=${to?.id}`),
    );
    expect(way.stations.map((station) => station.level)).toEqual(['village', 'township', 'county', 'county']);
    expect(way.stations.at(-1)?.name).toContain('水利局');
  });

  it('opens a coverage report to the town and exports it, and says not found to another village [NQ-06]', async () => {
    const address = `/api/coverage/villages-without-branch?division=${town}`;
    const report = await json<{ figures: { count: number; of: number }[] }>(await organiser.get(address));
    expect(report.figures[0]).toMatchObject({ count: 22, of: 22 });
    expect((await secretary.get(address)).status).toBe(404);
    const book = new Workbook();
    const file = await organiser.get(`/api/coverage/convenience-stations/workbook?division=${town}`);
    expect(file.headers.get('content-type')).toContain('spreadsheetml');
    await book.xlsx.load(await file.arrayBuffer());
    expect(book.worksheets[0]?.rowCount).toBe(23);
  });

  it('writes down who read the list of persons', async () => {
    const list = await json<{ persons: { madeUp: boolean }[] }>(await organiser.get(`/api/persons?division=${town}`));
    expect(list.persons.every((person) => person.madeUp)).toBe(true);
    const { rows } = await server.database.owner.query(`select division from lx.access_log where what = 'persons'`);
    expect(rows).toEqual([{ division: town }]);
    expect((await secretary.get(`/api/persons?division=${town}`)).status).toBe(404);
  });

  it('shows a household its contact over the resident log-in, with no visit yet [NQ-74]', async () => {
    const resident = await signIn(server, 'nanqiao-v01-resident', password);
    const own = await json<{ households: { label: string; contactName: string | null; visits: unknown[] }[] }>(
      await resident.get('/api/households/mine'),
    );
    expect(own.households).toEqual([expect.objectContaining({ label: '一号院', visits: [] })]);
    expect(own.households[0]?.contactName).toMatch(/^.演.$/);
  });

  it('lets a grid leader log an act and read the own count, and refuses one as agent without a case [DY-73]', async () => {
    const leader = await signIn(server, 'nanqiao-v01-grid-leader-1', password);
    const act = { division: village, group: 'grid-leader', note: '宣讲防火', occurredAt: '2026-03-01T08:00:00.000Z' };
    expect((await leader.send('POST', '/api/field-acts', { ...act, role: 'publicist' })).status).toBe(201);
    const agent = await leader.send('POST', '/api/field-acts', { ...act, role: 'agent' });
    expect((await json<Refused>(agent)).faults[0]?.code).toBe('agent-act-without-matter');
    const own = await json<{ counts: Record<string, number> }>(
      await leader.get('/api/field-acts/mine?from=2026-03-01&to=2026-03-07'),
    );
    expect(own.counts).toMatchObject({ publicist: 1, agent: 0 });
  });

  it('shows a resident none of the registers, by 404 and never by an error', async () => {
    const resident = await signIn(server, 'nanqiao-v01-resident', password);
    const { bodies } = await json<Bodies>(await secretary.get(`/api/bodies?division=${village}`));
    const addresses = [
      `/api/bodies?division=${village}`,
      `/api/bodies/${bodies[0]?.id}`,
      `/api/bodies/${bodies[0]?.id}/route?to=${bodies[0]?.id}`,
      `/api/persons?division=${village}`,
      '/api/posts',
      `/api/appointments?division=${village}`,
      `/api/places?division=${village}`,
      `/api/coverage/committees-due?division=${village}`,
      `/api/field-acts/distribution?branch=${bodies[0]?.id}&from=2026-03-01&to=2026-03-07`,
    ];
    const statuses = await Promise.all(addresses.map(async (address) => (await resident.get(address)).status));
    expect(statuses).toEqual(addresses.map(() => 404));
  });

  it('lists stations of a village to everyone', async () => {
    const listed = await json<{ stations: { main: boolean }[] }>(
      await server.request('/api/convenience-stations?division=430321100236'),
    );
    expect(listed.stations.map((one) => one.main)).toEqual([true, false, false]);
  });
});
