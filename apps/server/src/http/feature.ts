import type { DemonstrationLogin } from '../demonstration.js';
import type { Deps } from '../deps.js';
import type { EffectHandler } from '../effects/handler.js';
import type { Database } from '../storage/database.js';
import type { Projection } from '../storage/projection.js';
import type { App } from './environment.js';

/** Work that comes round by itself, e.g. the sweep of deadlines. */
export interface RecurringJob {
  readonly name: string;
  /** Five cron fields in county time (UTC+8). */
  readonly cron: string;
  readonly run: (deps: Deps) => Promise<void>;
}

/** A feature 功能 of the server, as `features.ts` lists it: everything that the frame must know of it. */
export interface Feature {
  /** The name it has everywhere: folder, contract, URL. */
  readonly name: string;
  readonly routes?: (app: App, deps: Deps) => void;
  readonly projections?: readonly Projection[];
  readonly effects?: readonly EffectHandler[];
  readonly jobs?: readonly RecurringJob[];
  /** Started when the server listens, stopped before it leaves; gives the function that stops it. */
  readonly start?: (deps: Deps) => Promise<() => Promise<void>>;
  /** Writes this feature's part of the demonstration into an empty database; gives the log-ins worth showing. */
  readonly seed?: (deps: Deps, database: Pick<Database, 'owner'>) => Promise<readonly DemonstrationLogin[]>;
}
