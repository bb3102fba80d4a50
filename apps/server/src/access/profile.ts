import { addMilliseconds, type Instant } from '@lianxin/domain';
import type { Config } from '../config.js';
import type { Deps } from '../deps.js';

/**
 * What an installation asks of passwords and sessions 账号规则, in one of two ways that contradict each other, so that an operator chooses.
 *
 * `asvs` follows OWASP ASVS 5.0: length and a list of well-known passwords, no kinds of characters, no change by the calendar (6.2.1,
 * 6.2.4, 6.2.5, 6.2.10). `djbh` follows 等级保护 (GB/T 22239-2019, 身份鉴别 a and b), which asks for complexity, change at intervals, an end
 * to failed tries and to idle sessions. The standard gives no figures; these are ours, on the strict side of what is usual.
 */
export interface AccountProfile {
  readonly leastLength: number;
  /** Of capital letters, small letters, digits and others, how many kinds a password must hold. */
  readonly leastKinds: number;
  /** Days a password holds, and days before the end at which its owner is told; undefined where it holds until further notice. */
  readonly passwordDays: { readonly most: number; readonly warning: number } | undefined;
  /** Passwords, the present one among them, that are not taken again. */
  readonly notAgain: number;
  /** Failures in fifteen minutes that close the door, and for how many minutes. A name alone takes more than a name at one address, so that a stranger elsewhere cannot lock somebody out with five tries. */
  readonly failures: Readonly<
    Record<'name-at-address' | 'name' | 'address', { readonly most: number; readonly minutes: number }>
  >;
  /** Minutes without a request after which a session is locked; 0 for never. */
  readonly idleMinutes: number;
  /** Hours after which a session ends, used or not. */
  readonly sessionHours: number;
}

const profiles: Readonly<Record<Config['accountProfile'], AccountProfile>> = {
  asvs: {
    leastLength: 8,
    leastKinds: 1,
    passwordDays: undefined,
    notAgain: 0,
    failures: {
      'name-at-address': { most: 5, minutes: 15 },
      name: { most: 30, minutes: 15 },
      address: { most: 60, minutes: 15 },
    },
    idleMinutes: 30,
    sessionHours: 12,
  },
  djbh: {
    leastLength: 8,
    leastKinds: 3,
    passwordDays: { most: 90, warning: 14 },
    notAgain: 5,
    failures: {
      'name-at-address': { most: 5, minutes: 30 },
      name: { most: 15, minutes: 30 },
      address: { most: 60, minutes: 30 },
    },
    idleMinutes: 15,
    sessionHours: 8,
  },
};

/** The settings that decide it. */
export type ProfileConfig = Pick<Config, 'accountProfile'> & Partial<Pick<Config, 'idleMinutes' | 'sessionHours'>>;

/** What this installation asks, with the operator's own times when they are set. */
export const profileOf = ({ accountProfile, idleMinutes, sessionHours }: ProfileConfig): AccountProfile => {
  const profile = profiles[accountProfile];
  return {
    ...profile,
    idleMinutes: idleMinutes ?? profile.idleMinutes,
    sessionHours: sessionHours ?? profile.sessionHours,
  };
};

/** When a session that is opened now begins and ends, by the server's clock, which is also the one it is looked up by. */
export const sessionTimes = (deps: Pick<Deps, 'clock' | 'config'>): readonly [begins: Instant, ends: Instant] => {
  const now = deps.clock();
  return [now, addMilliseconds(now, profileOf(deps.config).sessionHours * 3_600_000)];
};
