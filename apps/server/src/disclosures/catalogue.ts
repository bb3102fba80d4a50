import {
  countyDate,
  DisclosureCatalogue,
  type DisclosureItem,
  type LateDisclosure,
  type SmallPower,
} from '@lianxin/domain';
import type { Deps } from '../deps.js';
import { rulesOf } from '../policy-packs/index.js';
import type { Tx } from '../storage/index.js';

/** An item as it applies in a division, with the pack version it stands in. */
export interface AppliedItem {
  readonly item: DisclosureItem;
  readonly pack: string;
  readonly packHash: string;
}

/** What a division publishes. */
export interface AppliedCatalogue {
  readonly items: readonly AppliedItem[];
  readonly powers: readonly SmallPower[];
  /** Whom a late duty reaches; the nearest catalogue that says so. */
  readonly late: LateDisclosure | null;
  /** Days within which a question is answered; null where no catalogue says. */
  readonly answerDays: number | null;
  /** Day since which the newest version of the catalogue holds. */
  readonly since: string | null;
}

/** What finding a catalogue needs. */
export type CatalogueDeps = Pick<Deps, 'pool' | 'clock'>;

const read = new WeakMap<object, DisclosureCatalogue>();

const catalogueOf = (kept: { readonly rule: unknown }): DisclosureCatalogue => {
  const known = read.get(kept);
  if (known !== undefined) return known;
  const parsed = DisclosureCatalogue.parse(kept.rule);
  read.set(kept, parsed);
  return parsed;
};

/** The catalogues in force in a division today, joined; of two with one id, and of two items or powers with one id, the nearer holds. */
export const catalogueFor = async (deps: CatalogueDeps, tx: Tx, division: string): Promise<AppliedCatalogue> => {
  const rules = await rulesOf(deps.pool, tx);
  const found = new Map<string, { pack: string; packHash: string; catalogue: DisclosureCatalogue }>();
  const powers = new Map<string, SmallPower>();
  for (const { rule, pack, hash } of rules.rulesFor(division, countyDate(deps.clock()), 'disclosure-catalogue')) {
    const catalogue = catalogueOf(rule);
    if (!found.has(rule.id)) found.set(rule.id, { pack: pack.id, packHash: hash, catalogue });
    // A power that one document lists is a power, whatever the nearer catalogue says of what is published.
    for (const power of catalogue.powers) if (!powers.has(power.id)) powers.set(power.id, power);
  }
  const items = new Map<string, AppliedItem>();
  for (const { pack, packHash, catalogue } of found.values()) {
    for (const item of catalogue.items) if (!items.has(item.id)) items.set(item.id, { item, pack, packHash });
  }
  return {
    items: [...items.values()],
    powers: [...powers.values()],
    late: [...found.values()].find(({ catalogue }) => catalogue.late !== undefined)?.catalogue.late ?? null,
    answerDays:
      [...found.values()]
        .flatMap(({ catalogue }) => catalogue.answers ?? [])
        .flatMap(({ within }) => ('days' in within ? [within.days] : []))
        .at(0) ?? null,
    since:
      [...found.values()]
        .map(({ catalogue }) => catalogue.inForce.from)
        .toSorted()
        .at(-1) ?? null,
  };
};
