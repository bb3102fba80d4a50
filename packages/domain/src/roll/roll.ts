import * as z from 'zod';
import { includesDate, Period, type PlainDate } from '../date/index.js';
import { fault, type Fault } from '../fault/index.js';

/**
 * Membership 成员资格: that a person belongs to a body for a time, perhaps in a post; `votes: false` for those who attend without a vote (列席).
 *
 * `household` is needed where a rule counts households 户.
 */
export const Membership = z.strictObject({
  person: z.string().min(1),
  body: z.string().min(1),
  post: z.string().min(1).optional(),
  household: z.string().min(1).optional(),
  votes: z.boolean().optional(),
  time: Period,
});
export type Membership = {
  readonly person: string;
  readonly body: string;
  readonly post?: string | undefined;
  readonly household?: string | undefined;
  readonly votes?: boolean | undefined;
  readonly time: Period;
};

/** Entitled 应到: one person on a roll, with the posts they hold in the body on that day. */
export type Entitled = {
  readonly person: string;
  readonly posts: readonly string[];
  readonly household?: string | undefined;
  /** Groups that a rule asks for by share, such as women; absent where nobody was sorted. */
  readonly groups?: readonly string[] | undefined;
};

/** A person who stands aside, and the relation that bars them. */
export type Recused = { readonly person: string; readonly relation: string };

/**
 * Roll 名册: who is entitled in a body on a day, in a fixed order, and who had to stand aside.
 *
 * Frozen: it is the value a vote was counted against, and no later joining, leaving or correction reaches into it.
 */
export type Roll = {
  readonly body: string;
  readonly on: PlainDate;
  readonly entitled: readonly Entitled[];
  readonly recused: readonly Recused[];
};

/**
 * The roll of a body on a day: everyone with a voting membership that includes it, each person once however many posts they hold.
 *
 * @example entitledOn('tea-club', plainDate('2026-03-01'), memberships).entitled.length // => 12
 */
export function entitledOn(body: string, on: PlainDate, memberships: readonly Membership[]): Roll {
  const people = new Map<string, { posts: Set<string>; household: string | undefined }>();
  for (const membership of memberships) {
    if (membership.body !== body || membership.votes === false || !includesDate(membership.time, on)) continue;
    const person = people.get(membership.person) ?? { posts: new Set<string>(), household: undefined };
    if (membership.post !== undefined) person.posts.add(membership.post);
    // Two memberships may name the household or leave it out; the order of the rows may not decide, so the first in text order stands.
    if (
      membership.household !== undefined &&
      (person.household === undefined || membership.household < person.household)
    ) {
      person.household = membership.household;
    }
    people.set(membership.person, person);
  }
  const entitled = [...people]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([person, { posts, household }]) => ({
      person,
      posts: [...posts].sort(),
      ...(household === undefined ? {} : { household }),
    }));
  return freeze({ body, on, entitled, recused: [] });
}

/** Relation 关联: what ties a person to the matter, in the words a rule bars by (`relative-of subject`, `complained-about`, `party-to contract`). */
export type Relation = { readonly person: string; readonly relation: string };

/**
 * The roll without those whom a relation bars 回避: they count neither as entitled nor as present, so that standing aside cannot sink a quorum.
 */
export function recuse(roll: Roll, relations: readonly Relation[], barred: readonly string[]): Roll {
  const reasons = new Map<string, string>();
  for (const { person, relation } of relations) {
    if (barred.includes(relation) && !reasons.has(person)) reasons.set(person, relation);
  }
  const aside = roll.entitled.flatMap(({ person }) => {
    const relation = reasons.get(person);
    return relation === undefined ? [] : [{ person, relation }];
  });
  return freeze({
    ...roll,
    entitled: roll.entitled.filter(({ person }) => !reasons.has(person)),
    recused: [...roll.recused, ...aside],
  });
}

/** The fault that bars a person from acting on a matter, or undefined; the same relations as for a roll, asked of one handler. */
export function findRecusal(
  person: string,
  relations: readonly Relation[],
  barred: readonly string[],
): Fault | undefined {
  const tie = relations.find((relation) => relation.person === person && barred.includes(relation.relation));
  return tie === undefined
    ? undefined
    : fault('recused', { person, relation: tie.relation }, { cure: 'hand-to-deputy' });
}

/** The households on a roll, once each. */
export const listHouseholds = (roll: Roll): string[] =>
  [...new Set(roll.entitled.flatMap(({ household }) => (household === undefined ? [] : [household])))].sort();

function freeze(roll: Roll): Roll {
  for (const person of roll.entitled) Object.freeze(Object.freeze(person).posts);
  Object.freeze(roll.entitled);
  Object.freeze(roll.recused);
  return Object.freeze(roll);
}
