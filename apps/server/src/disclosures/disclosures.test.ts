import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { InboxPage } from '@lianxin/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { codesOf, signIn, type SignedInClient } from '@lianxin/testkit/database';
import { readPdf } from '@lianxin/testkit/pdf';
import { filesFolder, openFile } from '../files/index.js';
import { idOf, teaDesk } from './test-pack/tea-desk.js';

const { check, clerk, desk, draft, publish, query, server, standing, watcher, words } = teaDesk();
let neighbour: SignedInClient;

beforeAll(async () => {
  neighbour = await signIn(server(), 'lower.clerk');
});

describe('from the ledger to the board', () => {
  /** What an inbox says of drafts whose turn it is. */
  const turns = async (who: SignedInClient): Promise<string[]> =>
    ((await (await who.get('/api/inbox')).json()) as InboxPage).items
      .filter(({ kind }) => kind === 'disclosure-check' || kind === 'disclosure-checked')
      .map(({ what }) => what);

  it('cuts a draft whose sums, rows and masked names are the ledger’s, names the voucher that is missing, and waits for whose turn it is', async () => {
    const id = await idOf(await draft());
    const found = (await desk()).drafts.find((one) => one.id === id);
    expect(found?.title).toBe('上茶村2026年第一季度茶资收支公布');
    expect(found?.content.paragraphs[0]).toBe(
      '本期共 3 笔，收入合计 300.00 元，支出合计 128.50 元，收支相抵 171.50 元。',
    );
    expect(found?.content.table?.rows.map((row) => [row[1], row[5], row[6]])).toEqual([
      ['2026-004', '300.00', ''],
      ['2026-001', '100.00', '茶叶合作社'],
      ['2026-002', '28.50', '王**'],
    ]);
    expect(found?.content.bars).toEqual([{ title: '茶叶', income: 300, expense: 128.5 }]);
    expect(found?.content.gaps).toEqual(['2026-003']);
    expect(await codesOf(await draft())).toEqual(['already-exists']);
    const before = await standing();
    expect(await codesOf(await words(id, ['付给茶上村民，电话13800138000'], true))).toEqual([
      'personal-data-found',
      'personal-data-found',
    ]);
    expect(await standing()).toBe(before);
    expect(await codesOf(await publish(id))).toEqual(['disclosure-not-checked']);
    await idOf(await words(id, found?.content.paragraphs ?? [], true, found?.title));
    expect([await turns(watcher()), await turns(clerk()), await turns(neighbour)]).toEqual([
      ['请审核：上茶村2026年第一季度茶资收支公布'],
      [],
      [],
    ]);
    expect(await codesOf(await check(id, false))).toEqual(['reason-missing']);
    await idOf(await check(id, false, '凭证 003 在哪里'));
    expect([await turns(watcher()), await turns(clerk())]).toEqual([
      [],
      ['退回修改：上茶村2026年第一季度茶资收支公布'],
    ]);
    expect(await codesOf(await publish(id))).toEqual(['disclosure-not-checked']);
    await idOf(await words(id, [...(found?.content.paragraphs ?? []), '凭证 003 作废。'], true, found?.title));
    await idOf(await check(id, true));
    expect(await turns(clerk())).toEqual(['审核同意，可以公布：上茶村2026年第一季度茶资收支公布']);
    await idOf(await publish(id));
    expect([await turns(watcher()), await turns(clerk())]).toEqual([[], []]);
  });

  it('puts the hashes of print and text, version and period into the public log, and keeps the very print', async () => {
    const [version] = await query<{ doc: string; text: string; sha: string; text_sha: string; county: string }>(
      `select encode(doc_sha256, 'hex') as doc, text, encode(f.sha256, 'hex') as sha, encode(text_sha256, 'hex') as text_sha, v.county
       from lx.disclosure_version v join lx.file f on f.county = v.county and f.id = v.file`,
    );
    const [entry] = await query<{ pub: Record<string, unknown>; leaf: string }>(
      `select pub, leaf from lx.journal_entry where kind = 'board.publish'`,
    );
    expect(entry?.leaf).toBe('public');
    expect(entry?.pub).toEqual({
      board: '财务公开',
      title: '上茶村2026年第一季度茶资收支公布',
      version: 1,
      doc_sha256: version?.doc,
      text_sha256: version?.text_sha,
      period: { from: '2026-01-01', to: '2026-03-31' },
    });
    const file = await openFile(
      filesFolder(server().deps),
      version?.county ?? '',
      Buffer.from(version?.sha ?? '', 'hex'),
    );
    const bytes = file === undefined ? Buffer.alloc(0) : await buffer(file.stream);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version?.doc);
    expect(
      createHash('sha256')
        .update(version?.text ?? '')
        .digest('hex'),
    ).toBe(version?.text_sha);
    const print = readPdf(bytes)
      .map((page) => page.text)
      .join('');
    expect(print).toContain('128.50');
    expect(print).not.toContain('王小明');
  });

  it('corrects beside and never over: the old version stays as it was, with the reason on the new one', async () => {
    const [row] = (await desk()).published;
    const before = await query<object>('select * from lx.disclosure_version');
    expect(await codesOf(await draft({ corrects: row?.id }))).toEqual(['reason-missing']);
    const same = await idOf(await draft({ corrects: row?.id, reason: '没有改动', paragraphs: ['凭证 003 作废。'] }));
    const cut = (await desk()).drafts.find((one) => one.id === same);
    await idOf(await words(same, cut?.content.paragraphs ?? [], true, cut?.title));
    await idOf(await check(same, true));
    expect(await codesOf(await publish(same))).toEqual(['disclosure-unchanged']);
    await idOf(await words(same, [...(cut?.content.paragraphs ?? []), '第二笔应为茶具。'], true, cut?.title));
    await idOf(await check(same, true));
    expect(await idOf(await publish(same))).toBe(row?.id);
    const after = await query<{ version: number; reason: string; text: string }>(
      'select * from lx.disclosure_version order by version',
    );
    expect(after.slice(0, 1)).toEqual(before);
    expect(after.map((one) => [one.version, one.reason])).toEqual([
      [1, ''],
      [2, '没有改动'],
    ]);
    expect(after[1]?.text).toContain('本次为第 2 版，更正原因：没有改动');
    await expect(
      server().database.owner.query(`set role rt_office; update lx.disclosure_version set text = 'x'`),
    ).rejects.toThrow('permission denied');
    await server().database.owner.query('reset role');
  });

  it('counts the fifteen days from the wall, by the server’s day, whatever anybody types [LAW-VC-35d]', async () => {
    const [row] = (await desk()).published;
    expect([row?.publishedOn, row?.until, row?.daysLeft]).toEqual(['2026-03-20', '2026-04-04', 15]);
    server().clock.set('2026-03-25T01:00:00.000Z');
    const posting = { kind: 'wall', place: '村口公开栏', copies: 1 };
    await idOf(await clerk().send('POST', `/api/disclosures/${row?.id}/postings`, posting));
    await idOf(
      await clerk().send('POST', `/api/disclosures/${row?.id}/postings`, { ...posting, kind: 'copies', copies: 12 }),
    );
    const [posted] = (await desk()).published;
    expect([posted?.postedOn, posted?.until, posted?.copies]).toEqual(['2026-03-25', '2026-04-09', 12]);
    const backwards = await clerk().send('POST', `/api/disclosures/${row?.id}/postings`, {
      ...posting,
      on: '2026-03-01',
    });
    expect(backwards.status).toBe(422);
  });
});
