import { countyDate, type Instant } from '@lianxin/domain';

/**
 * Whether somebody counts as a minor 未成年人 on a day (LAW-MN-36). Only the year of birth is on record, so that nobody is read too early:
 * until the end of the year of the eighteenth birthday.
 */
export const isMinor = (birthYear: number | null, now: Instant): boolean =>
  birthYear !== null && Number(countyDate(now).slice(0, 4)) - birthYear <= 18;
