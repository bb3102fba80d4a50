import type { DisclosureDuty } from './duties-due.js';

/** What a catalogue says of lateness, as far as it is asked here: after how many days those above are told; a blank says nothing. */
export interface LateRule {
  readonly above: { readonly within: object };
}

/**
 * How far a duty that was not published in time has gone: nowhere while it is not late, to the village's own bodies from the first day, and above
 * as well once it has been late for more days than the catalogue gives (a blank reaches nobody above).
 */
export function reachOf(
  duty: Pick<DisclosureDuty, 'state' | 'daysLate'>,
  late: LateRule,
): 'nobody' | 'village' | 'above' {
  if (duty.state !== 'late') return 'nobody';
  const within: { readonly days?: unknown } = late.above.within;
  return typeof within.days === 'number' && duty.daysLate > within.days ? 'above' : 'village';
}
