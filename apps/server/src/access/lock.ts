import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { knownSession } from './find-session.js';
import { provePassword } from './own-account.js';
import type { Session } from './session.js';

/** Locks the screen 锁屏 of a session: from the next request on nothing is answered until `unlock`. */
export const lock = async (deps: Deps, token: string): Promise<void> => {
  await deps.authPool.query('update lx.session set locked_at = $2 where token = $1 and locked_at is null', [
    token,
    deps.clock(),
  ]);
};

/** Opens a locked session again, from now on. */
export const openAgain = async (deps: Deps, token: string): Promise<void> => {
  await deps.authPool.query('update lx.session set locked_at = null, last_used_at = $2 where token = $1', [
    token,
    deps.clock(),
  ]);
};

/**
 * Opens a locked screen 解锁 with the password; what the page holds has stayed where it is. Refuses `not-signed-in` when the session has
 * ended meanwhile, `secret-wrong`, `account-locked`.
 */
export const unlock = async (
  deps: Deps,
  token: string | undefined,
  address: string,
  password: string,
): Promise<Result<Session>> => {
  const known = token === undefined ? null : await knownSession(deps, token);
  if (known === null || token === undefined) return refuse(fault('not-signed-in'));
  const proved = await provePassword(deps, known.session, address, password);
  if (!proved.ok) return proved;
  await openAgain(deps, token);
  return ok(known.session);
};
