import { evaluateCondition } from '../condition/index.js';
import { countyDate, type Instant, type PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { meets, minimumCount } from '../share/index.js';
import { titleOf } from './describe-who.js';
import { factsOf } from './facts-of.js';
import { countIn, textIn } from './field.js';
import type { Act } from './matter.js';
import { filled, type PlannedAct } from './plan.js';
import { baseOf, countsOf, type RollFor } from './roll-for.js';
import { actsHere, type Standing } from './standing-of.js';
import type { Vote } from './vote.js';
import { faultOfWaiting, sourceOf, type Sourced } from './waiting-fault.js';

/** The body whose members decide: the vote's roll, or the stage's body. */
export function votingBody(planned: PlannedAct): string | undefined {
  const vote = planned.place?.part.vote;
  if (vote?.roll !== undefined) return vote.roll;
  for (const who of planned.by) if ('body' in who) return who.body;
  return undefined;
}

/** Whether an act reports how a vote ended. */
export const decides = (planned: PlannedAct): boolean => planned.role === 'pass' || planned.role === 'reject';

/**
 * What must stand before a vote, whatever its figures: a body that may decide this, that was authorised, is composed as the law says, has a
 * roll, and was called in time. The calling itself is held to the first three, so that nobody is invited to a meeting that decides nothing.
 */
export function faultsOfMeeting(standing: Standing, planned: PlannedAct, at: Instant, roll: RollFor): Fault[] {
  const vote = planned.place?.part.vote;
  if (vote === undefined) return [];
  const calls = planned.role === 'convene';
  if (!calls && !decides(planned)) return [];
  const source = sourceOf(vote.source, planned.rule.source);
  const faults = [
    ...faultsOfCompetence(standing, vote, at, source),
    ...faultsOfAuthorisation(standing, planned, vote, at, source),
    ...faultsOfConstitution(planned, vote, at, roll, source),
  ];
  return calls ? faults : [...faults, ...faultsOfCalling(standing, planned, vote, at, roll, source)];
}

/** Matters reserved to another body. A question that cannot be judged yet bars nothing; the form asks it. */
function faultsOfCompetence(standing: Standing, vote: Vote, at: Instant, source: Sourced): Fault[] {
  if (vote.reserved === undefined) return [];
  const facts = factsOf(standing, at);
  return vote.reserved.flatMap((one) => {
    const judged = evaluateCondition(one.if, facts);
    if (!judged.ok || !judged.value) return [];
    const instead = titleOf(standing.plan.procedure, one.instead);
    return [fault('body-not-competent', { matter: one.title, instead }, sourceOf(one.source, source.source))];
  });
}

/** Without a written authorisation given before the meeting was called, this body has nothing to decide. */
function faultsOfAuthorisation(
  standing: Standing,
  planned: PlannedAct,
  vote: Vote,
  at: Instant,
  source: Sourced,
): Fault[] {
  if (vote.authorisedBy === undefined) return [];
  const called = actsHere(standing, planned, 'convene').at(-1)?.occurredAt ?? at;
  const given = actsHere(standing, planned, 'authorise').map((act) => textIn(act.fields['authorised-on']) ?? '');
  if (given.some((day) => day !== '' && day <= countyDate(called))) return [];
  const { procedure } = standing.plan;
  const body = titleOf(procedure, votingBody(planned) ?? '');
  return [fault('authorisation-missing', { body, by: titleOf(procedure, vote.authorisedBy) }, source)];
}

/** Who sits in the body, where the roll says it: representatives at least four fifths, women at least one third. */
function faultsOfConstitution(planned: PlannedAct, vote: Vote, at: Instant, roll: RollFor, source: Sourced): Fault[] {
  const body = votingBody(planned);
  if (vote.constituted === undefined || body === undefined) return [];
  const found = roll(body, countyDate(at));
  if (found === undefined) return [];
  const counts = countsOf(found);
  return vote.constituted.flatMap((group) => {
    const have = counts.groups?.[group.id];
    if (have === undefined || meets(group.share, have, counts.entitled)) return [];
    const need = minimumCount(group.share, counts.entitled);
    const extras = sourceOf(group.source, source.source);
    return [fault('body-not-composed', { group: group.title, need, have }, extras)];
  });
}

function faultsOfCalling(
  standing: Standing,
  planned: PlannedAct,
  vote: Vote,
  at: Instant,
  roll: RollFor,
  source: Sourced,
): Fault[] {
  const faults: Fault[] = [];
  const body = votingBody(planned);
  if (body === undefined || roll(body, countyDate(at)) === undefined) {
    const title = body === undefined ? planned.rule.title : titleOf(standing.plan.procedure, body);
    faults.push(fault('roll-missing', { body: title }, { ...source, cure: 'vote-in-the-meeting' }));
  }
  if (vote.notice === undefined) return faults;
  const convened = actsHere(standing, planned, 'convene').at(-1);
  if (convened === undefined) {
    const act = planned.place?.acts.get('convene')?.rule.title ?? 'convene';
    return [...faults, fault('act-missing', { act }, source)];
  }
  const meeting = countyDate(at);
  return [...faults, ...faultsOfNoticeGiven(standing, vote, convened, meeting, source)];
}

/** Whether the meeting was called early enough, unless special circumstances were recorded and the rule lets them count. */
function faultsOfNoticeGiven(
  standing: Standing,
  vote: Vote,
  convened: Act,
  meeting: PlainDate,
  source: Sourced,
): Fault[] {
  if (vote.notice === undefined) return [];
  const special = vote.notice.mayBeShortened === true && textIn(convened.fields['special-reason']) !== undefined;
  if (special) return [];
  const duration = filled(vote.notice.atLeast, 'vote.notice');
  const noticed = countyDate(convened.occurredAt);
  return faultOfWaiting('notice-too-short', duration, noticed, meeting, standing.calendar, source);
}

/** The calling of a meeting: its day is late enough, or the special reason is there. */
export function faultsOfConvening(standing: Standing, planned: PlannedAct, vote: Vote, act: Act): Fault[] {
  const day = act.fields['meeting-on'];
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return [];
  return faultsOfNoticeGiven(standing, vote, act, day as PlainDate, sourceOf(vote.source, planned.rule.source));
}

/** Whether enough people demand the meeting; each group counts against its own roll. */
export function faultsOfDemand(planned: PlannedAct, vote: Vote, act: Act, roll: RollFor): Fault[] {
  const wanted = vote.demandedBy?.find((one) => one.id === act.fields['demanded-as']);
  const have = countIn(act.fields, 'demanders');
  if (wanted === undefined || have === undefined) return [];
  const source = sourceOf(wanted.source, vote.source, planned.rule.source);
  const body = wanted.roll ?? votingBody(planned);
  const found = body === undefined ? undefined : roll(body, countyDate(act.occurredAt));
  if (found === undefined) return [fault('roll-missing', { body: wanted.title }, source)];
  const base = baseOf(countsOf(found), wanted.share.of);
  if (base === undefined || meets(wanted.share, Math.min(have, base), base)) return [];
  return [fault('demand-too-few', { who: wanted.title, need: minimumCount(wanted.share, base), have }, source)];
}

/** An authorisation is dated, and given before it is relied on. */
export function faultsOfAuthorising(planned: PlannedAct, act: Act): Fault[] {
  const day = textIn(act.fields['authorised-on']);
  if (day === undefined || day <= countyDate(act.occurredAt)) return [];
  return [fault('date-in-future', { field: '授权日期' }, sourceOf(planned.rule.source))];
}
