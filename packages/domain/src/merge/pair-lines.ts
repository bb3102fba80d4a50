import { sameLine, type Line } from './merge-line.js';

/** What became of each line of a base, by its place there, and what was added. */
export interface Paired {
  readonly kept: readonly (Line | undefined)[];
  readonly added: readonly Line[];
}

/**
 * Finds the lines of a base again in a later version: first those that were left alone, then those that agree in a field which tells
 * lines apart, in that order. Lines have no numbers of their own, because people write them on paper too.
 */
export const pairLines = (base: readonly Line[], version: readonly Line[], by: readonly string[]): Paired => {
  const kept: (Line | undefined)[] = base.map(() => undefined);
  const left = [...version];
  const pair = (agree: (was: Line, is: Line) => boolean): void => {
    base.forEach((was, at) => {
      if (kept[at] !== undefined) return;
      const found = left.findIndex((is) => agree(was, is));
      if (found >= 0) [kept[at]] = left.splice(found, 1);
    });
  };
  pair(sameLine);
  for (const name of by) pair((was, is) => was[name] !== undefined && was[name] === is[name]);
  return { kept, added: left };
};
