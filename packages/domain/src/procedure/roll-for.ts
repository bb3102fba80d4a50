import type { PlainDate } from '../date/index.js';
import { listHouseholds, type Roll } from '../roll/index.js';
import type { Denominator } from '../share/index.js';

/**
 * How many people each denominator counts for a body on a day, where only the number is known (a paper roll, a case); `groups` says how many
 * of those entitled belong to a group (representatives, women).
 */
export type RollCount = Partial<Readonly<Record<Denominator, number>>> & {
  readonly entitled: number;
  readonly groups?: Readonly<Record<string, number>>;
};

/** How many a denominator counts; undefined where it was not counted. */
export const baseOf = (counts: RollCount, of: Denominator): number | undefined => counts[of];

/** The rolls 名册 as the kernel asks for them: whose members decide, on that day; undefined where there is no roll. */
export type RollFor = (body: string, on: PlainDate) => Roll | RollCount | undefined;

/** Whether the roll has names. */
export const hasNames = (roll: Roll | RollCount): roll is Roll => typeof roll.entitled !== 'number';

/** The counts of a roll; a roll with names counts its people and households. */
export function countsOf(roll: Roll | RollCount): RollCount {
  if (!hasNames(roll)) return roll;
  const people = roll.entitled.length;
  return {
    entitled: people,
    'all-members': people,
    'registered-voters': people,
    households: listHouseholds(roll).length,
    groups: groupsOf(roll),
  };
}

/** A post is a group, and so is everything a membership says of a person; a group nobody was sorted by is not counted. */
function groupsOf(roll: Roll): Record<string, number> {
  const groups: Record<string, number> = {};
  for (const person of roll.entitled) {
    for (const group of [...person.posts, ...(person.groups ?? [])]) groups[group] = (groups[group] ?? 0) + 1;
  }
  return groups;
}
