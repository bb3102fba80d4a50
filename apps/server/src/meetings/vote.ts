import type { Given } from '../access/index.js';
import {
  countsOf as countsOfRoll,
  differencesOf,
  fault,
  faultsOfForm,
  faultsOfSlips,
  ok,
  outcomeOf,
  refuse,
  tally,
  type AskedForm,
  type Counted,
  type Fault,
  type Field,
  type FieldValues,
  type HandCount,
  type Result,
  type Roll,
  type RollFor,
  type SlipCount,
  type Tally,
  type Presence,
  type VoteRule,
} from '@lianxin/domain';
import { addCount } from '../ballots/index.js';
import { faultView } from '../http/answer.js';
import type { Answer, Outcome } from '../http/command.js';
import { actWithin, votesOfMatter, type MatterDeps, type MatterVote } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { done, itemOf, onMeeting } from './command.js';
import { type MeetingFile, type StoredItem } from './meetings.store.js';
import { addRecusal, setItem } from './write-meeting.store.js';
import { named, namesOn, presenceIn, quorumIn } from './standing.js';

type InItem = { readonly id: string; readonly item: string };

/** What a command on a vote works with. */
interface OnVote {
  readonly item: StoredItem;
  readonly matter: string;
  readonly vote: MatterVote;
  readonly roll: Roll;
  readonly presence: Presence;
}

/** The item, its rule and who counts; or why there is nothing to vote on. */
const findVote = async (deps: MatterDeps, tx: Tx, given: Given<InItem>, file: MeetingFile): Promise<Result<OnVote>> => {
  const item = itemOf(file, given.input.item);
  if (item === undefined) return refuse(fault('not-found'));
  if (item.matter === null) return refuse(fault('item-not-voted', { item: item.title }));
  const found = await votesOfMatter(deps, tx, given.actor, item.matter);
  const vote = found?.votes.find((one) => one.stage === item.stage);
  if (vote === undefined) return refuse(fault('item-not-voted', { item: item.title }));
  const counted = presenceIn(file, item, vote.vote);
  if (counted === undefined) return refuse(fault('meeting-not-open'));
  const [first, ...more] = named(counted.faults, namesOn(file.roll?.members ?? []));
  if (first !== undefined) return refuse(first, ...more);
  return ok({ item, matter: item.matter, vote, roll: counted.roll, presence: counted.presence });
};

/** The fault of too few present: how many are needed, how many there are, and that the meeting may be called again. */
const tooFew = ({ vote, roll, presence }: OnVote): Fault[] => {
  const { met, ways } = quorumIn(vote.vote, roll, presence);
  if (met) return [];
  const nearest = ways.toSorted((a, b) => a.missing - b.missing)[0];
  const figures = { need: nearest?.need ?? 0, have: nearest?.have ?? presence.present };
  return [fault('attendance-too-low', figures, { source: vote.source, cure: 'adjourn-and-reconvene' })];
};

/**
 * Begins the vote on one item (开始表决), by hands or on slips; one at a time. From here on nobody's standing aside or count changes what is voted on.
 * Refuses `electronic-ballot-not-allowed`, `wrong-ballot-form`, `attendance-too-low` with what is missing, `vote-open`, `vote-not-open` for one that is over.
 */
export const openVote = (deps: MatterDeps, given: Given<InItem & { readonly form: AskedForm }>): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/open',
    '开始表决',
    ['open'],
    async ({ tx, file, keep }) => {
      const found = await findVote(deps, tx, given, file);
      if (!found.ok) return { faults: found.faults };
      const { item, vote } = found.value;
      const { form } = given.input;
      const open = file.items.find((one) => one.state === 'voting');
      if (open !== undefined) return { faults: [fault('vote-open', { item: open.title })] };
      if (item.state === 'done') return { faults: [fault('vote-not-open')] };
      const faults = [...faultsOfForm(form, { ballot: vote.vote.ballot, source: vote.source }), ...tooFew(found.value)];
      if (faults.length > 0 || form === 'electronic') return { faults };
      await setItem(tx, item.id, { state: 'voting', form, round: 1, openedAt: deps.clock() });
      keep('open-vote', { item: item.id, form });
      return done(file.meeting.id);
    },
  );

/** Somebody stands aside in one vote before it is open (回避). Refuses `not-on-roll`, `vote-open`, `vote-not-open`. */
export const recuseFromVote = (
  deps: MatterDeps,
  given: Given<InItem & { readonly person: string; readonly relation: string }>,
): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/recusals',
    '登记回避',
    ['open'],
    async ({ tx, file, keep }) => {
      const item = itemOf(file, given.input.item);
      if (item === undefined) return { faults: [fault('not-found')] };
      if (item.state === 'voting') return { faults: [fault('vote-open', { item: item.title })] };
      if (item.state === 'done') return { faults: [fault('vote-not-open')] };
      const { person, relation } = given.input;
      const member = file.roll?.members.find((one) => one.person === person);
      if (member === undefined) return { faults: [fault('not-on-roll', { person: '此人' })] };
      await addRecusal(tx, { id: item.id, division: file.meeting.division }, person, relation);
      keep('recusal', { item: item.id, relation });
      return done(file.meeting.id);
    },
  );

/**
 * Keeps the slips of a vote as one person typed them from the tally sheet (双人录入). The second person types without seeing the first; where the two differ, each
 * difference is answered, both are kept, and another round begins.
 *
 * Refuses `vote-not-open`, `same-counter`, `already-done` for a third, and counts that cannot be.
 */
export const enterCount = (deps: MatterDeps, given: Given<InItem & SlipCount>): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/counts',
    '录入计票',
    ['open'],
    async ({ tx, file, keep }) => {
      const { id: _id, item: wanted, ...count } = given.input;
      const item = itemOf(file, wanted);
      if (item === undefined) return { faults: [fault('not-found')] };
      if (item.state !== 'voting' || item.form !== 'paper') return { faults: [fault('vote-not-open')] };
      const entered = file.counts.filter((one) => one.item === item.id && one.round === item.round);
      const [first] = entered;
      if (entered.length > 1) return { faults: [fault('already-done')] };
      if (first?.countedBy === given.actor.session.person) return { faults: [fault('same-counter')] };
      // A sheet that does not come out even is read again before it is kept: the second person should not have to find it.
      const found = await findVote(deps, tx, given, file);
      if (!found.ok) return { faults: found.faults };
      const uneven = faultsOfSlips(count, found.value.presence.present);
      if (uneven.length > 0) return { faults: uneven };
      await addCount(tx, { id: item.id, division: file.meeting.division, round: item.round }, count);
      const differences = first === undefined ? [] : differencesOf(first, count);
      if (differences.length > 0) await setItem(tx, item.id, { round: item.round + 1 });
      keep('count', { item: item.id, round: item.round, differences: differences.length });
      const body = {
        id: file.meeting.id,
        entered: entered.length + 1,
        differences: differences.map((one) => faultView(one, 'zh-CN')),
      };
      return { status: 200, body };
    },
  );

/** What was counted, as the ballot kernel takes it. */
const countedIn = (file: MeetingFile, { item, presence }: OnVote, hands: HandCount | undefined): Result<Counted> => {
  const { present } = presence;
  if (item.form === 'hands') {
    return hands === undefined
      ? refuse(fault('field-missing', { field: '举手人数' }))
      : ok({ form: 'hands', present, count: hands });
  }
  const entries = file.counts
    .filter((one) => one.item === item.id && one.round === item.round)
    .map(({ countedBy, issued, returned, approve, against, abstain, spoiled }) => ({
      by: countedBy,
      count: { issued, returned, approve, against, abstain, spoiled },
    }));
  return ok({ form: 'paper', present, entries });
};

/** The fields of the act that records the result, as far as its rule asks: what was counted, who made up the room, and what the rule asks besides. */
export const resultFields = (
  needs: readonly Field[],
  on: {
    readonly matter: string;
    readonly form: 'hands' | 'paper';
    readonly ballot: 'hands' | 'paper' | 'secret' | undefined;
  },
  counted: Tally,
  presence: Presence,
  groups: Readonly<Record<string, number>>,
  given: FieldValues,
): FieldValues => {
  const known: FieldValues = {
    items: [on.matter],
    present: counted.present,
    approve: counted.approve,
    against: counted.against,
    abstain: counted.abstain,
    ...(on.form === 'paper' ? { issued: counted.issued, returned: counted.returned, spoiled: counted.spoiled } : {}),
    ballot: on.form === 'paper' && on.ballot === 'secret' ? 'secret' : on.form,
    'households-present': presence.households.represented,
    ...groups,
  };
  const asked = new Set(needs.map((field) => field.id));
  return { ...given, ...Object.fromEntries(Object.entries(known).filter(([id]) => asked.has(id))) };
};

const ruleOf = ({ vote }: OnVote): VoteRule | undefined => {
  const { attendance, approval } = vote.vote;
  if ('setLocally' in approval || (attendance !== undefined && 'setLocally' in attendance)) return undefined;
  return attendance === undefined ? { approval } : { attendance, approval };
};

/** How a vote is closed. */
export interface Closing extends InItem {
  readonly hands?: HandCount | undefined;
  readonly groups: Readonly<Record<string, number>>;
  readonly fields: FieldValues;
}

/**
 * Closes a vote (结束表决): the count becomes a result, and the result an act on the matter, `pass` or `reject`, ruled on by the procedure with this
 * meeting's frozen roll. The meeting and the act are kept together or not at all.
 *
 * Refuses what the ballot kernel refuses (two sheets that differ, counts that cannot be), `attendance-too-low`, and what the procedure refuses.
 */
export const closeVote = (deps: MatterDeps, given: Given<Closing>): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/close',
    '结束表决',
    ['open'],
    async ({ tx, file, keep }) => {
      const found = await findVote(deps, tx, given, file);
      if (!found.ok) return { faults: found.faults };
      const on = found.value;
      const { item, vote, roll, presence, matter } = on;
      if (item.state !== 'voting' || item.form === null) return { faults: [fault('vote-not-open')] };
      const rule = ruleOf(on);
      if (rule === undefined) return { faults: [fault('item-not-voted', { item: item.title })] };
      const read = countedIn(file, on, given.input.hands);
      if (!read.ok) return { faults: read.faults };
      const counted = tally(read.value);
      if (!counted.ok) return { faults: counted.faults };
      const bases = countsOfRoll(roll);
      const outcome = outcomeOf(rule, bases, counted.value, presence.households.represented);
      if (outcome.result === 'no-quorum') return { faults: tooFew(on) };
      const asked = { matter, form: item.form, ballot: vote.vote.ballot };
      const fields = resultFields(vote.needs, asked, counted.value, presence, given.input.groups, given.input.fields);
      const act = outcome.result === 'passed' ? 'pass' : 'reject';
      const frozen: RollFor = (body) => (body === file.meeting.roll ? roll : undefined);
      const { actor, commandId } = given;
      const acted = await actWithin(deps, tx, actor, {
        matter,
        act,
        stage: vote.stage,
        fields,
        commandId,
        roll: frozen,
      });
      if (!acted.ok) return { faults: acted.faults };
      const kept = { ...counted.value, entitled: bases.entitled, households: presence.households };
      await setItem(tx, item.id, {
        state: 'done',
        result: outcome.result,
        tally: JSON.stringify(kept),
        actSeq: acted.acted.version - 1,
        closedAt: deps.clock(),
      });
      keep('close-vote', { item: item.id, matter, result: outcome.result });
      return { status: 200, body: { id: file.meeting.id, result: outcome.result } } satisfies Outcome;
    },
  );

/**
 * Takes no vote on an item because too few came (休会另行召集): it is no decision, and the matter waits for another meeting.
 * Refuses `vote-not-open` for one that is over, and `not-needed` as `already-done` where enough have come.
 */
export const adjournVote = (deps: MatterDeps, given: Given<InItem>): Promise<Answer> =>
  onMeeting(
    deps,
    given,
    'POST /api/meetings/{id}/items/{item}/adjourn',
    '休会',
    ['open'],
    async ({ tx, file, keep }) => {
      const found = await findVote(deps, tx, given, file);
      if (!found.ok) return { faults: found.faults };
      const { item, presence } = found.value;
      if (item.state === 'done' || tooFew(found.value).length === 0) return { faults: [fault('already-done')] };
      await setItem(tx, item.id, { state: 'done', result: 'no-quorum', closedAt: deps.clock() });
      keep('adjourn', { item: item.id, present: presence.present });
      return done(file.meeting.id);
    },
  );
