import { seedDemonstration } from '@lianxin/server';
import { testServer, type TestServer } from '@lianxin/testkit/database';
import type { ActivePack, ProcedureReading, RequestForm } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedPacks } from './seed-packs.js';

const village = '431122112200';
let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  await seedDemonstration(server.deps, { owner: server.database.ownerConnection });
}, 180_000);
afterAll(() => server.close());

const packs = async (division: string, on = ''): Promise<ActivePack[]> => {
  const answer = await server.request(`/api/policy-packs?division=${division}${on === '' ? '' : `&on=${on}`}`);
  return ((await answer.json()) as { packs: ActivePack[] }).packs;
};

describe('policy packs of the demonstration', () => {
  it('activates in each county the packs that its list names, so that one village runs several', async () => {
    const active = await packs(village);
    expect(active.map((one) => one.pack)).toContain('danyang-four-haves');
    expect(active.length).toBeGreaterThan(1);
    expect(active.flatMap((one) => one.rules.map((rule) => rule.kind))).toContain('procedure');
    expect(await packs(village, '2010-12-31')).toEqual([]);
  });

  it('keeps and activates nothing twice', async () => {
    const count = async () =>
      (
        await server.database.owner.query<{ n: number }>(
          'select ((select count(*) from lx.pack_version) + (select count(*) from lx.pack_activation))::int as n',
        )
      ).rows[0]?.n;
    const before = await count();
    await seedPacks(server.deps, server.database.owner);
    expect(await count()).toBe(before);
  });

  it('asks residents of a village what the procedures in force there ask, with the day by which it would be due', async () => {
    const form = (await (await server.request(`/api/villages/${village}/request-form`)).json()) as RequestForm;
    expect(form.kinds.map((kind) => kind.title)).toEqual(expect.arrayContaining(['民需', '民事', '民困', '民忧']));
    const need = form.kinds.find((kind) => kind.id === 'need');
    expect(need?.due).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    expect(need?.fields.filter((field) => field.required).map((field) => field.id)).toEqual(['wanted']);
    const nowhere = await server.request('/api/villages/431122112999/request-form');
    expect(nowhere.status).toBe(404);
  });

  it('reads a procedure aloud and draws it by the hash a matter is pinned to', async () => {
    const pack = (await packs(village)).find((one) => one.pack === 'danyang-four-haves');
    const procedure = pack?.rules.find((rule) => rule.kind === 'procedure' && rule.id === 'resident-request');
    const path = `/api/policy-packs/${pack?.hash ?? ''}/procedures/${procedure?.id ?? ''}?division=${village}`;
    const reading = (await (await server.request(path)).json()) as ProcedureReading;
    expect(reading.prose).toContain('受理');
    expect(reading.drawing.svg).toContain('<svg');
    expect(reading.covers).toContain('DY-01');
    expect((await server.request(path.replace('resident-request', 'no-such-procedure'))).status).toBe(404);
  });
});
