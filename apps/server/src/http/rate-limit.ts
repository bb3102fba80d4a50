import type { MiddlewareHandler } from 'hono';
import { fault } from '@lianxin/domain';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

/** A bucket of requests that fills evenly. */
interface Bucket {
  left: number;
  at: number;
}

/** Buckets kept at most; beyond, those that are full again are forgotten. */
const mostBuckets = 50_000;

/** Counts requests of one key against `perMinute`; gives the seconds to wait, or 0. */
export const makeLimiter = (perMinute: number, now: () => number): ((key: string) => number) => {
  const buckets = new Map<string, Bucket>();
  const perMillisecond = perMinute / 60_000;
  const forgetFull = (at: number): void => {
    for (const [key, bucket] of buckets)
      if (bucket.left + (at - bucket.at) * perMillisecond >= perMinute) buckets.delete(key);
  };
  return (key) => {
    const at = now();
    if (buckets.size > mostBuckets) forgetFull(at);
    const bucket = buckets.get(key) ?? { left: perMinute, at };
    bucket.left = Math.min(perMinute, bucket.left + (at - bucket.at) * perMillisecond);
    bucket.at = at;
    buckets.set(key, bucket);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perMillisecond / 1000));
    bucket.left -= 1;
    return 0;
  };
};

/**
 * Refuses `rate-limited` when one address writes more than `perMinute` times a minute (0: no limit). An office shares one address, so
 * the limit is generous; it stops scripts, not people.
 */
export const limitWrites = (perMinute: number, now: () => number = Date.now): MiddlewareHandler<Environment> => {
  const take = perMinute === 0 ? undefined : makeLimiter(perMinute, now);
  return async (c, next) => {
    if (take === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const seconds = take(c.get('address'));
    return seconds === 0 ? next() : refuseWith(c, [fault('rate-limited', { seconds })]);
  };
};
