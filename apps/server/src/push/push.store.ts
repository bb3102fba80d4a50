import type { PushInput } from '@lianxin/contract';
import type { Tx } from '../storage/index.js';

/** Addresses of the own browsers. */
export const ownEndpoints = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ endpoint: string }>(
      'select endpoint from lx.push_subscription where county = $1 and person = $2 order by recorded_at',
      [tx.context.county, tx.context.uid],
    )
  ).map(({ endpoint }) => endpoint);

export const insertSubscription = async (
  tx: Tx,
  row: PushInput & { readonly id: string; readonly division: string },
): Promise<void> => {
  await tx.run(
    `insert into lx.push_subscription (county, id, person, division, endpoint, public_key, auth, told_at, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
    [
      tx.context.county,
      row.id,
      tx.context.uid,
      row.division,
      row.endpoint,
      row.keys.p256dh,
      row.keys.auth,
      tx.makers.clock(),
    ],
  );
};

/** Removes an own browser; gives how many there were. */
export const removeOwn = (tx: Tx, endpoint: string): Promise<number> =>
  tx.run('delete from lx.push_subscription where county = $1 and person = $2 and endpoint = $3', [
    tx.context.county,
    tx.context.uid,
    endpoint,
  ]);

/** Browsers for whose person something came in since they were told, each with how much waits new; they are told from now on. */
export const takeUntold = async (tx: Tx, on: string): Promise<{ id: string; fresh: number }[]> => {
  const found = await tx.rows<{ id: string; fresh: number }>(
    `select s.id, count(i.id)::int as fresh
     from lx.push_subscription s
     join lx.inbox_item i on i.county = s.county and i.done_at is null and i.recorded_at > s.told_at and i.recorded_at <= $3
       and (i.barred is null or s.person <> all (i.barred))
       and (i.person = s.person or (i.person is null and i.body in (
         select a.body from lx.appointment a where a.county = s.county and a.person = s.person
           and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date))))
     where s.county = $1 group by s.id order by s.id`,
    [tx.context.county, on, tx.makers.clock()],
  );
  await tx.run('update lx.push_subscription set told_at = $3 where county = $1 and id = any ($2::uuid[])', [
    tx.context.county,
    found.map(({ id }) => id),
    tx.makers.clock(),
  ]);
  return found;
};

/** A browser as the worker needs it. */
export const subscriptionById = (tx: Tx, id: string) =>
  tx.first<{ endpoint: string; publicKey: string; auth: string }>(
    'select endpoint, public_key as "publicKey", auth from lx.push_subscription where county = $1 and id = $2',
    [tx.context.county, id],
  );

export const removeSubscription = (tx: Tx, id: string): Promise<number> =>
  tx.run('delete from lx.push_subscription where county = $1 and id = $2', [tx.context.county, id]);
