import { countyDate, type Instant } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { CHANNELS } from './channels.js';
import type { PlannedAct } from './plan.js';
import { objectionsUntil, readNotice, waitingObjections } from './posting.js';
import type { Standing } from './standing-of.js';
import { faultOfWaiting, sourceOf } from './waiting-fault.js';

/** What a public notice still lacks: it stands on every channel, for its full days, and no objection is unanswered. */
export function faultsOfNotice(standing: Standing, planned: PlannedAct, at: Instant): Fault[] {
  if (planned.role === 'take-down') return faultsOfTakingDown(standing, planned, at);
  const publish = planned.place?.part.publish;
  if (publish === undefined || planned.role === null || planned.role === 'post') return [];
  const source = sourceOf(publish.source, planned.rule.source);
  const notice = readNotice(publish, standing.inStage.get(planned.place?.path ?? '') ?? []);
  const waiting = waitingObjections(notice).length;
  if (planned.role === 'answer-objection' || planned.role === 'uphold-objection') {
    return waiting > 0 ? [] : [fault('no-objection-waiting', {}, source)];
  }
  const { posted } = notice;
  if (posted === undefined) return [fault('notice-not-posted', {}, source)];
  if (planned.role === 'object') {
    const until = objectionsUntil(publish, notice, posted, standing.calendar);
    if (until?.ok === false) return [...until.faults];
    const closed = until !== undefined && countyDate(at) > until.value;
    return closed ? [fault('objection-window-closed', { until: until.value }, source)] : [];
  }
  if (planned.role !== 'finish-posting') return [];
  const faults = publish.channels
    .filter((channel) => !notice.firstOn.has(channel))
    .map((channel) => fault('notice-channel-missing', { channel: CHANNELS[channel] ?? channel }, source));
  const code = 'publication-too-short' as const;
  faults.push(...faultOfWaiting(code, notice.period, countyDate(posted), countyDate(at), standing.calendar, source));
  if (waiting > 0) faults.push(fault('objection-unanswered', { count: waiting }, source));
  return faults;
}

/** Nothing comes down before its days are over, wherever the matter has got to meanwhile. */
function faultsOfTakingDown(standing: Standing, planned: PlannedAct, at: Instant): Fault[] {
  const path = planned.takesDown?.path ?? '';
  const stays = planned.takesDown?.part.publish?.stays;
  if (stays === undefined) return [];
  const source = sourceOf(planned.rule.source);
  const posted = lastPosted(standing, path);
  if (posted === undefined) return [fault('notice-not-posted', {}, source)];
  const code = 'publication-too-short' as const;
  return faultOfWaiting(code, stays.atLeast, countyDate(posted), countyDate(at), standing.calendar, source);
}

/** When a stage's notice was last put up; undefined before it was. */
const lastPosted = (standing: Standing, path: string): Instant | undefined =>
  standing.notices.get(path)?.findLast((act) => act.act === 'post')?.occurredAt;
