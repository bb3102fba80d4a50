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
import type { MatterDetail, Opened, StaffForm } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaPack } from './test-pack/tea-requests.js';

const { divisions } = teaCounty;
let server: TestServer;
let clerk: SignedInClient;

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaPack(server.database.owner, teaCounty.county);
  await addTeaAccounts(server.database.owner, [teaPeople.upperClerk, teaPeople.northOfficer]);
  clerk = await signIn(server, 'upper.clerk');
});
afterAll(() => server.close());

const open = async (kind: string, fields: Record<string, unknown>): Promise<Opened> => {
  const answer = await clerk.send('POST', '/api/matters', {
    division: divisions.upper,
    kind,
    fields,
    channel: 'counter',
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as Opened;
};

const read = async (id: string) => (await (await clerk.get(`/api/matters/${id}`)).json()) as MatterDetail;

describe('what the fields of an act may be filled with', () => {
  it('offers people of the viewer’s own place where a rule asks for a person', async () => {
    const { id } = await open('order', { wanted: '一壶茶', phone: '8000000' });
    const take = (await read(id)).nextActs.find((act) => act.act === 'take');
    const runner = take?.fields.find((field) => field.id === 'runner');
    expect(runner?.choices.map((choice) => choice.value)).toContain(teaPeople.upperClerk.person);
  });

  it('never shows the id of a person in the place of a name', async () => {
    const { id } = await open('order', { wanted: '两壶茶', phone: '8000000' });
    const { version } = await read(id);
    const done = await clerk.send('POST', `/api/matters/${id}/acts`, {
      act: 'take',
      fields: { runner: teaPeople.upperClerk.person },
      baseVersion: version,
    });
    expect(done.status, await done.clone().text()).toBe(200);
    const said = (await read(id)).acts.flatMap((act) => act.fields).find((field) => field.id === 'runner');
    expect(said?.text).not.toBe(teaPeople.upperClerk.person);
    expect(said?.text.length).toBeGreaterThan(0);
  });

  it('lists what an officer may open for his office, and nothing that is a resident’s to ask', async () => {
    const form = (await (await clerk.get(`/api/divisions/${divisions.upper}/staff-form`)).json()) as StaffForm;
    expect(form.procedures.map((one) => one.id)).toContain('tea-check');
    expect(form.procedures.map((one) => one.id)).not.toContain('tea-request');
  });
});
