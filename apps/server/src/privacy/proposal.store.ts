import type { AppointmentProposalRow } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';

/** Proposals in a range, the newest first; names are those under which people hold their posts. */
export const listProposals = (
  tx: Tx,
  range: { readonly lo: string; readonly hi: string },
): Promise<AppointmentProposalRow[]> =>
  tx.rows<AppointmentProposalRow & Record<string, unknown>>(
    `select x.id, p.name as "personName", b.name as "bodyName", t.title as "postTitle", x.valid_from::text as "validFrom",
       coalesce((select a.holder_name from lx.appointment a where a.county = x.county and a.person = x.asked_by order by a.valid_from desc limit 1), '') as "askedBy",
       x.asked_at as "askedAt", $4 in (x.asked_by, x.person) as mine,
       (select a.holder_name from lx.appointment a where a.county = x.county and a.person = x.confirmed_by order by a.valid_from desc limit 1) as "confirmedBy"
     from lx.appointment_proposal x join lx.person p on p.county = x.county and p.id = x.person
     join lx.body b on b.county = x.county and b.id = x.body join lx.post t on t.id = x.post
     where x.county = $1 and x.division >= $2 and x.division < $3 order by x.id desc limit 200`,
    [tx.context.county, range.lo, range.hi, tx.context.uid],
  );
