import type { Opened, OwnMail } from '@lianxin/contract';
import { faultRounds, keepFaultFigure, teaCounty, testServer, codesOf, sumOfTables } from '@lianxin/testkit/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queueEffect } from '../effects/index.js';
import { mortalPool } from '../effects/test-pack/mortal-pool.js';
import { carryOutDue } from '../effects/worker.js';
import { teaServer, type TeaServer } from '../matters/test-pack/tea-server.js';
import { inContext, systemContext } from '../storage/index.js';
import { carryMail, tellResident } from './carry-mail.js';
import { queueDigests, queueEveryDigest } from './digests.js';
import { startMailBox, type Arrived } from './test-pack/mail-box.js';

const { county } = teaCounty;
const wanted = '家里屋顶漏水，老人睡不好';
let tea: TeaServer;
let box: Awaited<ReturnType<typeof startMailBox>>;

const carryOut = (): Promise<number> => carryOutDue(tea.server.deps, [carryMail, tellResident]);
const post = (path: string, fields: Record<string, string>): Promise<Response> =>
  tea.server.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
/** Leaves an address on the page of a receipt, as its form does. */
const leave = async (receipt: string, address: string, more: Record<string, string> = {}): Promise<Response> => {
  const { formToken, commandId } = await tea.form();
  return post(`/r/${receipt}/mail`, { do: 'leave', address, command: commandId, 'form-token': formToken, ...more });
};
const only = (): Arrived => {
  const [mail] = box.arrived;
  if (mail === undefined || box.arrived.length > 1) throw new Error(`${box.arrived.length} mails came`);
  return mail;
};
const linkIn = (mail: Arrived): string => /\/mail\/\S+/.exec(mail.text ?? '')?.[0] ?? '';
const headerOf = (mail: Arrived, name: string): string | undefined =>
  mail.headers.find(({ key }) => key === name)?.value;
const standing = async (): Promise<string> =>
  sumOfTables(tea.server.database.owner, ['mail_address', 'matter_mail', 'outbox', 'journal_entry']);
/** A request with an address that said yes. */
const followed = async (address = 'resident@example.org'): Promise<Opened> => {
  const opened = await tea.tell('hardship', { wanted });
  expect((await leave(opened.receipt.code, address)).status).toBe(200);
  await carryOut();
  expect((await post(linkIn(only()), {})).status).toBe(200);
  box.arrived.length = 0;
  return opened;
};

beforeAll(async () => {
  box = await startMailBox();
  tea = await teaServer(['upperClerk', 'northOfficer', 'countyOfficer'], '2026-03-02T01:00:00.000Z', {
    smtp: { url: box.url, from: '连心 <noreply@lianxin.test>' },
  });
});
afterAll(async () => {
  await box.close();
  await tea.server.close();
});
beforeEach(async () => {
  await carryOut();
  box.arrived.length = 0;
});

describe('mail 邮件', () => {
  it('asks the address first, tells nothing before it says yes, and then tells that there is news and no word of the matter', async () => {
    const opened = await tea.tell('hardship', { wanted });
    const page = await leave(opened.receipt.code, 'resident@example.org');
    expect([page.status, (await page.text()).includes('确认邮件已经排队发出')]).toEqual([200, true]);
    await carryOut();
    const asking = only();
    expect(asking.recipients).toEqual(['resident@example.org']);
    expect(asking.subject).toContain('请确认');
    await tea.act('upperClerk', opened.id, 'accept');
    await tea.act('upperClerk', opened.id, 'feedback', { told: '已约泥瓦匠' });
    await carryOut();
    expect(box.arrived).toHaveLength(1);
    // A program that looks into mail confirms nothing by looking.
    const looked = await tea.server.request(linkIn(asking));
    expect([looked.status, looked.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await tea.count('select count(*) from lx.matter_mail where confirmed_at is not null')).toBe(0);
    expect((await post(linkIn(asking), {})).status).toBe(200);
    box.arrived.length = 0;
    await tea.act('upperClerk', opened.id, 'feedback', { told: '明天来修' });
    await carryOut();
    const news = only();
    expect(news.text).toContain(`办件编号 ${opened.number}`);
    expect(news.text?.indexOf('您提出的诉求')).toBeLessThan(news.text?.indexOf('There is news') ?? 0);
    const whole = JSON.stringify(news);
    for (const secret of [wanted, '屋顶', '明天来修', opened.receipt.code, '茶上文书'])
      expect(whole).not.toContain(secret);
    expect(headerOf(news, 'auto-submitted')).toBe('auto-generated');
  });

  it('stops at a press of the mail program, with the address gone', async () => {
    const opened = await followed();
    await tea.act('upperClerk', opened.id, 'accept');
    await tea.act('upperClerk', opened.id, 'feedback', { told: '一' });
    await carryOut();
    const news = only();
    expect(headerOf(news, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const stop = new URL(headerOf(news, 'list-unsubscribe')?.replace(/^<|>$/g, '') ?? '').pathname;
    expect((await post(stop, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await tea.count(`select count(*) from lx.matter_mail where matter = '${opened.id}'`)).toBe(0);
    box.arrived.length = 0;
    await tea.act('upperClerk', opened.id, 'feedback', { told: '二' });
    await carryOut();
    expect(box.arrived).toEqual([]);
    // Pressed again, it leads nowhere and says so.
    expect((await post(stop, {})).status).toBe(404);
  });

  it('keeps the address sealed, and drops it with the mail that says that the matter has ended', async () => {
    const opened = await followed('old-hand@example.org');
    for (const table of ['matter_mail', 'outbox', 'command', 'journal_entry']) {
      const { rows } = await tea.server.database.owner.query(
        `select 1 from lx.${table} t where strpos(t::text, 'old-hand@example.org') > 0 or strpos(t::text, encode('old-hand@example.org', 'hex')) > 0`,
      );
      expect(rows, table).toEqual([]);
    }
    expect((await tea.byReceipt(opened, 'withdraw')).status).toBe(200);
    await tea.server.database.owner.query(
      `insert into lx.outbox (county, id, effect, division, payload, recorded_at, not_before)
       values ($1, gen_random_uuid(), 'tell-resident', $2, $3, $4, $4)`,
      [
        county,
        teaCounty.divisions.upper,
        JSON.stringify({ matter: opened.id, about: 'ended', wording: null }),
        tea.server.clock.now(),
      ],
    );
    await carryOut();
    expect(only().text).toContain('已经办结');
    expect(await tea.count(`select count(*) from lx.matter_mail where matter = '${opened.id}'`)).toBe(0);
  });

  it('sends an officer the digest of the own inbox on working days: figures and case numbers, and nothing when nothing is due', async () => {
    const clerk = tea.as('upperClerk');
    const own = async (): Promise<OwnMail> => (await (await clerk.get('/api/account/mail')).json()) as OwnMail;
    expect(await own()).toEqual({ available: true, address: null, confirmed: false });
    expect((await clerk.send('POST', '/api/account/mail', { address: 'clerk@example.org' })).status).toBe(200);
    await carryOut();
    expect(only().recipients).toEqual(['clerk@example.org']);
    const late = await tea.tell('need', { wanted });
    tea.server.clock.set('2026-03-06T00:30:00.000Z');
    expect(await queueDigests(tea.server.deps, county)).toBe(0);
    expect((await post(linkIn(only()), {})).status).toBe(200);
    expect(await own()).toEqual({ available: true, address: 'clerk@example.org', confirmed: true });
    box.arrived.length = 0;
    // A day off: nobody is written to.
    tea.server.clock.set('2026-03-08T00:30:00.000Z');
    await queueEveryDigest(tea.server.deps);
    await carryOut();
    expect(box.arrived).toEqual([]);
    tea.server.clock.set('2026-03-09T00:30:00.000Z');
    await queueEveryDigest(tea.server.deps);
    await carryOut();
    const digest = only();
    expect(digest.subject).toMatch(/^待办提醒 2026-03-09：逾期 [1-9]\d* 件/);
    expect(digest.text).toContain(late.number);
    expect(digest.text).not.toContain('屋顶');
    // Nobody else had asked.
    expect(digest.recipients).toEqual(['clerk@example.org']);
    expect((await clerk.send('POST', '/api/account/mail/removal', {})).status).toBe(200);
    expect(await queueDigests(tea.server.deps, county)).toBe(0);
    tea.server.clock.set('2026-03-10T01:00:00.000Z');
  });

  it('waits for a mail server that puts it off, and drops an address that is refused for good', async () => {
    const opened = await followed('first@example.org');
    await tea.act('upperClerk', opened.id, 'accept');
    box.state.closed = true;
    await tea.act('upperClerk', opened.id, 'feedback', { told: '一' });
    await carryOut();
    expect(box.arrived).toEqual([]);
    box.state.closed = false;
    tea.server.clock.advance({ minutes: 1 });
    await carryOut();
    expect(only().recipients).toEqual(['first@example.org']);
    box.state.refusing = true;
    await tea.act('upperClerk', opened.id, 'feedback', { told: '二' });
    await carryOut();
    box.state.refusing = false;
    expect(await tea.count(`select count(*) from lx.matter_mail where matter = '${opened.id}'`)).toBe(0);
  });

  it('refuses what is no address, a strange receipt, a form that is old, another address at once, and a link that was made up; nothing changes', async () => {
    const opened = await followed('once@example.org');
    const asked = await leave(opened.receipt.code, 'twice@example.org');
    expect(await asked.text()).not.toContain('排队发出');
    const before = await standing();
    for (const address of ['', 'no-address', 'two words@example.org', 'a@b']) {
      const page = await (await leave(opened.receipt.code, address)).text();
      expect(page, address).toContain('name@example.org');
      expect(page, address).not.toContain('排队发出');
    }
    expect((await leave('AAAAAAA-AAAAAAA-AAAAAAA', 'x@example.org')).status).toBe(404);
    expect(
      await (await leave(opened.receipt.code, 'x@example.org', { 'form-token': 'made-up.by.nobody' })).text(),
    ).not.toContain('排队发出');
    expect(
      (await post('/mail/c.m.999901.00000001-0000-7000-8000-000000000001.AAAAAAAAAAAAAAAAAAAAAA', {})).status,
    ).toBe(404);
    expect((await tea.server.request('/mail/nothing')).status).toBe(404);
    expect((await tea.server.request('/api/account/mail')).status).toBe(401);
    expect(await codesOf(await tea.as('upperClerk').send('POST', '/api/account/mail', { address: 'no' }))).toContain(
      'field-invalid',
    );
    expect(await standing()).toBe(before);
    const dry = await testServer();
    try {
      expect((await dry.request('/r')).status).toBe(200);
      expect(await carryOutDue(dry.deps, [carryMail])).toBe(0);
    } finally {
      await dry.close();
    }
  });

  it(
    'goes out at most twice from a worker that dies at any of its steps, and the second letter says that it is the first again (F15)',
    { timeout: 60_000 + faultRounds('F15', 1) * 1_000 },
    async () => {
      const opened = await followed('steady@example.org');
      const letter = async (): Promise<void> => {
        const owner = { kind: 'matter', county, id: opened.id } as const;
        await inContext(tea.server.deps, systemContext(county), async (tx) =>
          queueEffect(tx, { effect: 'mail', division: `${county}000000`, payload: { what: 'confirm', owner } }),
        );
      };
      let [deaths, twice] = [0, 0];
      const dieAt = async (step: number, when: 'before' | 'after'): Promise<boolean> => {
        box.arrived.length = 0;
        await letter();
        const { pool, state } = mortalPool(tea.server.deps.pool, step, when);
        await carryOutDue({ ...tea.server.deps, pool }, [carryMail]).catch(() => undefined);
        if (!state.dead) return false;
        deaths += 1;
        // Another worker, once the dead one's lease is over.
        tea.server.clock.advance({ minutes: 3 });
        await carryOut();
        expect([1, 2], `${when} step ${step}`).toContain(box.arrived.length);
        expect(new Set(box.arrived.map((mail) => mail.messageId)).size).toBe(1);
        if (box.arrived.length === 2) twice += 1;
        tea.server.clock.advance({ minutes: 30 });
        expect(await carryOut()).toBe(0);
        return true;
      };
      do {
        for (const when of ['before', 'after'] as const)
          for (let step = 1; await dieAt(step, when); step += 1) expect(step).toBeLessThan(100);
      } while (deaths < faultRounds('F15', 1));
      expect(twice).toBeGreaterThan(0);
      expect(await tea.count('select count(*) from lx.outbox where done_at is null')).toBe(0);
      keepFaultFigure('F15', { deaths, twice });
    },
  );
});
