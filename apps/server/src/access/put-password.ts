import type pg from 'pg';
import type { Instant } from '@lianxin/domain';
import { verifyPassword } from './password-hash.js';

type Db = Pick<pg.ClientBase, 'query'>;

/** Whether a password is the present one or among the last of before; asks nothing where none is barred. */
export const isUsedBefore = async (db: Db, account: string, password: string, notAgain: number): Promise<boolean> => {
  if (notAgain === 0) return false;
  const { rows } = await db.query<{ hash: string }>(
    `select password as hash from lx.credential where account_id = $1 and provider_id = 'credential' and password is not null
     union all
     (select password from lx.former_password where account_id = $1 order by replaced_at desc limit $2)`,
    [account, notAgain - 1],
  );
  // One after the other: each is a scrypt, and they must not take the machine's memory together.
  for (const { hash } of rows) if (await verifyPassword({ hash, password })) return true;
  return false;
};

/** Writes a password's hash over the present one, keeps the old hash as long as it may not come again, and ends every session. */
export const putPassword = async (
  db: Db,
  account: string,
  hash: string,
  { notAgain, at }: { readonly notAgain: number; readonly at: Instant },
): Promise<void> => {
  await db.query(
    `with kept as (
       insert into lx.former_password (account_id, replaced_at, password)
       select account_id, $3, password from lx.credential
       where account_id = $1 and provider_id = 'credential' and password is not null and $4::integer > 1 on conflict do nothing),
     forgotten as (
       delete from lx.former_password where account_id = $1 and replaced_at not in (
         select k.replaced_at from lx.former_password k where k.account_id = $1
         order by k.replaced_at desc limit greatest($4::integer - 2, 0))),
     ended as (delete from lx.session where account_id = $1)
     update lx.credential set password = $2, updated_at = $3, password_set_at = $3, first_password = false
     where account_id = $1 and provider_id = 'credential'`,
    [account, hash, at, notAgain],
  );
};

/** How a password stands: handed out by somebody else, and since when it holds. */
export interface PasswordStanding {
  readonly first: boolean;
  readonly since: Instant | null;
}

/** How the password of an open account stands; undefined for a name nobody has. */
export const passwordStanding = async (db: Db, username: string): Promise<PasswordStanding | undefined> => {
  const { rows } = await db.query<PasswordStanding & pg.QueryResultRow>(
    `select c.first_password as first, c.password_set_at as since
     from lx.account a join lx.credential c on c.account_id = a.id and c.provider_id = 'credential'
     where a.username = $1 and a.disabled_at is null`,
    [username],
  );
  return rows[0];
};
