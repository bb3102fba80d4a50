import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, type Instant } from '../date/index.js';
import { clockOffOf, latestClaimable } from './index.js';

const now = instant('2026-03-02T01:00:00.000Z');
const after = (seconds: number): Instant => instant(new Date(Date.parse(now) + seconds * 1000).toISOString());
/** What was noted and sent at once, by a clock so many seconds ahead. */
const sentAtOnce = (seconds: number) =>
  clockOffOf({ notedAt: after(seconds), sentAt: after(seconds), receivedAt: now });
const seconds = fc.integer({ min: -30_000_000, max: 30_000_000 });

describe('the clock of a device', () => {
  it('is right within five minutes, and said to be off beyond, ahead and behind', () => {
    expect(sentAtOnce(300)).toBeNull();
    expect(sentAtOnce(-300)).toBeNull();
    expect(sentAtOnce(301)).toEqual({ minutes: 5, atLeast: false });
    expect(sentAtOnce(-301)).toEqual({ minutes: -5, atLeast: false });
    expect(sentAtOnce(72 * 60)).toEqual({ minutes: 72, atLeast: false });
    expect(sentAtOnce(-20 * 86_400)).toEqual({ minutes: -28_800, atLeast: false });
  });

  it('that was put right before the visit was sent is said to have been at least so fast', () => {
    const [fast, right] = [after(72 * 60), after(0)];
    // Written 10 minutes before it arrived by a clock 82 minutes fast: 72 of them can be known.
    expect(clockOffOf({ notedAt: fast, sentAt: right, receivedAt: now })).toEqual({ minutes: 72, atLeast: true });
    // Put wrong the other way: what it says when it sends is not what it said when it wrote.
    expect(clockOffOf({ notedAt: fast, sentAt: after(-3600), receivedAt: now })).toEqual({
      minutes: 72,
      atLeast: true,
    });
    // Long past by now, so nothing can be known.
    expect(clockOffOf({ notedAt: fast, sentAt: after(86_400), receivedAt: after(86_400) })).toBeNull();
  });

  it('never leaves a moment of the future standing without a word about it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 301, max: 30_000_000 }), seconds, (noted, sent) => {
        const said = clockOffOf({ notedAt: after(noted), sentAt: after(sent), receivedAt: now });
        expect(said?.minutes).toBeGreaterThanOrEqual(Math.round(noted / 60));
      }),
    );
  });

  it('says the same of every moment that is past by the device or by the server', () => {
    fc.assert(
      fc.property(fc.nat(30_000_000), seconds, (ago, sent) => {
        const notedAt = after(Math.max(sent, 0) - ago);
        expect(clockOffOf({ notedAt, sentAt: after(sent), receivedAt: now })).toEqual(sentAtOnce(sent));
      }),
    );
  });

  it('may claim when it wrote, also once it has been put right, never less than what is now by the server', () => {
    fc.assert(
      fc.property(seconds, (ahead) => {
        const writtenAt = after(ahead);
        const latest = latestClaimable(now, writtenAt);
        expect([now, writtenAt]).toContain(latest);
        expect(Date.parse(latest)).toBe(Math.max(Date.parse(now), Date.parse(writtenAt)));
      }),
    );
    expect(latestClaimable(now, undefined)).toBe(now);
  });
});
