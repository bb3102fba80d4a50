import { readPacks } from '@lianxin/pack-reader';
import { countyDate, fault, type Fault, type RuleChange } from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { recordAsOwner } from '../journal/index.js';
import { bodyOf, type PackBody } from './pack-body.js';
import { activate, keepVersion, type Sql } from './policy-packs.store.js';
import { forgetRules } from './rule-book.js';
import { changesBetween } from './rule-changes.js';

/** Where and from when packs are to apply. */
export interface Activating {
  readonly division: string;
  readonly packs: readonly string[];
  readonly from: string;
}

/** What putting one pack into force would change. */
export interface PlannedActivation {
  readonly pack: string;
  readonly title: string;
  readonly hash: string;
  /** The version that applies there until then; null for a pack that is new there. */
  readonly before: { readonly hash: string; readonly from: string } | null;
  /** Open matters pinned to that version; they keep it to their end. */
  readonly running: number;
  readonly changes: readonly RuleChange[];
}

type ActivationDeps = Pick<Deps, 'pool' | 'clock' | 'newId' | 'random' | 'config'>;

/** The packs named, as they stand in the folder; faults where one is unknown or does not check. */
const readWanted = (deps: ActivationDeps, wanted: readonly string[]) => {
  const { packs, check } = readPacks(deps.config.packs);
  const faults = wanted.flatMap((id): readonly Fault[] => {
    const pack = packs.get(id);
    return pack === undefined ? [fault('not-found')] : check(pack).map((one) => one.fault);
  });
  const found = wanted.flatMap((id) => packs.get(id) ?? []);
  return { faults, found: found.map((pack) => ({ id: pack.manifest.id, hash: pack.hash, body: bodyOf(pack, packs) })) };
};

/**
 * What would change 启用前对照: each pack against the version that applies in the division on the day before, in prose; nothing is written.
 * Gives the faults of a pack that is unknown or does not check, `unknown-division`, and `rule-backdated` for a day that has gone: a rule never changes backwards.
 */
export const planActivation = async (
  deps: ActivationDeps,
  owner: Sql,
  { division, packs: wanted, from }: Activating,
): Promise<{ readonly faults: readonly Fault[]; readonly plans: readonly PlannedActivation[] }> => {
  if (from < countyDate(deps.clock())) return { faults: [fault('rule-backdated', { from })], plans: [] };
  const known = await owner.query('select 1 from lx.division where code = $1 and valid_to is null', [division]);
  if (known.rows.length === 0) return { faults: [fault('unknown-division', { code: division })], plans: [] };
  const { faults, found } = readWanted(deps, wanted);
  if (faults.length > 0) return { faults, plans: [] };
  const plans: PlannedActivation[] = [];
  for (const { id, hash, body } of found) {
    const { rows } = await owner.query(
      `select encode(a.version_hash, 'hex') as hash, a.valid_from::text as from, v.body,
         (select count(*)::int from lx.matter m where m.county = a.county and m.pack_hash = a.version_hash and m.state <> 'ended') as running
       from lx.pack_activation a join lx.pack_version v on v.hash = a.version_hash
       where a.county = $1 and a.division = $2 and a.pack = $3 and a.valid_from <= $4 order by a.valid_from desc limit 1`,
      [division.slice(0, 6), division, id, from],
    );
    const before = rows[0] as { hash: string; from: string; body: PackBody; running: number } | undefined;
    plans.push({
      pack: id,
      title: body.manifest.title,
      hash,
      before: before === undefined ? null : { hash: before.hash, from: before.from },
      running: before?.running ?? 0,
      changes: before === undefined ? [] : changesBetween(before.body, body),
    });
  }
  return { faults: [], plans };
};

/**
 * Puts packs into force in a division 启用政策包, each kept with its content and told to the public log; all of them or none, within the caller's
 * transaction. Gives the faults of a pack that is unknown or does not check: a matter may not rest on such a rule.
 */
export const activatePacks = async (
  deps: ActivationDeps,
  owner: Sql,
  { division, packs: wanted, from }: Activating,
): Promise<readonly Fault[]> => {
  const { faults, found } = readWanted(deps, wanted);
  if (faults.length > 0) return faults;
  const county = division.slice(0, 6);
  for (const { id, hash, body } of found) {
    await keepVersion(owner, hash, body, deps.clock());
    const fresh = await activate(owner, {
      county,
      id: deps.newId(),
      division,
      pack: id,
      hash,
      from,
      recordedAt: deps.clock(),
    });
    if (!fresh) continue;
    const pub = { pack: id, version: body.manifest.version, hash, from };
    await recordAsOwner(owner, deps, county, [{ kind: 'pack.activate', division, pub }]);
  }
  forgetRules(deps.pool);
  return [];
};
