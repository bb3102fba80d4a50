import type { MinorAccessRow } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';

/** Until when the person acting may read a minor's record; undefined when no approval runs. */
export const approvedUntil = async (tx: Tx, person: string): Promise<string | undefined> =>
  (
    await tx.first<{ until: string }>(
      `select max(valid_until) as until from lx.minor_access
       where county = $1 and person = $2 and asked_by = $3 and approved and valid_until > $4 having max(valid_until) is not null`,
      [tx.context.county, person, tx.context.uid, tx.makers.clock()],
    )
  )?.until;

/** Requests in a range, the newest first. */
export const listRequests = async (tx: Tx, range: { readonly lo: string; readonly hi: string }) =>
  tx.rows<MinorAccessRow & Record<string, unknown>>(
    `select m.id, m.person, p.name as "personName", m.purpose,
       coalesce((select a.holder_name from lx.appointment a where a.county = m.county and a.person = m.asked_by order by a.valid_from desc limit 1), '') as "askedBy",
       m.asked_at as "askedAt", m.asked_by = $4 as mine,
       (select a.holder_name from lx.appointment a where a.county = m.county and a.person = m.decided_by order by a.valid_from desc limit 1) as "decidedBy",
       m.approved, m.valid_until as "validUntil"
     from lx.minor_access m join lx.person p on p.county = m.county and p.id = m.person
     where m.county = $1 and m.division >= $2 and m.division < $3 order by m.id desc limit 200`,
    [tx.context.county, range.lo, range.hi, tx.context.uid],
  );
