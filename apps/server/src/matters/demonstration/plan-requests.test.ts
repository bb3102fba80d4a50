import type { Instant, PlainDate } from '@lianxin/domain';
import { expect, it } from 'vitest';
import { momentBefore, planRequests } from './plan-requests.js';

const today = '2026-11-22' as PlainDate;
const now = '2026-11-22T04:00:00Z' as Instant;
const request = (ago: number, at: string, acts: { ago: number; at: string }[] = []) => ({
  village: '999901001201',
  ago,
  at,
  kind: 'need',
  fields: {},
  acts: acts.map((act) => ({ ...act, by: 'clerk', act: 'accept', fields: {} })),
});

it('counts days back from today in county time', () => {
  expect(momentBefore(today, 3, '09:30')).toBe('2026-11-19T01:30:00Z');
});

it('puts what happens in the order of time and leaves out what would lie ahead', () => {
  const steps = planRequests(
    [request(2, '10:00', [{ ago: 0, at: '18:00' }]), request(5, '08:00', [{ ago: 1, at: '09:00' }])],
    today,
    now,
  );
  expect(steps.map(({ of, does }) => [of, does])).toEqual([
    [1, 'open'],
    [0, 'open'],
    [1, 'act'],
  ]);
});
