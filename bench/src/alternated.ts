import { median } from './figures.js';

/** Two sides measured in turn, in the order of the rounds, and how the first compares with the second. */
export interface Alternated {
  readonly ours: readonly number[];
  readonly reference: readonly number[];
  /** The middle of the ratios of each round's two sides; null where there is no other side. */
  readonly ratio: number | null;
}

/** One measurement of one side. */
export type Measure = () => number | Promise<number>;

/**
 * Measures two sides in turn, each first in every other round, and compares within a round: a disk that others keep busy for a minute, tables that
 * grow and code that gets warm touch both sides of a round alike. Many short rounds therefore show what few long ones hide.
 *
 * Without another side one round says that ours was there.
 */
export const alternate = async (rounds: number, ours: Measure, reference: Measure | undefined): Promise<Alternated> => {
  const found = { ours: [] as number[], reference: [] as number[] };
  if (reference === undefined) return { ...found, ours: [await ours()], ratio: null };
  const sides = [
    async (): Promise<unknown> => found.ours.push(await ours()),
    async (): Promise<unknown> => found.reference.push(await reference()),
  ];
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
  return { ...found, ratio: median(found.ours.map((rate, at) => rate / (found.reference[at] ?? Number.NaN))) };
};
