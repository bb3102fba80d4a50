import type { Tx } from '../storage/transaction.js';
import type { Office } from './session.js';

/** A reading of personal data 查阅. */
export interface Reading {
  /** What was read: a table or a page, e.g. `household-card`. */
  readonly what: string;
  /** Whose, by id; absent for a list. */
  readonly subject?: string;
  readonly division: string;
  readonly purpose: string;
  readonly office: Office | null;
  readonly requestId?: string;
}

/** Writes down who read which personal data and what for, in the transaction of the reading: no reading without its line. */
export const recordReading = async (tx: Tx, reading: Reading): Promise<void> => {
  await tx.run(
    `insert into lx.access_log (county, id, person, office_post, office_body, division, what, subject, purpose, request_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.context.county,
      tx.makers.newId(),
      tx.context.uid,
      reading.office?.post ?? null,
      reading.office?.body ?? null,
      reading.division,
      reading.what,
      reading.subject ?? null,
      reading.purpose,
      reading.requestId ?? null,
      tx.makers.clock(),
    ],
  );
};
