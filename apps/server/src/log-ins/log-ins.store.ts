import type { LogInRow } from '@lianxin/contract';
import { scopeOf, type Instant } from '@lianxin/domain';
import type { Tx } from '../storage/index.js';

/** Rows of one answer; more than this is narrowed by name or place. */
export const mostLogIns = 500;

/** Persons who hold a post on a day, each with their posts and their log-in name, by place and name. */
export const logInsOf = (
  tx: Tx,
  query: {
    readonly division: string;
    readonly on: string;
    readonly name?: string | undefined;
    readonly without: boolean;
    readonly at: Instant;
  },
): Promise<LogInRow[]> => {
  const { lo, hi } = scopeOf(query.division);
  return tx.rows<LogInRow & Record<string, unknown>>(
    `select p.id as person, p.name, d.name as "divisionName", l.username,
       case when l.username is null then null else json_build_object('closed', l.closed,
         'lastSignedIn', to_char(l.last_signed_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'sessions', l.sessions,
         'secondFactor', l.second_factor, 'passkeys', l.passkeys, 'signOn', l.sign_on, 'lockedUntil', null) end as standing,
       array_agg(b.name || ' ' || t.title order by b.name, t.title) as posts
     from lx.person p join lx.division d on d.code = p.division
       join lx.appointment a on a.county = p.county and a.person = p.id and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date)
       join lx.post t on t.id = a.post join lx.body b on b.county = a.county and b.id = a.body
       left join lx.log_ins_in_range($6) l on l.person = p.id
     where p.county = $1 and p.division >= $3 and p.division < $4 and p.valid_to is null
       and ($5::text is null or starts_with(p.name, $5)) and (not $7 or l.username is null)
     group by p.id, p.name, d.name, d.code, l.username, l.closed, l.last_signed_in_at, l.sessions, l.second_factor, l.passkeys, l.sign_on order by d.code, p.name, p.id limit ${mostLogIns + 1}`,
    [tx.context.county, query.on, lo, hi, query.name ?? null, query.at, query.without],
  );
};

/** Where a person lives, in range; undefined for anybody else. */
export const divisionOfPerson = async (tx: Tx, person: string): Promise<string | undefined> =>
  (
    await tx.first<{ division: string }>(
      'select division from lx.person where county = $1 and id = $2 and valid_to is null',
      [tx.context.county, person],
    )
  )?.division;

/** Writes a log-in with its hashed password; says whether it was done, or the name or the person has one already. */
export const addLogIn = async (
  tx: Tx,
  row: {
    readonly person: string;
    readonly account: string;
    readonly credential: string;
    readonly username: string;
    readonly shown: string;
    readonly hash: string;
  },
): Promise<'done' | 'taken' | 'not-found'> =>
  (
    await tx.first<{ done: 'done' | 'taken' | 'not-found' }>(
      'select lx.hand_out_log_in($1, $2, $3, $4, $5, $6) as done',
      [row.person, row.account, row.username, row.shown, row.credential, row.hash],
    )
  )?.done ?? 'not-found';

/** Writes a new password and ends the sessions; gives the log-in name, undefined when there is no log-in in range. */
export const putPassword = async (tx: Tx, person: string, hash: string): Promise<string | undefined> =>
  (
    await tx.first<{ username: string | null }>('select lx.renew_password($1, $2, $3) as username', [
      person,
      hash,
      tx.makers.clock(),
    ])
  )?.username ?? undefined;

/** Until when names are locked, by the keyed hash of each. */
export const locksOf = async (tx: Tx, hashes: readonly Buffer[]): Promise<ReadonlyMap<string, Instant>> => {
  const rows = await tx.rows<{ name: Buffer; until: Instant }>('select name, until from lx.locks_of($1, $2)', [
    hashes,
    tx.makers.clock(),
  ]);
  return new Map(rows.map((row) => [row.name.toString('hex'), row.until]));
};

/** The log-in name of a person in range; undefined when there is none. */
export const usernameIn = async (tx: Tx, person: string): Promise<string | undefined> =>
  (
    await tx.first<{ username: string }>('select username from lx.log_ins_in_range($2) where person = $1', [
      person,
      tx.makers.clock(),
    ])
  )?.username;

/** Closes a log-in; says whether it was open. */
export const closeAccount = async (tx: Tx, person: string): Promise<boolean> =>
  (await tx.first<{ done: boolean }>('select lx.close_account($1, $2) as done', [person, tx.makers.clock()]))?.done ===
  true;

/** Opens a closed log-in; says whether it was closed. */
export const reopenAccount = async (tx: Tx, person: string): Promise<boolean> =>
  (await tx.first<{ done: boolean }>('select lx.reopen_account($1) as done', [person]))?.done === true;

/** Forgets the failed tries of a name; says whether there were any. */
export const unlockName = async (tx: Tx, person: string, hash: Buffer): Promise<boolean> =>
  (await tx.first<{ done: boolean }>('select lx.unlock_name($1, $2) as done', [person, hash]))?.done === true;

/** Binds a log-in to somebody at the county's sign-on. */
export const bindAccount = async (
  tx: Tx,
  person: string,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Promise<'done' | 'taken' | 'not-found'> =>
  (
    await tx.first<{ done: 'done' | 'taken' | 'not-found' }>('select lx.bind_account($1, $2, $3, $4, $5) as done', [
      person,
      tx.makers.newId(),
      issuer,
      subject,
      tx.makers.clock(),
    ])
  )?.done ?? 'not-found';
