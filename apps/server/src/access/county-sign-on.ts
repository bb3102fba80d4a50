import type { Configuration } from 'openid-client';
import { fault, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { putChallenge, takeChallenge } from './challenges.js';

const library = () => import('openid-client');

/** Where the provider sends the browser back to: a page of the console, which hands over what came with it. */
const returnOf = (deps: Deps): URL => new URL('/console/sign-on', deps.config.origin);

const configured = new WeakMap<Deps, Promise<Configuration>>();

const discover = async (deps: Deps): Promise<Configuration | undefined> => {
  const { signOn } = deps.config;
  if (signOn === undefined) return undefined;
  const oidc = await library();
  const issuer = new URL(signOn.issuer);
  // Only on this machine itself, for trials: everywhere else the configuration asks for https.
  const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const found = await oidc.discovery(issuer, signOn.clientId, undefined, oidc.None(), {
    execute: insecure,
    timeout: 10,
  });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const secret = methods.includes('client_secret_basic') ? oidc.ClientSecretBasic : oidc.ClientSecretPost;
  const made = new oidc.Configuration(metadata, signOn.clientId, signOn.clientSecret, secret(signOn.clientSecret));
  for (const allow of insecure) allow(made);
  made.timeout = 10;
  return made;
};

/** The provider as it describes itself, asked once; a provider that could not be reached is asked again at the next try. */
const providerOf = async (deps: Deps): Promise<Configuration | undefined> => {
  const known = configured.get(deps);
  if (known !== undefined) return known;
  try {
    const made = await discover(deps);
    if (made !== undefined) configured.set(deps, Promise.resolve(made));
    return made;
  } catch (error) {
    deps.log('warn', 'sign-on-unreachable', { issuer: deps.config.signOn?.issuer, error: String(error) });
    return undefined;
  }
};

/** What is kept between leaving for the provider and coming back, under the state that the browser carries. */
interface Kept {
  readonly verifier: string;
  readonly nonce: string;
  /** The account to bind; null for a log-in. */
  readonly account: string | null;
}

/** Who somebody is at the provider: its name and the person's there. Neither says what he may do here. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** A provider's name as bindings keep it: with or without a slash at the end it is the same provider. */
export const issuerName = (issuer: string): string => new URL(issuer).href;

/** Where to send the browser, and the state it has to bring back. */
export interface Departure {
  readonly address: string;
  readonly state: string;
}

/**
 * Begins a sign-on 统一身份认证 at the county's provider (OpenID Connect, authorization code with PKCE, state and nonce), to log in or to
 * bind an account. Refuses `not-found` where none is configured, `sign-on-unreachable`.
 */
export const beginSignOn = async (deps: Deps, account: string | null): Promise<Result<Departure>> => {
  if (deps.config.signOn === undefined) return refuse(fault('not-found'));
  const provider = await providerOf(deps);
  if (provider === undefined) return refuse(fault('sign-on-unreachable'));
  const oidc = await library();
  const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
  const kept: Kept = { verifier, nonce, account };
  await putChallenge(deps, 'sign-on', state, JSON.stringify(kept));
  const address = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: returnOf(deps).href,
    scope: 'openid',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return ok({ address: address.href, state });
};

/** What a provider or its token had wrong, without anything of the token itself: the message, and the claim it was about. */
const whyOf = (error: unknown): Record<string, unknown> => {
  let claim: unknown;
  for (let cause = error; cause instanceof Object && claim === undefined; cause = 'cause' in cause ? cause.cause : null)
    if ('claim' in cause) claim = cause.claim;
  return { error: error instanceof Error ? error.message : 'unknown', ...(claim === undefined ? {} : { claim }) };
};

/**
 * Ends it with what the provider sent along: who it is, and which account was to be bound. Refuses `not-found` where none is configured,
 * `sign-on-failed` for a state that this browser did not leave with, an answer given before, and everything the provider or its token has
 * wrong.
 */
export const endSignOn = async (
  deps: Deps,
  search: string,
  state: string | undefined,
): Promise<Result<Subject & { readonly account: string | null }>> => {
  if (deps.config.signOn === undefined) return refuse(fault('not-found'));
  const provider = await providerOf(deps);
  if (provider === undefined) return refuse(fault('sign-on-unreachable'));
  const back = returnOf(deps);
  back.search = search;
  if (state === undefined || back.searchParams.get('state') !== state) return refuse(fault('sign-on-failed'));
  const value = await takeChallenge(deps, 'sign-on', state);
  if (value === undefined) return refuse(fault('sign-on-failed'));
  const kept = JSON.parse(value) as Kept;
  const oidc = await library();
  try {
    const tokens = await oidc.authorizationCodeGrant(provider, back, {
      pkceCodeVerifier: kept.verifier,
      expectedState: state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return refuse(fault('sign-on-failed'));
    return ok({ issuer: issuerName(claims.iss), subject: claims.sub, account: kept.account });
  } catch (error) {
    // What exactly was wrong helps the operator, and somebody who tries things out: it goes to the log alone.
    deps.log('warn', 'sign-on-failed', whyOf(error));
    return refuse(fault('sign-on-failed'));
  }
};
