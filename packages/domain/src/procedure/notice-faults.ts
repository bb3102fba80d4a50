import { waitingPeriodFrom } from '../calendar/index.js';
import { countyDate, type Duration, type Instant } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { compareMoments } from './acts-in-order.js';
import { CHANNELS } from './channels.js';
import type { Act } from './matter.js';
import { filled, type PlannedAct } from './plan.js';
import { actsHere, type Standing } from './standing-of.js';
import type { Publish } from './vote.js';
import { faultOfWaiting, sourceOf } from './waiting-fault.js';

const laterOf = (a: Instant, b: Instant): Instant => (compareMoments(a, b) >= 0 ? a : b);

/** On which channels a notice hangs, each since when. */
function channelsOf(posts: readonly Act[]): Map<string, Instant> {
  const firstOn = new Map<string, Instant>();
  for (const post of posts) {
    const channels = post.fields['channels'];
    for (const channel of Array.isArray(channels) ? channels : []) {
      if (!firstOn.has(channel)) firstOn.set(channel, post.occurredAt);
    }
  }
  return firstOn;
}

/** How long a notice must stand before the matter goes on: the rule's time, or the days its poster chose. */
function periodOf(publish: Publish, posts: readonly Act[]): Duration {
  const period = filled(publish.noticePeriod, 'publish.noticePeriod');
  if (!('chosen' in period)) return period;
  const days = posts.at(-1)?.fields['notice-days'];
  return { days: typeof days === 'number' ? days : period.chosen.atLeast };
}

/** What a public notice still lacks: it stands on every channel, for its full days, and no objection is unanswered. */
export function faultsOfNotice(standing: Standing, planned: PlannedAct, at: Instant): Fault[] {
  if (planned.role === 'take-down') return faultsOfTakingDown(standing, planned, at);
  const publish = planned.place?.part.publish;
  if (publish === undefined || planned.role === null || planned.role === 'post') return [];
  const source = sourceOf(publish.source, planned.rule.source);
  const posts = actsHere(standing, planned, 'post');
  const firstOn = channelsOf(posts);
  const open = actsHere(standing, planned, 'object').length - actsHere(standing, planned, 'answer-objection').length;
  if (planned.role === 'answer-objection' || planned.role === 'uphold-objection') {
    return open > 0 ? [] : [fault('act-missing', { act: '提出异议' }, source)];
  }
  if (firstOn.size === 0) return [fault('notice-not-posted', {}, source)];
  const posted = [...firstOn.values()].reduce(laterOf);
  const period = periodOf(publish, posts);
  if (planned.role === 'object') {
    const within = publish.objections?.within ?? ('chosen' in publish.noticePeriod ? period : undefined);
    if (within === undefined) return [];
    const window = waitingPeriodFrom(filled(within, 'objections.within'), countyDate(posted), standing.calendar);
    if (!window.ok) return [...window.faults];
    const until = window.value.lastDay;
    return countyDate(at) > until ? [fault('objection-window-closed', { until }, source)] : [];
  }
  if (planned.role !== 'finish-posting') return [];
  const faults = publish.channels
    .filter((channel) => !firstOn.has(channel))
    .map((channel) => fault('notice-channel-missing', { channel: CHANNELS[channel] ?? channel }, source));
  const code = 'publication-too-short' as const;
  faults.push(...faultOfWaiting(code, period, countyDate(posted), countyDate(at), standing.calendar, source));
  if (open > 0) faults.push(fault('objection-unanswered', { count: open }, source));
  return faults;
}

/** Nothing comes down before its days are over, wherever the matter has got to meanwhile. */
function faultsOfTakingDown(standing: Standing, planned: PlannedAct, at: Instant): Fault[] {
  const path = planned.takesDown?.path ?? '';
  const stays = planned.takesDown?.part.publish?.stays;
  if (stays === undefined) return [];
  const source = sourceOf(planned.rule.source);
  const posted = standing.posted.get(path);
  if (posted === undefined) return [fault('notice-not-posted', {}, source)];
  const code = 'publication-too-short' as const;
  return faultOfWaiting(code, stays.atLeast, countyDate(posted), countyDate(at), standing.calendar, source);
}
