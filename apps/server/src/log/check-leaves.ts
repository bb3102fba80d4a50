import {
  dayRoot,
  equalBytes,
  firstPrevious,
  fromBase64Url,
  leafHash,
  leafProblems,
  leafText,
  parseLeaf,
  plainDate,
  privateEntryText,
  publicLeaf,
  toBase64Url,
  utf8Bytes,
  type Leaf,
} from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import { auditDayOf } from './audit-day.js';
import { entryColumns, entryOf, type EntryRow } from './entry.js';
import type { Finding, Findings } from './finding.js';
import type { LogYear } from './log.store.js';
import { sha256 } from './sha256.js';

/** Leaves read and compared at once. */
const batch = 500;

/** An act may reach the log this much earlier than its neighbour says before it counts as back-dated. */
const orderTolerance = 3_600_000;

interface LeafRow {
  readonly log_index: number;
  readonly kind: string;
  readonly division: string;
  readonly n: number;
  readonly leaf: string;
  readonly leaf_hash: Buffer;
}

type PlacedEntry = EntryRow & { readonly log_index: number; readonly log_position: number | null };

/** What reading a log once gives: the hashes its tree must have, and how many entries it holds. */
export interface LeavesRead {
  readonly hashes: readonly Uint8Array[];
  readonly entries: number;
  readonly erased: number;
}

/**
 * Reads a log from its first leaf to its last and compares each with its own hash, its place in its division's list, and
 * the journal entries it was made of (J6). Everything is computed again; nothing stored is taken for granted.
 */
export const checkLeaves = async (
  tx: Tx,
  log: LogYear,
  found: Findings,
  onProgress: (done: number) => void = () => undefined,
): Promise<LeavesRead> => {
  const { county, year } = log;
  const hashes: Uint8Array[] = [];
  const heads = new Map<string, { n: number; hash: Uint8Array }>();
  let entries = 0;
  let erased = 0;
  let lastActAt = 0;
  let lastDay = '';
  for (;;) {
    const from = hashes.length;
    onProgress(from);
    const rows = await tx.rows<LeafRow>(
      `select log_index, kind, division, n, leaf, leaf_hash from lx.log_leaf
       where county = $1 and year = $2 and log_index >= $3 order by log_index limit $4`,
      [county, year, from, batch],
    );
    if (rows.length === 0) break;
    const last = rows.at(-1)?.log_index ?? from;
    const made = await entriesBetween(tx, log, from, last);
    const places = await placesBetween(tx, log, from, last);
    for (const row of rows) {
      const at = (what: Finding['what'], table: Finding['table'] = 'log_leaf', key = String(row.log_index)): void =>
        found.add({ table, county, year, index: row.log_index, row: key, what });
      // A gap: everything from here on stands at another index than it was hashed at.
      for (let gone = hashes.length; gone < row.log_index; gone += 1) {
        found.add({ table: 'log_leaf', county, year, index: gone, row: String(gone), what: 'leaf-missing' });
        hashes.push(new Uint8Array(32));
      }
      const hash = leafHash(sha256, utf8Bytes(row.leaf));
      hashes.push(hash);
      if (!equalBytes(hash, row.leaf_hash)) at('leaf-hash-wrong');
      const leaf = parseLeaf(row.leaf);
      if (leaf === null) {
        at('leaf-unreadable');
        continue;
      }
      if (leaf.k !== row.kind || leaf.d !== row.division || leaf.n !== row.n) at('leaf-columns-wrong');
      if (leafProblems(leaf.k, leaf.pub).length > 0) at('leaf-kind-wrong');
      const head = heads.get(leaf.d);
      const previous = head === undefined ? firstPrevious : toBase64Url(head.hash);
      if (leaf.n !== (head?.n ?? 0) + 1 || leaf.p !== previous) at('leaf-order-wrong');
      heads.set(leaf.d, { n: leaf.n, hash });
      const own = made.get(row.log_index) ?? [];
      entries += own.length;
      erased += own.filter((entry) => entry.seed === null).length;
      if (leaf.k === 'private.day') {
        checkDay(leaf, places.get(row.log_index) ?? [], own, at);
        const { day: named } = leaf.pub;
        const day = typeof named === 'string' ? named : '';
        // A second leaf of a day, or one of a day long closed: its entries were not there when the day ended.
        if (day <= lastDay && own.length > 0) at('journal-entry-back-dated', 'journal_entry', own[0]?.id);
        if (day > lastDay) lastDay = day;
      } else if (leaf.k === 'audit.day') {
        await checkReadings(tx, log, leaf, at);
      } else if (leaf.k !== 'log.open') {
        checkAct(leaf, own, at);
        if (Date.parse(leaf.at) < lastActAt - orderTolerance)
          at('journal-entry-back-dated', 'journal_entry', own[0]?.id);
        lastActAt = Math.max(lastActAt, Date.parse(leaf.at));
      }
    }
  }
  await checkStrays(tx, log, hashes.length, found);
  return { hashes, entries, erased };
};

type Report = (what: Finding['what'], table?: Finding['table'], key?: string) => void;

const noRandom = (count: number): Uint8Array => new Uint8Array(count);

/** One public act: its leaf must be what its journal entry makes again. An erased entry can only be compared where it is public. */
const checkAct = (leaf: Leaf, own: readonly PlacedEntry[], at: Report): void => {
  const [row, ...more] = own;
  if (row === undefined) return at('journal-entry-missing', 'journal_entry', 'unknown');
  for (const extra of more) at('journal-entry-unknown-place', 'journal_entry', extra.id);
  const previous = leaf.p === firstPrevious ? null : fromBase64Url(leaf.p);
  const again = publicLeaf(sha256, entryOf(row, noRandom), { n: leaf.n, previous });
  const expected = row.seed === null ? { ...again, c: leaf.c } : again;
  if (leafText(expected) !== leafText(leaf)) at('journal-entry-changed', 'journal_entry', row.id);
  return undefined;
};

/** A day: its root over the entries as served, its number, and each journal entry at its place. */
const checkDay = (leaf: Leaf, places: readonly string[], own: readonly PlacedEntry[], at: Report): void => {
  const root = places.length === 0 ? '' : toBase64Url(dayRoot(sha256, places));
  if (leaf.pub['root'] !== root || leaf.pub['size'] !== places.length) at('private-root-wrong', 'log_private_entry');
  const count = leaf.pub['entries'];
  if (typeof count === 'number' ? count !== own.length : own.length >= 5) at('private-count-wrong', 'journal_entry');
  for (const row of own) {
    const place = row.log_position === null ? undefined : places[row.log_position];
    if (place === undefined) at('journal-entry-unknown-place', 'journal_entry', row.id);
    else if (row.seed !== null && privateEntryText(sha256, entryOf(row, noRandom)) !== place) {
      at('journal-entry-changed', 'journal_entry', row.id);
    }
  }
};

/** A day's readings must still be those that were sealed: none trimmed, none changed, none put in. */
const checkReadings = async (tx: Tx, log: LogYear, leaf: Leaf, at: Report): Promise<void> => {
  const { day, rows, root } = leaf.pub;
  if (typeof day !== 'string') return at('leaf-kind-wrong');
  const now = await auditDayOf(tx, log.county, plainDate(day));
  if (now.rows !== rows || now.root !== root) at('audit-rows-changed', 'access_log', day);
  return undefined;
};

const entriesBetween = async (tx: Tx, log: LogYear, from: number, to: number): Promise<Map<number, PlacedEntry[]>> => {
  const rows = await tx.rows<PlacedEntry>(
    `select ${entryColumns}, log_index, log_position from lx.journal_entry
     where county = $1 and log_year = $2 and log_index between $3 and $4 order by log_index, log_position`,
    [log.county, log.year, from, to],
  );
  const entries = new Map<number, PlacedEntry[]>();
  for (const row of rows) {
    const own = entries.get(row.log_index);
    if (own === undefined) entries.set(row.log_index, [row]);
    else own.push(row);
  }
  return entries;
};

const placesBetween = async (tx: Tx, log: LogYear, from: number, to: number): Promise<Map<number, string[]>> => {
  const rows = await tx.rows<{ log_index: number; entry: string }>(
    `select log_index, entry from lx.log_private_entry
     where county = $1 and year = $2 and log_index between $3 and $4 order by log_index, position`,
    [log.county, log.year, from, to],
  );
  const places = new Map<number, string[]>();
  for (const row of rows) {
    const own = places.get(row.log_index);
    if (own === undefined) places.set(row.log_index, [row.entry]);
    else own.push(row.entry);
  }
  return places;
};

/** Journal entries that claim a place beyond the log. */
const checkStrays = async (tx: Tx, log: LogYear, size: number, found: Findings): Promise<void> => {
  const { county, year } = log;
  const beyond = await tx.rows<{ id: string; log_index: number }>(
    'select id, log_index from lx.journal_entry where county = $1 and log_year = $2 and log_index >= $3 limit 100',
    [county, year, size],
  );
  for (const row of beyond) {
    const { log_index: index, id } = row;
    found.add({ table: 'journal_entry', county, year, index, row: id, what: 'journal-entry-unknown-place' });
  }
};

/** The tiles of a log must be those of its leaves, byte for byte. */
export const checkTiles = async (
  tx: Tx,
  log: LogYear,
  expected: readonly { readonly level: number; readonly index: number; readonly bytes: Uint8Array }[],
  found: Findings,
): Promise<void> => {
  const { county, year } = log;
  const rows = await tx.rows<{ level: number; tile: number; hashes: Buffer }>(
    'select level, tile, hashes from lx.log_tile where county = $1 and year = $2 order by level, tile',
    [county, year],
  );
  const stored = new Map(rows.map((row) => [`${row.level}/${row.tile}`, new Uint8Array(row.hashes)]));
  for (const tile of expected) {
    const name = `${tile.level}/${tile.index}`;
    const bytes = stored.get(name);
    stored.delete(name);
    if (bytes !== undefined && equalBytes(bytes, tile.bytes)) continue;
    const index = tile.level === 0 ? tile.index * 256 + firstDifference(bytes, tile.bytes) : null;
    found.add({ table: 'log_tile', county, year, index, row: name, what: 'tile-wrong' });
  }
  for (const name of stored.keys()) {
    found.add({ table: 'log_tile', county, year, index: null, row: name, what: 'tile-wrong' });
  }
};

/** The first place at which a tile is not what it should be. */
const firstDifference = (stored: Uint8Array | undefined, expected: Uint8Array): number => {
  if (stored === undefined) return 0;
  const at = expected.findIndex((byte, place) => byte !== stored[place]);
  return Math.floor((at < 0 ? expected.length : at) / 32);
};
