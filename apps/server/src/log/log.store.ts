import { systemContext, type Context, type Tx } from '../storage/index.js';
import { entryColumns, type EntryRow } from './entry.js';

/** The log of a county and year. */
export interface LogYear {
  readonly county: string;
  readonly year: number;
  readonly origin: string;
  readonly key: string;
  readonly closed_day: string;
  readonly frozen_at: string | null;
}

/** A checkpoint as it was signed; `note` carries the cosignatures that came since. */
export interface CheckpointRow {
  readonly tree_size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signed_at: string;
  readonly witnessed_at: string | null;
}

const checkpointColumns = `c.tree_size, c.root, c.signed_at, c.witnessed_at,
  c.note || coalesce((select string_agg(s.line, '' order by s.witness) from lx.log_cosignature s
    where s.county = c.county and s.year = c.year and s.tree_size = c.tree_size), '') as note`;

const yearColumns = 'county, year, origin, key, closed_day, frozen_at';

/** The context of everything that seals and publishes: one county, every division. */
export const logContext = (county: string): Context => systemContext(county, 'rt_journal');

/** Holds back every other sequencer of this county until the transaction ends, however it ends. */
export const lockLog = async (tx: Tx, county: string): Promise<void> => {
  await tx.rows('select pg_advisory_xact_lock(7135203, $1)', [Number(county)]);
};

/** The logs of a county, oldest first. */
export const readYears = async (tx: Tx, county: string): Promise<LogYear[]> =>
  tx.rows<LogYear>(`select ${yearColumns} from lx.log_year where county = $1 order by year`, [county]);

/** One log. */
export const readYear = async (tx: Tx, county: string, year: number): Promise<LogYear | undefined> =>
  tx.first<LogYear>(`select ${yearColumns} from lx.log_year where county = $1 and year = $2`, [county, year]);

/** The log that still grows, or the last one. */
export const newestYear = async (tx: Tx, county: string): Promise<LogYear | undefined> =>
  tx.first<LogYear>(`select ${yearColumns} from lx.log_year where county = $1 order by year desc limit 1`, [county]);

/** Opens a log. */
export const insertYear = async (tx: Tx, log: LogYear, openedAt: string): Promise<void> => {
  await tx.run(
    'insert into lx.log_year (county, year, origin, key, opened_at, closed_day) values ($1, $2, $3, $4, $5, $6)',
    [log.county, log.year, log.origin, log.key, openedAt, log.closed_day],
  );
};

/** Marks a log as frozen: the next year began. */
export const freezeYear = async (tx: Tx, county: string, year: number, at: string): Promise<void> => {
  await tx.run('update lx.log_year set frozen_at = $3 where county = $1 and year = $2', [county, year, at]);
};

/** Marks a day as closed. */
export const closeDay = async (tx: Tx, county: string, year: number, day: string): Promise<void> => {
  await tx.run('update lx.log_year set closed_day = $3 where county = $1 and year = $2 and closed_day < $3::date', [
    county,
    year,
    day,
  ]);
};

/** How many leaves a log has. */
export const sizeOf = async (tx: Tx, county: string, year: number): Promise<number> => {
  const row = await tx.first<{ last: number }>(
    'select log_index as last from lx.log_leaf where county = $1 and year = $2 order by log_index desc limit 1',
    [county, year],
  );
  return row === undefined ? 0 : row.last + 1;
};

/** The last leaf of each of these divisions in a log. */
export const lastLeaves = async (
  tx: Tx,
  county: string,
  year: number,
  divisions: readonly string[],
): Promise<{ division: string; n: number; leaf_hash: Buffer }[]> =>
  tx.rows(
    `select d.division, l.n, l.leaf_hash from unnest($3::text[]) as d (division)
     cross join lateral (select n, leaf_hash from lx.log_leaf
       where county = $1 and year = $2 and division = d.division order by n desc limit 1) as l`,
    [county, year, divisions],
  );

/** Public acts that wait, oldest first, after a given one. */
export const waitingPublic = async (
  tx: Tx,
  county: string,
  after: Pick<EntryRow, 'recorded_at' | 'id'> | undefined,
  limit: number,
): Promise<EntryRow[]> =>
  tx.rows<EntryRow>(
    `select ${entryColumns} from lx.journal_entry where county = $1 and log_index is null and leaf = 'public'
     and (recorded_at, id) > ($2::timestamptz, $3::uuid) order by recorded_at, id limit $4`,
    [county, after?.recorded_at ?? '-infinity', after?.id ?? '00000000-0000-0000-0000-000000000000', limit],
  );

/** Every entry that waits and was recorded before a moment. */
export const waitingBefore = async (tx: Tx, county: string, before: string): Promise<EntryRow[]> =>
  tx.rows<EntryRow>(
    `select ${entryColumns} from lx.journal_entry where county = $1 and log_index is null and recorded_at < $2
     order by recorded_at, id`,
    [county, before],
  );

/** A leaf to write. */
export interface LeafRow {
  readonly index: number;
  readonly kind: string;
  readonly division: string;
  readonly n: number;
  readonly text: string;
  readonly hash: Uint8Array;
}

/** Writes leaves. */
export const insertLeaves = async (
  tx: Tx,
  county: string,
  year: number,
  leaves: readonly LeafRow[],
  sealedAt: string,
): Promise<void> => {
  await tx.run(
    `insert into lx.log_leaf (county, year, log_index, kind, division, n, leaf, leaf_hash, sealed_at)
     select $1, $2, l.index, l.kind, l.division, l.n, l.text, decode(l.hash, 'hex'), $4
     from json_to_recordset($3::json) as l (index bigint, kind text, division text, n int, text text, hash text)`,
    [
      county,
      year,
      JSON.stringify(leaves.map((leaf) => ({ ...leaf, hash: Buffer.from(leaf.hash).toString('hex') }))),
      sealedAt,
    ],
  );
};

/** A place of a day's subtree to write. */
export interface PlaceRow {
  readonly index: number;
  readonly position: number;
  readonly entry: string;
}

/** Writes the places of closed days. */
export const insertPlaces = async (
  tx: Tx,
  county: string,
  year: number,
  places: readonly PlaceRow[],
): Promise<void> => {
  await tx.run(
    `insert into lx.log_private_entry (county, year, log_index, position, entry)
     select $1, $2, p.index, p.position, p.entry
     from json_to_recordset($3::json) as p (index bigint, position int, entry text)`,
    [county, year, JSON.stringify(places)],
  );
};

/** Writes or grows tiles. */
export const writeTiles = async (
  tx: Tx,
  county: string,
  year: number,
  tiles: readonly { readonly level: number; readonly index: number; readonly bytes: Uint8Array }[],
): Promise<void> => {
  const rows = tiles.map((tile) => ({ ...tile, bytes: Buffer.from(tile.bytes).toString('hex') }));
  await tx.run(
    `insert into lx.log_tile (county, year, level, tile, hashes)
     select $1, $2, t.level, t.index, decode(t.bytes, 'hex')
     from json_to_recordset($3::json) as t (level int, index bigint, bytes text)
     on conflict (county, year, level, tile) do update set hashes = excluded.hashes`,
    [county, year, JSON.stringify(rows)],
  );
};

/** Tiles by name; those that are not there are left out. */
export const readTiles = async (
  tx: Tx,
  county: string,
  year: number,
  names: readonly { readonly level: number; readonly index: number }[],
): Promise<Map<string, Uint8Array>> => {
  const rows = await tx.rows<{ level: number; tile: number; hashes: Buffer }>(
    `select t.level, t.tile, t.hashes from json_to_recordset($3::json) as n (level int, index bigint)
     join lx.log_tile t on t.county = $1 and t.year = $2 and t.level = n.level and t.tile = n.index`,
    [county, year, JSON.stringify(names.map(({ level, index }) => ({ level, index })))],
  );
  return new Map(rows.map((row) => [`${row.level}/${row.tile}`, new Uint8Array(row.hashes)]));
};

/** Marks journal entries with their place; throws when one was marked by somebody else, which the lock makes impossible. */
export const markSealed = async (
  tx: Tx,
  county: string,
  year: number,
  places: readonly { readonly id: string; readonly index: number; readonly position: number | null }[],
): Promise<void> => {
  const marked = await tx.run(
    `update lx.journal_entry j set log_year = $2, log_index = p.index, log_position = p.position
     from json_to_recordset($3::json) as p (id uuid, index bigint, position int)
     where j.county = $1 and j.id = p.id and j.log_index is null`,
    [county, year, JSON.stringify(places)],
  );
  if (marked !== places.length) throw new Error(`marked ${marked} of ${places.length} journal entries of ${county}`);
};

/** Leaf texts from one index up to, not including, another. */
export const readLeaves = async (
  tx: Tx,
  county: string,
  year: number,
  from: number,
  to: number,
): Promise<{ log_index: number; leaf: string }[]> =>
  tx.rows(
    `select log_index, leaf from lx.log_leaf where county = $1 and year = $2 and log_index >= $3 and log_index < $4
     order by log_index`,
    [county, year, from, to],
  );

/** The entries of a day's leaf in their order. */
export const readPlaces = async (tx: Tx, county: string, year: number, index: number): Promise<string[]> => {
  const rows = await tx.rows<{ entry: string }>(
    'select entry from lx.log_private_entry where county = $1 and year = $2 and log_index = $3 order by position',
    [county, year, index],
  );
  return rows.map((row) => row.entry);
};

/** The leaves that hold entries of a day: usually one, more where something committed late. */
export const readDayLeaves = async (tx: Tx, county: string, day: string): Promise<{ year: number; index: number }[]> =>
  tx.rows(
    `select year, log_index as index from lx.log_leaf
     where county = $1 and kind = 'private.day' and leaf::jsonb #>> '{pub,day}' = $2 order by year, log_index`,
    [county, day],
  );

/** The newest checkpoint of a log. */
export const newestCheckpoint = async (tx: Tx, county: string, year: number): Promise<CheckpointRow | undefined> =>
  tx.first<CheckpointRow>(
    `select ${checkpointColumns} from lx.log_checkpoint c
     where c.county = $1 and c.year = $2 order by c.tree_size desc limit 1`,
    [county, year],
  );

/** The checkpoint of one size. */
export const checkpointAt = async (
  tx: Tx,
  county: string,
  year: number,
  size: number,
): Promise<CheckpointRow | undefined> =>
  tx.first<CheckpointRow>(
    `select ${checkpointColumns} from lx.log_checkpoint c where c.county = $1 and c.year = $2 and c.tree_size = $3`,
    [county, year, size],
  );

/** The checkpoint under which a leaf is best proved: the newest that enough witnesses cosigned, else the newest that covers it. */
export const bestCheckpoint = async (
  tx: Tx,
  county: string,
  year: number,
  index: number,
): Promise<CheckpointRow | undefined> =>
  (await tx.first<CheckpointRow>(
    `select ${checkpointColumns} from lx.log_checkpoint c
     where c.county = $1 and c.year = $2 and c.tree_size > $3 and c.witnessed_at is not null
     order by c.tree_size desc limit 1`,
    [county, year, index],
  )) ??
  (await tx.first<CheckpointRow>(
    `select ${checkpointColumns} from lx.log_checkpoint c
     where c.county = $1 and c.year = $2 and c.tree_size > $3 order by c.tree_size desc limit 1`,
    [county, year, index],
  ));

/** One entry of a day's leaf. */
export const readPlace = async (
  tx: Tx,
  county: string,
  year: number,
  index: number,
  position: number,
): Promise<string | undefined> =>
  (
    await tx.first<{ entry: string }>(
      `select entry from lx.log_private_entry
       where county = $1 and year = $2 and log_index = $3 and position = $4`,
      [county, year, index, position],
    )
  )?.entry;

/** Keeps a checkpoint; the same size again only renews when it was signed. */
export const keepCheckpoint = async (
  tx: Tx,
  county: string,
  year: number,
  checkpoint: { readonly size: number; readonly root: Uint8Array; readonly note: string; readonly signedAt: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.log_checkpoint (county, year, tree_size, root, note, signed_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (county, year, tree_size) do update set signed_at = excluded.signed_at`,
    [county, year, checkpoint.size, Buffer.from(checkpoint.root), checkpoint.note, checkpoint.signedAt],
  );
};
