import { addDays, dayNumberOf, laterOf, type Duration, type PlainDate } from '../date/index.js';
import { periodsIn, type DisclosurePeriod } from './periods.js';

/** An item of a catalogue, as far as its duties are concerned. Without `every` it is published whenever it happens. */
export interface DueItem {
  readonly id: string;
  /** What the item was called in earlier catalogues: what was published then counts. */
  readonly formerly?: readonly string[] | undefined;
  readonly title: string;
  readonly every?: Duration | undefined;
  /** Days after the period by which it must be published; 0 or a blank nobody filled is the last day of the period itself. */
  readonly byDay?: unknown;
  /** Where money moves often: the shorter period, for each in which so many entries were made. */
  readonly often?: { readonly every: Duration; readonly entries: unknown } | undefined;
}

/** That an item was published, for which period and when. */
export interface PublishedItem {
  readonly item: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly on: PlainDate;
}

/** `running`: the period has not ended; `open`: ended, last day not over; then published in time, published late, or late. */
export type DutyState = 'running' | 'open' | 'late' | 'in-time' | 'published-late';

/** One thing owed for one period 应公开. */
export interface DisclosureDuty {
  readonly item: string;
  readonly title: string;
  readonly period: DisclosurePeriod;
  readonly dueBy: PlainDate;
  readonly state: DutyState;
  readonly publishedOn: PlainDate | null;
  readonly daysLate: number;
}

/** What is asked: duties of periods with a day in the range, as they stand today. */
export interface DutyQuestion {
  readonly range: DisclosurePeriod;
  readonly today: PlainDate;
  /** How many entries an item's ledger has in a period; needed for items that are published more often where money moves often. */
  readonly entriesIn?: (item: string, period: DisclosurePeriod) => number;
}

const stateOf = (dueBy: PlainDate, period: DisclosurePeriod, on: PlainDate | null, today: PlainDate): DutyState => {
  if (on !== null) return on <= dueBy ? 'in-time' : 'published-late';
  if (today > dueBy) return 'late';
  return today <= period.to ? 'running' : 'open';
};

const isOf = (item: DueItem, one: PublishedItem): boolean =>
  one.item === item.id || item.formerly?.includes(one.item) === true;

const filled = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** The periods of an item that it is owed for: its own, and the shorter ones in which money moved often. */
const owedPeriods = (item: DueItem, question: DutyQuestion): readonly DisclosurePeriod[] => {
  const { range, entriesIn } = question;
  if (item.every === undefined) return [];
  const { often } = item;
  const busy =
    often === undefined || entriesIn === undefined
      ? []
      : periodsIn(often.every, range).filter(
          (period) => entriesIn(item.id, period) >= filled(often.entries, Number.POSITIVE_INFINITY),
        );
  return [...periodsIn(item.every, range), ...busy];
};

/**
 * Everything owed for the periods of a range that have begun, by last day (D1, D2). What was published earliest for a period counts;
 * publishing it again is a further version and no second duty.
 *
 * @example dutiesDue([finance], [], { range: firstQuarter, today: plainDate('2026-04-01') })[0]?.state // => 'late'
 */
export const dutiesDue = (
  items: readonly DueItem[],
  published: readonly PublishedItem[],
  question: DutyQuestion,
): readonly DisclosureDuty[] => {
  const { today } = question;
  return items
    .flatMap((item) =>
      owedPeriods(item, question)
        .filter((period) => period.from <= today)
        .map((period): DisclosureDuty => {
          const on =
            published

              .filter((one) => isOf(item, one) && one.from === period.from && one.to === period.to)
              .map((one) => one.on)
              .toSorted()[0] ?? null;
          const dueBy = addDays(period.to, filled(item.byDay, 0));
          const state = stateOf(dueBy, period, on, today);
          const daysLate = Math.max(0, dayNumberOf(on ?? laterOf(today, dueBy)) - dayNumberOf(dueBy));
          return { item: item.id, title: item.title, period, dueBy, state, publishedOn: on, daysLate };
        }),
    )
    .toSorted((a, b) => (a.dueBy === b.dueBy ? (a.item < b.item ? -1 : 1) : a.dueBy < b.dueBy ? -1 : 1));
};

/** How much of what was due was published in time, and what was not 按期公开率. */
export interface Timeliness {
  readonly inTime: number;
  readonly due: number;
  /** Whole percent, rounded down, so that 100 means all of it; null where nothing was due. */
  readonly percent: number | null;
  readonly missed: readonly DisclosureDuty[];
}

/** Counts only what had to be published by now (D7). */
export const timelinessOf = (duties: readonly DisclosureDuty[]): Timeliness => {
  const missed = duties.filter((duty) => duty.state === 'late' || duty.state === 'published-late');
  const inTime = duties.filter((duty) => duty.state === 'in-time').length;
  const due = inTime + missed.length;
  return { inTime, due, percent: due === 0 ? null : Math.floor((100 * inTime) / due), missed };
};
