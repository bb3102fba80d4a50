import { mergeLine, sameLine, type Line } from './merge-line.js';
import { pairLines } from './pair-lines.js';

/** Whose version of a conflict is taken: of the one who writes now, or of those who wrote meanwhile. */
export type Side = 'mine' | 'theirs';

/** How the lines of a list are told apart, and how many there may be. */
export interface ListShape {
  /** Fields by which a changed line is known again, the surest first. */
  readonly by: readonly string[];
  /** Whether two lines that are equal in the first of them are one, even if both were added. */
  readonly alone: boolean;
  readonly least: number;
  readonly most: number;
}

/** Lists of lines under their names, e.g. what a card says. */
export type Lists = Readonly<Record<string, readonly Line[]>>;

/** One thing that was changed twice (冲突): nobody but a person can say which version holds. */
export interface Conflict {
  /** Stands for it in a choice: the list with the line's place in the base, or the list alone. */
  readonly at: string;
  readonly list: string;
  readonly base: readonly Line[];
  /** Empty where the line was dropped. */
  readonly mine: readonly Line[];
  readonly theirs: readonly Line[];
}

/** What came of a merge. Where nothing was chosen yet, `merged` holds the version of the others. */
export interface Merge<L extends Lists> {
  readonly merged: L;
  readonly conflicts: readonly Conflict[];
}

const lineOf = (line: Line | undefined): readonly Line[] => (line === undefined ? [] : [line]);
const sameList = (a: readonly Line[], b: readonly Line[]): boolean =>
  a.length === b.length && a.every((line, at) => sameLine(line, b[at]));

/** One list: lines of the base in their order, then what was added. */
const mergeList = (
  list: string,
  shape: ListShape,
  base: readonly Line[],
  mine: readonly Line[],
  theirs: readonly Line[],
  chosen: (at: string) => Side | undefined,
): { lines: readonly Line[]; conflicts: readonly Conflict[] } => {
  if (sameList(theirs, base)) return { lines: mine, conflicts: [] };
  if (sameList(mine, base) || sameList(mine, theirs)) return { lines: theirs, conflicts: [] };
  const lines: Line[] = [];
  const conflicts: Conflict[] = [];
  const settle = (at: string, was: Line | undefined, my: Line | undefined, their: Line | undefined): void => {
    const found = mergeLine(was, my, their);
    if (found.clash) {
      conflicts.push({
        at: `${list}.${at}`,
        list,
        base: lineOf(was),
        mine: lineOf(found.mine),
        theirs: lineOf(found.theirs),
      });
    }
    const line = chosen(`${list}.${at}`) === 'mine' ? found.mine : found.theirs;
    if (line !== undefined) lines.push(line);
  };
  const my = pairLines(base, mine, shape.by);
  const their = pairLines(base, theirs, shape.by);
  base.forEach((was, at) => settle(String(at), was, my.kept[at], their.kept[at]));
  const both = pairLines(their.added, my.added, shape.alone ? shape.by.slice(0, 1) : []);
  their.added.forEach((added, at) =>
    both.kept[at] === undefined ? lines.push(added) : settle(`added-${at}`, undefined, both.kept[at], added),
  );
  lines.push(...both.added);
  const open = conflicts.some(({ at }) => chosen(at) === undefined);
  if (open || (lines.length >= shape.least && lines.length <= shape.most)) return { lines, conflicts };
  // Each side kept to the limits, both together do not: the whole list is the one thing to choose.
  return {
    lines: chosen(list) === 'mine' ? mine : theirs,
    conflicts: [{ at: list, list, base, mine, theirs }],
  };
};

/**
 * Merges what two wrote upon the same base, line by line and field by field (三方合并): what only one changed is taken, what both
 * changed alike is taken once, and the same thing changed in two ways is a conflict. Nothing that was added is lost, whoever sends first.
 */
export const mergeLists = <L extends Lists>(
  shapes: Readonly<Record<string, ListShape>>,
  versions: { readonly base: L; readonly mine: L; readonly theirs: L },
  choices: Readonly<Record<string, Side>> = {},
): Merge<L> => {
  const { base, mine, theirs } = versions;
  const parts = Object.entries(shapes).map(([list, shape]) => ({
    list,
    ...mergeList(list, shape, base[list] ?? [], mine[list] ?? [], theirs[list] ?? [], (at) => choices[at]),
  }));
  return {
    merged: Object.fromEntries(parts.map(({ list, lines }) => [list, lines])) as Lists as L,
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
};
