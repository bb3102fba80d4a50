import type { Tx } from '../storage/index.js';

/** What whom a record is about said of it. */
export interface StoredRecordWord {
  readonly id: string;
  readonly kind: 'confirmed' | 'objection';
  readonly text: string;
  readonly version: number;
  readonly recordedAt: string;
}

/** What was said of a record, the newest first. */
export const recordWordsOf = (tx: Tx, record: string): Promise<StoredRecordWord[]> =>
  tx.rows<StoredRecordWord & Record<string, unknown>>(
    `select id, kind, text, version, recorded_at as "recordedAt" from lx.record_word
     where county = $1 and record = $2 order by id desc limit 100`,
    [tx.context.county, record],
  );

/** Records of a register that stand confirmed as they are now. */
export const confirmedRecords = async (tx: Tx, register: string): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await tx.rows<{ id: string }>(
        `select r.id from lx.record r where r.county = $1 and r.register = $2 and r.ended_on is null and exists (
           select from lx.record_word w where w.county = r.county and w.record = r.id and w.version = r.version and w.kind = 'confirmed')`,
        [tx.context.county, register],
      )
    ).map(({ id }) => id),
  );

export const addRecordWord = async (
  tx: Tx,
  word: Pick<StoredRecordWord, 'id' | 'kind' | 'text' | 'version'> & {
    readonly record: string;
    readonly division: string;
  },
): Promise<void> => {
  await tx.run(
    `insert into lx.record_word (county, id, division, record, version, kind, text, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.context.county, word.id, word.division, word.record, word.version, word.kind, word.text, tx.makers.clock()],
  );
};
