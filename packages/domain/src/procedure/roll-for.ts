import type { PlainDate } from '../date/index.js';
import { listHouseholds, type Roll } from '../roll/index.js';
import type { Denominator } from '../share/index.js';

/** How many people each denominator counts for a body on a day, where only the number is known (a paper roll, a case). */
export type RollCount = Partial<Readonly<Record<Denominator, number>>> & { readonly entitled: number };

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
  };
}
