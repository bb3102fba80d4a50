import { compareInstants, type Instant } from '../date/index.js';

/** A clock of a device may be off by so many minutes before it is said. */
export const mostMinutesOff = 5;

/**
 * By how many whole minutes the clock of a device ran ahead of the server's (behind: below zero), or null when it was right within five.
 *
 * It is said beside what the device wrote and changes nothing of it: a wrong clock is neither refused nor put right in silence.
 *
 * @example minutesOff(instant('2026-03-02T02:12:00Z'), instant('2026-03-02T01:00:00Z')) // => 72
 */
export const minutesOff = (sentAt: Instant, receivedAt: Instant): number | null => {
  const minutes = (Date.parse(sentAt) - Date.parse(receivedAt)) / 60_000;
  return Math.abs(minutes) > mostMinutesOff ? Math.round(minutes) : null;
};

/**
 * The latest moment that something noted on a device may claim: now by the clock that noted it. A fast clock is no lie about the future.
 */
export const latestClaimable = (now: Instant, deviceNow: Instant | undefined): Instant =>
  deviceNow !== undefined && compareInstants(deviceNow, now) > 0 ? deviceNow : now;
