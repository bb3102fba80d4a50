import { faultsOfSlips, figuresAgainst, figuresOfAttendance, neededFor, type Room } from '../ballot/index.js';
import { countyDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';
import { attendanceOf as attendanceOnRoll, type Proxy } from '../roll/index.js';
import { meetsThreshold } from '../share/index.js';
import { describeBallot } from './channels.js';
import { countIn, type FieldValue } from './field.js';
import type { Act } from './matter.js';
import { decides, faultsOfAuthorising, faultsOfConvening, faultsOfDemand, votingBody } from './meeting-faults.js';
import { filled, type PlannedAct } from './plan.js';
import { countsOf, hasNames, type RollCount, type RollFor } from './roll-for.js';
import type { Standing } from './standing-of.js';
import type { Vote } from './vote.js';
import { sourceOf, type Sourced } from './waiting-fault.js';

/**
 * Every fault of a vote as reported: attendance, approval, composition, ballot form, proxies, and counts that cannot be.
 * A vote recorded as lost is held to the same attendance, and refused if it was in fact carried.
 */
export function faultsOfVote(standing: Standing, planned: PlannedAct, act: Act, roll: RollFor): Fault[] {
  const vote = planned.place?.part.vote;
  if (vote === undefined) return [];
  if (planned.role === 'convene') return faultsOfConvening(standing, planned, vote, act);
  if (planned.role === 'demand') return faultsOfDemand(planned, vote, act, roll);
  if (planned.role === 'authorise') return faultsOfAuthorising(planned, act);
  if (!decides(planned)) return [];
  const body = votingBody(planned);
  const rollNow = body === undefined ? undefined : roll(body, countyDate(act.occurredAt));
  const source = sourceOf(vote.source, planned.rule.source);
  const faults = [
    ...faultsOfBallot(vote, act, source),
    ...faultsOfItems(vote, act, source),
    ...faultsOfNames(vote, act, rollNow, source),
  ];
  const present = countIn(act.fields, 'present');
  const approve = countIn(act.fields, 'approve');
  if (rollNow === undefined || present === undefined || approve === undefined) return faults;
  const against = countIn(act.fields, 'against');
  const abstain = countIn(act.fields, 'abstain');
  const spoiled = countIn(act.fields, 'spoiled');
  const counted = approve + (against ?? 0) + (abstain ?? 0) + (spoiled ?? 0);
  const room: Room = {
    present,
    // Where only the votes in favour were reported, everyone present is taken to have voted: the stricter reading. A spoiled slip was cast.
    voting:
      against === undefined && abstain === undefined && spoiled === undefined ? Math.max(present, approve) : counted,
  };
  const counts = withoutThoseAside(countsOf(rollNow), act.fields['stood-aside']);
  if (present > counts.entitled) {
    faults.push(fault('count-above-base', { what: '实到人数', have: present, most: counts.entitled }, source));
  }
  if (counted > present) faults.push(fault('votes-do-not-add-up', { issued: present, counted }, source));
  const uneven = faultsOfReportedSlips(act, present, counted).map((one) => ({ ...one, ...source }));
  faults.push(...uneven);
  // Counts that cannot be prove nothing about a share, either way.
  if (present > counts.entitled || counted > present || uneven.length > 0) return faults;
  if (vote.attendance !== undefined) {
    const threshold = filled(vote.attendance, 'vote.attendance');
    // Households count only where the meeting counted them.
    const figures = figuresOfAttendance(counts, present, countIn(act.fields, 'households-present'));
    if (!meetsThreshold(threshold, figures)) {
      faults.push(fault('attendance-too-low', { need: neededFor(threshold, figures), have: present }, source));
    }
  }
  faults.push(...faultsOfComposition(vote, counts, room, act, source));
  const approval = filled(vote.approval, 'vote.approval');
  const figures = figuresAgainst(counts, room, approve);
  const carried = meetsThreshold(approval, figures);
  const figure = { need: neededFor(approval, figures), have: approve };
  if (planned.role === 'pass' && !carried) faults.push(fault('approval-too-low', figure, source));
  if (planned.role === 'reject' && carried && faults.length === 0)
    faults.push(fault('vote-was-carried', figure, source));
  return faults;
}

/** Slips as reported come out even: no more handed out than present, no more returned than handed out, as many read as returned. */
function faultsOfReportedSlips(act: Act, present: number, counted: number): Fault[] {
  const issued = countIn(act.fields, 'issued');
  const returned = countIn(act.fields, 'returned');
  if (issued === undefined && returned === undefined) return [];
  const read = { approve: counted, against: 0, abstain: 0, spoiled: 0 };
  return faultsOfSlips({ ...read, issued: issued ?? present, returned: returned ?? counted }, present);
}

function faultsOfBallot(vote: Vote, act: Act, source: Sourced): Fault[] {
  const given = act.fields['ballot'];
  if (vote.ballot === undefined || typeof given !== 'string' || given === vote.ballot) return [];
  return [fault('wrong-ballot-form', { need: describeBallot(vote.ballot) }, source)];
}

function faultsOfComposition(vote: Vote, counts: RollCount, room: Room, act: Act, source: Sourced): Fault[] {
  return (vote.composition ?? []).flatMap((group) => {
    const have = countIn(act.fields, group.id);
    if (have === undefined) return [];
    const figures = figuresAgainst(counts, room, have);
    if (meetsThreshold(group.share, figures)) return [];
    const need = neededFor(group.share, figures);
    return [fault('composition-not-met', { group: group.title, need, have }, sourceOf(group.source, source.source))];
  });
}

/** One vote, one matter 一事一议: several matters are never put to one vote. */
function faultsOfItems(vote: Vote, act: Act, source: Sourced): Fault[] {
  const items = act.fields['items'];
  if (vote.singly !== true || !Array.isArray(items) || items.length <= 1) return [];
  return [fault('votes-bundled', { count: items.length }, source)];
}

/** Those who stood aside count neither as entitled nor as members: standing aside cannot sink a quorum. */
function withoutThoseAside(counts: RollCount, listed: FieldValue | undefined): RollCount {
  const aside = Array.isArray(listed) ? new Set(listed.map((entry) => entry.split('/', 1)[0])).size : 0;
  if (aside === 0) return counts;
  const less = (count: number): number => Math.max(0, count - aside);
  const all = counts['all-members'];
  return { ...counts, entitled: less(counts.entitled), ...(all === undefined ? {} : { 'all-members': less(all) }) };
}

const pairsIn = (value: FieldValue | undefined): Proxy[] =>
  Array.isArray(value)
    ? value.map((entry) => {
        const slash = entry.indexOf('/');
        return { holder: entry.slice(0, Math.max(0, slash)), giver: entry.slice(slash + 1) };
      })
    : [];

/**
 * Names against the roll: nobody who is a stranger to it, stands aside or is there twice, and no proxy the rule does not allow.
 * Proxies are reported as `holder/giver`; without a roll of names only their number for each holder can be judged.
 */
function faultsOfNames(vote: Vote, act: Act, roll: ReturnType<RollFor>, source: Sourced): Fault[] {
  const proxies = pairsIn(act.fields['proxies']);
  const attended = act.fields['attended'];
  if (roll !== undefined && hasNames(roll) && Array.isArray(attended)) {
    const counted = attendanceOnRoll(roll, attended, proxies, vote.proxies);
    if (!counted.ok) return counted.faults.map((one) => ({ ...source, ...one }));
    const present = countIn(act.fields, 'present');
    if (present === undefined || present === counted.value.present) return [];
    return [fault('count-differs-from-names', { have: present, names: counted.value.present }, source)];
  }
  if (vote.proxies === undefined) return [];
  const { most = proxies.length } = vote.proxies;
  return [...new Set(proxies.map((proxy) => proxy.holder))].flatMap((person) => {
    const have = proxies.filter((proxy) => proxy.holder === person).length;
    return have > most ? [fault('too-many-proxies', { person, have, most }, source)] : [];
  });
}
