import { calendarOn, countyDate, type Calendar, type Holidays, type Instant, type RollFor } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { holidaysOf, rulesOf, type RuleBook } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';
import { directoryFor, type Directory } from './directory.js';

/** What a command on matters needs of the server. */
export type MatterDeps = Pick<Deps, 'pool' | 'authPool' | 'clock' | 'newId' | 'random' | 'keys' | 'config'>;

/** Everything outside the file that a ruling depends on, gathered once a command. */
export interface ActContext {
  readonly deps: MatterDeps;
  readonly tx: Tx;
  readonly county: string;
  readonly now: Instant;
  readonly holidays: Holidays;
  readonly calendar: Calendar;
  readonly rules: RuleBook;
  readonly directory: Directory;
  readonly roll: RollFor;
}

/** A vote is recorded by the meeting that took it, which brings its frozen roll; done without one it says so (`roll-missing`). */
const noRoll: RollFor = () => undefined;

/** Gathers the context of a command. `hashes` are the pack versions of the matters it touches. */
export const actContext = async (deps: MatterDeps, tx: Tx, hashes: readonly string[] = []): Promise<ActContext> => {
  const county = tx.context.county;
  const now = deps.clock();
  const holidays = holidaysOf(deps.config.packs);
  return {
    deps,
    tx,
    county,
    now,
    holidays,
    calendar: calendarOn(holidays, countyDate(now)),
    rules: await rulesOf(deps.pool, tx, hashes),
    directory: await directoryFor(deps, county),
    roll: noRoll,
  };
};
