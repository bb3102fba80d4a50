import type { LogInRow } from '@lianxin/contract';
import { scopeOf } from '@lianxin/domain';
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
  },
): Promise<LogInRow[]> => {
  const { lo, hi } = scopeOf(query.division);
  return tx.rows<LogInRow & Record<string, unknown>>(
    `select p.id as person, p.name, d.name as "divisionName", l.username,
       array_agg(b.name || ' ' || t.title order by b.name, t.title) as posts
     from lx.person p join lx.division d on d.code = p.division
       join lx.appointment a on a.county = p.county and a.person = p.id and a.valid_from <= $2::date and (a.valid_to is null or a.valid_to > $2::date)
       join lx.post t on t.id = a.post join lx.body b on b.county = a.county and b.id = a.body
       left join lx.log_ins_in_range() l on l.person = p.id
     where p.county = $1 and p.division >= $3 and p.division < $4 and p.valid_to is null
       and ($5::text is null or starts_with(p.name, $5)) and (not $6 or l.username is null)
     group by p.id, p.name, d.name, d.code, l.username order by d.code, p.name, p.id limit ${mostLogIns + 1}`,
    [tx.context.county, query.on, lo, hi, query.name ?? null, query.without],
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
