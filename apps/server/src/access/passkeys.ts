import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { PasskeyAnswer, PasskeyRow } from '@lianxin/contract';
import type { Deps } from '../deps.js';
import { putChallenge, takeChallenge } from './challenges.js';
import { openSession, type Caller } from './open-session.js';
import { provePassword } from './prove-password.js';
import type { Session } from './session.js';
import type { SignedIn } from './sign-in.js';

const library = () => import('@simplewebauthn/server');

/** The name a passkey is bound to: the host people type. A passkey of another site, or of a copy of this one, does not open here. */
const siteOf = (deps: Deps): string => new URL(deps.config.origin).hostname;

/** The challenge that a device signed, as it stands in what it sent. */
const challengeIn = (answer: PasskeyAnswer): string => {
  const data = answer.response.clientDataJSON;
  if (typeof data !== 'string') return '';
  try {
    const said = JSON.parse(Buffer.from(data, 'base64url').toString('utf8')) as { challenge?: unknown };
    return typeof said.challenge === 'string' ? said.challenge : '';
  } catch {
    return '';
  }
};

/** The own passkeys, oldest first. */
export const passkeysOf = async (deps: Deps, account: string): Promise<PasskeyRow[]> => {
  const { rows } = await deps.authPool.query<PasskeyRow>(
    'select id, name, created_at as since, last_used_at as "lastUsed" from lx.passkey where account_id = $1 order by created_at, id',
    [account],
  );
  return rows;
};

/** Begins a new passkey for whoever is logged in, with the password. Refuses `secret-wrong`, `account-locked`. */
export const offerPasskey = async (
  deps: Deps,
  session: Session,
  address: string,
  password: string,
): Promise<Result<Record<string, unknown>>> => {
  const proved = await provePassword(deps, session, address, password);
  if (!proved.ok) return proved;
  const { rows } = await deps.authPool.query<{ credential_id: string }>(
    'select credential_id from lx.passkey where account_id = $1',
    [session.account],
  );
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: '连心',
    rpID: siteOf(deps),
    userName: session.username,
    userDisplayName: session.name,
    userID: new Uint8Array(Buffer.from(session.account, 'utf8')),
    attestationType: 'none',
    excludeCredentials: rows.map((row) => ({ id: row.credential_id })),
    // Found by the device without a name typed, and never without its owner shown by finger, face or code.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await putChallenge(deps, 'passkey-new', options.challenge, session.account);
  return ok({ ...options });
};

/** Registers the passkey that the device has made. Refuses `passkey-refused`, and `already-exists` for one that is registered. */
export const addPasskey = async (
  deps: Deps,
  session: Session,
  given: { readonly name: string; readonly answer: PasskeyAnswer },
): Promise<Result<null>> => {
  const challenge = challengeIn(given.answer);
  if ((await takeChallenge(deps, 'passkey-new', challenge)) !== session.account)
    return refuse(fault('passkey-refused'));
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response: given.answer as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: deps.config.origin,
    expectedRPID: siteOf(deps),
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) return refuse(fault('passkey-refused'));
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  const { rowCount } = await deps.authPool.query(
    `insert into lx.passkey (id, account_id, credential_id, public_key, sign_count, transports, name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      Buffer.from(deps.random(16)).toString('base64url'),
      session.account,
      id,
      Buffer.from(publicKey),
      counter,
      transports ?? [],
      given.name,
      deps.clock(),
    ],
  );
  return rowCount === 1 ? ok(null) : refuse(fault('already-exists', { what: given.name }));
};

/** Removes one of the own passkeys, with the password. Refuses `not-found` for anybody else's, `secret-wrong`, `account-locked`. */
export const removePasskey = async (
  deps: Deps,
  session: Session,
  address: string,
  given: { readonly passkey: string; readonly password: string },
): Promise<Result<null>> => {
  const proved = await provePassword(deps, session, address, given.password);
  if (!proved.ok) return proved;
  const { rowCount } = await deps.authPool.query('delete from lx.passkey where id = $1 and account_id = $2', [
    given.passkey,
    session.account,
  ]);
  return rowCount === 1 ? ok(null) : refuse(fault('not-found'));
};

/** Begins a log-in with a passkey; the same for everybody, so that it tells nobody who has one. */
export const offerPasskeyLogIn = async (deps: Deps): Promise<Record<string, unknown>> => {
  const { generateAuthenticationOptions } = await library();
  const options = await generateAuthenticationOptions({ rpID: siteOf(deps), userVerification: 'required' });
  await putChallenge(deps, 'passkey-log-in', options.challenge, '');
  return { ...options };
};

interface Kept {
  readonly id: string;
  readonly account_id: string;
  readonly public_key: Uint8Array;
  readonly sign_count: string | number;
}

/** The account a passkey proves, once for each challenge; undefined for a key that is not known, not verified, copied, or elsewhere's. */
export const provePasskey = async (deps: Deps, answer: PasskeyAnswer): Promise<string | undefined> => {
  const challenge = challengeIn(answer);
  if ((await takeChallenge(deps, 'passkey-log-in', challenge)) === undefined) return undefined;
  const { rows } = await deps.authPool.query<Kept>(
    'select id, account_id, public_key, sign_count from lx.passkey where credential_id = $1',
    [answer.id],
  );
  const [kept] = rows;
  if (kept === undefined) return undefined;
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response: answer as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: deps.config.origin,
    expectedRPID: siteOf(deps),
    requireUserVerification: true,
    credential: { id: answer.id, publicKey: new Uint8Array(kept.public_key), counter: Number(kept.sign_count) },
  }).catch(() => undefined);
  if (verified?.verified !== true) return undefined;
  await deps.authPool.query('update lx.passkey set sign_count = $2, last_used_at = $3 where id = $1', [
    kept.id,
    verified.authenticationInfo.newCounter,
    deps.clock(),
  ]);
  return kept.account_id;
};

/** Logs in with a passkey. It counts as both steps: a device and its verified owner. Refuses `passkey-refused`, also for a closed account. */
export const passkeyLogIn = async (deps: Deps, answer: PasskeyAnswer, caller: Caller): Promise<Result<SignedIn>> => {
  const account = await provePasskey(deps, answer);
  const signedIn = account === undefined ? null : await openSession(deps, account, caller);
  return signedIn === null ? refuse(fault('passkey-refused')) : ok(signedIn);
};
