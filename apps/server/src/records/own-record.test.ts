import type { InboxPage, LedgerPage, RecordDetail, RecordSlip } from '@lianxin/contract';
import {
  addTeaAccounts,
  addTeaCounty,
  codesOf,
  signIn,
  teaCounty,
  teaPeople,
  testServer,
  type SignedInClient,
  type TestServer,
} from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTeaRegisters } from './test-pack/tea-registers.js';

const { county, divisions } = teaCounty;
const { upper } = divisions;
let server: TestServer;
let clerk: SignedInClient;
let neighbour: SignedInClient;
let officer: SignedInClient;
let resident: SignedInClient;
let id: string;
let slip: RecordSlip;

const enter = async (register: string, fields: object): Promise<string> => {
  const body = { division: upper, on: '2026-03-01', fields };
  const answer = await clerk.send('POST', `/api/registers/${register}/records`, body);
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
};
const page = `/own-record/${county}`;
const post = (fields: Record<string, string>, record = id) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return server.request(`${page}/${record}`, { method: 'POST', body: form });
};
/** What the page's form with this button sends. */
const formOf = (html: string, does: string): Record<string, string> => {
  const [, own = ''] = html.split(`name="do" value="${does}"`);
  return Object.fromEntries(
    [...(own.split('</form>')[0] ?? '').matchAll(/name="([a-z-]+)" value="([^"]*)"/g)].map((found) => [
      found[1] ?? '',
      found[2] ?? '',
    ]),
  );
};
const open = async (): Promise<string> => (await post({ do: 'open', code: slip.code })).text();
const say = async (does: string, fields: Record<string, string> = {}) =>
  post({ do: does, ...formOf(await open(), does), ...fields });
const board = async (): Promise<(string | null)[]> => {
  const answer = await clerk.get(`/api/registers/tea-gifts/ledgers/board?division=${upper}`);
  return ((await answer.json()) as LedgerPage).rows[0]?.cells ?? [];
};
const kept = async (): Promise<string> =>
  (
    await server.database.owner.query<{ n: string }>(
      `select concat_ws(' ', (select count(*) from lx.record_word), (select count(*) from lx.inbox_item where done_at is null), (select count(*) from lx.journal_entry)) as n`,
    )
  ).rows[0]?.n ?? '';

const words = async (): Promise<RecordDetail['words']> =>
  ((await (await clerk.get(`/api/records/${id}`)).json()) as RecordDetail).words;
/** What waits with the clerk's committee because of a record. */
const waiting = async () =>
  ((await (await clerk.get('/api/inbox?kind=record-objection')).json()) as InboxPage).items.map(
    ({ what, record, due }) => [what, record, due],
  );
/** Answers a word, the newest one unless another is said. */
const answer = async (who: SignedInClient, word?: string, text = '已经补发') =>
  who.send('POST', `/api/record-words/${word ?? (await words())[0]?.id}/answer`, { answer: text });

beforeAll(async () => {
  server = await testServer();
  const { owner } = server.database;
  await addTeaCounty(owner);
  await addTeaRegisters(owner, county);
  await addTeaAccounts(owner, [
    teaPeople.upperClerk,
    teaPeople.lowerClerk,
    teaPeople.northOfficer,
    teaPeople.upperResident,
  ]);
  clerk = await signIn(server, 'upper.clerk');
  neighbour = await signIn(server, 'lower.clerk');
  officer = await signIn(server, 'north.officer');
  resident = await signIn(server, 'upper.resident');
  const given = Object.fromEntries(['red', 'green', 'white', 'black', 'yellow'].map((tea) => [tea, '2026-03-01']));
  id = await enter('tea-gifts', { door: '3号', ...given });
  slip = (await (await clerk.get(`/api/records/${id}/slip`)).json()) as RecordSlip;
});
afterAll(() => server.close());

describe('a record and whom it is about', () => {
  it('5 of 6 and none confirmed shows 5/6 未确认; after the household confirms by code, 5/6 已确认 [DW-17]', async () => {
    expect(await board()).toEqual(['3号', '5/6', 'oolong茶', '未确认']);
    expect(slip.address).toBe(`http://lianxin.test${page}/${id}`);
    expect(await (await say('confirmed')).text()).toContain('已记下您的确认');
    expect(await board()).toEqual(['3号', '5/6', 'oolong茶', '已确认']);
  });

  it('a change asks anew, and what was confirmed before stays on record [DW-17]', async () => {
    const change = { on: '2026-03-02', reason: '补上', fields: { oolong: '2026-03-02' } };
    expect((await clerk.send('POST', `/api/records/${id}/changes`, change)).status).toBe(201);
    expect(await board()).toEqual(['3号', '6/6', '', '未确认']);
    expect(await open()).toContain('之后登记又有变更');
  });

  it('is seen whole by the person concerned, with its history; an objection stands beside it [DY-17, DY-35]', async () => {
    const html = await open();
    for (const seen of ['六样茶礼登记簿', 'oolong茶', '补上', '上茶村村民委员会']) expect(html).toContain(seen);
    expect((await say('objection', { text: '乌龙茶没有收到' })).status).toBe(200);
    const detail = (await (await clerk.get(`/api/records/${id}`)).json()) as RecordDetail;
    expect(detail.words.map(({ kind, text, current }) => [kind, text, current])).toEqual([
      ['objection', '乌龙茶没有收到', true],
      ['confirmed', '', false],
    ]);
    expect(detail.fields['oolong']).toBe('2026-03-02');
  });

  it('an objection waits once in the inbox of those who keep the record, and nobody else answers it [DY-17, DY-35]', async () => {
    expect((await say('objection', { text: '也没有人来问过' })).status).toBe(200);
    expect(await waiting()).toEqual([['本人对“六样茶礼登记簿”的登记有意见，请答复', id, null]]);
    expect(await open()).toContain('登记单位还没有答复');
    const [, , confirmed] = await words();
    const before = await kept();
    expect(await codesOf(await answer(officer))).toEqual(['capability-missing']);
    expect(await codesOf(await answer(neighbour))).toEqual(['not-found']);
    expect(await codesOf(await answer(resident))).toEqual(['not-found']);
    expect(await codesOf(await answer(clerk, confirmed?.id))).toEqual(['not-found']);
    expect((await answer(clerk, undefined, ' ')).status).toBe(422);
    const unknown = {
      method: 'POST',
      body: '{"answer":"好"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'answer-1' },
    };
    expect((await server.request(`/api/record-words/${confirmed?.id}/answer`, unknown)).status).toBe(401);
    expect(await kept()).toBe(before);
  });

  it('its answer stands beside it for the person concerned, once; the inbox is empty when all are answered [DY-17, DY-35]', async () => {
    const [second, first] = await words();
    expect((await answer(clerk, first?.id, '三月二日已经补发，登记没有错。')).status).toBe(201);
    expect(await waiting()).toHaveLength(1);
    expect((await answer(clerk, second?.id, '以后变更先问您。')).status).toBe(201);
    expect(await waiting()).toEqual([]);
    expect(await codesOf(await answer(clerk, first?.id, '又一次'))).toEqual(['already-done']);
    const html = await open();
    expect(html).toContain('：三月二日已经补发，登记没有错。');
    expect(html).toContain('：以后变更先问您。');
    expect((await words()).map((word) => word.answer)).toEqual([
      '以后变更先问您。',
      '三月二日已经补发，登记没有错。',
      null,
    ]);
  });

  it('tells nothing to another code, and keeps nothing of an empty, an expired, a late or a foreign word', async () => {
    const other = await enter('tea-gifts', { door: '4号' });
    const before = await kept();
    const blank = await server.request(`${page}/${id}`);
    expect(await blank.text()).not.toContain('3号');
    expect(blank.headers.get('cache-control')).toBe('no-store');
    for (const [record, code] of [
      [id, 'AAAAAAAAAA'],
      [other, slip.code],
      ['00000000-0000-7000-8000-000000000001', slip.code],
      ['nonsense', slip.code],
    ] as const) {
      const answer = await post({ do: 'open', code }, record);
      expect([answer.status, (await answer.text()).includes('record-code-wrong')]).toEqual([422, true]);
    }
    const saying = async (fields: Record<string, string>, does = 'objection') => (await say(does, fields)).text();
    expect(await saying({ text: ' ' })).toContain('field-missing');
    expect(await saying({ text: '迟了', 'form-token': 'old' })).toContain('form-expired');
    expect(await saying({ version: '1' }, 'confirmed')).toContain('stale-version');
    expect((await say('confirmed', { code: 'AAAAAAAAAA' })).status).toBe(422);
    expect(await kept()).toBe(before);
  });

  it('its slip is for an office that keeps it; for a register of things there is none', async () => {
    const room = await enter('tea-rooms', { room: '东间', slot: 'morning', seats: 6 });
    const ask = (who: SignedInClient, record = id) => who.get(`/api/records/${record}/slip`);
    expect(await codesOf(await ask(officer))).toEqual(['capability-missing']);
    expect(await codesOf(await ask(neighbour))).toEqual(['not-found']);
    expect(await codesOf(await ask(resident))).toEqual(['not-found']);
    expect((await server.request(`/api/records/${id}/slip`)).status).toBe(401);
    expect(await codesOf(await ask(clerk, room))).toEqual(['not-found']);
  });
});
