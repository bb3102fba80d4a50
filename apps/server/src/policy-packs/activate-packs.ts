import { readPacks } from '@lianxin/pack-reader';
import { fault, type Fault } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { bodyOf } from './pack-body.js';
import { activate, keepVersion, type Sql } from './policy-packs.store.js';
import { forgetRules } from './rule-book.js';

/** Where and from when packs are to apply. */
export interface Activating {
  readonly division: string;
  readonly packs: readonly string[];
  readonly from: string;
}

/**
 * Puts packs into force in a division 启用政策包, each kept with its content; all of them or none, within the caller's transaction.
 * Gives the faults of a pack that is unknown or does not check: a matter may not rest on such a rule.
 */
export const activatePacks = async (
  deps: Pick<Deps, 'pool' | 'clock' | 'newId' | 'config'>,
  owner: Sql,
  { division, packs: wanted, from }: Activating,
): Promise<readonly Fault[]> => {
  const { packs, check } = readPacks(deps.config.packs);
  const faults = wanted.flatMap((id): readonly Fault[] => {
    const pack = packs.get(id);
    if (pack === undefined) return [fault('not-found')];
    return check(pack).map((one) => one.fault);
  });
  if (faults.length > 0) return faults;
  for (const id of wanted) {
    const pack = packs.get(id);
    if (pack === undefined) continue;
    await keepVersion(owner, pack.hash, bodyOf(pack, packs), deps.clock());
    await activate(owner, {
      county: division.slice(0, 6),
      id: deps.newId(),
      division,
      pack: id,
      hash: pack.hash,
      from,
      recordedAt: deps.clock(),
    });
  }
  forgetRules(deps.pool);
  return [];
};
