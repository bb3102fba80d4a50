import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { instantOf } from '@lianxin/domain';
import { createApp } from './app.js';
import type { Config } from './config.js';
import type { Deps, Log, Makers } from './deps.js';
import { startEffects } from './effects/worker.js';
import { features } from './features.js';
import { listen } from './http/serve.js';
import { startJobs } from './effects/jobs.js';
import { openDatabase, openPool, type Database } from './storage/database.js';
import { openKeys } from './storage/keys.js';
import { uuidv7 } from './storage/uuid.js';

/** Bytes drawn from the operating system at once: asking it for ten costs as much as for thousands. */
const drawnBytes = 4096;

/** Chance drawn ahead. What was handed out is handed out once; a longer piece than a few ids is drawn for itself. */
const drawnAhead = (): ((count: number) => Uint8Array) => {
  let drawn: Uint8Array = new Uint8Array(0);
  return (count) => {
    if (count > drawnBytes / 64) return randomBytes(count);
    if (drawn.length < count) drawn = randomBytes(drawnBytes);
    const taken = drawn.subarray(0, count);
    drawn = drawn.subarray(count);
    return taken;
  };
};
const random = drawnAhead();

/** Time, ids and chance of the real world. */
export const realMakers: Makers = {
  clock: () => instantOf(Date.now()),
  newId: () => uuidv7(Date.now(), random(10)),
  random,
};

/** One line of JSON an event, to the standard output of errors, so that a tool's own output stays clean. */
export const jsonLog: Log = (level, event, details) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...details })}\n`);
};

/** The dependencies of a server or tool, opened; closing gives everything back. */
export interface Opened {
  readonly deps: Deps;
  readonly database: Database;
  /** Whether this start found no data of an earlier one. */
  readonly first: boolean;
  readonly close: () => Promise<void>;
}

/** Opens keys, database and pools. `makers` are those of the real world unless a replay brings its own. */
export const openDeps = async (
  config: Config,
  as: 'server' | 'tool',
  log: Log = jsonLog,
  makers: Makers = realMakers,
): Promise<Opened> => {
  const keys = openKeys(path.join(config.data, 'keys'));
  const database = await openDatabase(config, keys, log, as);
  const pool = openPool(database.app, config.poolSize, log);
  const authPool = openPool(database.app, Math.max(4, Math.ceil(config.poolSize / 2)), log, [
    'role=rt_auth',
    'search_path=lx',
  ]);
  return {
    deps: { ...makers, pool, authPool, config, keys, log },
    database,
    first: database.applied.some((name) => name.startsWith('0001')),
    close: async () => {
      await Promise.allSettled([pool.end(), authPool.end()]);
      await database.close();
    },
  };
};

/** A running server. */
export interface Running {
  readonly port: number;
  /** Stops taking requests, finishes those at work, stops what runs beside, stops the database. */
  readonly close: () => Promise<void>;
}

/** Listens and starts what runs beside the requests: effects, recurring jobs, whatever features bring. */
export const run = async (opened: Opened): Promise<Running> => {
  const { deps } = opened;
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.toReversed())
      await stop().catch((error: unknown) => deps.log('error', 'stop-failed', { error: String(error) }));
    await opened.close();
  };
  try {
    const listening = await listen(createApp(deps, features), deps);
    stops.push(listening.close, await startEffects(deps, features), await startJobs(deps, opened.database, features));
    for (const feature of features) if (feature.start !== undefined) stops.push(await feature.start(deps));
    return { port: listening.port, close: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
};
