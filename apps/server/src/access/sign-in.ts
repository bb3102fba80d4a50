import { APIError } from 'better-auth/api';
import { fault, refuse, type Fault, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { authOf } from './auth.js';
import { checkAttempts, countFailure, forgetFailures } from './attempts.js';
import { findSession } from './find-session.js';
import type { Session } from './session.js';

/** A log-in that worked: the session, and the cookies to send back as they are. */
export interface SignedIn {
  readonly session: Session;
  readonly cookies: readonly string[];
}

/** The password was right and a second factor is asked for; the cookies hold the place until then. */
export interface SecondStep {
  readonly ok: false;
  readonly faults: readonly [Fault];
  readonly cookies: readonly string[];
}

/** What came with the try. */
export interface SignInTry {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string | undefined;
}

/** The library's answer, or undefined when name or password is wrong; what it says about why stays here. */
const ask = async (deps: Deps, tried: SignInTry): Promise<Response | undefined> => {
  const headers = new Headers({ 'x-forwarded-for': tried.address });
  if (tried.userAgent !== undefined) headers.set('user-agent', tried.userAgent.slice(0, 300));
  try {
    const body = { username: tried.username, password: tried.password };
    const answer = await authOf(deps).api.signInUsername({ body, headers, asResponse: true });
    return answer.ok ? answer : undefined;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined;
    throw error;
  }
};

const isOpen = async (deps: Deps, name: string): Promise<boolean> => {
  const { rowCount } = await deps.authPool.query(
    'select 1 from lx.account where username = $1 and disabled_at is null',
    [name],
  );
  return rowCount === 1;
};

/**
 * Logs in with name and password. Refuses `secret-wrong` with the same words and the same work whether the name does not exist, the
 * password is wrong or the account is closed, and `account-locked` after too many failures, and
 * `second-factor-needed` with the cookies that the second step asks for.
 */
export const signIn = async (deps: Deps, tried: SignInTry): Promise<Result<SignedIn> | SecondStep> => {
  const name = tried.username.normalize('NFKC').toLowerCase();
  const locked = await checkAttempts(deps, name, tried.address);
  if (locked !== undefined) return refuse(locked);
  const answer = await ask(deps, { ...tried, username: name });
  if (answer !== undefined) {
    const said = (await answer.json()) as { token?: string; twoFactorRedirect?: boolean };
    if (said.twoFactorRedirect === true && (await isOpen(deps, name)))
      return { ok: false, faults: [fault('second-factor-needed')], cookies: answer.headers.getSetCookie() };
    const token: string | undefined = said.token;
    const session = token === undefined ? null : await findSession(deps, token);
    if (session !== null) {
      await forgetFailures(deps, name, tried.address);
      return { ok: true, value: { session, cookies: answer.headers.getSetCookie() } };
    }
    if (token !== undefined) await deps.authPool.query('delete from lx.session where token = $1', [token]);
  }
  await countFailure(deps, name, tried.address);
  return refuse(fault('secret-wrong'));
};
