import type { SlipCount } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** Slips as one person typed them, in which round. */
export interface StoredCount extends SlipCount {
  readonly item: string;
  readonly round: number;
  readonly countedBy: string;
}

/** Every count of the items, in the order in which they were typed. */
export const countsOf = (tx: Tx, items: readonly string[]): Promise<StoredCount[]> =>
  tx.rows<StoredCount & Record<string, unknown>>(
    `select item, round, issued, returned, approve, against, abstain, spoiled, counted_by as "countedBy" from lx.vote_count
     where county = $1 and item = any ($2::uuid[]) order by round, recorded_at, id`,
    [tx.context.county, items],
  );

/** Keeps one person's count. */
export const addCount = async (
  tx: Tx,
  item: { readonly id: string; readonly division: string; readonly round: number },
  count: SlipCount,
): Promise<void> => {
  const { issued, returned, approve, against, abstain, spoiled } = count;
  await tx.run(
    `insert into lx.vote_count (county, id, division, item, round, issued, returned, approve, against, abstain, spoiled, counted_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.context.county,
      tx.makers.newId(),
      item.division,
      item.id,
      item.round,
      issued,
      returned,
      approve,
      against,
      abstain,
      spoiled,
      tx.context.uid,
      tx.makers.clock(),
    ],
  );
};
