import { testServer, type TestServer } from '@lianxin/testkit/database';
import { checkout, seedDemonstration } from '@lianxin/server';
import type { ActivePack } from '@lianxin/contract';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ config: { packs: path.join(checkout, 'policy-packs') } });
  const owner = { connection: server.database.ownerConnection };
  const logins = await seedDemonstration(server.deps, { owner: server.database.ownerConnection } as never);
  expect(logins.length).toBeGreaterThan(0);
  void owner;
}, 120_000);
afterAll(() => server.close());

describe('policy packs of the demonstration', () => {
  it('activates in each county the packs that its list names', async () => {
    const answer = await server.request('/api/policy-packs?division=431122112200');
    const { packs } = (await answer.json()) as { packs: ActivePack[] };
    expect(packs.map((one) => one.pack)).toContain('danyang-four-haves');
    expect(packs.flatMap((one) => one.rules.map((rule) => rule.kind))).toContain('procedure');
    const form = await server.request('/api/villages/431122112200/request-form');
    console.log(JSON.stringify(await form.json(), null, 1).slice(0, 3000));
  });
});
