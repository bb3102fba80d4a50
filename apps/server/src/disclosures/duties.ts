import {
  addMonths,
  countyDate,
  dutiesDue,
  periodAt,
  plainDate,
  scopeOf,
  type DisclosureDuty,
  type DisclosurePeriod,
  type PlainDate,
} from '@lianxin/domain';
import type { Tx } from '../storage/index.js';
import type { AppliedCatalogue } from './catalogue.js';
import { entriesByMonth, publishedFacts } from './disclosures.store.js';

/** The periods a page looks at: the quarter of four months ago and everything since, so that what is late stays in sight. */
export const rangeToShow = (today: PlainDate): DisclosurePeriod => ({
  from: periodAt({ months: 3 }, addMonths(today, -4)).from,
  to: today,
});

/** What was published, and how busy each ledger was, for all villages of a range at once. */
export const factsFor = async (tx: Tx, catalogue: AppliedCatalogue, division: string, today: PlainDate) => {
  const { lo, hi } = scopeOf(division);
  const range = rangeToShow(today);
  const published = await publishedFacts(tx, lo, hi, range.from);
  const entries = new Map<string, number>();
  for (const { item } of catalogue.items) {
    // Visitors read no ledger, so a period that is shorter because money moves often is no duty they can see.
    if (item.from === undefined || item.often === undefined || tx.context.role === 'rt_public') continue;
    const { register, by } = item.from;
    for (const row of await entriesByMonth(tx, { register, by, lo, hi, since: range.from })) {
      entries.set(`${row.division} ${item.id} ${row.month}`, row.entries);
    }
  }
  return { range, published, entries };
};

/** What one village owes, from the facts of the range it lies in. */
export const dutiesOf = (
  catalogue: AppliedCatalogue,
  facts: Awaited<ReturnType<typeof factsFor>>,
  division: string,
  today: PlainDate,
): readonly DisclosureDuty[] =>
  dutiesDue(
    catalogue.items.map(({ item }) => item),
    facts.published
      .filter((one) => one.division === division)
      .map((one) => ({ item: one.item, from: plainDate(one.from), to: plainDate(one.to), on: plainDate(one.on) })),
    {
      range: facts.range,
      today,
      entriesIn: (item, period) => facts.entries.get(`${division} ${item} ${period.from.slice(0, 7)}`) ?? 0,
    },
  );

/** What a village owes today. */
export const dutiesIn = async (
  tx: Tx,
  catalogue: AppliedCatalogue,
  division: string,
): Promise<readonly DisclosureDuty[]> => {
  const today = countyDate(tx.makers.clock());
  return dutiesOf(catalogue, await factsFor(tx, catalogue, division, today), division, today);
};
