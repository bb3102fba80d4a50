import { fullDaysBetween, waitingPeriodFrom, type Calendar } from '../calendar/index.js';
import { compareMoments } from './acts-in-order.js';
import { countyDate, type Duration, type Instant, type PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { listProxyFaults } from '../roll/index.js';
import { meetsThreshold, minimumCount, type Share, type ShareFigures, type Threshold } from '../share/index.js';
import type { FieldValue } from './field.js';
import { CHANNELS, describeBallot } from './implied-acts.js';
import type { Act } from './matter.js';
import { filled, type PlannedAct } from './plan.js';
import { countsOf, hasNames, type RollCount, type RollFor } from './roll-for.js';
import type { Standing } from './standing-of.js';
import type { Vote } from './vote.js';

const sourceOf = (...lists: (readonly string[] | undefined)[]): { source?: readonly string[] } => {
  const found = lists.find((list) => list !== undefined);
  return found === undefined ? {} : { source: found };
};

const actsHere = (standing: Standing, planned: PlannedAct, id: string): Act[] =>
  (standing.inStage.get(planned.place?.path ?? '') ?? []).filter((act) => act.act === id);

/** So many full days must lie between; the number asked for and the number there was, in the unit of the rule. */
function daysNeeded(duration: Duration): { need: number; unit: 'days' | 'workingDays' } {
  return 'workingDays' in duration
    ? { need: duration.workingDays, unit: 'workingDays' }
    : { need: Object.values(duration)[0] ?? 0, unit: 'days' };
}

function faultOfWaiting(
  code: 'notice-too-short' | 'publication-too-short',
  duration: Duration,
  from: PlainDate,
  event: PlainDate,
  calendar: Calendar,
  source: { source?: readonly string[] },
): Fault[] {
  const period = waitingPeriodFrom(duration, from, calendar);
  if (!period.ok) return [...period.faults];
  const { earliest } = period.value;
  if (event >= earliest) return [];
  const { need, unit } = daysNeeded(duration);
  const counted = fullDaysBetween(from, event, unit, calendar);
  return [fault(code, { need, have: counted.ok ? counted.value : 0, earliest }, source)];
}

/** The body whose members decide: the vote's roll, or the stage's body. */
export function votingBody(planned: PlannedAct): string | undefined {
  const vote = planned.place?.part.vote;
  if (vote?.roll !== undefined) return vote.roll;
  for (const who of planned.by) if ('body' in who) return who.body;
  return undefined;
}

const decides = (planned: PlannedAct): boolean => planned.role === 'pass' || planned.role === 'reject';

/** What must stand before a vote: a roll, and a notice given in time. */
export function faultsOfMeeting(standing: Standing, planned: PlannedAct, at: Instant, roll: RollFor): Fault[] {
  const vote = planned.place?.part.vote;
  if (vote === undefined || !decides(planned)) return [];
  const faults: Fault[] = [];
  const source = sourceOf(vote.source, planned.rule.source);
  const body = votingBody(planned);
  if (body === undefined || roll(body, countyDate(at)) === undefined) {
    faults.push(fault('roll-missing', { body: body ?? planned.rule.title }, source));
  }
  if (vote.notice === undefined) return faults;
  const convened = actsHere(standing, planned, 'convene').at(-1);
  if (convened === undefined) {
    const act = planned.place?.acts.get('convene')?.rule.title ?? 'convene';
    return [...faults, fault('act-missing', { act }, source)];
  }
  const duration = filled(vote.notice.atLeast, 'vote.notice');
  const noticed = countyDate(convened.occurredAt);
  return [
    ...faults,
    ...faultOfWaiting('notice-too-short', duration, noticed, countyDate(at), standing.calendar, source),
  ];
}

/** What a public notice still lacks: it stands on every channel, for its full days, and no objection is unanswered. */
export function faultsOfNotice(standing: Standing, planned: PlannedAct, at: Instant): Fault[] {
  const publish = planned.place?.part.publish;
  if (publish === undefined || planned.role === null || planned.role === 'post') return [];
  const source = sourceOf(publish.source, planned.rule.source);
  const firstOn = new Map<string, Instant>();
  for (const post of actsHere(standing, planned, 'post')) {
    const channels = post.fields['channels'];
    for (const channel of Array.isArray(channels) ? channels : []) {
      if (!firstOn.has(channel)) firstOn.set(channel, post.occurredAt);
    }
  }
  const open = actsHere(standing, planned, 'object').length - actsHere(standing, planned, 'answer-objection').length;
  if (planned.role === 'answer-objection') {
    return open > 0 ? [] : [fault('act-missing', { act: '提出异议' }, source)];
  }
  if (firstOn.size === 0) return [fault('notice-not-posted', {}, source)];
  const posted = [...firstOn.values()].reduce((a, b) => (compareMoments(a, b) >= 0 ? a : b));
  if (planned.role === 'object') {
    const within = publish.objections?.within;
    if (within === undefined) return [];
    const period = waitingPeriodFrom(filled(within, 'objections.within'), countyDate(posted), standing.calendar);
    if (!period.ok) return [...period.faults];
    const until = period.value.lastDay;
    return countyDate(at) > until ? [fault('objection-window-closed', { until }, source)] : [];
  }
  if (planned.role !== 'finish-posting') return [];
  const faults = publish.channels
    .filter((channel) => !firstOn.has(channel))
    .map((channel) => fault('notice-channel-missing', { channel: CHANNELS[channel] ?? channel }, source));
  const duration = filled(publish.noticePeriod, 'publish.noticePeriod');
  const code = 'publication-too-short' as const;
  faults.push(...faultOfWaiting(code, duration, countyDate(posted), countyDate(at), standing.calendar, source));
  if (open > 0) faults.push(fault('objection-unanswered', { count: open }, source));
  return faults;
}

const numberIn = (fields: Act['fields'], id: string): number | undefined => {
  const value: FieldValue | undefined = fields[id];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
};

const sharesOf = (threshold: Threshold): readonly Share[] => ('anyOf' in threshold ? threshold.anyOf : [threshold]);

/** The smallest count that would do, over the ways that can be counted. */
function needed(threshold: Threshold, figures: ShareFigures): number {
  const counts = sharesOf(threshold).flatMap((share) => {
    const figure = figures[share.of];
    return figure === undefined ? [] : [minimumCount(share, figure.base)];
  });
  return counts.length === 0 ? 0 : Math.min(...counts);
}

interface Count {
  readonly present: number;
  readonly approve: number;
  readonly voting: number;
}

function figuresOf(roll: RollCount, count: Count, of: number): ShareFigures {
  const figures: Record<string, { count: number; base: number }> = {
    present: { count: of, base: count.present },
    voting: { count: of, base: count.voting },
  };
  for (const name of ['entitled', 'all-members', 'households', 'registered-voters'] as const) {
    const base = roll[name];
    if (base !== undefined) figures[name] = { count: of, base };
  }
  return figures;
}

/**
 * Every fault of a vote as reported: attendance, approval, composition, ballot form, proxies, and counts that cannot be.
 * A vote recorded as lost is held to the same attendance, and refused if it was in fact carried.
 */
export function faultsOfVote(standing: Standing, planned: PlannedAct, act: Act, roll: RollFor): Fault[] {
  const vote = planned.place?.part.vote;
  if (vote === undefined) return [];
  if (planned.role === 'convene') return faultsOfConvening(standing, planned, vote, act);
  if (!decides(planned)) return [];
  const body = votingBody(planned);
  const rollNow = body === undefined ? undefined : roll(body, countyDate(act.occurredAt));
  const source = sourceOf(vote.source, planned.rule.source);
  const faults = [...faultsOfBallot(vote, act, source), ...faultsOfProxies(vote, act, rollNow, source)];
  const present = numberIn(act.fields, 'present');
  const approve = numberIn(act.fields, 'approve');
  if (rollNow === undefined || present === undefined || approve === undefined) return faults;
  const against = numberIn(act.fields, 'against');
  const abstain = numberIn(act.fields, 'abstain');
  const counted = approve + (against ?? 0) + (abstain ?? 0);
  const count: Count = {
    present,
    approve,
    // Where only the votes in favour were reported, everyone present is taken to have voted: the stricter reading.
    voting: against === undefined && abstain === undefined ? Math.max(present, approve) : counted,
  };
  const counts = countsOf(rollNow);
  if (present > counts.entitled) {
    faults.push(fault('count-above-base', { what: '实到人数', have: present, most: counts.entitled }, source));
  }
  if (counted > present) faults.push(fault('votes-do-not-add-up', { issued: present, counted }, source));
  // Counts that cannot be prove nothing about a share, either way.
  if (present > counts.entitled || counted > present) return faults;
  if (vote.attendance !== undefined) {
    const threshold = filled(vote.attendance, 'vote.attendance');
    const figures = attendanceOf(counts, count, act.fields);
    if (!meetsThreshold(threshold, figures)) {
      faults.push(fault('attendance-too-low', { need: needed(threshold, figures), have: present }, source));
    }
  }
  faults.push(...faultsOfComposition(vote, counts, count, act, source));
  const approval = filled(vote.approval, 'vote.approval');
  const figures = figuresOf(counts, count, approve);
  const carried = meetsThreshold(approval, figures);
  const figure = { need: needed(approval, figures), have: approve };
  if (planned.role === 'pass' && !carried) faults.push(fault('approval-too-low', figure, source));
  if (planned.role === 'reject' && carried && faults.length === 0)
    faults.push(fault('vote-was-carried', figure, source));
  return faults;
}

/** Attendance: persons against persons, and households only where the meeting counted them (`households-present`). */
function attendanceOf(counts: RollCount, count: Count, fields: Act['fields']): ShareFigures {
  const { households: _, ...persons } = figuresOf(counts, count, count.present);
  const present = numberIn(fields, 'households-present');
  if (present === undefined || counts.households === undefined) return persons;
  return { ...persons, households: { count: present, base: counts.households } };
}

function faultsOfConvening(standing: Standing, planned: PlannedAct, vote: Vote, act: Act): Fault[] {
  const source = sourceOf(vote.source, planned.rule.source);
  const day = act.fields['meeting-on'];
  if (vote.notice === undefined || typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return [];
  const duration = filled(vote.notice.atLeast, 'vote.notice');
  const noticed = countyDate(act.occurredAt);
  const meeting = day as PlainDate;
  return faultOfWaiting('notice-too-short', duration, noticed, meeting, standing.calendar, source);
}

function faultsOfBallot(vote: Vote, act: Act, source: { source?: readonly string[] }): Fault[] {
  const given = act.fields['ballot'];
  if (vote.ballot === undefined || typeof given !== 'string' || given === vote.ballot) return [];
  return [fault('wrong-ballot-form', { need: describeBallot(vote.ballot) }, source)];
}

function faultsOfComposition(
  vote: Vote,
  counts: RollCount,
  count: Count,
  act: Act,
  source: { source?: readonly string[] },
): Fault[] {
  return (vote.composition ?? []).flatMap((group) => {
    const have = numberIn(act.fields, group.id);
    if (have === undefined) return [];
    const figures = figuresOf(counts, count, have);
    if (meetsThreshold(group.share, figures)) return [];
    const need = needed(group.share, figures);
    return [fault('composition-not-met', { group: group.title, need, have }, sourceOf(group.source, source.source))];
  });
}

/** Proxies are reported as `holder/giver`; without a roll of names only their number for each holder can be judged. */
function faultsOfProxies(
  vote: Vote,
  act: Act,
  roll: ReturnType<RollFor>,
  source: { source?: readonly string[] },
): Fault[] {
  const listed = act.fields['proxies'];
  if (vote.proxies === undefined || !Array.isArray(listed)) return [];
  const proxies = listed.map((entry) => {
    const slash = entry.indexOf('/');
    return { holder: entry.slice(0, Math.max(0, slash)), giver: entry.slice(slash + 1) };
  });
  const attended = act.fields['attended'];
  if (roll !== undefined && hasNames(roll) && Array.isArray(attended)) {
    return listProxyFaults(roll, attended, proxies, vote.proxies).map((one) => ({ ...source, ...one }));
  }
  const { most } = vote.proxies;
  return [...new Set(proxies.map((proxy) => proxy.holder))].flatMap((person) => {
    const have = proxies.filter((proxy) => proxy.holder === person).length;
    return have > most ? [fault('too-many-proxies', { person, have, most }, source)] : [];
  });
}
