import type { LedgerPage, RecordRow } from '@lianxin/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, teaCounty, teaPeople } from '@lianxin/testkit/database';
import { rebuild } from '../storage/rebuild.js';
import { recordsFeature } from './index.js';
import { cellsOf, room, rooms, teaRooms } from './test-pack/tea-rooms.js';

const { upper, county } = teaCounty.divisions;
const { as, enter, read, server, standing } = teaRooms(['upperClerk']);

describe('records of a register', () => {
  it('are entered, changed from a day on, corrected and ended, and every change stays readable with its day and reason', async () => {
    const id = await enter(room('一号'));
    const change = await as('upperClerk').send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: '换了大桌',
      fields: { seats: 12 },
    });
    expect(change.status).toBe(201);
    const wrong = ((await change.json()) as { change: string }).change;
    const corrected = await as('upperClerk').send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: '数错了',
      fields: { seats: 10 },
      corrects: wrong,
    });
    expect(corrected.status).toBe(201);
    expect((await read(id)).fields).toMatchObject({ seats: 10 });
    expect((await read(id, '2026-03-01')).fields).toMatchObject({ seats: 8 });
    const ended = await as('upperClerk').send('POST', `/api/records/${id}/end`, { on: '2026-03-02', reason: '拆除' });
    expect(ended.status).toBe(201);
    const detail = await read(id);
    expect(detail.endedOn).toBe('2026-03-02');
    expect(detail.history.map((each) => [each.kind, each.reason, each.correctedBy !== null])).toEqual([
      ['enter', '', false],
      ['change', '换了大桌', true],
      ['change', '数错了', false],
      ['end', '拆除', false],
    ]);
    expect(detail.history[2]?.fields).toEqual([{ id: 'seats', title: '座位', from: '8', to: '10' }]);
    const more = await as('upperClerk').send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: '改',
      fields: {},
    });
    expect(await codesOf(more)).toEqual(['record-ended']);
  });

  it('are refused with every reason: wrong values, a taken key with what is free, a full room, a day to come, a missing reason', async () => {
    const id = await enter(room('二号'));
    const before = await standing();
    const tries: [object, string[]][] = [
      [{ ...room('三号'), fields: { room: '三号', slot: 'night', seats: 99 } }, ['field-invalid', 'field-invalid']],
      [room('二号'), ['record-key-taken']],
      [{ ...room('四号'), on: '2026-03-03' }, ['date-in-future']],
      [{ ...room('五号'), fields: { room: '五号', slot: 'morning', seats: 3, colour: '红' } }, ['field-unknown']],
    ];
    for (const [body, codes] of tries) {
      expect(await codesOf(await as('upperClerk').send('POST', `${rooms}/records`, body))).toEqual(codes);
    }
    const silent = await as('upperClerk').send('POST', `/api/records/${id}/changes`, {
      on: '2026-03-02',
      reason: ' ',
      fields: {},
    });
    expect(await codesOf(silent)).toEqual(['reason-missing']);
    const early = await as('upperClerk').send('POST', `/api/records/${id}/changes`, {
      on: '2026-02-01',
      reason: '早',
      fields: {},
    });
    expect(await codesOf(early)).toEqual(['change-before-entry']);
    expect(await standing()).toBe(before);
  });

  it('of two entries for one key sent at once, exactly one is taken', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => as('upperClerk').send('POST', `${rooms}/records`, room('抢订'))),
    );
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
  });

  it('give the first answer again for the same command, and one record', async () => {
    const headers = { 'idempotency-key': 'room-once' };
    const first = await as('upperClerk').send('POST', `${rooms}/records`, room('重发'), headers);
    const again = await as('upperClerk').send('POST', `${rooms}/records`, room('重发'), headers);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('are listed a page at a time, each once', async () => {
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const answer = await as('upperClerk').get(
        `${rooms}/records?division=${upper}&limit=2${after === '' ? '' : `&after=${after}`}`,
      );
      const page = (await answer.json()) as { records: RecordRow[]; next: string | null };
      seen.push(...page.records.map((each) => each.id));
      if (page.next === null) break;
      after = page.next;
    }
    const { rows } = await server().database.owner.query(`select id from lx.record where ended_on is null order by id`);
    expect(seen).toEqual(rows.map((row: { id: string }) => row.id));
  });

  it('follow from their changes: rebuild finds no difference, and finds one that was made by hand', async () => {
    const client = await server().database.owner.connect();
    const [report] = await rebuild(client, [recordsFeature], '2026-03-02T02:00:00Z');
    expect(report).toMatchObject({ name: 'record', differing: 0 });
    expect(report?.rows).toBeGreaterThan(3);
    const { rows } = await server().database.owner.query<{ id: string }>(
      `select id from lx.record order by id limit 1`,
    );
    const tamper = (sql: string) => server().database.owner.query(sql, [rows[0]?.id]);
    await tamper(`update lx.record set version = version + 1 where id = $1`);
    expect((await rebuild(client, [recordsFeature], '2026-03-02T02:00:00Z'))[0]?.differing).toBe(1);
    await tamper(`update lx.record set version = version - 1 where id = $1`);
    client.release();
  });
});

describe('what another register knows', () => {
  it('limits by it, shows it, never takes it typed, and lets the third in with a decision and a word of advice', async () => {
    await enter(room('小间', 'morning', 2));
    const shifts = '/api/registers/tea-shifts';
    const put = (helper: string, more = {}) =>
      as('upperClerk').send('POST', `${shifts}/records`, {
        division: upper,
        on: '2026-03-01',
        fields: { helper, room: '小间', slot: 'morning', ...more },
      });
    const first = await put('甲');
    expect(await first.json()).toMatchObject({ advice: [] });
    expect((await put('乙')).status).toBe(201);
    const before = await standing();
    expect(await codesOf(await put('丙'))).toEqual(['record-guard-failed']);
    expect(await codesOf(await put('丙', { seats: 99 }))).toEqual(['field-unknown', 'record-guard-failed']);
    expect(await standing()).toBe(before);
    const third = await put('丙', { decision: '村委会第三次会议' });
    expect(third.status).toBe(201);
    const { id, advice } = (await third.json()) as { id: string; advice: string[] };
    expect(advice).toEqual(['值班的人比座位多']);
    const detail = await read(id);
    expect(detail).toMatchObject({ fields: { helper: '丙', seats: 2 }, advice: ['值班的人比座位多'] });
    expect(detail.register.fields.filter((field) => field.known).map((field) => field.id)).toEqual(['seats']);
    const kept = await server().database.owner.query<{ fields: object }>(`select fields from lx.record where id = $1`, [
      id,
    ]);
    expect(kept.rows[0]?.fields).not.toHaveProperty('seats');
    const page = (await (await as('upperClerk').get(`${shifts}/ledgers/rooms?division=${upper}`)).json()) as LedgerPage;
    expect(page.columns).toEqual(['谁值班', '座位', '提示']);
    expect(page.composition).toEqual([{ title: '小间', parts: [{ title: '值班', said: '3/2', standing: 'over' }] }]);
    expect(await cellsOf(await as('upperClerk').get(`${shifts}/template.xlsx?division=${upper}`))).toEqual([
      ['谁值班', '茶室', '时段', '加人的决定'],
    ]);
  });
});

describe('a fact that terms of office hold already', () => {
  it('is asked once: post and first day stand in the register as appointed, never typed, and end with the term [DY-02]', async () => {
    const cadres = '/api/registers/tea-cadres';
    const { name, person } = teaPeople.upperResident;
    const { office } = teaPeople.upperClerk;
    const { owner } = server().database;
    const term = crypto.randomUUID();
    await owner.query(
      `insert into lx.appointment (county, id, division, person, post, body, holder_name, valid_from, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, '2026-02-01', now())`,
      [county.slice(0, 6), term, upper, person, office?.post, office?.body, name],
    );
    const entry = { division: upper, on: '2026-03-01', fields: { person: name, village: upper } };
    const typed = { ...entry, fields: { ...entry.fields, posts: ['tea-village-clerk'] } };
    expect(await codesOf(await as('upperClerk').send('POST', `${cadres}/records`, typed))).toEqual(['field-unknown']);
    const entered = await as('upperClerk').send('POST', `${cadres}/records`, entry);
    const { id } = (await entered.json()) as { id: string };
    expect((await read(id)).fields).toMatchObject({ posts: ['tea-village-clerk'], 'in-post-from': '2026-02-01' });
    await owner.query(`update lx.appointment set valid_to = '2026-03-01' where id = $1`, [term]);
    const noMore = (await read(id)).fields;
    expect([noMore['posts'], noMore['in-post-from']]).toEqual([undefined, undefined]);
  });
});
