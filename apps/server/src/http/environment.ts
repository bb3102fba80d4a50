import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Locale } from '@lianxin/domain';
import type { Session } from '../access/session.js';

/** What a request carries with it after the first handlers. */
export interface Environment {
  Variables: {
    /** Shown to people and written to the log, so that a complaint finds its line. */
    requestId: string;
    /** Language of refusals, from Accept-Language; Chinese unless English is preferred. */
    locale: Locale;
    /** The session, once `actorOf` has looked; null when nobody is logged in. */
    session?: Session | null;
    /** Whether there is a session whose screen is locked: nothing is answered before it is opened again. */
    locked?: boolean;
    /** Address of the caller, through trusted proxies only. */
    address: string;
  };
}

/** The application that features attach their handlers to. */
export type App = OpenAPIHono<Environment>;
