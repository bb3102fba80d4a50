import {
  ackMessage,
  type BallotEntry,
  flawOf,
  hashOfToken,
  isSameEntry,
  manifestId,
  sortBoard,
  toBase64Url,
  type BallotManifest,
  type EntryFlaw,
} from '@lianxin/domain';
import { createHash, generateKeyPairSync, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Log } from '../deps.js';
import { clusterAt, connectionTo } from '../storage/embedded/cluster.js';
import { databaseName, ownCluster } from '../storage/embedded/owner.js';
import { boxTables, tablesInOrder } from './tables.js';
import { tokenChecker } from './check-token.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Why a vote is not taken. */
export type BoxRefusal = EntryFlaw | 'closed' | 'already-voted' | 'surrendered';

/** What the box answers to a vote: its signature, after the vote was kept for good. */
export type BoxAnswer =
  | { readonly ok: true; readonly ack: string }
  | { readonly ok: false; readonly refusal: BoxRefusal };

/** A ballot box 票箱 of one ballot: takes sealed votes without knowing from whom, and gives them out once it is closed. */
export interface BallotBox {
  readonly cast: (entry: BallotEntry) => Promise<BoxAnswer>;
  /** Makes an unused token void, so that its holder may have paper; the same token again changes nothing. */
  readonly surrender: (entry: Pick<BallotEntry, 'question' | 'token' | 'a' | 'b'>) => Promise<BoxRefusal | null>;
  /** Takes no more votes, and puts what lies there into the order of its hashes on the disk too. */
  readonly close: () => Promise<void>;
  /** The votes, sorted; null while the box is open, to whoever asks. */
  readonly board: () => Promise<readonly BallotEntry[] | null>;
  /** Surrendered tokens by question; null while the box is open. */
  readonly surrendered: () => Promise<Readonly<Record<string, number>> | null>;
  /** Stops the database; what lies in it stays. */
  readonly stop: () => Promise<void>;
}

/** No archive, no times of commits, no line about who connected or what they asked. */
const settings = [
  'wal_level=minimal',
  'max_wal_senders=0',
  'archive_mode=off',
  'track_commit_timestamp=off',
  'track_activities=off',
  'log_connections=off',
  'log_disconnections=off',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_checkpoints=off',
  'log_min_error_statement=panic',
];

/** The key by which the box in this folder acknowledges; made when there is none. Its public half stands in the manifest. */
export const boxKeyIn = (folder: string): { readonly publicKey: string; readonly privateKey: KeyObject } => {
  const file = path.join(folder, 'box-key.pem');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  }
  const privateKey = createPrivateKey(readFileSync(file));
  return { publicKey: createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', privateKey };
};

/** Forgets the box: its database with every trace of an order in it. Only after the board was verified. */
export const destroyBox = (folder: string): void => rmSync(folder, { recursive: true, force: true });

interface Row extends BallotEntry {
  readonly hash: Buffer;
}

/**
 * Opens the box of a ballot: a cluster of its own in `folder`, or the database at `url`. Throws when the manifest names another box key.
 */
export const openBox = async (folder: string, manifest: BallotManifest, log: Log, url?: string): Promise<BallotBox> => {
  const key = boxKeyIn(folder);
  if (key.publicKey !== manifest.boxKey) throw new Error('the manifest is that of another box');
  const cluster = clusterAt(path.join(folder, 'database'), settings);
  const owner = url === undefined ? await ownCluster(cluster, log) : undefined;
  const pool = new pg.Pool({
    ...(url === undefined ? connectionTo(cluster, databaseName) : { connectionString: url }),
    max: 8,
  });
  pool.on('error', () => undefined);
  await pool.query(boxTables);
  return boxOn(pool, manifest, key.privateKey, async () => {
    await pool.end();
    await owner?.close();
  });
};

const boxOn = (pool: pg.Pool, manifest: BallotManifest, key: KeyObject, stop: () => Promise<void>): BallotBox => {
  const ballot = manifestId(sha256, manifest);
  const check = tokenChecker();
  /** Closed and put in order by this process; one that died in between does it again. */
  let sorted = false;
  const closed = async (): Promise<boolean> => (await pool.query('select from ballot_closed')).rowCount === 1;

  /** One at a time for one token: casting and surrendering it cannot both succeed. */
  const alone = async <T>(hash: Uint8Array, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1::bigint)', [Buffer.from(hash).readBigInt64BE().toString()]);
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  };

  const keep = async (client: pg.PoolClient, hash: Uint8Array, entry: BallotEntry): Promise<BoxRefusal | null> => {
    if ((await client.query('select from ballot_void where hash = $1', [hash])).rowCount === 1) return 'surrendered';
    const { question, token, a, b, sealed, wraps } = entry;
    const { rowCount } = await client.query(
      `insert into ballot_box (hash, question, token, a, b, sealed, wraps)
       select $1, $2, $3, $4, $5, $6, $7 where not exists (select from ballot_closed) on conflict (hash) do nothing`,
      [hash, question, token, a, b, sealed, wraps],
    );
    if (rowCount === 1) return null;
    const { rows } = await client.query<Row>('select * from ballot_box where hash = $1', [hash]);
    const [there] = rows;
    if (there === undefined) return 'closed';
    return isSameEntry(entryOf(there), entry) ? null : 'already-voted';
  };

  return {
    cast: async (entry) => {
      const flaw = flawOf(manifest, ballot, entry, check);
      if (flaw !== null) return { ok: false, refusal: flaw };
      const hash = hashOfToken(sha256, entry);
      const refusal = await alone(hash, (client) => keep(client, hash, entry));
      if (refusal !== null) return { ok: false, refusal };
      const signature = sign(null, ackMessage(sha256, ballot, entry), key);
      return { ok: true, ack: toBase64Url(new Uint8Array(signature)) };
    },
    surrender: async (token) => {
      // A token is checked as a vote is; only the sealed part is not there.
      const empty = { sealed: toBase64Url(new Uint8Array(manifest.padding + 16)), wraps: sixEmptyWraps };
      const flaw = flawOf(manifest, ballot, { ...token, ...empty }, check);
      if (flaw !== null) return flaw;
      const hash = hashOfToken(sha256, token);
      return alone(hash, async (client) => {
        if ((await client.query('select from ballot_box where hash = $1', [hash])).rowCount === 1)
          return 'already-voted';
        const { rowCount } = await client.query(
          `insert into ballot_void (hash, question) select $1, $2 where not exists (select from ballot_closed)
           on conflict (hash) do update set question = excluded.question`,
          [hash, token.question],
        );
        return rowCount === 1 ? null : 'closed';
      });
    },
    close: async () => {
      if (sorted) return;
      const client = await pool.connect();
      try {
        await client.query('begin');
        // Waits for votes on their way; those after it see the closed box.
        await client.query('lock table ballot_box, ballot_void in exclusive mode');
        await client.query('insert into ballot_closed values (true) on conflict do nothing');
        await client.query('commit');
        // On the disk too: rows in the order of their hashes, all of one transaction.
        for (const table of tablesInOrder) {
          await client.query('begin');
          await client.query(`create temporary table kept on commit drop as select * from ${table}`);
          await client.query(`truncate ${table}`);
          await client.query(`insert into ${table} select * from kept order by hash`);
          await client.query('commit');
        }
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
      sorted = true;
    },
    board: async () => {
      if (!(await closed())) return null;
      const { rows } = await pool.query<Row>('select * from ballot_box');
      return sortBoard(sha256, rows.map(entryOf));
    },
    surrendered: async () => {
      if (!(await closed())) return null;
      const { rows } = await pool.query<{ question: string; count: number }>(
        'select question, count(*)::int as count from ballot_void group by question order by question',
      );
      return Object.fromEntries(rows.map(({ question, count }) => [question, count]));
    },
    stop,
  };
};

const sixEmptyWraps = Array.from({ length: 6 }, () => toBase64Url(new Uint8Array(80)));

const entryOf = ({ question, token, a, b, sealed, wraps }: Row): BallotEntry => ({
  question,
  token,
  a,
  b,
  sealed,
  wraps,
});
