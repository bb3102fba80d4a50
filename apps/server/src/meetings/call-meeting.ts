import type { Given } from '../access/index.js';
import type { CallMeeting } from '@lianxin/contract';
import { countyDate, fault, votesOf, type Fault, type FieldValues, type Instant, type RollFor } from '@lianxin/domain';
import { membersOn, rollOf, seenBy, type Member } from '../ballots/index.js';
import { runCommand, type Answer } from '../http/command.js';
import { writeJournal } from '../journal/index.js';
import { actWithin, directoryFor, votesOfMatter, type MatterDeps, type MatterVote } from '../matters/index.js';
import type { Tx } from '../storage/index.js';
import { faultOfManaging } from './meetings.access.js';
import { dayOfMeeting, isOnAgenda } from './meetings.store.js';
import { addMeeting, type NewMeeting } from './write-meeting.store.js';
import { tellInvited } from './tell-invited.js';

type Item = CallMeeting['items'][number];

/** An item with the vote it calls for; null for a topic that is only talked over. */
interface Prepared {
  readonly item: Item;
  readonly matter: string | null;
  readonly vote: MatterVote | null;
}

/** What the act that calls the meeting is told, as far as its rule asks. */
export const conveningFields = (
  vote: MatterVote,
  meetsAt: string,
  agenda: string,
  specialReason: string | undefined,
): FieldValues => {
  const asked = new Set(vote.convene?.needs.map((field) => field.id));
  return {
    'meeting-on': dayOfMeeting({ meetsAt: meetsAt as Instant }),
    ...(asked.has('agenda') && agenda !== '' ? { agenda } : {}),
    ...(asked.has('special-reason') && specialReason !== undefined ? { 'special-reason': specialReason } : {}),
  };
};

/** Finds the vote of each item, and why an item cannot be put to this meeting. */
const prepare = async (
  deps: MatterDeps,
  tx: Tx,
  given: Given<CallMeeting>,
): Promise<{ readonly items: readonly Prepared[]; readonly faults: readonly Fault[] }> => {
  const { actor, input } = given;
  const votes = votesOf(input.items.map(({ title, matters }) => ({ title, matters })));
  if (!votes.ok) return { items: [], faults: votes.faults };
  const items: Prepared[] = [];
  const faults: Fault[] = [];
  for (const item of input.items) {
    const [matter] = item.matters;
    if (matter === undefined) {
      items.push({ item, matter: null, vote: null });
      continue;
    }
    const found = await votesOfMatter(deps, tx, actor, matter);
    if (found === undefined || found.place.slice(0, 12) !== input.division.slice(0, 12)) {
      faults.push(fault('not-found'));
      continue;
    }
    const vote = found.votes.find(
      (one) => one.roll === input.roll && (item.stage === undefined || one.stage === item.stage),
    );
    if (vote === undefined) faults.push(fault('item-not-voted', { item: item.title }));
    else if (await isOnAgenda(tx, matter, vote.stage)) {
      faults.push(fault('matter-twice-on-agenda', { item: item.title }));
    } else if (vote.convene === null && !vote.mine) {
      faults.push(fault('wrong-convener', { convener: vote.convener }, { source: vote.source }));
    } else items.push({ item, matter, vote });
  }
  return { items, faults };
};

/** Performs the act that calls the meeting on every matter whose rule has one. */
const convene = async (
  deps: MatterDeps,
  tx: Tx,
  given: Given<CallMeeting>,
  items: readonly Prepared[],
  members: readonly Member[],
): Promise<readonly Fault[]> => {
  const { actor, input, commandId } = given;
  const agenda = input.items.map(({ title }, at) => `${at + 1}. ${title}`).join('\n');
  const roll: RollFor = (body, on) => (body === input.roll ? rollOf(members, body, on) : undefined);
  for (const { matter, vote } of items) {
    if (matter === null || vote === null || vote.convene === null) continue;
    const fields = conveningFields(vote, input.meetsAt, agenda, input.specialReason);
    const acted = await actWithin(deps, tx, actor, {
      matter,
      act: 'convene',
      stage: vote.stage,
      fields,
      commandId,
      roll,
    });
    if (!acted.ok) return acted.faults;
  }
  return [];
};

/**
 * Calls a meeting (召集会议): every matter on its agenda is told so by its own act, under its own rule (who convenes, how long before, for what reason
 * shorter), its members are told, and none of it is kept if one of the matters refuses.
 *
 * Refuses `not-found`, `not-your-act`, `votes-bundled`, `matter-twice-on-agenda`, `item-not-voted`, `wrong-convener`, `roll-empty`,
 * `date-in-future` turned round as `must-wait` for a past day, and what the procedures refuse.
 */
export const callMeeting = (deps: MatterDeps, given: Given<CallMeeting>): Promise<Answer> => {
  const { actor, commandId, input } = given;
  return runCommand(deps, { actor, commandId, route: 'POST /api/meetings', body: input }, async (tx) => {
    const { division, roll, meetsAt } = input;
    const strange = faultOfManaging(tx, actor, input, '召集会议');
    if (strange !== undefined) return { faults: [strange] };
    const now = deps.clock();
    const on = dayOfMeeting({ meetsAt: meetsAt as Instant });
    if (on < countyDate(now)) return { faults: [fault('field-invalid', { field: '会议时间', reason: '已经过去' })] };
    const prepared = await prepare(deps, tx, given);
    if (prepared.faults.length > 0) return { faults: prepared.faults };
    const directory = await directoryFor(deps, tx.context.county);
    const members = await membersOn(tx, roll, division, on);
    const known = directory.bodiesOf({ body: roll }, division, 'village').find((one) => one.division === division);
    const voted = prepared.items.find((one) => one.vote !== null)?.vote;
    const bodyName = known?.name ?? `${directory.nameOf(division)}${voted?.body ?? input.title}`;
    if (members.length === 0) return { faults: [fault('roll-empty', { body: bodyName })] };
    const refused = await convene(deps, tx, given, prepared.items, members);
    if (refused.length > 0) return { faults: refused };
    const meeting: NewMeeting = {
      id: deps.newId(),
      division,
      roll,
      bodyName,
      title: input.title,
      meetsAt,
      room: input.room,
      note: input.note,
      specialReason: input.specialReason ?? null,
      demandedBy: input.demandedBy ?? null,
      office: { post: actor.office?.post ?? '', body: actor.office?.body ?? '' },
      party: seenBy(roll) === 'party',
      openToPublic: seenBy(roll) === 'everybody',
      invited: members.map(({ person }) => person),
      items: prepared.items.map(({ item, matter, vote }) => ({
        title: item.title,
        raisedBy: item.raisedBy ?? null,
        matter,
        stage: vote?.stage ?? null,
      })),
    };
    await addMeeting(tx, meeting);
    await tellInvited(tx, meeting);
    writeJournal(tx, {
      kind: 'meeting.change',
      division,
      commandId,
      commitFields: { meeting: meeting.id, what: 'call', roll, on, items: meeting.items.length, told: members.length },
    });
    return { status: 201, body: { id: meeting.id } };
  });
};
