import type { Deps } from '../deps.js';
import { asOfficer } from './actor.js';
import type { SessionActor } from './session.js';
import { signIn } from './sign-in.js';

/** Somebody of the made-up demonstration, logged in as an officer; throws when that cannot be, since it ships with us. */
export const demonstrationOfficer = async (deps: Deps, username: string, password: string): Promise<SessionActor> => {
  const signedIn = await signIn(deps, { username, password, address: '127.0.0.1', userAgent: undefined });
  const actor = signedIn.ok ? asOfficer(signedIn.value.session) : signedIn;
  if (!actor.ok) throw new Error(`demonstration: ${username} cannot log in`);
  return actor.value;
};
