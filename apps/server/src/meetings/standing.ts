import {
  countsOf,
  listPresent,
  presenceOf,
  quorumOf,
  type Fault,
  type Presence,
  type Roll,
  type RollCount,
  type Vote,
} from '@lianxin/domain';
import { rollOf, withoutRecused, type Member } from '../ballots/index.js';
import type { MeetingFile, StoredItem } from './meetings.store.js';

/** Names in the place of ids, so that a refusal can be read. Pure. */
export const named = (faults: readonly Fault[], names: ReadonlyMap<string, string>): Fault[] =>
  faults.map((fault) => {
    const { person } = fault.params;
    const name = typeof person === 'string' ? names.get(person) : undefined;
    return name === undefined ? fault : { ...fault, params: { ...fault.params, person: name } };
  });

/** The names on a roll. Pure. */
export const namesOn = (members: readonly Member[]): ReadonlyMap<string, string> =>
  new Map(members.map((member) => [member.person, member.name]));

/** The roll of one vote: the frozen one without those who stand aside. Pure. */
export const rollOfItem = (file: MeetingFile, item: Pick<StoredItem, 'id'> | null): Roll | undefined => {
  if (file.roll === undefined) return undefined;
  const roll = rollOf(file.roll.members, file.roll.body, file.roll.on);
  return withoutRecused(
    roll,
    file.recusals.filter((one) => one.item === item?.id),
  );
};

/** The proxies a vote lets be carried. */
export const proxyRuleOf = (vote: Vote | undefined) => vote?.proxies ?? { most: 0 };

/**
 * Who counts as present in one vote: everybody who came, without those who stand aside, and the proxies the rule of that vote allows. Pure.
 */
export const presenceIn = (
  file: MeetingFile,
  item: Pick<StoredItem, 'id'> | null,
  vote: Vote | undefined,
): { readonly presence: Presence; readonly faults: readonly Fault[]; readonly roll: Roll } | undefined => {
  const roll = rollOfItem(file, item);
  if (roll === undefined) return undefined;
  const aside = new Set(roll.recused.map(({ person }) => person));
  const arrivals = file.arrivals.filter(({ person }) => !aside.has(person));
  const proxies = file.proxies.filter(({ giver, holder }) => !aside.has(giver) && !aside.has(holder));
  const counted = presenceOf(roll, arrivals, proxies, proxyRuleOf(vote));
  if (counted.ok) return { presence: counted.value, faults: [], roll };
  // Where proxies do not hold, those who came still did.
  const inPerson = presenceOf(roll, arrivals);
  if (inPerson.ok) return { presence: inPerson.value, faults: counted.faults, roll };
  const known = new Set(roll.entitled.map(({ person }) => person));
  const onRoll = presenceOf(
    roll,
    arrivals.filter(({ person }) => known.has(person)),
  );
  return onRoll.ok ? { presence: onRoll.value, faults: counted.faults, roll } : undefined;
};

/** The counts of a roll for thresholds. Pure. */
export const basesOf = (roll: Roll): RollCount => countsOf(roll);

/** A threshold that a rule leaves to the place is never met by itself; `pack check` lets no such rule run. */
const filledAttendance = (vote: Vote) =>
  vote.attendance === undefined || 'setLocally' in vote.attendance ? undefined : vote.attendance;

/** Whether enough came for one vote, and what is missing. Pure. */
export const quorumIn = (vote: Vote, roll: Roll, presence: Presence) =>
  quorumOf({ attendance: filledAttendance(vote) }, basesOf(roll), presence.present, presence.households.represented);

/** Everyone who came, by how they were recorded. Pure. */
export const channelsOf = (file: MeetingFile): ReadonlyMap<string, 'paper' | 'phone' | 'hands'> =>
  new Map(listPresent(file.arrivals).map(({ person, channel }) => [person, channel]));
