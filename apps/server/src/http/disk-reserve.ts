import { statfs } from 'node:fs/promises';
import type { MiddlewareHandler } from 'hono';
import { fault } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { refuseWith } from './answer.js';
import type { Environment } from './environment.js';

/** Milliseconds for which a look at the disk holds: far less than a busy day needs to fill the reserve. */
const holds = 500;

/** The disk's reserve 磁盘余量. */
export interface DiskReserve {
  /** Whether less than the reserve is free where the data folder lies. */
  readonly isSpent: () => Promise<boolean>;
}

/** Logging in, and what belongs to it: whoever wants to read must get in. */
const session = /^\/api\/session(?:\/|$)/;

/**
 * Watches the free space of the data folder's disk; tells the operator's log when it falls below the reserve and when it is there again.
 *
 * Why before the disk is full: PostgreSQL that cannot write its log ends itself and starts again only when there is room, and until then
 * nobody can read. A disk that cannot be asked counts as having room.
 */
export const diskReserve = ({ config, log }: Pick<Deps, 'config' | 'log'>): DiskReserve => {
  let [spent, lookedAt] = [false, -Infinity];
  const look = async (): Promise<void> => {
    const free = await statfs(config.data).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => Infinity,
    );
    if (free < config.reserveBytes === spent) return;
    spent = !spent;
    const details = { folder: config.data, free, reserve: config.reserveBytes };
    if (spent) log('error', 'storage-full', details);
    else log('info', 'storage-has-room', details);
  };
  let looking = Promise.resolve();
  return {
    isSpent: async () => {
      if (config.reserveBytes === 0) return false;
      if (performance.now() - lookedAt > holds) {
        lookedAt = performance.now();
        looking = look();
      }
      await looking;
      return spent;
    },
  };
};

/** Refuses `storage-full` to whatever would change something while the reserve is spent; reading and logging in go on. */
export const keepReserve =
  (reserve: DiskReserve): MiddlewareHandler<Environment> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || session.test(c.req.path)) return next();
    return (await reserve.isSpent()) ? refuseWith(c, [fault('storage-full')]) : next();
  };
