import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  checkProofFile,
  consistencyProof,
  fromBase64,
  hashesOfLeaves,
  leafHash,
  onlyGrew,
  parseCheckpointBody,
  parseEntryBundle,
  parseLeaf,
  parseNote,
  parseNoteKey,
  parseProofFile,
  parseReceipt,
  personalDataIn,
  rootOfLeaves,
  startOfCountyDay,
  plainDate,
  tilePath,
  tilesOf,
  toBase64,
  utf8Text,
  type Leaf,
} from '@lianxin/domain';
import { testServer, teaCounty, type TestServer } from '@lianxin/testkit/database';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeJournal, type JournalInput } from '../journal/index.js';
import { inContext, systemContext } from '../storage/index.js';
import {
  checkLog,
  logFeature,
  logReceiptOf,
  proofFileOf,
  publishCounty,
  receiptState,
  recordSoftware,
  sealCounty,
} from './index.js';
import { sha256 } from './sha256.js';
import { verifyEd25519 } from './signing-key.js';

const { county, divisions } = teaCounty;
const origin = `log.lianxin.test/${county}/2026`;

describe('public log', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await testServer({ features: [logFeature], now: '2026-03-02T01:00:00.000Z' });
  });
  afterEach(async () => server.close());

  const write = async (...inputs: JournalInput[]) =>
    inContext(server.deps, systemContext(county), async (tx) => inputs.map((input) => writeJournal(tx, input)));
  const grant = (post: string, division: string = divisions.upper): JournalInput => ({
    kind: 'role.grant',
    division,
    pub: { post },
    commitFields: { person: '茶上文书' },
  });
  const request = (text: string, division: string = divisions.upper): JournalInput => ({
    kind: 'matter.open',
    division,
    commitFields: { text, phone: '13800138000' },
  });
  const seal = async () => sealCounty(server.deps, county);
  const publish = async () => publishCounty(server.deps, county);
  const get = async (target: string) => {
    const answer = await server.request(target);
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers };
  };
  const text = async (target: string) => utf8Text((await get(target)).bytes) ?? '';
  const checkpointOf = async (year = 2026) =>
    parseCheckpointBody(parseNote(await text(`/log/${county}/${year}/checkpoint`))?.text ?? '');
  const leavesOf = async (year = 2026): Promise<Leaf[]> => {
    const { rows } = await server.database.owner.query<{ leaf: string }>(
      'select leaf from lx.log_leaf where county = $1 and year = $2 order by log_index',
      [county, year],
    );
    return rows.flatMap((row) => parseLeaf(row.leaf) ?? []);
  };
  const keyOf = async (year = 2026) => {
    const key = parseNoteKey(sha256, await text(`/log/${county}/${year}/key`));
    if (key === null) throw new Error('no key');
    return key;
  };

  it('gives every public act one leaf, numbered from 1 in its own division and chained to the one before (J6)', async () => {
    await write(grant('clerk'), grant('cook', divisions.lower), grant('guard'));
    await seal();
    await write(grant('driver'));
    expect(await seal()).toEqual({ leaves: 1, entries: 1 });
    expect(await seal()).toEqual({ leaves: 0, entries: 0 });
    const leaves = await leavesOf();
    expect(leaves.map((leaf) => [leaf.k, leaf.d, leaf.n])).toEqual([
      ['log.open', divisions.county, 1],
      ['role.grant', divisions.upper, 1],
      ['role.grant', divisions.lower, 1],
      ['role.grant', divisions.upper, 2],
      ['role.grant', divisions.upper, 3],
    ]);
    expect(await checkLog(server.deps, county)).toMatchObject({ leaves: 5, entries: 4, findings: [] });
    expect(JSON.stringify(leaves)).not.toContain('茶上文书');
  });

  it('lets an entry that commits late join the end, because it looks for the mark and not for a last number (J6)', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = inContext(server.deps, systemContext(county), async (tx) => {
      writeJournal(tx, grant('slow'));
      await held;
    });
    await write(grant('quick'));
    await seal();
    letGo();
    await slow;
    await seal();
    expect((await leavesOf()).map((leaf) => leaf.pub['post'])).toEqual([undefined, 'quick', 'slow']);
    expect(await checkLog(server.deps, county)).toMatchObject({ findings: [] });
  });

  it("keeps a resident's entry out of the log until its day is over, then shuffles it among the day's others", async () => {
    const [first] = await write(...Array.from({ length: 6 }, (_, at) => request(`水泵坏了 ${at}`)));
    if (first === undefined) throw new Error('nothing written');
    const receipt = logReceiptOf(county, { seed: first.seed, recordedAt: server.clock.now() });
    await seal();
    expect(await leavesOf()).toEqual([]);
    expect(await receiptState(server.deps, county, first.journalId)).toMatchObject({ state: 'received', receipt });
    expect(await proofFileOf(server.deps, county, first.journalId)).toBeNull();

    server.clock.set('2026-03-02T16:05:00.000Z'); // five past midnight: what commits late may still come
    await seal();
    expect(await leavesOf()).toEqual([]);
    server.clock.set('2026-03-02T16:11:00.000Z');
    await seal();
    await publish();
    const [, day] = await leavesOf();
    expect(day).toMatchObject({
      k: 'private.day',
      d: divisions.county,
      at: startOfCountyDay(plainDate('2026-03-03')).replace('.000', ''),
      pub: { day: '2026-03-02', entries: 6, size: 6 },
    });
    expect(await receiptState(server.deps, county, first.journalId)).toMatchObject({
      state: 'logged',
      place: { year: 2026, index: 1 },
    });
    const proof = (await proofFileOf(server.deps, county, first.journalId)) ?? '';
    const check = { sha256, verify: verifyEd25519, key: await keyOf(), receipt: parseReceipt(receipt) ?? undefined };
    expect(await checkProofFile(proof, check)).toMatchObject({ holds: true, checkpoint: { origin, size: 2 } });
    const served = await text(`/log/${county}/day/2026-03-02`);
    expect(served).toContain(JSON.stringify(parseProofFile(proof)?.subtree?.entry).slice(1, -1));
    expect(served).not.toContain('水泵');
    expect(personalDataIn(served)).toBeNull();
    expect(await checkLog(server.deps, county)).toMatchObject({ entries: 6, findings: [] });
  });

  it('shows the same eight places for a day of four entries, of one and of none', async () => {
    await write(request('一'), request('二'), request('三'), request('四'));
    server.clock.set('2026-03-03T01:00:00.000Z');
    await seal();
    await write(request('五'));
    server.clock.set('2026-03-05T01:00:00.000Z');
    await seal();
    const days = (await leavesOf()).filter((leaf) => leaf.k === 'private.day');
    expect(days.map((leaf) => leaf.pub)).toMatchObject([
      { day: '2026-03-02', entries: 'fewer than 5', size: 8 },
      { day: '2026-03-03', entries: 'fewer than 5', size: 8 },
      { day: '2026-03-04', entries: 'fewer than 5', size: 8 },
    ]);
    expect(await checkLog(server.deps, county)).toMatchObject({ entries: 5, findings: [] });
  });

  it('never publishes a public part that does not fit its kind: the entry joins the shuffled leaf and the operator is told', async () => {
    await write({ kind: 'role.grant', division: divisions.upper, pub: { post: 'clerk', phone: '13800138000' } });
    await seal();
    server.clock.advance({ days: 1 });
    await seal();
    expect((await leavesOf()).map((leaf) => leaf.k)).toEqual(['log.open', 'private.day']);
    expect(server.logged.map((line) => line.event)).toContain('public-leaf-refused');
    expect(await checkLog(server.deps, county)).toMatchObject({ entries: 1, findings: [] });
  });

  it('seals each entry once when two sequencers work at the same time (J10)', async () => {
    for (let round = 0; round < 5; round += 1) {
      await write(...Array.from({ length: 40 }, (_, at) => grant(`post-${round}-${at}`)));
      const both = await Promise.all([seal(), seal(), seal()]);
      expect(both.reduce((sum, sealed) => sum + sealed.entries, 0)).toBe(40);
    }
    expect(await checkLog(server.deps, county)).toMatchObject({ leaves: 201, entries: 200, findings: [] });
  });

  it('goes on after a sequencer was killed in the middle, without a gap (J10)', async () => {
    await write(...Array.from({ length: 10 }, (_, at) => grant(`post-${at}`)));
    const client = await server.database.pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7135203, $1)', [Number(county)]);
    const waiting = seal();
    const started = performance.now();
    client.on('error', () => undefined);
    await server.database.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    expect(await waiting).toEqual({ leaves: 11, entries: 10 });
    expect(performance.now() - started).toBeLessThan(5_000);
    client.release(true);
    expect(await checkLog(server.deps, county)).toMatchObject({ findings: [] });
  });

  it('serves checkpoint, tiles and entries of every published size as tlog-tiles has it, and full tiles never change (J4)', async () => {
    const full = new Map<string, string>();
    for (const count of [3, 250, 300]) {
      await write(...Array.from({ length: count }, (_, at) => grant(`post-${at}`)));
      await seal();
      await publish();
      const checkpoint = await checkpointOf();
      const size = checkpoint?.size ?? 0;
      const hashes: Uint8Array[] = [];
      for (const tile of tilesOf(size)) {
        const served = await get(`/log/${county}/2026/${tilePath(tile.level, tile.index, tile.width)}`);
        expect(served.bytes).toHaveLength(tile.width * 32);
        expect(served.headers.get('cache-control')).toContain('immutable');
        const name = tilePath(tile.level, tile.index);
        expect(toBase64(served.bytes)).toBe(full.get(name) ?? toBase64(served.bytes));
        if (tile.width === 256) full.set(name, toBase64(served.bytes));
        if (tile.level > 0) continue;
        const bundle = await get(`/log/${county}/2026/${tilePath('entries', tile.index, tile.width)}`);
        for (const entry of parseEntryBundle(bundle.bytes) ?? []) hashes.push(leafHash(sha256, entry));
      }
      expect(toBase64(rootOfLeaves(sha256, hashes))).toBe(toBase64(checkpoint?.root ?? new Uint8Array(0)));
    }
    for (const wrong of [
      'tile/0/009',
      'tile/0/002.p/200',
      'tile/7/000',
      'tile/0/0',
      'tile/entries/000.p/999',
      'proof/99999',
      'proof/-1',
    ]) {
      expect((await get(`/log/${county}/2026/${wrong}`)).status).toBe(404);
    }
    expect((await get('/log/abc/2026/checkpoint')).status).toBe(404);
    expect((await get(`/log/${county}/2031/checkpoint`)).status).toBe(404);
  });

  it('signs checkpoints of which each continues the one before, and none when nothing changed (J5)', async () => {
    await write(grant('one'), grant('two'));
    await seal();
    const [older] = await publish();
    expect(await publish()).toEqual([]);
    await write(grant('three'));
    await seal();
    const [newer] = await publish();
    if (older === undefined || newer === undefined) throw new Error('not signed');
    const { rows } = await server.database.owner.query<{ leaf_hash: Buffer }>(
      'select leaf_hash from lx.log_leaf order by log_index',
    );
    const hashes = rows.map((row) => new Uint8Array(row.leaf_hash));
    expect([older.size, newer.size]).toEqual([3, 4]);
    expect(onlyGrew(sha256, older, newer, consistencyProof(sha256, 3, 4, hashesOfLeaves(sha256, hashes)))).toBe(true);
    expect(readFileSync(path.join(server.deps.config.data, 'log', county, '2026', 'checkpoint'), 'utf8')).toBe(
      await text(`/log/${county}/2026/checkpoint`),
    );
    server.clock.advance({ hours: 25 });
    expect(await publish()).toHaveLength(1);
  });

  it('refuses to sign a log that was cut or changed since it signed last (J5)', async () => {
    await write(grant('one'), grant('two'), grant('three'));
    await seal();
    await publish();
    const { owner } = server.database;
    // Yesterday's backup comes back: everything of the database is older and consistent in itself.
    await owner.query('delete from lx.log_checkpoint');
    await owner.query('delete from lx.log_leaf where log_index = 3');
    await owner.query("delete from lx.journal_entry where pub ->> 'post' = 'three'");
    await owner.query('update lx.log_tile set hashes = substring(hashes for 96)');
    await expect(publish()).rejects.toThrow('does not continue the signed size 4');
    // Something else is sealed in its place, so that the size is right again.
    await write(grant('forged'));
    await seal();
    await expect(publish()).rejects.toThrow('does not continue');
  });

  it('opens a log for each year whose first leaf commits to the end of the year before, which is frozen', async () => {
    server.clock.set('2026-12-30T02:00:00.000Z');
    await write(grant('old'), request('年底'));
    await seal();
    server.clock.set('2027-01-03T02:00:00.000Z');
    await write(grant('new'));
    await seal();
    await publish();
    const [old, opened] = [await checkpointOf(2026), (await leavesOf(2027))[0]];
    expect((await leavesOf(2026)).map((leaf) => leaf.pub['day'] ?? leaf.k)).toEqual([
      'log.open',
      'role.grant',
      '2026-12-30',
      '2026-12-31',
    ]);
    expect(opened?.pub).toMatchObject({ previous: { origin, size: 4 } });
    const previous = opened?.pub['previous'] as { root: string };
    expect(
      toBase64(fromBase64(`${previous.root.replaceAll('-', '+').replaceAll('_', '/')}=`) ?? new Uint8Array(0)),
    ).toBe(toBase64(old?.root ?? new Uint8Array(0)));
    expect(await checkLog(server.deps, county)).toMatchObject({ findings: [] });
  });

  it('takes what was committed into the log by itself, and stops when told to', { timeout: 60_000 }, async () => {
    const stop = await logFeature.start?.(server.deps);
    await write(grant('first'));
    await vi.waitFor(async () => expect(await checkpointOf()).toMatchObject({ size: 4 }), {
      timeout: 40_000,
      interval: 200,
    });
    await stop?.();
    // Which schema and which software it runs on is entered by itself too, once for each change.
    expect((await leavesOf()).map((leaf) => leaf.k).toSorted()).toEqual([
      'log.open',
      'migration',
      'release',
      'role.grant',
    ]);
    expect(await recordSoftware(server.deps, county)).toEqual([]);
    await write(grant('second'));
    expect(await checkLog(server.deps, county)).toMatchObject({ leaves: 4, entries: 3, findings: [] });
  });

  it('tells the operator when the log cannot go on, and goes on with other counties', { timeout: 60_000 }, async () => {
    await write(grant('first'));
    await seal();
    await publish();
    await server.database.owner.query(`update lx.log_year set key = replace(key, '+', '-')`);
    await write(grant('second'));
    const other = '999902';
    await inContext(server.deps, systemContext(other), async (tx) => {
      writeJournal(tx, { kind: 'role.grant', division: `${other}001001`, pub: { post: 'clerk' } });
    });
    const stop = await logFeature.start?.(server.deps);
    await vi.waitFor(async () => expect((await get(`/log/${other}/2026/checkpoint`)).status).toBe(200), {
      timeout: 40_000,
      interval: 200,
    });
    await stop?.();
    expect(server.logged).toContainEqual(expect.objectContaining({ level: 'error', event: 'log-stands-still' }));
    expect((await checkpointOf())?.size).toBe(2);
  });

  it('lets a clock that jumps change what a leaf says, never the order of the log (J14)', async () => {
    await write(grant('first'));
    await seal();
    server.clock.set('2026-02-10T01:00:00.000Z'); // 20 days back
    await write(grant('second'));
    await seal();
    server.clock.set('2026-03-02T02:00:00.000Z');
    await write(grant('third'));
    await seal();
    expect((await leavesOf()).slice(1).map((leaf) => leaf.pub['post'])).toEqual(['first', 'second', 'third']);
    // The check points at it: whoever counts fifteen days from "10 February" is told that it was entered on 2 March.
    expect((await checkLog(server.deps, county)).findings).toMatchObject([
      { index: 2, what: 'journal-entry-back-dated' },
    ]);
  });

  it('proves any leaf by its index to whoever asks, under the newest checkpoint', async () => {
    await write(...Array.from({ length: 20 }, (_, at) => grant(`post-${at}`)));
    await seal();
    await publish();
    const key = await keyOf();
    for (const index of [0, 7, 20]) {
      const proof = await text(`/log/${county}/2026/proof/${index}`);
      expect(await checkProofFile(proof, { sha256, verify: verifyEd25519, key })).toMatchObject({
        holds: true,
        checkpoint: { size: 21 },
        file: { index },
      });
    }
    expect(JSON.parse(await text('/log'))).toMatchObject({ logs: [{ county, year: 2026, origin, frozen: false }] });
  });
});
