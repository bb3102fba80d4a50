/** Pairs of neighbouring characters, and single ones, of a name. */
const partsOf = (name: string): Set<string> => {
  const characters = [...name];
  return new Set([...characters, ...characters.map((one, at) => one + (characters[at + 1] ?? ''))]);
};

/** The names most alike to a wrong one 相近名称, best first, at most `most`; none when nothing is alike. */
export const findSimilar = (wrong: string, names: Iterable<string>, most = 3): string[] => {
  const wanted = partsOf(wrong);
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const parts = partsOf(name);
    let common = 0;
    for (const part of parts) if (wanted.has(part)) common += part.length;
    const score = common / (wanted.size + parts.size);
    if (score > 0.3) scored.push({ name, score });
  }
  return scored
    .toSorted((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
};

/** Names in one line for a suggestion. */
export const inALine = (names: readonly string[]): string => (names.length === 0 ? '—' : names.join('、'));
