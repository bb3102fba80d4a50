import type { Deps } from '../deps.js';

/** Keeps when an account last logged in: an administrator sees log-ins that nobody uses any more. */
export const noteSignIn = async (deps: Deps, account: string): Promise<void> => {
  await deps.authPool.query('update lx.account set last_signed_in_at = $2 where id = $1', [account, deps.clock()]);
};
