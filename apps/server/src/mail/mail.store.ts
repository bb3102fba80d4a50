import type { Tx } from '../storage/index.js';
import type { Owner } from './seal-address.js';

/** A sealed address with whether its owner said yes. */
export interface SealedAddress {
  readonly [column: string]: unknown;
  readonly cipher: Buffer;
  readonly confirmedAt: string | null;
}

const tables = { person: 'mail_address', matter: 'matter_mail' } as const;

/** The address of a person or matter, as the worker or the person himself reads it. */
export const addressOf = (tx: Tx, { kind, id }: Owner): Promise<SealedAddress | undefined> =>
  tx.first<SealedAddress>(
    `select cipher, confirmed_at as "confirmedAt" from lx.${tables[kind]} where county = $1 and ${kind} = $2`,
    [tx.context.county, id],
  );

export const confirmAddress = (tx: Tx, { kind, id }: Owner): Promise<number> =>
  tx.run(
    `update lx.${tables[kind]} set confirmed_at = coalesce(confirmed_at, $3::timestamptz) where county = $1 and ${kind} = $2`,
    [tx.context.county, id, tx.makers.clock()],
  );

export const dropAddress = (tx: Tx, { kind, id }: Owner): Promise<number> =>
  tx.run(`delete from lx.${tables[kind]} where county = $1 and ${kind} = $2`, [tx.context.county, id]);

/** Puts the own address in place of an earlier one, to be confirmed anew; 0 when the last was put less than two minutes ago. */
export const putOwnAddress = (tx: Tx, division: string, cipher: Uint8Array): Promise<number> =>
  tx.run(
    `insert into lx.mail_address (county, person, division, cipher, recorded_at) values ($1, $2, $3, $4, $5)
     on conflict (county, person) do update set cipher = excluded.cipher, division = excluded.division, confirmed_at = null,
       recorded_at = excluded.recorded_at
     where mail_address.recorded_at <= excluded.recorded_at - interval '2 minutes'`,
    [tx.context.county, tx.context.uid, division, Buffer.from(cipher), tx.makers.clock()],
  );

/** The matter of a receipt, running or ended. */
export const matterOfReceipt = async (tx: Tx, hash: Uint8Array): Promise<string | undefined> =>
  (
    await tx.first<{ id: string | null }>(`select lx.receipt_file($1, $2) #>> '{matter,id}' as id`, [
      tx.context.county,
      Buffer.from(hash),
    ])
  )?.id ?? undefined;

/** Leaves or takes away the address of a receipt's matter; false for a matter that has ended. */
export const leaveByReceipt = async (tx: Tx, hash: Uint8Array, cipher: Uint8Array | null): Promise<boolean> =>
  (
    await tx.first<{ matter: string | null }>('select lx.receipt_leaves_mail($1, $2, $3, $4) as matter', [
      tx.context.county,
      Buffer.from(hash),
      cipher === null ? null : Buffer.from(cipher),
      tx.makers.clock(),
    ])
  )?.matter !== null;

/** Number and state of a matter, for a letter that says no more. */
export const stateOfMatter = (tx: Tx, matter: string) =>
  tx.first<{ number: string; state: 'open' | 'paused' | 'ended' }>(
    'select number, state from lx.matter where county = $1 and id = $2',
    [tx.context.county, matter],
  );

/** Everybody of the county whose digest is due: persons who confirmed an address and hold an office on a day. */
export const digestReaders = (tx: Tx, on: string) =>
  tx.rows<{ person: string; division: string; bodies: string[]; administers: boolean }>(
    `select m.person, m.division, array_agg(distinct a.body) as bodies,
       bool_or('administer' = any (p.capabilities) and a.division like '______000000') as administers
     from lx.mail_address m join lx.appointment a on a.county = m.county and a.person = m.person
       and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date)
     join lx.post p on p.id = a.post
     where m.county = $1 and m.confirmed_at is not null group by m.person, m.division order by m.person`,
    [tx.context.county, on],
  );

/** What waits for a person: counts, and the numbers of what is overdue or due today. */
export const waitingFor = (tx: Tx, person: string, bodies: readonly string[], today: string, soon: string) =>
  tx.first<{ overdue: number; today: number; soon: number; numbers: string[] }>(
    `select count(*) filter (where i.due < $4::date)::int as overdue, count(*) filter (where i.due = $4::date)::int as today,
       count(*) filter (where i.due > $4::date and i.due <= $5::date)::int as soon,
       coalesce((array_agg(distinct m.number) filter (where i.due <= $4::date))[1:10], '{}') as numbers
     from lx.inbox_item i join lx.matter m on m.county = i.county and m.id = i.matter
     where i.county = $1 and i.done_at is null and (i.person = $2 or (i.person is null and i.body = any ($3::uuid[])))
       and (i.barred is null or $2 <> all (i.barred))`,
    [tx.context.county, person, bodies, today, soon],
  );
