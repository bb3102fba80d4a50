import type { FirstSteps } from '@lianxin/contract';
import type { Tx } from '../storage/transaction.js';
import { holdsOn } from './dated-row.store.js';

/** How far a new county has come 开县进度: what there is of each of the five first steps, in the range of the office. */
export const readFirstSteps = async (tx: Tx, on: string): Promise<FirstSteps> => {
  const found = await tx.first<FirstSteps & Record<string, unknown>>(
    `select (select count(*)::int from lx.division d where d.county = $1 and d.level = 'village' and d.code >= $3 and d.code < $4) as villages,
       (select count(*)::int from lx.person p where p.county = $1 and p.division >= $3 and p.division < $4 and p.valid_to is null) as persons,
       (select count(*)::int from lx.body b where b.county = $1 and b.division >= $3 and b.division < $4 and ${holdsOn('b', 2)}) as bodies,
       (select count(*)::int from lx.appointment a where a.county = $1 and a.division >= $3 and a.division < $4 and ${holdsOn('a', 2)}) as terms,
       (select count(distinct a.person)::int from lx.appointment a where a.county = $1 and a.division >= $3 and a.division < $4 and ${holdsOn('a', 2)}) as holders,
       (select count(*)::int from lx.log_ins_in_range($5)) as "logIns"`,
    [tx.context.county, on, tx.context.lo, tx.context.hi, tx.makers.clock()],
  );
  return found ?? { villages: 0, persons: 0, bodies: 0, terms: 0, holders: 0, logIns: 0 };
};
