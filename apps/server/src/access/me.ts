import type { Deps } from '../deps.js';
import { daysLeft } from './password-age.js';
import { profileOf } from './profile.js';
import { passwordStanding } from './put-password.js';
import type { Session } from './session.js';

/** What the person logged in is shown of the session: nothing that could be used to log in. */
export const meOf = async (deps: Deps, session: Session) => {
  const { person, name, username, county, division, offices, capabilities } = session;
  const { idleMinutes, passwordDays } = profileOf(deps.config);
  const left = passwordDays === undefined ? undefined : daysLeft(deps, await passwordStanding(deps.authPool, username));
  return {
    person,
    name,
    username,
    county,
    division,
    offices: offices.map(({ before: _before, standsFor: _standsFor, ...office }) => ({
      ...office,
      capabilities: [...office.capabilities],
    })),
    capabilities: [...capabilities],
    idleMinutes,
    passwordDaysLeft: left !== undefined && left <= (passwordDays?.warning ?? 0) ? left : null,
  };
};
