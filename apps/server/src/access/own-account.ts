import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { AccountView } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { setPassword } from './account.js';
import { isBound } from './bindings.js';
import { passkeysOf } from './passkeys.js';
import { profileOf } from './profile.js';
import { provePassword } from './prove-password.js';
import type { Session } from './session.js';

const passwordRulesOf = (deps: Deps): AccountView['passwordRules'] => {
  const { leastLength, leastKinds, passwordDays, notAgain } = profileOf(deps.config);
  return { leastLength, leastKinds, mostDays: passwordDays?.most ?? null, notAgain };
};

/** The own account: whether a second factor is asked for, and every place it is logged in at. */
export const readAccount = async (deps: Deps, session: Session, token: string): Promise<AccountView> => {
  const { rows } = await deps.authPool.query<AccountView['sessions'][number]>(
    `select id, created_at as since, coalesce(last_used_at, created_at) as "lastUsed", ip_address as address, user_agent as device, token = $2 as current
     from lx.session where account_id = $1 and expires_at > $3 order by token = $2 desc, coalesce(last_used_at, created_at) desc`,
    [session.account, token, deps.clock()],
  );
  const factor = await deps.authPool.query<{ on: boolean }>(
    `select coalesce(two_factor_enabled, false) as on from lx.account where id = $1`,
    [session.account],
  );
  const { signOn } = deps.config;
  return {
    username: session.username,
    name: session.name,
    secondFactor: factor.rows[0]?.on === true,
    passkeys: await passkeysOf(deps, session.account),
    signOn: signOn === undefined ? null : { name: signOn.name, bound: await isBound(deps, session.account) },
    passwordRules: passwordRulesOf(deps),
    sessions: rows,
  };
};

/** Ends one of the own sessions; the device is out with its next request. Refuses `not-found` for anybody else's. */
export const endSession = async (deps: Deps, session: Session, id: string): Promise<Result<null>> => {
  const { rowCount } = await deps.authPool.query('delete from lx.session where id = $1 and account_id = $2', [
    id,
    session.account,
  ]);
  return rowCount === 1 ? ok(null) : refuse(fault('not-found'));
};

/** Changes the own password; every session ends, also this one. Refuses `secret-wrong`, `account-locked`, and a poor password in words. */
export const changePassword = async (
  deps: Deps,
  session: Session,
  address: string,
  given: { readonly current: string; readonly next: string },
): Promise<Result<null>> => {
  const proved = await provePassword(deps, session, address, given.current);
  if (!proved.ok) return proved;
  const rules = { profile: profileOf(deps.config), at: deps.clock() };
  const changed = await setPassword(deps.authPool, session.username, given.next, rules);
  return changed.ok ? ok(null) : changed;
};
