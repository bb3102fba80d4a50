import type { GuardedRecord } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/**
 * Who holds which posts in which village today, as records that registers know fields from 任职: one a person and village, in the range of the
 * office that looks. A name that two persons of a village bear is left out, since nothing would say which of them is meant.
 */
export const termsAsRecords = async (tx: Tx, on: string): Promise<GuardedRecord[]> => {
  const rows = await tx.rows<{ person: string; village: string; posts: string[]; from: string }>(
    `select a.holder_name as person, a.division as village, array_agg(distinct a.post order by a.post) as posts, min(a.valid_from)::text as from
     from lx.appointment a join lx.division d on d.code = a.division and d.level = 'village'
     where a.county = $1 and a.division >= $3 and a.division < $4 and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date)
     group by a.holder_name, a.division having count(distinct a.person) = 1 order by a.division, a.holder_name`,
    [tx.context.county, on, tx.context.lo, tx.context.hi],
  );
  return rows.map(({ person, village, posts, from }) => ({
    id: `${village} ${person}`,
    fields: { person, village, posts, 'in-post-from': from },
  }));
};
