import { compareInstants, type Instant } from '../date/index.js';

/** A clock of a device may be off by so many minutes before it is said. */
const mostMinutesOff = 5;

/** How far the clock that gave a moment was off. */
export interface ClockOff {
  /** Whole minutes ahead of the server's clock; behind: below zero. */
  readonly minutes: number;
  /** It may have been further off: it was put right before the server heard of it. */
  readonly atLeast: boolean;
}

/** What is known of a moment that a device gave: the moment, what that device's clock said when it was sent, and when the server had it. */
interface DeviceMoment {
  readonly notedAt: Instant;
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
}

const minutesFrom = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 60_000;

/**
 * How far the clock of a device was off when it gave a moment, or null when it was right within five minutes as far as is known.
 *
 * It is said beside what the device wrote and changes nothing of it: a wrong clock is neither refused nor put right in silence. A moment
 * that lies ahead both of the server and of the device itself was given by a clock that has been put right since; it was at least so fast.
 *
 * @example clockOffOf({ notedAt: instant('2026-03-02T02:12:00Z'), sentAt: instant('2026-03-02T01:00:00Z'), receivedAt: instant('2026-03-02T01:00:00Z') }) // => { minutes: 72, atLeast: true }
 */
export const clockOffOf = ({ notedAt, sentAt, receivedAt }: DeviceMoment): ClockOff | null => {
  const atLeast = [sentAt, receivedAt].every((moment) => compareInstants(notedAt, moment) > 0);
  const minutes = minutesFrom(receivedAt, atLeast ? notedAt : sentAt);
  return Math.abs(minutes) > mostMinutesOff ? { minutes: Math.round(minutes), atLeast } : null;
};

/**
 * The latest moment that something noted on a device may claim: when it was written by the clock of the device, or now if that is later.
 *
 * A fast clock is no lie about the future. The clock that wrote it counts and not the one that sent it, since a person may put a clock
 * right in between, and what was written in good faith must not be refused for it.
 */
export const latestClaimable = (now: Instant, writtenAt: Instant | undefined): Instant =>
  writtenAt !== undefined && compareInstants(writtenAt, now) > 0 ? writtenAt : now;
