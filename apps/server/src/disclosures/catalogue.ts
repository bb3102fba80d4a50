import {
  countyDate,
  DisclosureCatalogue,
  joinAnswers,
  joinItems,
  joinLate,
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

/** What a catalogue says, with the division that it is set for. */
interface Said<T> {
  readonly division: string;
  readonly what: T;
}

/** Of what is said more than once, the nearest first: what the nearest division says; of several that are set for it the stricter. */
const holding = <T>(said: readonly Said<T>[], join: (first: T, second: T) => T): T | undefined => {
  const [first, ...others] = said.filter(({ division }) => division === said[0]?.division);
  return first === undefined ? undefined : others.reduce((both, { what }) => join(both, what), first.what);
};

const byId = <T>(said: readonly Said<T>[], idOf: (what: T) => string): readonly (readonly Said<T>[])[] => {
  const groups = new Map<string, Said<T>[]>();
  for (const one of said) groups.set(idOf(one.what), [...(groups.get(idOf(one.what)) ?? []), one]);
  return [...groups.values()];
};

/**
 * The catalogues in force in a division today, as one 公开目录. What several documents set for one division adds up: an item that two of them name
 * is one item, the stricter of each figure. What a nearer division sets takes the place of a catalogue with the same id further up, and of its items.
 */
export const catalogueFor = async (deps: CatalogueDeps, tx: Tx, division: string): Promise<AppliedCatalogue> => {
  const rules = await rulesOf(deps.pool, tx);
  const all = rules
    .rulesFor(division, countyDate(deps.clock()), 'disclosure-catalogue')
    .map(({ division: of, rule, pack, hash }) => ({
      division: of,
      what: { id: rule.id, pack: pack.id, packHash: hash, catalogue: catalogueOf(rule) },
    }));
  const found = byId(all, ({ id }) => id).flatMap((same) => same.filter((one) => one.division === same[0]?.division));
  const said = <T>(pick: (one: (typeof found)[number]['what']) => readonly T[]): Said<T>[] =>
    found.flatMap((one) => pick(one.what).map((what) => ({ division: one.division, what })));
  const items = byId(
    said(({ catalogue, pack, packHash }) => catalogue.items.map((item) => ({ item, pack, packHash }))),
    ({ item }) => item.id,
  );
  // A power that one document lists is a power, whatever the nearer catalogue says of what is published.
  const powers = byId(
    all.flatMap((one) => one.what.catalogue.powers.map((what) => ({ division: one.division, what }))),
    ({ id }) => id,
  );
  const within = holding(
    said(({ catalogue }) => (catalogue.answers === undefined ? [] : [catalogue.answers])),
    joinAnswers,
  )?.within;
  return {
    items: items.flatMap(
      (same) => holding(same, (first, second) => ({ ...first, item: joinItems(first.item, second.item) })) ?? [],
    ),
    powers: powers.flatMap((same) => same[0]?.what ?? []),
    late:
      holding(
        said(({ catalogue }) => (catalogue.late === undefined ? [] : [catalogue.late])),
        joinLate,
      ) ?? null,
    answerDays: within !== undefined && 'days' in within ? within.days : null,
    since:
      found
        .map(({ what }) => what.catalogue.inForce.from)
        .toSorted()
        .at(-1) ?? null,
  };
};

/** The item under which something was published or drafted, whatever the catalogue called it then. */
export const itemNamed = (items: readonly AppliedItem[], id: string): AppliedItem | undefined =>
  items.find(({ item }) => item.id === id || item.formerly?.includes(id) === true);
