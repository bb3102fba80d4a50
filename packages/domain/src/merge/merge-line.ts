/** One line of a list: fields of words. */
export type Line = Readonly<Record<string, string | undefined>>;

const namesOf = (...lines: readonly Line[]): string[] => [...new Set(lines.flatMap((line) => Object.keys(line)))];

/** Whether two lines say the same; a field left out says nothing. */
export const sameLine = (a: Line | undefined, b: Line | undefined): boolean =>
  a === undefined || b === undefined ? a === b : namesOf(a, b).every((name) => a[name] === b[name]);

/** A line merged field by field. On a clash both versions hold what only one side changed; else they are the same. */
export const mergeLine = (
  base: Line | undefined,
  mine: Line | undefined,
  theirs: Line | undefined,
): { readonly clash: boolean; readonly mine: Line | undefined; readonly theirs: Line | undefined } => {
  if (sameLine(theirs, base)) return { clash: false, mine, theirs: mine };
  if (sameLine(mine, base) || sameLine(mine, theirs)) return { clash: false, mine: theirs, theirs };
  if (mine === undefined || theirs === undefined) return { clash: true, mine, theirs };
  const was = base ?? {};
  let clash = false;
  const versions: [Record<string, string>, Record<string, string>] = [{}, {}];
  for (const name of namesOf(was, mine, theirs)) {
    const [my, their] = [mine[name], theirs[name]];
    const twice = my !== their && my !== was[name] && their !== was[name];
    clash ||= twice;
    const changed = my === was[name] ? their : my;
    for (const [version, value] of [
      [versions[0], twice ? my : changed],
      [versions[1], twice ? their : changed],
    ] as const)
      if (value !== undefined) version[name] = value;
  }
  return { clash, mine: versions[0], theirs: versions[1] };
};
