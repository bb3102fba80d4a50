import { countyDate } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** An item of the catalogue for one period of a village. */
export interface DutyKey {
  readonly division: string;
  readonly item: string;
  readonly from: string;
  readonly to: string;
}

/** What an inbox holds about a duty: late, a draft to check, a draft that was checked. */
export type DutyItemKind = 'disclosure-late' | 'disclosure-check' | 'disclosure-checked';

/** Bodies of some kinds that stand in a division today. */
export const bodiesOf = (tx: Tx, division: string, kinds: readonly string[]): Promise<{ id: string }[]> =>
  tx.rows<{ id: string }>(
    `select id from lx.body where county = $1 and division = $2 and kind = any ($3) and valid_from <= $4::date
       and (valid_to is null or valid_to > $4::date)`,
    [tx.context.county, division, kinds, countyDate(tx.makers.clock())],
  );

/** Puts a duty into the inbox of a body or a person; a body holds one open item about it. Gives how many inboxes were told anew. */
export const putDutyItem = (
  tx: Tx,
  to: { readonly body: string } | { readonly person: string },
  duty: DutyKey,
  said: { readonly kind: DutyItemKind; readonly what: string; readonly due: string | null },
): Promise<number> =>
  tx.run(
    `insert into lx.inbox_item (county, id, division, body, person, kind, what, due, duty, duty_from, duty_to, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (county, division, body, duty, duty_from, duty_to) where duty is not null and done_at is null do nothing`,
    [
      tx.context.county,
      tx.makers.newId(),
      duty.division,
      'body' in to ? to.body : null,
      'person' in to ? to.person : null,
      said.kind,
      said.what,
      said.due,
      duty.item,
      duty.from,
      duty.to,
      tx.makers.clock(),
    ],
  );

/** Takes a duty out of every inbox, or only what is of some kinds. */
export const takeOutDuty = async (tx: Tx, duty: DutyKey, kinds?: readonly DutyItemKind[]): Promise<void> => {
  await tx.run(
    `update lx.inbox_item set done_at = $6 where county = $1 and division = $2 and duty = $3 and duty_from = $4 and duty_to = $5
       and done_at is null and ($7::text[] is null or kind = any ($7))`,
    [tx.context.county, duty.division, duty.item, duty.from, duty.to, tx.makers.clock(), kinds ?? null],
  );
};
