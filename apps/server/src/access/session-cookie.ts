import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Deps } from '../deps.js';
import { cookieSecret, secureCookies } from './auth.js';

/** Name of the session cookie; the prefix binds it to https where there is https. */
export const sessionCookieName = (deps: Pick<Deps, 'config'>): string =>
  `${secureCookies(deps) ? '__Secure-' : ''}lianxin.session_token`;

/**
 * The session token of a cookie value (`token.signature`, percent-encoded), or undefined when the signature is not ours:
 * a guessed token never reaches the database.
 */
export const readSessionToken = (deps: Pick<Deps, 'keys'>, value: string | undefined): string | undefined => {
  if (value === undefined) return undefined;
  const dot = value.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = value.slice(0, dot);
  const signature = Buffer.from(value.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', cookieSecret(deps)).update(token).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? token : undefined;
};
