import type { Deps } from '../deps.js';
import { profileOf } from './profile.js';
import type { PasswordStanding } from './put-password.js';

/** Whole days a password still holds, 0 or less once it has expired; undefined where a password holds until further notice. */
export const daysLeft = (
  deps: Pick<Deps, 'clock' | 'config'>,
  standing: PasswordStanding | undefined,
): number | undefined => {
  const { passwordDays } = profileOf(deps.config);
  if (passwordDays === undefined || standing === undefined || standing.since === null) return undefined;
  const used = (Date.parse(deps.clock()) - Date.parse(standing.since)) / 86_400_000;
  return Math.ceil(passwordDays.most - used);
};
