import { waitingPeriodFrom, type Calendar } from '../calendar/index.js';
import { countyDate, type Duration, type Instant, type PlainDate } from '../date/index.js';
import type { Result } from '../fault/index.js';
import { compareMoments } from './acts-in-order.js';
import { textIn } from './field.js';
import type { Act } from './matter.js';
import { filled } from './plan.js';
import type { Publish } from './vote.js';

/** An objection 异议 to a posting, with the answer it was given; null while it waits. */
export interface Objection {
  readonly act: string;
  readonly at: Instant;
  readonly text: string;
  readonly answer: { readonly at: Instant; readonly text: string } | null;
}

/** A notice as its acts have made it: where it hangs and since when, for how long it must stand, and what was objected. */
export interface Notice {
  /** Each channel with the moment from which it hangs there. */
  readonly firstOn: ReadonlyMap<string, Instant>;
  /** The moment from which it hangs everywhere it was put; undefined before. */
  readonly posted: Instant | undefined;
  readonly period: Duration;
  readonly objections: readonly Objection[];
}

const laterOf = (a: Instant, b: Instant): Instant => (compareMoments(a, b) >= 0 ? a : b);

const called = (acts: readonly Act[], id: string): Act[] => acts.filter((act) => act.act === id);

/** How long a notice must stand before the matter goes on: the rule's time, or the days its poster chose. */
function periodOf(publish: Publish, posts: readonly Act[]): Duration {
  const period = filled(publish.noticePeriod, 'publish.noticePeriod');
  if (!('chosen' in period)) return period;
  const days = posts.at(-1)?.fields['notice-days'];
  return { days: typeof days === 'number' ? days : period.chosen.atLeast };
}

/** Objections with their answers: the first answer is to the first objection, since none is answered before it was made. */
function objectionsIn(acts: readonly Act[]): Objection[] {
  const answers = called(acts, 'answer-objection');
  return called(acts, 'object').map((act, index) => {
    const answer = answers[index];
    return {
      act: act.id,
      at: act.occurredAt,
      text: textIn(act.fields['objection']) ?? '',
      answer: answer === undefined ? null : { at: answer.occurredAt, text: textIn(answer.fields['answer']) ?? '' },
    };
  });
}

/** Reads a notice from the acts done in its stage since the stage was entered. */
export function readNotice(publish: Publish, acts: readonly Act[]): Notice {
  const posts = called(acts, 'post');
  const firstOn = new Map<string, Instant>();
  for (const post of posts) {
    const channels = post.fields['channels'];
    for (const channel of Array.isArray(channels) ? channels : []) {
      if (!firstOn.has(channel)) firstOn.set(channel, post.occurredAt);
    }
  }
  const moments = [...firstOn.values()];
  return {
    firstOn,
    posted: moments.length === 0 ? undefined : moments.reduce(laterOf),
    period: periodOf(publish, posts),
    objections: objectionsIn(acts),
  };
}

/** The objections of a notice that nobody has answered yet. */
export const waitingObjections = (notice: Notice): Objection[] =>
  notice.objections.filter(({ answer }) => answer === null);

/**
 * The last day on which an objection is taken; undefined where the rule sets none, so that one is taken until the notice is ended. Refuses like
 * any count of days, where a calendar year is missing.
 */
export function objectionsUntil(
  publish: Publish,
  { period }: Notice,
  posted: Instant,
  calendar: Calendar,
): Result<PlainDate> | undefined {
  const within = publish.objections?.within ?? ('chosen' in publish.noticePeriod ? period : undefined);
  if (within === undefined) return undefined;
  const window = waitingPeriodFrom(filled(within, 'objections.within'), countyDate(posted), calendar);
  return window.ok ? { ok: true, value: window.value.lastDay } : window;
}
