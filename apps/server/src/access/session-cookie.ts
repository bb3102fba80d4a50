import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Deps } from '../deps.js';
import { cookieSecret, secureCookies } from './auth.js';

const named = (deps: Pick<Deps, 'config'>, name: string): string =>
  `${secureCookies(deps) ? '__Secure-' : ''}lianxin.${name}`;

/** Name of the session cookie; the prefix binds it to https where there is https. */
export const sessionCookieName = (deps: Pick<Deps, 'config'>): string => named(deps, 'session_token');

/** Name of the log-in library's cookie that holds the place between the first and the second step. */
export const twoFactorCookieName = (deps: Pick<Deps, 'config'>): string => named(deps, 'two_factor');

/** Name of the cookie of a browser that has left for the county's sign-on. */
export const signOnCookieName = (deps: Pick<Deps, 'config'>): string => named(deps, 'sign_on');

const signatureOf = (deps: Pick<Deps, 'keys'>, value: string): Buffer =>
  createHmac('sha256', cookieSecret(deps)).update(value).digest();

/** The value inside a signed cookie (`value.signature`, percent-encoded), or undefined when the signature is not ours. */
export const readSigned = (deps: Pick<Deps, 'keys'>, cookie: string | undefined): string | undefined => {
  if (cookie === undefined) return undefined;
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return undefined;
  const value = cookie.slice(0, dot);
  const signature = Buffer.from(cookie.slice(dot + 1), 'base64');
  const expected = signatureOf(deps, value);
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? value : undefined;
};

/** The session token of a cookie value; a guessed token never reaches the database. */
export const readSessionToken = readSigned;

/** A cookie line that no script reads and no other site sends, signed as the log-in library does it. */
export const signedCookie = (
  deps: Pick<Deps, 'config' | 'keys'>,
  name: string,
  value: string,
  seconds: number,
): string => {
  const signed = encodeURIComponent(`${value}.${signatureOf(deps, value).toString('base64')}`);
  return `${name}=${signed}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secureCookies(deps) ? '; Secure' : ''}`;
};
