import type { Tx } from '../storage/index.js';

/** A cosignature to keep, already verified. */
export interface CosignatureRow {
  readonly size: number;
  readonly witness: string;
  readonly line: string;
  readonly cosignedAt: string;
  readonly receivedAt: string;
}

/** Keeps a cosignature; the first one of a witness under a checkpoint stays. Says whether it was new. */
export const insertCosignature = async (tx: Tx, county: string, year: number, row: CosignatureRow): Promise<boolean> =>
  (await tx.run(
    `insert into lx.log_cosignature (county, year, tree_size, witness, line, cosigned_at, received_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [county, year, row.size, row.witness, row.line, row.cosignedAt, row.receivedAt],
  )) > 0;

/** The last checkpoint that each witness cosigned in a log, and when. */
export const lastCosigned = async (
  tx: Tx,
  county: string,
  year: number,
): Promise<{ witness: string; size: number; cosigned_at: string }[]> =>
  tx.rows(
    `select distinct on (witness) witness, tree_size as size, cosigned_at from lx.log_cosignature
     where county = $1 and year = $2 order by witness, tree_size desc`,
    [county, year],
  );

/** Who cosigned the checkpoint of one size. */
export const cosignersOf = async (tx: Tx, county: string, year: number, size: number): Promise<string[]> => {
  const rows = await tx.rows<{ witness: string }>(
    'select witness from lx.log_cosignature where county = $1 and year = $2 and tree_size = $3',
    [county, year, size],
  );
  return rows.map((row) => row.witness);
};

/** Marks a checkpoint as seen by enough witnesses; the first moment stays. */
export const markWitnessed = async (tx: Tx, county: string, year: number, size: number, at: string): Promise<void> => {
  await tx.run(
    `update lx.log_checkpoint set witnessed_at = $4
     where county = $1 and year = $2 and tree_size = $3 and witnessed_at is null`,
    [county, year, size, at],
  );
};
