import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { hashPassword } from './password-hash.js';

/** An account of a demonstration: the person is on record already. */
export interface DemonstrationAccount {
  readonly username: string;
  readonly county: string;
  readonly person: string;
  readonly name: string;
}

/**
 * Adds many accounts 演示账号 that share one published password, hashed once: a thousand scrypt hashes would take minutes and protect
 * nothing, since everybody knows the password. For demonstrations alone; names that are taken are left as they are.
 */
export const addDemonstrationAccounts = async (
  db: Pick<pg.ClientBase, 'query'>,
  accounts: readonly DemonstrationAccount[],
  password: string,
): Promise<void> => {
  const rows = accounts.map((account) => ({ ...account, id: randomBytes(16).toString('hex') }));
  await db.query(
    `with wanted as (select * from json_to_recordset($1::json) as w (id text, username text, county text, person uuid, name text)),
       made as (insert into lx.account (id, name, email, username, display_username, county, person)
         select id, name, id || '@account.invalid', username, username, county, person from wanted
         on conflict do nothing returning id)
     insert into lx.credential (id, account_id, provider_id, provider_account_id, password)
     select 'demo' || id, id, 'credential', id, $2 from made`,
    [JSON.stringify(rows), await hashPassword(password)],
  );
};
