import type { Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { fault, countyDate, ok, refuse, type Fault, type Instant, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { deviceTimeOf } from '../http/device-time.js';
import type { Environment } from '../http/environment.js';
import { togetherOn } from '../storage/together.js';
import { asOfficer } from './actor.js';
import { profileOf } from './profile.js';
import { readSessionToken, sessionCookieName } from './session-cookie.js';
import type { Office, Session, SessionActor } from './session.js';

const lookUp = 'select lx.session_of($1, $2, $3) as session';
const touch = 'update lx.session set last_used_at = $2 where token = $1 and locked_at is null';

/** A session that is known, and whether its screen is locked 锁定: nothing is answered then until its owner proves himself again. */
export interface KnownSession {
  readonly session: Session;
  readonly locked: boolean;
}

/** What the look-up gives besides the session itself. */
interface Found extends Omit<Session, 'capabilities'> {
  readonly use: { readonly lastUsedAt: Instant | null; readonly locked: boolean };
}

/**
 * The session of a token, locked or not, with the offices held on the day of the server's clock. One round trip, and a second one at
 * most once a minute, which keeps the time of the last request: a session is locked once nobody has used it for the profile's minutes.
 */
export const knownSession = async (deps: Deps, token: string): Promise<KnownSession | null> => {
  const now = deps.clock();
  const [answer] = await togetherOn(deps.authPool, [{ text: lookUp, values: [token, now, countyDate(now)] }]);
  const found = answer?.rows[0]?.['session'] as Found | null | undefined;
  if (!found) return null;
  const { use, ...rest } = found;
  const capabilities = [...new Set(rest.offices.flatMap((office: Office) => office.capabilities))].toSorted();
  const minutes = use.lastUsedAt === null ? Infinity : (Date.parse(now) - Date.parse(use.lastUsedAt)) / 60_000;
  const { idleMinutes } = profileOf(deps.config);
  const idle = use.lastUsedAt !== null && idleMinutes > 0 && minutes >= idleMinutes;
  if (!use.locked && !idle && minutes >= 1) await deps.authPool.query(touch, [token, now]);
  return { session: { ...rest, capabilities }, locked: use.locked || idle };
};

/** The session of a token as long as it is open; null when nobody is logged in with it or its screen is locked. */
export const findSession = async (deps: Deps, token: string): Promise<Session | null> => {
  const known = await knownSession(deps, token);
  return known === null || known.locked ? null : known.session;
};

/** The session of a request, looked up once; null when nobody is logged in, or the screen is locked. */
export const sessionOf = async (deps: Deps, c: HonoContext<Environment>): Promise<Session | null> => {
  const known = c.get('session');
  if (known !== undefined) return known;
  const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
  const found = token === undefined ? null : await knownSession(deps, token);
  const session = found === null || found.locked ? null : found.session;
  c.set('session', session);
  c.set('locked', found?.locked === true);
  return session;
};

/** Why `sessionOf` gave nobody: `session-locked`, else `not-signed-in`. */
export const nobodyHere = (c: HonoContext<Environment>): Fault =>
  fault(c.get('locked') === true ? 'session-locked' : 'not-signed-in');

/**
 * Who acts in a request (办理人): the person logged in, in the office that the header `Lianxin-Office` names by its appointment, else in
 * the one that reaches furthest. Refuses `not-signed-in`, `session-locked`, and `not-your-office` for an appointment not held today.
 */
export const actorOf = async (deps: Deps, c: HonoContext<Environment>): Promise<Result<SessionActor>> => {
  const session = await sessionOf(deps, c);
  if (session === null) return refuse(nobodyHere(c));
  const actor = asOfficer(session, c.req.header('lianxin-office'));
  return actor.ok ? ok({ ...actor.value, device: deviceTimeOf(c) }) : actor;
};
