import { countyDate, formatProofFile, formatReceipt, type Instant } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type ContextDeps, type Tx } from '../storage/index.js';
import { dayPath } from './day-tree.js';
import { bestCheckpoint, logContext, readLeaves, readPlace } from './log.store.js';
import { readInclusionProof } from './tree-reader.js';

/** How far an entry has come: 收到 committed, 入册 in the log and under a signed checkpoint, 见证 cosigned by enough witnesses. */
export type ReceiptState = 'received' | 'logged' | 'witnessed';

/** What is known of an entry's way into the log. */
export interface ReceiptStanding {
  readonly journalId: string;
  readonly state: ReceiptState;
  /** The receipt text; null once the person was erased. */
  readonly receipt: string | null;
  /** Path with fragment for checking; what is behind # never reaches a server. */
  readonly verifyPath: string | null;
  /** The day, county time, whose leaf holds it or will hold it. */
  readonly day: string;
  /** Where it is, once it is logged. */
  readonly place?: { readonly year: number; readonly index: number };
}

interface StandingRow {
  readonly id: string;
  readonly seed: Buffer | null;
  readonly recorded_at: string;
  readonly log_year: number | null;
  readonly log_index: number | null;
  readonly log_position: number | null;
  readonly covered: boolean | null;
  readonly witnessed: boolean | null;
}

/**
 * The receipt 凭条 of an entry that was just written: the text behind `/verify#`. It says the county, the day and the seed;
 * an act that is not in the log yet has no index, and a number handed out at the counter would tell who stood there.
 */
export const logReceiptOf = (
  county: string,
  entry: { readonly seed: Uint8Array; readonly recordedAt: Instant },
): string => formatReceipt({ form: 'dated', county, day: countyDate(entry.recordedAt), seed: entry.seed });

/** Path of the checking page with a receipt behind #. */
const verifyPathOf = (receipt: string): string => `/verify#${receipt}`;

/** How far these entries have come; an id that is not there is left out. */
const receiptStates = async (
  deps: ContextDeps,
  county: string,
  journalIds: readonly string[],
): Promise<ReceiptStanding[]> => {
  const rows = await inContext(deps, logContext(county), async (tx) =>
    tx.rows<StandingRow>(
      `select j.id, j.seed, j.recorded_at, j.log_year, j.log_index, j.log_position,
         (select max(c.tree_size) from lx.log_checkpoint c where c.county = j.county and c.year = j.log_year) > j.log_index as covered,
         exists (select from lx.log_checkpoint c where c.county = j.county and c.year = j.log_year
           and c.tree_size > j.log_index and c.witnessed_at is not null) as witnessed
       from lx.journal_entry j where j.county = $1 and j.id = any($2::uuid[])`,
      [county, journalIds],
    ),
  );
  return rows.map((row) => standingOf(county, row));
};

/** How far one entry has come; undefined where there is none. */
export const receiptState = async (
  deps: ContextDeps,
  county: string,
  journalId: string,
): Promise<ReceiptStanding | undefined> => (await receiptStates(deps, county, [journalId]))[0];

const standingOf = (county: string, row: StandingRow): ReceiptStanding => {
  const day = countyDate(row.recorded_at as Instant);
  const seed = row.seed === null ? null : new Uint8Array(row.seed);
  const place =
    row.covered === true && row.log_year !== null && row.log_index !== null
      ? { year: row.log_year, index: row.log_index }
      : undefined;
  const standing = {
    journalId: row.id,
    state:
      place === undefined
        ? ('received' as const)
        : row.witnessed === true
          ? ('witnessed' as const)
          : ('logged' as const),
    day,
    ...(place === undefined ? {} : { place }),
  };
  if (seed === null) return { ...standing, receipt: null, verifyPath: null };
  // A public act is a leaf of its own: once it has an index, the shorter receipt finds it at once.
  if (place !== undefined && row.log_position === null) {
    const receipt = formatReceipt({ form: 'indexed', index: place.index, seed });
    return { ...standing, receipt, verifyPath: `/verify?log=${county}/${place.year}#${receipt}` };
  }
  const receipt = formatReceipt({ form: 'dated', county, day, seed });
  return { ...standing, receipt, verifyPath: verifyPathOf(receipt) };
};

/** The proof of a leaf under the best checkpoint there is for it; null where the leaf is not under one yet. */
export const leafProof = async (
  tx: Tx,
  at: { readonly county: string; readonly year: number; readonly index: number },
  position: number | null = null,
): Promise<string | null> => {
  const { county, year, index } = at;
  const checkpoint = await bestCheckpoint(tx, county, year, index);
  if (checkpoint === undefined) return null;
  const [leaf] = await readLeaves(tx, county, year, index, index + 1);
  if (leaf === undefined) return null;
  const proof = await readInclusionProof(tx, { county, year, size: checkpoint.tree_size }, index);
  const file = { leaf: leaf.leaf, index, proof, checkpoint: checkpoint.note };
  if (position === null) return formatProofFile(file);
  const entry = await readPlace(tx, county, year, index, position);
  const path = await dayPath(tx, { ...at, leaf: leaf.leaf }, position);
  if (entry === undefined || path === null) return null;
  return formatProofFile({ ...file, subtree: { entry, position, path } });
};

/** The proof file 存证文件 of an entry, for its holder to keep; null while it is not in the log. */
export const proofFileOf = async (deps: Deps, county: string, journalId: string): Promise<string | null> =>
  inContext(deps, logContext(county), async (tx) => proofOfEntry(tx, county, journalId));

/** The same inside a transaction that may read journal and log. */
export const proofOfEntry = async (tx: Tx, county: string, journalId: string): Promise<string | null> => {
  const row = await tx.first<{ log_year: number | null; log_index: number | null; log_position: number | null }>(
    'select log_year, log_index, log_position from lx.journal_entry where county = $1 and id = $2',
    [county, journalId],
  );
  if (row === undefined || row.log_year === null || row.log_index === null) return null;
  return leafProof(tx, { county, year: row.log_year, index: row.log_index }, row.log_position);
};
