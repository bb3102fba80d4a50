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
import type { Acted, MatterDetail, Opened, Tracking } from '@lianxin/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaPack } from './test-pack/tea-requests.js';

const { divisions } = teaCounty;
let server: TestServer;
let clerk: SignedInClient;
let north: SignedInClient;

beforeAll(async () => {
  server = await testServer();
  await addTeaCounty(server.database.owner);
  await addTeaPack(server.database.owner, teaCounty.county);
  await addTeaAccounts(server.database.owner, [teaPeople.upperClerk, teaPeople.northOfficer]);
  clerk = await signIn(server, 'upper.clerk');
  north = await signIn(server, 'north.officer');
});
afterAll(() => server.close());

const newForm = async () => {
  const answer = await server.request('/api/requests/form-token', { method: 'POST' });
  return (await answer.json()) as { formToken: string; commandId: string };
};

const tell = async (fields: Record<string, unknown>, kind = 'need') => {
  const { formToken, commandId } = await newForm();
  return server.request('/api/requests', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': commandId },
    body: JSON.stringify({ division: divisions.upper, kind, fields, formToken }),
  });
};

describe('the request loop', () => {
  it('takes a need without an account, is handled, claimed, confirmed by the second secret, and rated once', async () => {
    const opened = await tell({ wanted: '村口路灯坏了三天，晚上看不见路。' });
    expect(opened.status, await opened.clone().text()).toBe(201);
    const { id, number, receipt } = (await opened.json()) as Opened;
    expect(receipt.confirmSecret).not.toBeNull();
    console.log(number, receipt);
    const track = async () => (await (await server.request(`/api/receipts/${receipt.code}`)).json()) as Tracking;
    const first = await track();
    expect(first.holder).toBe('上茶村村民委员会');
    const seen = (await (await clerk.get(`/api/matters/${id}`)).json()) as MatterDetail;
    expect(seen.nextActs.filter((act) => act.allowed).map((act) => act.act)).toContain('accept');
    const act = async (client: SignedInClient, name: string, fields: Record<string, unknown>, baseVersion: number) => {
      const answer = await client.send('POST', `/api/matters/${id}/acts`, { act: name, fields, baseVersion });
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Acted;
    };
    await act(clerk, 'accept', {}, 1);
    await act(clerk, 'feedback', { told: '已联系电工' }, 2);
    await act(clerk, 'claim-done', { outcome: '路灯已更换' }, 3);
    const waiting = await track();
    expect(waiting.claimed?.text).toBe('路灯已更换');
    const { formToken, commandId } = await newForm();
    const confirm = await server.request(`/api/receipts/${receipt.code}/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': commandId },
      body: JSON.stringify({ act: 'confirm', fields: {}, baseVersion: 4, formToken, secret: receipt.confirmSecret }),
    });
    expect(confirm.status, await confirm.clone().text()).toBe(200);
    expect(((await confirm.json()) as Acted).state).toBe('ended');
    void north;
  });
});
