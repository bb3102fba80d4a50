import type { Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { fault, countyDate, ok, refuse, type Result } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import type { Environment } from '../http/environment.js';
import { statementName } from '../storage/statement.js';
import { asOfficer } from './actor.js';
import { readSessionToken, sessionCookieName } from './session-cookie.js';
import type { Office, Session, SessionActor } from './session.js';

const lookUp = 'select lx.session_of($1, $2, $3) as session';

/** The session of a token, with the offices held on the day of the server's clock; one round trip. */
export const findSession = async (deps: Deps, token: string): Promise<Session | null> => {
  const now = deps.clock();
  const { rows } = await deps.authPool.query<{ session: Omit<Session, 'capabilities'> | null }>({
    name: statementName(lookUp),
    text: lookUp,
    values: [token, now, countyDate(now)],
  });
  const found = rows[0]?.session;
  if (!found) return null;
  const capabilities = [...new Set(found.offices.flatMap((office: Office) => office.capabilities))].toSorted();
  return { ...found, capabilities };
};

/** The session of a request, looked up once; null when nobody is logged in. */
export const sessionOf = async (deps: Deps, c: HonoContext<Environment>): Promise<Session | null> => {
  const known = c.get('session');
  if (known !== undefined) return known;
  const token = readSessionToken(deps, getCookie(c, sessionCookieName(deps)));
  const session = token === undefined ? null : await findSession(deps, token);
  c.set('session', session);
  return session;
};

/**
 * Who acts in a request (办理人): the person logged in, in the office that the header `Lianxin-Office` names by its appointment, else in
 * the one that reaches furthest. Refuses `not-signed-in`, and `not-your-office` for an appointment not held today.
 */
export const actorOf = async (deps: Deps, c: HonoContext<Environment>): Promise<Result<SessionActor>> => {
  const session = await sessionOf(deps, c);
  return session === null ? refuse(fault('not-signed-in')) : asOfficer(session, c.req.header('lianxin-office'));
};

/** The visitor or the person, for pages that both may read. */
export const visitorOr = async (deps: Deps, c: HonoContext<Environment>): Promise<Result<SessionActor | null>> => {
  const session = await sessionOf(deps, c);
  return session === null ? ok(null) : asOfficer(session, c.req.header('lianxin-office'));
};
