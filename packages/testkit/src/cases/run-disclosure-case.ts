import { dutiesDue, periodAt, plainDate, timelinessOf, type DisclosureCatalogue } from '@lianxin/domain';
import type { DisclosureCase } from './case-file.js';

/** Plays a case on a disclosure catalogue; gives every way in which it does not hold. */
export function runDisclosureCase(catalogue: DisclosureCatalogue, each: DisclosureCase): string[] {
  const known = new Map(catalogue.items.flatMap((item) => [item.id, ...(item.formerly ?? [])].map((id) => [id, item])));
  const unknown = each.published.filter((one) => !known.has(one.item)).map((one) => `目录里没有 ${one.item}`);
  const duties = dutiesDue(
    catalogue.items,
    each.published.map((one) => {
      const period = periodAt(known.get(one.item)?.every ?? { months: 1 }, plainDate(one.from));
      return { item: one.item, ...period, on: plainDate(one.on) };
    }),
    {
      range: { from: plainDate(each.range.from), to: plainDate(each.range.to) },
      today: plainDate(each.on.slice(0, 10)),
      entriesIn: (item, period) =>
        each.entries.find((one) => one.item === item && one.from === period.from)?.count ?? 0,
    },
  );
  const late = duties
    .filter((duty) => duty.state === 'late')
    .map(({ item, daysLate }) => `${item}（${known.get(item)?.responsible.post ?? ''}）迟 ${daysLate} 日`);
  const wanted = each.then.late.map(({ item, responsible, days }) => `${item}（${responsible}）迟 ${days} 日`);
  const { inTime, due, percent } = timelinessOf(duties);
  const hidden = catalogue.items.filter((item) => item.scope === 'members').map((item) => item.id);
  return [
    ...unknown,
    ...differ('未按期', wanted.toSorted(), late.toSorted()),
    ...differ('按期', each.then.inTime, each.then.inTime === undefined ? undefined : inTime),
    ...differ('应公开', each.then.due, each.then.due === undefined ? undefined : due),
    ...differ('按期率', each.then.percent, each.then.percent === undefined ? undefined : percent),
    ...differ('不上公开页', each.then.notPublic, each.then.notPublic === undefined ? undefined : hidden),
  ];
}

const differ = (what: string, want: unknown, have: unknown): string[] =>
  JSON.stringify(want) === JSON.stringify(have)
    ? []
    : [`${what}应为 ${JSON.stringify(want)}，实际 ${JSON.stringify(have)}`];
