import { fault, refuse, type Fault, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { setPassword } from './account.js';
import { refusedByLibrary, withLibrary } from './auth.js';
import { checkAttempts, countFailure, forgetFailures } from './attempts.js';
import { findSession } from './find-session.js';
import { noteSignIn } from './note-sign-in.js';
import { daysLeft } from './password-age.js';
import { profileOf } from './profile.js';
import { passwordStanding } from './put-password.js';
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
  /** The password that takes the place of one that has expired or was handed out. */
  readonly next?: string | undefined;
}

/** The library's answer, or undefined when name or password is wrong; what it says about why stays here. */
const ask = async (deps: Deps, tried: SignInTry): Promise<Response | undefined> => {
  const headers = new Headers({ 'x-forwarded-for': tried.address });
  if (tried.userAgent !== undefined) headers.set('user-agent', tried.userAgent.slice(0, 300));
  try {
    const body = { username: tried.username, password: tried.password };
    const answer = await withLibrary(deps, ({ api }) => api.signInUsername({ body, headers, asResponse: true }));
    return answer.ok ? answer : undefined;
  } catch (error) {
    if ((await refusedByLibrary(error)) !== undefined) return undefined;
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

/** Why a right password does not log in by itself: somebody else handed it out, or it has been in use too long. */
const changeNeeded = async (deps: Deps, name: string): Promise<Fault | undefined> => {
  const standing = await passwordStanding(deps.authPool, name);
  if (standing?.first === true) return fault('password-first-use');
  const left = daysLeft(deps, standing);
  const { passwordDays } = profileOf(deps.config);
  return left !== undefined && left <= 0 ? fault('password-expired', { days: passwordDays?.most ?? 0 }) : undefined;
};

const forget = async (deps: Deps, token: string | undefined): Promise<void> => {
  if (token !== undefined) await deps.authPool.query('delete from lx.session where token = $1', [token]);
};

/**
 * Logs in with name and password. Refuses `secret-wrong` with the same words and the same work whether the name does not exist, the
 * password is wrong or the account is closed, and `account-locked` after too many failures, and
 * `second-factor-needed` with the cookies that the second step asks for.
 *
 * A password that was handed out or has expired is right and still does not log in (`password-first-use`, `password-expired`) until it
 * comes together with the next one, which then counts at once; a second factor is asked for after that.
 */
export const signIn = async (deps: Deps, tried: SignInTry): Promise<Result<SignedIn> | SecondStep> => {
  const name = tried.username.normalize('NFKC').toLowerCase();
  const locked = await checkAttempts(deps, name, tried.address);
  if (locked !== undefined) return refuse(locked);
  const answer = await ask(deps, { ...tried, username: name });
  if (answer !== undefined) {
    const said = (await answer.json()) as { token?: string; twoFactorRedirect?: boolean };
    const change = await changeNeeded(deps, name);
    if (change !== undefined) {
      await forget(deps, said.token);
      if (tried.next === undefined) return refuse(change);
      const rules = { profile: profileOf(deps.config), at: deps.clock() };
      const changed = await setPassword(deps.authPool, name, tried.next, rules);
      return changed.ok ? signIn(deps, { ...tried, password: tried.next, next: undefined }) : changed;
    }
    if (said.twoFactorRedirect === true && (await isOpen(deps, name)))
      return { ok: false, faults: [fault('second-factor-needed')], cookies: answer.headers.getSetCookie() };
    const session = said.token === undefined ? null : await findSession(deps, said.token);
    if (session !== null) {
      await forgetFailures(deps, name, tried.address);
      await noteSignIn(deps, session.account);
      return { ok: true, value: { session, cookies: answer.headers.getSetCookie() } };
    }
    await forget(deps, said.token);
  }
  await countFailure(deps, name, tried.address);
  return refuse(fault('secret-wrong'));
};
