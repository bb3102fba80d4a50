import type { Pool } from 'pg';
import type { Instant } from '@lianxin/domain';
import type { Config } from './config.js';
import type { Keys } from './storage/keys.js';

/**
 * What makes time, ids and chance. They are arguments everywhere, so that tests and replays move the clock and repeat the ids.
 */
export interface Makers {
  /** The server's time now. */
  readonly clock: () => Instant;
  /** A fresh UUID, version 7 in production: ordered by time, so that indexes grow at one end. */
  readonly newId: () => string;
  /** `count` bytes that nobody can guess; seeds of journal entries and receipts rest on it. */
  readonly random: (count: number) => Uint8Array;
}

/** One line for the operator: never a person's data, never a secret. */
export type Log = (level: 'info' | 'warn' | 'error', event: string, details?: Record<string, unknown>) => void;

/** Everything a feature may use from outside its own arguments; made once in `main.ts` or by `testServer()`. */
export interface Deps extends Makers {
  /** Connections as `lx_app`, which owns nothing and sees nothing before `inContext` gives it a role. */
  readonly pool: Pool;
  /** A few connections as `rt_auth`: log-in and the session of each request. */
  readonly authPool: Pool;
  readonly config: Config;
  readonly keys: Keys;
  readonly log: Log;
}
