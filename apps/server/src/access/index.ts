import type { Feature } from '../http/feature.js';
import { accessRoutes } from './access.routes.js';
import { sweepAttempts } from './attempts.js';

export {
  addAccount,
  setPassword,
  sharedHash,
  usernameOf,
  type NewAccount,
  type PasswordHash,
  type PasswordRules,
} from './account.js';
export { nameHash } from './attempts.js';
export { issuerName } from './county-sign-on.js';
export { demonstrationOfficer } from './demonstration-officer.js';
export { asOfficer, asResident, personKey } from './actor.js';
export { actorOf, findSession, nobodyHere, sessionOf } from './find-session.js';
export { onCommand, onOpenQuery, onOwnQuery, onQuery, type Given } from './handle.js';
export { profileOf, type AccountProfile } from './profile.js';
export { hashPassword } from './password-hash.js';
export { recordReading, type Reading } from './record-reading.js';
export { signIn, type SignedIn, type SignInTry } from './sign-in.js';
export { sessionCookieName } from './session-cookie.js';
export { bodiesAnsweredFor, type Office, type Session, type SessionActor } from './session.js';

/** Log-in, sessions, offices. */
export const accessFeature: Feature = {
  name: 'access',
  routes: accessRoutes,
  jobs: [{ name: 'sweep-sign-in-attempts', cron: '20 3 * * *', run: sweepAttempts }],
};
