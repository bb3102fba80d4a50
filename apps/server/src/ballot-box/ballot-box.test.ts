import {
  ackMessage,
  BallotManifest,
  hashOfToken,
  manifestId,
  returnSlip,
  toBase64Url,
  tokenMessage,
  type BallotEntry,
} from '@lianxin/domain';
import { constants, createHash, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterAt, connectionTo } from '../storage/embedded/cluster.js';
import { boxKeyIn, openBox, serveBox, type BallotBox } from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const text = (count: number): string => toBase64Url(new Uint8Array(randomBytes(count)));
const silent = (): void => undefined;
const issuers = {
  a: generateKeyPairSync('rsa', { modulusLength: 3072 }),
  b: generateKeyPairSync('rsa', { modulusLength: 3072 }),
};
const folder = mkdtempSync(path.join(os.tmpdir(), 'lianxin-box-'));
let manifest: BallotManifest;
let box: BallotBox;
let http: Server;
let url = '';
let database: pg.Client;

/** A vote as a phone casts it; the box cannot open the sealed part, so any bytes of the right length will do. */
const vote = (question = 'tea', b: KeyObject = issuers.b.privateKey): BallotEntry => {
  const token = randomBytes(32);
  const message = tokenMessage(manifestId(sha256, manifest), question, token);
  const signed = (key: KeyObject): string =>
    sign('sha384', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }).toString('base64url');
  return {
    question,
    token: toBase64Url(token),
    a: signed(issuers.a.privateKey),
    b: signed(b),
    sealed: text(manifest.padding + 16),
    wraps: Array.from({ length: 6 }, () => text(80)),
  };
};
const post = (where: string, body: unknown): Promise<Response> =>
  fetch(`${url}/${where}`, { method: 'POST', body: JSON.stringify(body) });
const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await database.query<Record<string, unknown>>(sql)).rows;

beforeAll(async () => {
  manifest = BallotManifest.parse({
    v: 1,
    ballot: '0192f000-0000-7000-8000-000000000001',
    title: '茶会评议',
    questions: [{ id: 'tea', title: '茶好不好', choices: ['good', 'poor'] }],
    entitled: { guests: 12 },
    rollRoot: text(32),
    tokensFrom: '2027-03-02',
    opens: '2027-03-05',
    closes: '2027-03-09',
    minimums: { entitled: 10, returned: 5, comments: 10 },
    issuers: {
      a: issuers.a.publicKey.export({ format: 'jwk' }).n,
      b: issuers.b.publicKey.export({ format: 'jwk' }).n,
    },
    trustees: [text(32), text(32), text(32)],
    boxKey: boxKeyIn(folder).publicKey,
    padding: 80,
  });
  box = await openBox(folder, manifest, silent);
  http = serveBox(box);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  database = new pg.Client(connectionTo(clusterAt(path.join(folder, 'database')), 'lianxin'));
  database.on('error', silent);
  await database.connect();
});

afterAll(async () => {
  await database.end();
  http.close();
  await box.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the ballot box', () => {
  it('has no column, default, trigger or reference that could tell who came or when', async () => {
    const columns = await rows(`select table_name, column_name, data_type, column_default, is_identity
      from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position`);
    expect(new Set(columns.map(({ data_type }) => data_type))).toEqual(new Set(['bytea', 'text', 'ARRAY', 'boolean']));
    expect(columns.filter((one) => one['column_default'] !== null || one['is_identity'] !== 'NO')).toEqual([]);
    expect(columns.filter(({ table_name }) => table_name === 'ballot_box').map((one) => one['column_name'])).toEqual([
      'hash',
      'question',
      'token',
      'a',
      'b',
      'sealed',
      'wraps',
    ]);
    expect(await rows('select from pg_trigger where not tgisinternal')).toEqual([]);
    expect(await rows(`select from pg_constraint where contype = 'f'`)).toEqual([]);
    expect(await rows(`select from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`)).toEqual(
      [],
    );
    const set = await rows(`select current_setting('archive_mode') as archive, current_setting('wal_level') as wal,
      current_setting('track_commit_timestamp') as times, current_setting('log_statement') as statements`);
    expect(set).toEqual([{ archive: 'off', wal: 'minimal', times: 'off', statements: 'none' }]);
  });

  it('keeps a vote and says so with its signature; handed in again, the answer is the same', async () => {
    const entry = vote();
    const first = await post('votes', entry);
    const { ack } = (await first.json()) as { ack: string };
    expect(first.status).toBe(200);
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: manifest.boxKey };
    const message = ackMessage(sha256, manifestId(sha256, manifest), entry);
    expect(verify(null, message, { key: publicKey, format: 'jwk' }, Buffer.from(ack, 'base64url'))).toBe(true);
    const again = await Promise.all(Array.from({ length: 20 }, async () => (await post('votes', entry)).json()));
    expect(again).toEqual(again.map(() => ({ ack })));
    expect(await rows('select count(*)::int as votes from ballot_box')).toEqual([{ votes: 1 }]);
    const other = await post('votes', { ...entry, sealed: text(manifest.padding + 16) });
    expect([other.status, await other.json()]).toEqual([409, { refusal: 'already-voted' }]);
  });

  it('sets no cookie, tells no time, and answers nothing about an open box', async () => {
    const given = await post('votes', vote(returnSlip));
    expect([...given.headers.keys()].filter((name) => ['set-cookie', 'date', 'etag', 'server'].includes(name))).toEqual(
      [],
    );
    const board = await fetch(`${url}/board`);
    expect([board.status, await board.json()]).toEqual([409, { refusal: 'open' }]);
  });

  it('refuses what only one issuer signed, another question, a bent token, a long and a broken body', async () => {
    const before = await rows('select * from ballot_box order by hash');
    const good = vote();
    const refused = [
      vote('tea', issuers.a.privateKey),
      { ...good, b: good.a },
      { ...good, question: returnSlip },
      { ...good, question: 'coffee' },
      { ...good, token: text(32) },
      { ...good, wraps: good.wraps.slice(1) },
      { ...good, sealed: text(40) },
      { ...good, name: '张三' },
      { ...good, a: text(9000) },
      'tea',
    ];
    for (const one of refused) expect((await post('votes', one)).status).toBeGreaterThanOrEqual(400);
    expect(await rows('select * from ballot_box order by hash')).toEqual(before);
  });

  it('lets one token be cast or surrendered, never both, however fast', async () => {
    for (let round = 0; round < 5; round += 1) {
      const entry = vote();
      const { sealed: _sealed, wraps: _wraps, ...token } = entry;
      const answers = await Promise.all([post('votes', entry), post('surrenders', token)]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    }
    const { sealed: _sealed, wraps: _wraps, ...unused } = vote();
    expect((await post('surrenders', unused)).status).toBe(200);
    expect((await post('surrenders', unused)).status).toBe(200);
  });

  it('closed, gives out what it has in the order of hashes, on the disk too, and takes no more', async () => {
    const cast: BallotEntry[] = [];
    for (let at = 0; at < 30; at += 1) cast.push(vote());
    for (const entry of cast) expect((await post('votes', entry)).status).toBe(200);
    const late = vote();
    await box.close();
    await box.close();
    expect(await (await post('votes', late)).json()).toEqual({ refusal: 'closed' });
    const { board } = (await (await fetch(`${url}/board`)).json()) as { board: BallotEntry[] };
    const hashes = board.map((entry) => Buffer.from(hashOfToken(sha256, entry)).toString('hex'));
    expect(hashes).toEqual(hashes.toSorted());
    for (const entry of cast) expect(board).toContainEqual(entry);
    // What a dump or a look at the pages shows: the order of hashes, and one transaction for all.
    const onDisk = await rows(`select encode(hash, 'hex') as hash from ballot_box order by ctid`);
    expect(onDisk.map(({ hash }) => hash)).toEqual(hashes);
    expect(await rows('select count(distinct xmin::text)::int as transactions from ballot_box')).toEqual([
      { transactions: 1 },
    ]);
    // An acknowledged vote handed in again is still acknowledged, so that a phone that missed the answer can be sure.
    expect((await post('votes', cast[0])).status).toBe(200);
    const log = readFileSync(path.join(folder, 'database.log'), 'utf8');
    expect(cast.filter(({ token }) => log.includes(token))).toEqual([]);
    expect(log).not.toMatch(/127\.0\.0\.1:\d+ |connection received/);
  });
});
