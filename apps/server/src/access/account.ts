import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { fault, ok, refuse, type Instant, type Result } from '@lianxin/domain';
import { checkPassword } from './check-password.js';
import { isUsedBefore, putPassword } from './put-password.js';
import { profileOf, type AccountProfile } from './profile.js';
import { hashPassword } from './password-hash.js';

/** Where accounts are written: the owner's connection of a tool, never a request's. */
type Db = Pick<pg.ClientBase, 'query'>;

const usernameShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,58}[\p{L}\p{N}]$/u;

/** A log-in name as it is kept and compared; refuses one of another shape. */
export const usernameOf = (text: string): Result<string> => {
  const username = text.normalize('NFKC').toLowerCase();
  if (usernameShape.test(username)) return ok(username);
  return refuse(
    fault('field-invalid', {
      field: 'username',
      reason: '3 到 60 个字母、数字或 . _ - (3 to 60 letters, digits or . _ -)',
    }),
  );
};

/** What an account is measured by when nobody says otherwise: demonstrations and tests. */
const asvs = profileOf({ accountProfile: 'asvs' });

/** A new account 账号 for a person who is on record. */
export interface NewAccount {
  readonly username: string;
  readonly password: string;
  readonly county: string;
  readonly person: string;
  readonly name: string;
}

/** Makes the kept form of a password; slow on purpose (scrypt), so many made-up accounts may share one. */
export type PasswordHash = (password: string) => Promise<string>;

/** A hash that is computed once for each password: for the demonstration's many log-ins with one known password, and nothing else. */
export const sharedHash = (): PasswordHash => {
  const known = new Map<string, Promise<string>>();
  return (password) => {
    const hashed = known.get(password) ?? hashPassword(password);
    known.set(password, hashed);
    return hashed;
  };
};

/**
 * Adds an account with a password. Refuses a name of another shape, a poor password, a name that is taken and a second account of
 * one person (`already-exists`).
 */
export const addAccount = async (
  db: Db,
  account: NewAccount,
  hash: PasswordHash = hashPassword,
  profile: AccountProfile = asvs,
): Promise<Result<{ account: string }>> => {
  const named = usernameOf(account.username);
  if (!named.ok) return named;
  const username = named.value;
  const [poor, ...poorToo] = await checkPassword(account.password, username, profile);
  if (poor !== undefined) return refuse(poor, ...poorToo);
  const id = randomBytes(16).toString('hex');
  const { rowCount } = await db.query(
    `insert into lx.account (id, name, email, username, display_username, county, person)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [id, account.name, `${id}@account.invalid`, username, account.username, account.county, account.person],
  );
  if (rowCount === 0) return refuse(fault('already-exists', { what: username }));
  await db.query(
    `insert into lx.credential (id, account_id, provider_id, provider_account_id, password) values ($1, $2, 'credential', $2, $3)`,
    [randomBytes(16).toString('hex'), id, await hash(account.password)],
  );
  return ok({ account: id });
};

/** What a new password is measured by, and since when it holds. */
export interface PasswordRules {
  readonly profile: AccountProfile;
  readonly at: Instant;
}

/**
 * Sets a new password and ends every session of the account. Refuses a poor password with every reason, one that was used before where
 * the profile keeps a history, and an unknown name.
 */
export const setPassword = async (
  db: Db,
  name: string,
  password: string,
  { profile, at }: PasswordRules,
): Promise<Result<{ account: string }>> => {
  const username = name.normalize('NFKC').toLowerCase();
  const { rows } = await db.query<{ id: string }>('select id from lx.account where username = $1', [username]);
  const id = rows[0]?.id;
  if (id === undefined) return refuse(fault('not-found'));
  const [poor, ...poorToo] = await checkPassword(password, username, profile);
  if (poor !== undefined) return refuse(poor, ...poorToo);
  if (await isUsedBefore(db, id, password, profile.notAgain))
    return refuse(fault('password-used-before', { count: profile.notAgain }));
  await putPassword(db, id, await hashPassword(password), { notAgain: profile.notAgain, at });
  return ok({ account: id });
};
