import type { LateDisclosure } from '../policy-pack/index.js';
import type { DisclosureDuty } from './duties-due.js';

/**
 * How far a duty that was not published in time has gone: nowhere while it is not late, to the village's own bodies from the first day, and above
 * as well once it has been late for as many days as the catalogue says (a blank reaches nobody above).
 */
export function reachOf(duty: DisclosureDuty, late: LateDisclosure): 'nobody' | 'village' | 'above' {
  if (duty.state !== 'late') return 'nobody';
  const { within } = late.above;
  return 'days' in within && duty.daysLate > within.days ? 'above' : 'village';
}
