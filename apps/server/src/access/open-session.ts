import type { Deps } from '../deps.js';
import { findSession } from './find-session.js';
import { noteSignIn } from './note-sign-in.js';
import { profileOf, sessionTimes } from './profile.js';
import { sessionCookieName, signedCookie } from './session-cookie.js';
import type { SignedIn } from './sign-in.js';

/** Where a log-in comes from. */
export interface Caller {
  readonly address: string;
  readonly userAgent: string | undefined;
}

/**
 * Opens a session for an account that has proved itself otherwise than by its password, in the log-in library's own table and cookie;
 * null when the account is closed.
 */
export const openSession = async (deps: Deps, account: string, caller: Caller): Promise<SignedIn | null> => {
  const [now, ends] = sessionTimes(deps);
  const seconds = profileOf(deps.config).sessionHours * 3600;
  const [id, token] = [16, 32].map((bytes) => Buffer.from(deps.random(bytes)).toString('base64url'));
  if (id === undefined || token === undefined) return null;
  await deps.authPool.query(
    `insert into lx.session (id, token, account_id, expires_at, ip_address, user_agent, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [id, token, account, ends, caller.address, caller.userAgent?.slice(0, 300) ?? null, now],
  );
  const session = await findSession(deps, token);
  if (session !== null) await noteSignIn(deps, account);
  if (session !== null) return { session, cookies: [signedCookie(deps, sessionCookieName(deps), token, seconds)] };
  await deps.authPool.query('delete from lx.session where token = $1', [token]);
  return null;
};
