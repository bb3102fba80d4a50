import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { countyDate, formatReceipt, parseReceipt } from '@lianxin/domain';
import {
  inContext,
  logFeature,
  logReceiptOf,
  publishCounty,
  receiptState,
  sealCounty,
  writeJournal,
  systemContext,
} from '@lianxin/server';
import { overHttp, teaCounty, testServer, type OverHttp, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCommand } from './test-pack/call-command.js';
import { run, verifyExitCodes } from './verify.js';

const { county, divisions } = teaCounty;

describe('lianxin verify', () => {
  let server: TestServer;
  let http: OverHttp;
  let url = '';
  let folder = '';
  let receipt = '';
  let waiting = '';
  let actReceipt = '';
  let key = '';

  const call = async (...args: string[]) => callCommand(run, args, { cwd: folder, env: { LIANXIN_ORIGIN: url } });
  const write = async (kind: 'matter.open' | 'role.grant', count: number) => {
    const made = await inContext(server.deps, systemContext(county), async (tx) =>
      Array.from({ length: count }, (_, at) =>
        writeJournal(tx, {
          kind,
          division: divisions.upper,
          ...(kind === 'role.grant' ? { pub: { post: `post-${at}` } } : { commitFields: { text: `井盖丢了 ${at}` } }),
        }),
      ),
    );
    const [first] = made;
    if (first === undefined) throw new Error('nothing written');
    return logReceiptOf(county, { seed: first.seed, recordedAt: server.clock.now() });
  };
  const advance = async () => {
    server.clock.advance({ days: 1 });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  };

  beforeAll(async () => {
    const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000).toISOString();
    server = await testServer({ features: [logFeature], now: threeDaysAgo });
    folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-verify-'));
    http = await overHttp(server);
    ({ url } = http);
    actReceipt = await write('role.grant', 20);
    receipt = await write('matter.open', 6);
    await advance();
    key = await (await fetch(`${url}/log/${county}/${countyDate(server.clock.now()).slice(0, 4)}/key`)).text();
    server.clock.advance({ days: 2 });
    waiting = await write('matter.open', 1);
  });
  afterAll(async () => {
    http.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says 真实 for a receipt whose day is in the log, and keeps the proof file', async () => {
    const { code, text } = await call(receipt, '--save', 'mine.tlog-proof');
    expect(code).toBe(verifyExitCodes['true-not-witnessed']);
    expect(text).toContain('真实，尚未见证');
    expect(text).toMatch(/核对数字 digits: (?:\d{4} ){7}\d{4}/);
    expect(readFileSync(path.join(folder, 'mine.tlog-proof'), 'utf8')).toContain('c2sp.org/tlog-proof@v1');
    expect(await call(`${url}/verify#${receipt}`, '--key', key)).toMatchObject({ code: 0 });
  });

  it('says 真实 for the kept file with the key of the poster and no network, and nothing without the key', async () => {
    await call(receipt, '--save', 'mine.tlog-proof');
    expect(
      await call('mine.tlog-proof', '--key', key, '--receipt', receipt, '--url', 'http://127.0.0.1:1'),
    ).toMatchObject({ code: 0 });
    expect(await call('mine.tlog-proof')).toMatchObject({ code: verifyExitCodes['not-checked'] });
  });

  it('says 与册上不符 for a changed file, another receipt and a receipt that the log does not have', async () => {
    await call(receipt, '--save', 'mine.tlog-proof');
    const proof = readFileSync(path.join(folder, 'mine.tlog-proof'), 'utf8');
    writeFileSync(path.join(folder, 'changed.tlog-proof'), proof.replace('\nindex ', '\nindex 1'));
    expect(await call('changed.tlog-proof', '--key', key)).toMatchObject({ code: verifyExitCodes.differs });
    expect(await call('mine.tlog-proof', '--key', key, '--receipt', waiting)).toMatchObject({
      code: verifyExitCodes.differs,
    });
    const known = parseReceipt(receipt);
    if (known?.form !== 'dated') throw new Error('not a dated receipt');
    const { code, text } = await call(formatReceipt({ ...known, seed: new Uint8Array(16) }));
    expect(code).toBe(verifyExitCodes.differs);
    expect(text).toContain('册上没有这张凭条的记录');
  });

  it('says 收到 while the day of a receipt is not over', async () => {
    const { code, text } = await call(waiting);
    expect(code).toBe(verifyExitCodes.received);
    expect(text).toContain('收到，尚未入册');
  });

  it('finds a public act by a receipt that was printed before the act had an index', async () => {
    expect(await call(actReceipt)).toMatchObject({ code: 0 });
    const { rows } = await server.database.owner.query<{ id: string }>(
      "select id from lx.journal_entry where kind = 'role.grant' order by log_index limit 1",
    );
    const standing = await receiptState(server.deps, county, rows[0]?.id ?? '');
    expect(standing).toMatchObject({ state: 'logged', place: { index: 1 } });
    expect(standing?.verifyPath).toMatch(/^\/verify\?log=999901\/\d{4}#1\.1\./);
    expect(await call(standing?.receipt ?? '')).toMatchObject({ code: 0 });
  });

  it('finds a public act by its index and seed among all logs of the server', async () => {
    const { rows } = await server.database.owner.query<{ seed: Buffer; log_index: number }>(
      "select seed, log_index from lx.journal_entry where kind = 'role.grant' order by log_index limit 1 offset 4",
    );
    const [act] = rows;
    if (act === undefined) throw new Error('no act');
    const indexed = formatReceipt({ form: 'indexed', index: act.log_index, seed: new Uint8Array(act.seed) });
    expect(await call(indexed)).toMatchObject({ code: 0 });
    const wrong = formatReceipt({ form: 'indexed', index: act.log_index + 1, seed: new Uint8Array(act.seed) });
    expect(await call(wrong)).toMatchObject({ code: verifyExitCodes.differs });
  });

  it('cannot check what it cannot reach or read, and says so with an exit code of its own', async () => {
    expect(await call(receipt, '--url', 'http://127.0.0.1:1')).toMatchObject({ code: verifyExitCodes['not-checked'] });
    expect(await call('nonsense')).toMatchObject({ code: verifyExitCodes['not-checked'] });
    expect(await call()).toMatchObject({ code: verifyExitCodes['not-checked'] });
    expect(await call(receipt, '--key', 'nonsense')).toMatchObject({ code: verifyExitCodes['not-checked'] });
  });

  it('says 册已被改动 when the log of today does not continue the proof kept from before, and shows both checkpoints', async () => {
    await call(receipt, '--save', 'before.tlog-proof');
    await advance();
    expect(await call(receipt, '--held', 'before.tlog-proof')).toMatchObject({ code: 0 });
    // The whole log is thrown away and built again from a changed journal, with the same key.
    const { owner } = server.database;
    await owner.query(`update lx.journal_entry set private = '{"person":"别人"}' where kind = 'role.grant'`);
    await owner.query('update lx.journal_entry set log_year = null, log_index = null, log_position = null');
    for (const table of ['log_checkpoint', 'log_private_entry', 'log_tile', 'log_leaf', 'log_year'])
      await owner.query(`delete from lx.${table}`);
    rmSync(path.join(server.deps.config.data, 'log'), { recursive: true });
    await advance();
    const { code, text } = await call(receipt, '--held', 'before.tlog-proof');
    expect(code).toBe(verifyExitCodes.forked);
    expect(text).toContain('册已被改动');
    expect(text.match(/^— /gmu)).toHaveLength(2);
  });
});
