import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, type Instant } from '../date/index.js';
import { latestClaimable, minutesOff } from './index.js';

const now = instant('2026-03-02T01:00:00.000Z');
const clockOff = (seconds: number): Instant => instant(new Date(Date.parse(now) + seconds * 1000).toISOString());

describe('the clock of a device', () => {
  it('is right within five minutes, and said to be off beyond, ahead and behind', () => {
    expect(minutesOff(clockOff(300), now)).toBeNull();
    expect(minutesOff(clockOff(-300), now)).toBeNull();
    expect(minutesOff(clockOff(301), now)).toBe(5);
    expect(minutesOff(clockOff(-301), now)).toBe(-5);
    expect(minutesOff(clockOff(72 * 60), now)).toBe(72);
    expect(minutesOff(clockOff(-20 * 86_400), now)).toBe(-28_800);
  });

  it('may claim what is now by itself, never less than what is now by the server', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000_000, max: 30_000_000 }), (seconds) => {
        const device = clockOff(seconds);
        const latest = latestClaimable(now, device);
        expect([now, device]).toContain(latest);
        expect(Date.parse(latest)).toBe(Math.max(Date.parse(now), Date.parse(device)));
      }),
    );
    expect(latestClaimable(now, undefined)).toBe(now);
  });
});
