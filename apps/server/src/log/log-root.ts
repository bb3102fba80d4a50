import { hashInDigits, parseCheckpointBody, parseNote } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext, type Tx } from '../storage/index.js';
import { logContext, newestCheckpoint, newestYear } from './log.store.js';

/** What a county's log said of itself last, ready for paper. */
export interface LogRoot {
  readonly origin: string;
  readonly year: number;
  readonly size: number;
  /** Root of the tree in base64, as the checkpoint has it. */
  readonly root: string;
  /** The root as 8 groups of 4 digits, for the telephone and for comparing two posters. */
  readonly digits: string;
  readonly signedAt: string;
}

/**
 * The newest signed root of a county's log 册根, for every wall sheet and receipt; undefined before the first signature.
 *
 * Printed in a thousand places it is the strongest witness there is: a photograph of any board is evidence against a log that
 * shows different people different things.
 */
export const logRootOf = async (deps: Deps, county: string): Promise<LogRoot | undefined> =>
  inContext(deps, logContext(county), async (tx) => logRootIn(tx, county));

/** The same inside a transaction that may read the log. */
const logRootIn = async (tx: Tx, county: string): Promise<LogRoot | undefined> => {
  const log = await newestYear(tx, county);
  return log === undefined ? undefined : logRootAt(tx, log);
};

/** The newest signed root of one log. */
export const logRootAt = async (
  tx: Tx,
  log: { readonly county: string; readonly year: number },
): Promise<LogRoot | undefined> => {
  const newest = await newestCheckpoint(tx, log.county, log.year);
  const note = newest === undefined ? null : parseNote(newest.note);
  const checkpoint = note === null ? null : parseCheckpointBody(note.text);
  if (newest === undefined || checkpoint === null) return undefined;
  return {
    origin: checkpoint.origin,
    year: log.year,
    size: checkpoint.size,
    root: note?.text.split('\n')[2] ?? '',
    digits: hashInDigits(checkpoint.root),
    signedAt: newest.signed_at,
  };
};
