import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkProofFile, leafHash, parseNoteKey, parseReceipt, toBase64Url, utf8Bytes } from '@lianxin/domain';
import { copiesOf, testServer, teaCounty, type TestServer } from '@lianxin/testkit/database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeJournal, type JournalInput } from '../journal/index.js';
import { openKeys } from '../storage/keys.js';
import { inContext, systemContext } from '../storage/index.js';
import type { Evidence } from './check-log.js';
import { checkLog, logFeature, logReceiptOf, proofFileOf, publishCounty, sealCounty } from './index.js';
import { sha256 } from './sha256.js';
import { verifyEd25519 } from './signing-key.js';

const { county, divisions } = teaCounty;

/** The log every way of tampering starts from: 300 public acts, a day of six requests, twenty more acts; published twice. */
describe('check of the public log after tampering (J7)', () => {
  let untouched: TestServer;
  let server: TestServer;
  let receipt = '';
  let journalId = '';
  let proof = '';

  const write = async (...inputs: JournalInput[]) =>
    inContext(server.deps, systemContext(county), async (tx) => inputs.map((input) => writeJournal(tx, input)));
  const grants = (from: number, count: number): JournalInput[] =>
    Array.from({ length: count }, (_, at) => ({
      kind: 'role.grant',
      division: at % 3 === 0 ? divisions.lower : divisions.upper,
      pub: { post: `post-${from + at}` },
      commitFields: { person: `茶客 ${from + at}` },
    }));
  const sql = async (text: string, values: unknown[] = []) => server.database.owner.query(text, values);
  const check = async (evidence: readonly Evidence[] = []) => checkLog(server.deps, county, evidence);
  const whats = async (evidence: readonly Evidence[] = []) => [
    ...new Set((await check(evidence)).findings.map((finding) => `${finding.table}: ${finding.what}`)),
  ];

  beforeAll(async () => {
    server = await testServer({ features: [logFeature], now: '2026-03-02T01:00:00.000Z' });
    untouched = server;
    await write(...grants(1, 300));
    const requests = await write(
      ...Array.from({ length: 6 }, (_, at): JournalInput => ({
        kind: 'matter.open',
        division: divisions.upper,
        commitFields: { text: `路灯不亮 ${at}` },
      })),
    );
    const [first] = requests;
    if (first === undefined) throw new Error('nothing written');
    receipt = logReceiptOf(county, { seed: first.seed, recordedAt: server.clock.now() });
    journalId = first.journalId;
    await sealCounty(server.deps, county);
    server.clock.set('2026-03-03T01:00:00.000Z');
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    proof = (await proofFileOf(server.deps, county, journalId)) ?? '';
    await write(...grants(301, 20));
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
  });
  beforeEach(async () => {
    [server = untouched] = await copiesOf(untouched, 1);
  });
  afterEach(async () => server.close());
  afterAll(async () => untouched.close());

  it('finds nothing in a log that nobody touched', async () => {
    expect(await check([{ name: 'receipt', text: proof }])).toEqual({
      county,
      leaves: 322,
      entries: 326,
      erased: 0,
      findings: [],
      firstBad: null,
    });
  });

  it('keeps every other receipt provable when one entry was erased with its seed, and counts the erased (J11)', async () => {
    await sql(
      `update lx.journal_entry set private = '{}', seed = null, erased_at = now() where id <> $1 and (kind = 'matter.open' or pub ->> 'post' = 'post-9')`,
      [journalId],
    );
    expect(await check([{ name: 'receipt', text: proof }])).toMatchObject({ erased: 6, findings: [] });
    const key = parseNoteKey(sha256, String((await sql('select key from lx.log_year')).rows[0]?.key));
    if (key === null) throw new Error('no key');
    const again = (await proofFileOf(server.deps, county, journalId)) ?? '';
    const held = { sha256, verify: verifyEd25519, key, receipt: parseReceipt(receipt) ?? undefined };
    expect(await checkProofFile(again, held)).toMatchObject({ holds: true, checkpoint: { size: 322 } });
  });

  it('names the journal entry whose body was changed', async () => {
    await sql(`update lx.journal_entry set private = '{"person":"别人"}' where pub ->> 'post' = 'post-100'`);
    const { findings, firstBad } = await check();
    const { rows } = await sql(`select id from lx.journal_entry where pub ->> 'post' = 'post-100'`);
    expect(findings).toEqual([
      { table: 'journal_entry', county, year: 2026, index: 100, row: rows[0]?.id, what: 'journal-entry-changed' },
    ]);
    expect(firstBad).toEqual({ year: 2026, index: 100 });
  });

  it('names the request whose text, time or person was changed, though its leaf shows none of them', async () => {
    for (const change of [
      `private = '{"text":"没有事"}'`,
      `recorded_at = recorded_at - interval '1 hour'`,
      `person = '00000001-0000-7000-8000-000000000001'`,
    ]) {
      const { rows: kept } = await sql('select private, recorded_at, person from lx.journal_entry where id = $1', [
        journalId,
      ]);
      await sql(`update lx.journal_entry set ${change} where id = $1`, [journalId]);
      expect((await check()).findings).toMatchObject([{ row: journalId, index: 301, what: 'journal-entry-changed' }]);
      await sql('update lx.journal_entry set private = $2, recorded_at = $3, person = $4 where id = $1', [
        journalId,
        kept[0]?.private,
        kept[0]?.recorded_at,
        kept[0]?.person,
      ]);
    }
    expect((await check()).findings).toEqual([]);
  });

  it('finds a changed seed', async () => {
    await sql(`update lx.journal_entry set seed = decode(repeat('00', 16), 'hex') where pub ->> 'post' = 'post-7'`);
    expect(await check()).toMatchObject({ findings: [{ what: 'journal-entry-changed' }], firstBad: { index: 7 } });
  });

  it('finds a changed leaf, also when its own hash was made to fit', async () => {
    const { rows } = await sql('select leaf from lx.log_leaf where log_index = 42');
    const leaf = String(rows[0]?.leaf).replace('post-42', 'post-99');
    await sql('update lx.log_leaf set leaf = $1 where log_index = 42', [leaf]);
    expect((await check()).findings[0]).toMatchObject({ table: 'log_leaf', row: '42', what: 'leaf-hash-wrong' });
    await sql('update lx.log_leaf set leaf_hash = $1 where log_index = 42', [leafHash(sha256, utf8Bytes(leaf))]);
    expect(await whats()).toEqual([
      'journal_entry: journal-entry-changed',
      'log_leaf: leaf-order-wrong',
      'log_tile: tile-wrong',
      'log_checkpoint: checkpoint-root-wrong',
      'signer: signed-something-else',
    ]);
    expect(await check()).toMatchObject({ firstBad: { year: 2026, index: 42 } });
  });

  it('finds one changed bit in a tile, and at which leaf', async () => {
    await sql(
      'update lx.log_tile set hashes = set_byte(hashes, 32 * 17 + 5, get_byte(hashes, 32 * 17 + 5) # 1) where level = 0 and tile = 1',
    );
    expect((await check()).findings).toEqual([
      { table: 'log_tile', county, year: 2026, index: 273, row: '0/1', what: 'tile-wrong' },
    ]);
  });

  it('finds the newest entry deleted with everything that was made of it', async () => {
    await sql('delete from lx.journal_entry where log_index = 321');
    expect(await check()).toMatchObject({ findings: [{ what: 'journal-entry-missing', index: 321 }] });
    await sql('delete from lx.log_leaf where log_index = 321');
    await sql('update lx.log_tile set hashes = substring(hashes for 32 * 65) where level = 0 and tile = 1');
    await sql('delete from lx.log_checkpoint where tree_size = 322');
    // The database is now consistent in itself; the signer's own file is not in it.
    expect((await check()).findings).toEqual([
      { table: 'signer', county, year: 2026, index: 321, row: 'size 322', what: 'signed-more-than-there-is' },
    ]);
  });

  it('finds an entry deleted from the middle, and that everything after it is at another place', async () => {
    await sql('delete from lx.journal_entry where log_index = 150');
    await sql('delete from lx.log_leaf where log_index = 150');
    expect(await check()).toMatchObject({ firstBad: { index: 150 } });
    expect(await whats()).toContain('log_leaf: leaf-missing');
  });

  it('finds two entries that changed places', async () => {
    await sql('update lx.journal_entry set log_index = 9000 where log_index = 10');
    await sql('update lx.journal_entry set log_index = 10 where log_index = 11');
    await sql('update lx.journal_entry set log_index = 11 where log_index = 9000');
    expect((await check()).findings).toMatchObject([
      { index: 10, what: 'journal-entry-changed' },
      { index: 11, what: 'journal-entry-changed' },
    ]);
  });

  it('points at an entry that was put in with an older date', async () => {
    await sql(
      `insert into lx.journal_entry (county, id, kind, division, pub, private, seed, leaf, recorded_at)
       values ($1, '00000000-0000-7000-8000-00000000beef', 'role.grant', $2, '{"post":"post-late"}', '{}', decode(repeat('ab', 16), 'hex'), 'public', '2026-02-01T00:00:00Z'),
              ($1, '00000000-0000-7000-8000-00000000beee', 'matter.open', $2, '{}', '{}', decode(repeat('ac', 16), 'hex'), 'private-day', '2026-02-01T00:00:00Z')`,
      [county, divisions.upper],
    );
    await sealCounty(server.deps, county);
    expect((await check()).findings).toMatchObject([
      { table: 'journal_entry', row: '00000000-0000-7000-8000-00000000beef', what: 'journal-entry-back-dated' },
      { table: 'journal_entry', row: '00000000-0000-7000-8000-00000000beee', what: 'journal-entry-back-dated' },
    ]);
  });

  it('finds an entry of a day that was taken out of its shuffled leaf', async () => {
    await sql('update lx.log_private_entry set entry = replace(entry, $1, $2) where position = 2', [
      '{"c":{"fields":"',
      '{"c":{"fields":"A',
    ]);
    expect(await whats()).toContain('log_private_entry: private-root-wrong');
    expect(await check()).toMatchObject({ firstBad: { index: 301 } });
  });

  it('finds a replaced signing key, and the server no longer signs with it', async () => {
    const folder = path.join(server.deps.config.data, 'keys');
    rmSync(path.join(folder, `log-${county}`));
    writeFileSync(path.join(folder, `log-${county}`), Buffer.alloc(32, 9));
    const deps = { ...server.deps, keys: openKeys(folder) };
    expect((await checkLog(deps, county)).findings).toMatchObject([{ table: 'log_year', what: 'key-replaced' }]);
    await write(...grants(900, 1));
    await sealCounty(deps, county);
    await expect(publishCounty(deps, county)).rejects.toThrow('not the one it was opened with');
  });

  it('finds, with one old proof file, a log that was rewritten as a whole and signed anew (T15)', async () => {
    const key = parseNoteKey(sha256, String((await sql('select key from lx.log_year')).rows[0]?.key));
    if (key === null) throw new Error('no key');
    // The operator owns database, key and disk: he throws all away and lets the same software build it again from other facts.
    await sql(`update lx.journal_entry set private = '{"person":"亲戚"}' where pub ->> 'post' = 'post-100'`);
    await sql('update lx.journal_entry set log_year = null, log_index = null, log_position = null');
    for (const table of ['log_checkpoint', 'log_private_entry', 'log_tile', 'log_leaf', 'log_year'])
      await sql(`delete from lx.${table}`);
    rmSync(path.join(server.deps.config.data, 'log'), { recursive: true });
    await sealCounty(server.deps, county);
    await publishCounty(server.deps, county);
    expect((await check()).findings).toEqual([]);
    expect((await check([{ name: 'receipt of a villager', text: proof }])).findings).toMatchObject([
      { row: 'receipt of a villager', what: 'evidence-contradicts' },
    ]);
    // The villager's old proof still shows, to anybody, what had been signed.
    const old = { sha256, verify: verifyEd25519, key, receipt: parseReceipt(receipt) ?? undefined };
    expect(await checkProofFile(proof, old)).toMatchObject({ holds: true });
    expect(readFileSync(path.join(server.deps.config.data, 'log', county, '2026', 'signed'), 'utf8')).not.toContain(
      proof.split('\n').at(-4) ?? 'root',
    );
  });

  it('finds a reading of personal data that was trimmed, changed or put in after its day was sealed', async () => {
    const read = async (id: number, at: string) =>
      sql(
        `insert into lx.access_log (county, id, person, division, what, purpose, recorded_at)
         values ($1, $2, '00000001-0000-7000-8000-000000000001', $3, 'household-card', '走访', $4)`,
        [county, `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`, divisions.upper, at],
      );
    for (let id = 1; id <= 3; id += 1) await read(id, '2026-03-04T03:00:00Z');
    server.clock.set('2026-03-05T01:00:00.000Z');
    await sealCounty(server.deps, county);
    const { rows } = await sql(
      `select leaf::jsonb -> 'pub' as pub, log_index from lx.log_leaf where kind = 'audit.day'`,
    );
    expect(rows).toMatchObject([{ pub: { day: '2026-03-04', rows: 3 } }]);
    expect((await check()).findings).toEqual([]);
    const changes = [
      `update lx.access_log set purpose = '别的' where id = '00000000-0000-7000-8000-000000000002'`,
      `delete from lx.access_log where id = '00000000-0000-7000-8000-000000000002'`,
    ];
    for (const change of changes) {
      await sql(change);
      expect((await check()).findings).toEqual([
        {
          table: 'access_log',
          county,
          year: 2026,
          index: rows[0]?.log_index,
          row: '2026-03-04',
          what: 'audit-rows-changed',
        },
      ]);
    }
  });

  it('does not take a forged paper for evidence', async () => {
    const forged = proof.replace(/^(\S{43}=)\n\n—/mu, `${toBase64Url(new Uint8Array(33)).slice(0, 43)}=\n\n—`);
    expect(forged).not.toBe(proof);
    expect((await check([{ name: 'forged', text: forged }])).findings).toMatchObject([
      { row: 'forged', what: 'checkpoint-not-signed' },
    ]);
  });
});
