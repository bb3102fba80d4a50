import { parseNoteKey, type NoteKey, type WitnessPolicy } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { inContext } from '../storage/index.js';
import { logContext, readYear } from './log.store.js';
import { sha256 } from './sha256.js';
import { policyOf } from './witness-rule.js';

/** What this server says its log is checked with: the key and the policy that stand on its posters; undefined where there is no such log. */
export const logTrust = async (
  deps: Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'config'>,
  county: string,
  year: number,
): Promise<{ readonly key: NoteKey; readonly policy: WitnessPolicy } | undefined> => {
  const log = await inContext(deps, logContext(county), async (tx) => readYear(tx, county, year));
  const key = log === undefined ? null : parseNoteKey(sha256, log.key);
  return log === undefined || key === null ? undefined : { key, policy: policyOf(deps.config, log) };
};
