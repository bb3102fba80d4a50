import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inContext, logFeature, systemContext, writeJournal } from '@lianxin/server';
import { teaCounty, testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOn } from './test-pack/call-command.js';
import { run } from './log.js';

const { county, divisions } = teaCounty;

describe('lianxin log', () => {
  let server: TestServer;
  const call = async (...args: string[]) => callOn(server)(run, ...args);

  beforeAll(async () => {
    server = await testServer({ features: [logFeature], now: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    await inContext(server.deps, systemContext(county), async (tx) => {
      for (let post = 0; post < 30; post += 1) {
        writeJournal(tx, { kind: 'role.grant', division: divisions.upper, pub: { post: `post-${post}` } });
      }
      for (let at = 0; at < 6; at += 1) {
        writeJournal(tx, { kind: 'matter.open', division: divisions.upper, commitFields: { text: `渠水不通 ${at}` } });
      }
    });
  });
  afterAll(async () => server.close());

  it('seals and signs at once, and finds nothing wrong with what it sealed', async () => {
    const sealed = await call('seal');
    expect(sealed).toMatchObject({ code: 0 });
    expect(sealed.text).toContain(`${county}: 36 条入册`);
    const checked = await call('check');
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.text).toMatch(/^✓ 999901: \d+ 页 leaves, 36 条 entries, 0 处问题 findings$/m);
  });

  it('names table, row and first bad index of what was changed, in words and in JSON, with exit code 1', async () => {
    const year = new Date(Date.now() - 3 * 86_400_000 + 8 * 3_600_000).getUTCFullYear();
    const held = readFileSync(path.join(server.deps.config.data, 'log', county, String(year), 'checkpoint'), 'utf8');
    writeFileSync(path.join(server.deps.config.data, 'poster.txt'), held);
    await server.database.owner.query(
      `update lx.journal_entry set recorded_at = recorded_at - interval '20 days' where pub ->> 'post' = 'post-4'`,
    );
    const checked = await call('check', '--county', county, '--evidence', 'poster.txt');
    expect(checked).toMatchObject({ code: 1 });
    expect(checked.text).toContain(`最早的问题 first bad: ${year} 年第 5 页`);
    expect(checked.text).toContain('日志记录与册上不符');
    const { code, text } = await call('check', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject([
      { county, findings: [{ table: 'journal_entry', index: 5 }], firstBad: { index: 5 } },
    ]);
  });

  it('says how it is called when it is called otherwise', async () => {
    expect(await call('mend')).toMatchObject({ code: 2 });
    expect(await call()).toMatchObject({ code: 2 });
  });
});
