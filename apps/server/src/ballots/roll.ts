import { entitledOn, recuse, type PlainDate, type Relation, type Roll } from '@lianxin/domain';
import { membershipsOf, type Member } from './memberships.js';

/** The roll of members on a day, as the kernels take it. Pure. */
export const rollOf = (members: readonly Member[], body: string, on: PlainDate): Roll => {
  const roll = entitledOn(body, on, membershipsOf(members, body, on));
  const groups = new Map(members.map((member) => [member.person, member.groups]));
  return { ...roll, entitled: roll.entitled.map((one) => ({ ...one, groups: groups.get(one.person) ?? [] })) };
};

/** The roll without those who stand aside in one vote. Pure. */
export const withoutRecused = (roll: Roll, relations: readonly Relation[]): Roll =>
  recuse(
    roll,
    relations,
    relations.map(({ relation }) => relation),
  );
