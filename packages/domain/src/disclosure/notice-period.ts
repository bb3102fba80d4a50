import { addDays, dayNumberOf, laterOf, type PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';

/** How a notice stands today 公示情况. */
export interface NoticeStanding {
  /** The last day on which it must hang. */
  readonly until: PlainDate;
  /** Full days still to come; 0 once the last day is over. */
  readonly daysLeft: number;
  readonly over: boolean;
}

/**
 * How long a notice must stand: full days after the later of publishing and posting on the wall; neither day is counted (D3).
 * There is no way to shorten it: a holiday, an early answer and a missing objection change nothing.
 *
 * @example noticeStanding({ publishedOn, postedOn: null, days: 15 }, plainDate('2026-10-20')).daysLeft
 */
export const noticeStanding = (
  notice: { readonly publishedOn: PlainDate; readonly postedOn: PlainDate | null; readonly days: number },
  today: PlainDate,
): NoticeStanding => {
  const begins = laterOf(notice.publishedOn, notice.postedOn ?? notice.publishedOn);
  const until = addDays(begins, notice.days);
  const daysLeft = Math.max(0, dayNumberOf(until) - dayNumberOf(laterOf(today, begins)));
  return { until, daysLeft, over: today > until };
};

/** Why so many days are too few, or undefined: `posting-too-short` with the article that asks for more. */
export const faultOfNotice = (
  days: number,
  demanded: number,
  source: string | readonly string[] | undefined,
): Fault | undefined =>
  days >= demanded
    ? undefined
    : fault(
        'posting-too-short',
        { have: days, need: demanded },
        source === undefined ? {} : { source: [source].flat() },
      );
