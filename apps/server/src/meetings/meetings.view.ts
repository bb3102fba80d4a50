import type { FaultView, MeetingItemView, MeetingRow, MinutesView, WayView } from '@lianxin/contract';
import {
  describeDuration,
  describeThreshold,
  differencesOf,
  outcomeOf,
  type Locale,
  type Threshold,
  type Vote,
  type WayThere,
} from '@lianxin/domain';
import { faultView } from '../http/answer.js';
import type { MatterVote, VotingMatter } from '../matters/index.js';
import type { MeetingFile, StoredItem, StoredMeeting, StoredMinutes } from './meetings.store.js';
import { basesOf, presenceIn, proxyRuleOf, quorumIn } from './standing.js';

/** A threshold in words; one that the place has not filled says so. */
export const thresholdText = (threshold: Vote['approval'] | undefined, locale: Locale): string | null =>
  threshold === undefined ? null : 'setLocally' in threshold ? '由地方规定' : describeThreshold(threshold, locale);

/** How long before the meeting notice must be given, in words. */
export const noticeText = (vote: Vote, locale: Locale): string | null => {
  if (vote.notice === undefined) return null;
  const { atLeast } = vote.notice;
  return 'setLocally' in atLeast ? '由地方规定' : describeDuration(atLeast, locale);
};

const sharesOf = (threshold: Threshold | undefined) =>
  threshold === undefined ? [] : 'anyOf' in threshold ? threshold.anyOf : [threshold];

/** Ways to meet a threshold, each with its rule in words. */
const wayViews = (ways: readonly WayThere[], threshold: Threshold | undefined, locale: Locale): WayView[] =>
  ways.map((way) => {
    const share = sharesOf(threshold).find((one) => one.of === way.of);
    return { ...way, words: share === undefined ? way.of : describeThreshold(share, locale) };
  });

const filled = (threshold: Vote['approval'] | undefined): Threshold | undefined =>
  threshold === undefined || 'setLocally' in threshold ? undefined : threshold;

const knownNeeds = new Set([
  'items',
  'present',
  'approve',
  'against',
  'abstain',
  'issued',
  'returned',
  'spoiled',
  'ballot',
  'households-present',
  'present-online',
  'stood-aside',
  'attended',
  'proxies',
  'minutes',
]);

const formsOf = (vote: Vote): ('hands' | 'paper')[] =>
  vote.ballot === undefined ? ['hands', 'paper'] : vote.ballot === 'hands' ? ['hands'] : ['paper'];

const ruleView = (vote: MatterVote, locale: Locale): NonNullable<MeetingItemView['rule']> => {
  const groups = vote.vote.composition ?? [];
  const counted = new Set([...knownNeeds, ...groups.map(({ id }) => id)]);
  return {
    title: vote.title,
    attendance: thresholdText(vote.vote.attendance, locale),
    approval: thresholdText(vote.vote.approval, locale) ?? '',
    forms: formsOf(vote.vote),
    proxies: vote.vote.proxies === undefined ? null : (proxyRuleOf(vote.vote).most ?? 99),
    groups: groups.map(({ id, title, share }) => ({ id, title, words: describeThreshold(share, locale) })),
    fields: vote.needs
      .filter((field) => !counted.has(field.id))
      .map((field) => ({
        id: field.id,
        title: field.title,
        type: field.type,
        required: field.optional !== true,
        choices: (field.choices ?? []).map((choice) => ({ value: choice.id, title: choice.title })),
        unit: field.unit ?? null,
        help: field.help ?? null,
        personal: false,
      })),
    source: [...vote.source],
  };
};

/** Minutes as a page shows them. */
export const minutesView = (
  minutes: StoredMinutes | undefined,
  names: ReadonlyMap<string, string>,
): MinutesView | null =>
  minutes === undefined
    ? null
    : {
        text: minutes.text,
        version: minutes.version,
        name: names.get(minutes.writtenBy) ?? '',
        at: minutes.recordedAt,
      };

/** In what the two sheets of the round before this one differed. */
const differencesIn = (file: MeetingFile, item: StoredItem, locale: Locale): FaultViewOf[] => {
  const [first, second] = file.counts.filter((one) => one.item === item.id && one.round === item.round - 1);
  return first === undefined || second === undefined
    ? []
    : differencesOf(first, second).map((one) => faultView(one, locale));
};
type FaultViewOf = typeof FaultView._output;

/** What an item was handed over as. */
export type HandedTo = NonNullable<MeetingItemView['handedTo']>;

/** Handed over as a matter that this reader may not see. */
const unseen = (id: string): HandedTo => ({ id, number: '', subject: '', holder: null, due: null });

/** An item as a page shows it. `matter` is what the context may see of its matter. */
export const itemView = (
  file: MeetingFile,
  item: StoredItem,
  matter: VotingMatter | undefined,
  vote: MatterVote | undefined,
  names: ReadonlyMap<string, string>,
  handedTo: ReadonlyMap<string, HandedTo>,
  locale: Locale,
): MeetingItemView => {
  const standing = item.matter === null ? undefined : presenceIn(file, item, vote?.vote);
  const open = vote !== undefined && standing !== undefined && item.state !== 'done';
  const quorum = open ? quorumIn(vote.vote, standing.roll, standing.presence) : null;
  const round = file.counts.filter((one) => one.item === item.id && one.round === item.round);
  const { tally } = item;
  return {
    id: item.id,
    number: item.number,
    title: item.title,
    raisedBy: item.raisedBy,
    matter: matter === undefined ? null : { id: matter.id, number: matter.number, subject: matter.subject },
    state: item.state,
    form: item.form,
    rule: vote === undefined ? null : ruleView(vote, locale),
    quorum:
      quorum === null || vote === undefined
        ? null
        : { met: quorum.met, ways: wayViews(quorum.ways, filled(vote.vote.attendance), locale) },
    counted: {
      round: item.round,
      by: round.map((one) => names.get(one.countedBy) ?? ''),
      differences: round.length === 0 ? differencesIn(file, item, locale) : [],
    },
    result: item.result,
    tally,
    why: tally === null || standing === undefined ? [] : whyOf(file, item, matter, locale),
    conclusion: item.conclusion,
    handedTo: item.handedTo === null ? null : (handedTo.get(item.handedTo) ?? unseen(item.handedTo)),
    recused: file.recusals
      .filter((one) => one.item === item.id)
      .map(({ person, relation }) => ({ person, relation, name: names.get(person) ?? '' })),
    minutes: minutesView(
      file.minutes.findLast((one) => one.item === item.id),
      names,
    ),
  };
};

/** Why a vote passed or not: the rule it was taken under and the figures it came to. */
const whyOf = (file: MeetingFile, item: StoredItem, matter: VotingMatter | undefined, locale: Locale): WayView[] => {
  const { tally } = item;
  const vote = matter === undefined ? undefined : ruleAt(matter, item.stage);
  const roll = presenceIn(file, item, vote)?.roll;
  if (tally === null || vote === undefined || roll === undefined) return [];
  const attendance = filled(vote.attendance);
  const approval = filled(vote.approval);
  if (approval === undefined) return [];
  const rule = attendance === undefined ? { approval } : { attendance, approval };
  const outcome = outcomeOf(rule, basesOf(roll), tally, tally.households.represented);
  return [...wayViews(outcome.attendance, attendance, locale), ...wayViews(outcome.approval, approval, locale)];
};

/** The vote of a stage or branch, whether the matter still waits for it or not. */
export const ruleAt = (matter: Pick<VotingMatter, 'procedure'>, path: string | null): Vote | undefined => {
  const [home, branch] = (path ?? '').split('/');
  const stage = matter.procedure.stages.find((one) => one.id === home);
  if (branch === undefined) return stage?.vote;
  return [...(stage?.oneOf ?? []), ...(stage?.allOf ?? [])].find((one) => one.id === branch)?.vote;
};

/** A meeting as a line of a list. */
export const rowView = (meeting: StoredMeeting, items: readonly StoredItem[]): MeetingRow => ({
  id: meeting.id,
  division: meeting.division,
  divisionName: meeting.divisionName,
  roll: meeting.roll,
  bodyName: meeting.bodyName,
  title: meeting.title,
  meetsAt: meeting.meetsAt,
  room: meeting.room,
  state: meeting.state,
  items: items
    .filter((item) => item.meeting === meeting.id)
    .map(({ number, title, result, matter }) => ({ number, title, result, matter })),
});
