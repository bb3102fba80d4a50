import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { withLibrary } from './auth.js';
import type { Subject } from './county-sign-on.js';
import { openSession, type Caller } from './open-session.js';
import { signedCookie, twoFactorCookieName } from './session-cookie.js';
import type { SecondStep, SignedIn } from './sign-in.js';

/**
 * Binds 绑定 an account to somebody at the county's provider, in place of whoever it was bound to there before. An account is bound and
 * never made this way, and no office comes with it. Refuses `already-exists` when that person is bound to another account.
 */
export const bind = async (deps: Deps, account: string, { issuer, subject }: Subject): Promise<Result<null>> => {
  const now = deps.clock();
  const { rowCount } = await deps.authPool.query(
    `with taken as (
       select 1 from lx.credential where provider_id = $2 and provider_account_id = $3 and account_id <> $1),
     gone as (
       delete from lx.credential where provider_id = $2 and account_id = $1 and provider_account_id <> $3
         and not exists (select from taken))
     insert into lx.credential (id, account_id, provider_id, provider_account_id, created_at, updated_at)
     select $4, $1, $2, $3, $5, $5 where not exists (select from taken)
     on conflict (provider_id, provider_account_id) do update set updated_at = $5 where credential.account_id = $1`,
    [account, issuer, subject, Buffer.from(deps.random(16)).toString('base64url'), now],
  );
  return rowCount === 1 ? ok(null) : refuse(fault('already-exists', { what: '此统一身份的绑定' }));
};

/** Whether an account is bound at this installation's provider. */
export const isBound = async (deps: Deps, account: string): Promise<boolean> => {
  const { rowCount } = await deps.authPool.query(
    `select 1 from lx.credential where account_id = $1 and provider_id <> 'credential'`,
    [account],
  );
  return (rowCount ?? 0) > 0;
};

/** Ends the own binding; signing on there opens nothing here any more. Refuses `not-found` when there is none. */
export const unbind = async (deps: Deps, account: string): Promise<Result<null>> => {
  const { rowCount } = await deps.authPool.query(
    `delete from lx.credential where account_id = $1 and provider_id <> 'credential'`,
    [account],
  );
  return (rowCount ?? 0) > 0 ? ok(null) : refuse(fault('not-found'));
};

/** The place that the log-in library holds for a second step, as it does after a right password. */
const secondStepFor = async (deps: Deps, account: string): Promise<SecondStep> => {
  const identifier = `2fa-${Buffer.from(deps.random(15)).toString('hex')}`;
  const expiresAt = new Date(Date.now() + 600_000);
  await withLibrary(deps, async ({ $context }) => {
    const { internalAdapter } = await $context;
    await internalAdapter.createVerificationValue({ value: account, identifier, expiresAt });
    await internalAdapter.createVerificationValue({ value: '0', identifier: `2fa-attempts-${identifier}`, expiresAt });
  });
  const cookie = signedCookie(deps, twoFactorCookieName(deps), identifier, 600);
  return { ok: false, faults: [fault('second-factor-needed')], cookies: [cookie] };
};

/**
 * Logs in whoever the county's provider has shown to be there 县级统一身份认证登录. It stands in for the password: a second factor that the
 * person turned on here is still asked for. Refuses `sign-on-unbound` for somebody without an account bound to him, `sign-on-closed`.
 */
export const signOnLogIn = async (
  deps: Deps,
  { issuer, subject }: Subject,
  caller: Caller,
): Promise<Result<SignedIn> | SecondStep> => {
  const { rows } = await deps.authPool.query<{ id: string; closed: boolean; second: boolean }>(
    `select a.id, a.disabled_at is not null as closed, coalesce(a.two_factor_enabled, false) as second
     from lx.credential c join lx.account a on a.id = c.account_id where c.provider_id = $1 and c.provider_account_id = $2`,
    [issuer, subject],
  );
  const [found] = rows;
  if (found === undefined) return refuse(fault('sign-on-unbound'));
  if (found.closed) return refuse(fault('sign-on-closed'));
  if (found.second) return secondStepFor(deps, found.id);
  const signedIn = await openSession(deps, found.id, caller);
  return signedIn === null ? refuse(fault('sign-on-closed')) : ok(signedIn);
};
