import { renderSVG } from 'uqr';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { SecondFactorOffer } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { refusedByLibrary, withLibrary, type Library } from './auth.js';
import { findSession } from './find-session.js';
import { noteSignIn } from './note-sign-in.js';
import type { Session } from './session.js';
import type { SignedIn } from './sign-in.js';

/** What the log-in library said, when it did not refuse; a refusal of its own is told in our words. */
const ask = async (deps: Deps, call: (api: Library['api']) => Promise<Response>): Promise<Result<Response>> => {
  try {
    const answer = await withLibrary(deps, ({ api }) => call(api));
    if (answer.ok) return ok(answer);
    if (answer.status === 429) return refuse(fault('rate-limited', { seconds: 900 }));
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    return refuse(wordsFor(code));
  } catch (error) {
    const refused = await refusedByLibrary(error);
    if (refused !== undefined) return refuse(wordsFor(refused.code));
    throw error;
  }
};

const wordsFor = (code: string | undefined) => {
  if (code === 'INVALID_TWO_FACTOR_COOKIE' || code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE')
    return fault('session-expired');
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return fault('rate-limited', { seconds: 900 });
  if (code === 'TOTP_ALREADY_ENABLED') return fault('already-done');
  return fault('secret-wrong');
};

const withCookie = (cookie: string | undefined): Headers => new Headers(cookie === undefined ? {} : { cookie });

/** Begins a second factor for whoever is logged in; it counts once a first code has been confirmed. Refuses `secret-wrong`, `already-done`. */
export const offerSecondFactor = async (
  deps: Deps,
  session: Session,
  cookie: string | undefined,
  password: string,
): Promise<Result<SecondFactorOffer>> => {
  const answer = await ask(deps, (api) =>
    api.enableTwoFactor({ body: { password }, headers: withCookie(cookie), asResponse: true }),
  );
  if (!answer.ok) return answer;
  const given = (await answer.value.json()) as { totpURI: string; backupCodes: string[] };
  const secret = new URL(given.totpURI).searchParams.get('secret') ?? '';
  const label = `${encodeURIComponent('连心')}:${encodeURIComponent(session.username)}`;
  const address = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent('连心')}&digits=6&period=30`;
  return ok({ address, picture: renderSVG(address), secret, recoveryCodes: given.backupCodes });
};

/** Confirms it with a first code; gives the cookies of the session that goes on. Refuses `secret-wrong`. */
export const confirmSecondFactor = async (
  deps: Deps,
  cookie: string | undefined,
  code: string,
): Promise<Result<readonly string[]>> => {
  const answer = await ask(deps, (api) =>
    api.verifyTOTP({ body: { code }, headers: withCookie(cookie), asResponse: true }),
  );
  return answer.ok ? ok(answer.value.headers.getSetCookie()) : answer;
};

/** Removes the own second factor. Refuses `secret-wrong`. */
export const removeSecondFactor = async (
  deps: Deps,
  cookie: string | undefined,
  password: string,
): Promise<Result<readonly string[]>> => {
  const answer = await ask(deps, (api) =>
    api.disableTwoFactor({ body: { password }, headers: withCookie(cookie), asResponse: true }),
  );
  return answer.ok ? ok(answer.value.headers.getSetCookie()) : answer;
};

/**
 * The second step of a log-in: a code, or a recovery code that is good once. Refuses `secret-wrong`, `session-expired` when the first
 * step was too long ago or five codes were wrong, `rate-limited` after ten.
 */
export const secondStep = async (
  deps: Deps,
  cookie: string | undefined,
  given: { readonly code: string } | { readonly recoveryCode: string },
): Promise<Result<SignedIn>> => {
  const headers = withCookie(cookie);
  const answer = await ask(deps, (api) =>
    'code' in given
      ? api.verifyTOTP({ body: { code: given.code }, headers, asResponse: true })
      : api.verifyBackupCode({ body: { code: given.recoveryCode }, headers, asResponse: true }),
  );
  if (!answer.ok) return answer;
  const { token } = (await answer.value.json()) as { token: string };
  const session = await findSession(deps, token);
  if (session !== null) await noteSignIn(deps, session.account);
  if (session !== null) return ok({ session, cookies: answer.value.headers.getSetCookie() });
  await deps.authPool.query('delete from lx.session where token = $1', [token]);
  return refuse(fault('secret-wrong'));
};
