import {
  meetsThreshold,
  minimumCount,
  type Denominator,
  type Share,
  type ShareFigures,
  type Threshold,
} from '../share/index.js';

/** How many people each denominator counts, as the roll has them. */
export type Bases = Partial<Readonly<Record<Denominator, number>>>;

/** Who was there and who voted: the two denominators that a meeting itself makes. */
export interface Room {
  readonly present: number;
  readonly voting: number;
}

const ROLL_BASES = ['entitled', 'all-members', 'households', 'registered-voters'] as const;

/** So many people against every denominator that is known. */
export function figuresAgainst(bases: Bases, room: Room, count: number): ShareFigures {
  const figures: Partial<Record<Denominator, { count: number; base: number }>> = {
    present: { count, base: room.present },
    voting: { count, base: room.voting },
  };
  for (const name of ROLL_BASES) {
    const base = bases[name];
    if (base !== undefined) figures[name] = { count, base };
  }
  return figures;
}

/**
 * Attendance against the roll: persons against persons, households only where the meeting counted them, because how many households
 * came does not follow from how many persons did.
 */
export function figuresOfAttendance(bases: Bases, present: number, households?: number): ShareFigures {
  const { households: _, ...persons } = figuresAgainst(bases, { present, voting: present }, present);
  if (households === undefined || bases.households === undefined) return persons;
  return { ...persons, households: { count: households, base: bases.households } };
}

const sharesOf = (threshold: Threshold): readonly Share[] => ('anyOf' in threshold ? threshold.anyOf : [threshold]);

/** The smallest count that would do, over the ways that can be counted; 0 where none can. */
export function neededFor(threshold: Threshold, figures: ShareFigures): number {
  const counts = waysOf(threshold, figures).map((way) => way.need);
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** One way to meet a threshold: of whom, how many are needed, are there, and are missing. */
export interface WayThere {
  readonly of: Denominator;
  readonly base: number;
  readonly need: number;
  readonly have: number;
  readonly missing: number;
  readonly met: boolean;
}

/**
 * Every way to meet a threshold with what is missing on it, for the sentence 还差 2 名，须 20，现 18; one met way is enough.
 */
export const waysOf = (threshold: Threshold, figures: ShareFigures): WayThere[] =>
  sharesOf(threshold).flatMap((share) => {
    const figure = figures[share.of];
    if (figure === undefined) return [];
    const need = minimumCount(share, figure.base);
    const { count: have, base } = figure;
    const met = meetsThreshold(share, figures);
    return [{ of: share.of, base, need, have, missing: Math.max(0, need - have), met }];
  });
