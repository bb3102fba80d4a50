import { createHash } from 'node:crypto';
import { addMilliseconds, instant, type Instant } from '@lianxin/domain';
import type { Makers } from '@lianxin/server';

/** A clock that stands still until it is moved. */
export interface MovableClock {
  readonly now: () => Instant;
  readonly set: (moment: string) => void;
  readonly advance: (by: { milliseconds?: number; minutes?: number; hours?: number; days?: number }) => void;
}

/** A clock that starts at the given moment. */
export const movableClock = (start: string): MovableClock => {
  let now = instant(start);
  return {
    now: () => now,
    set: (moment) => {
      now = instant(moment);
    },
    advance: ({ milliseconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      now = addMilliseconds(now, milliseconds + minutes * 60_000 + hours * 3_600_000 + days * 86_400_000);
    },
  };
};

/** Time from the clock; ids and random bytes from a seed, the same in every run. Ids go on after those already made. */
export const seededMakers = (clock: MovableClock, seed = 'tea', idsMade = 0): Makers => {
  let made = 0;
  const bytes = (purpose: string, count: number): Uint8Array => {
    const blocks: Buffer[] = [];
    made += 1;
    for (let block = 0; block * 32 < count; block += 1) {
      blocks.push(createHash('sha256').update(`${seed}\n${purpose}\n${made}\n${block}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, count);
  };
  let ids = idsMade;
  return {
    clock: clock.now,
    // Ascending within a run, like the real ones.
    newId: () => {
      ids += 1;
      const tail = Buffer.from(bytes('id', 8)).toString('hex');
      const count = ids.toString(16).padStart(15, '0');
      return `${count.slice(0, 8)}-${count.slice(8, 12)}-7${count.slice(12, 15)}-8${tail.slice(0, 3)}-${tail.slice(3, 15)}`;
    },
    random: (count) => bytes('random', count),
  };
};
