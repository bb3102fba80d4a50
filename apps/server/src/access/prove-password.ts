import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { checkAttempts, countFailure } from './attempts.js';
import type { Session } from './session.js';
import { verifyPassword } from './password-hash.js';

/** Whether this is the own password; a wrong one counts as a failed log-in. Refuses `secret-wrong`, `account-locked`. */
export const provePassword = async (
  deps: Deps,
  session: Session,
  address: string,
  password: string,
): Promise<Result<null>> => {
  const locked = await checkAttempts(deps, session.username, address);
  if (locked !== undefined) return refuse(locked);
  const { rows } = await deps.authPool.query<{ password: string }>(
    `select password from lx.credential where account_id = $1 and provider_id = 'credential' and password is not null`,
    [session.account],
  );
  const hash = rows[0]?.password;
  if (hash !== undefined && (await verifyPassword({ hash, password }))) return ok(null);
  await countFailure(deps, session.username, address);
  return refuse(fault('secret-wrong'));
};
