import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { PasskeyAnswer } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { knownSession } from './find-session.js';
import { provePassword } from './prove-password.js';
import { provePasskey } from './passkeys.js';
import type { Session } from './session.js';

/** Locks the screen 锁屏 of a session: from the next request on nothing is answered until `unlock`. */
export const lock = async (deps: Deps, token: string): Promise<void> => {
  await deps.authPool.query('update lx.session set locked_at = $2 where token = $1 and locked_at is null', [
    token,
    deps.clock(),
  ]);
};

/**
 * Opens a locked screen 解锁 with the password or a passkey of the same account; what the page holds has stayed where it is. Refuses
 * `not-signed-in` when the session has ended meanwhile, `secret-wrong`, `account-locked`, `passkey-refused`.
 */
export const unlock = async (
  deps: Deps,
  token: string | undefined,
  address: string,
  given: { readonly password: string } | { readonly passkey: PasskeyAnswer },
): Promise<Result<Session>> => {
  const known = token === undefined ? null : await knownSession(deps, token);
  if (known === null || token === undefined) return refuse(fault('not-signed-in'));
  if ('passkey' in given) {
    if ((await provePasskey(deps, given.passkey)) !== known.session.account) return refuse(fault('passkey-refused'));
  } else {
    const proved = await provePassword(deps, known.session, address, given.password);
    if (!proved.ok) return proved;
  }
  await deps.authPool.query('update lx.session set locked_at = null, last_used_at = $2 where token = $1', [
    token,
    deps.clock(),
  ]);
  return ok(known.session);
};
