/**
 * What the articles behind a refusal are called: a reader is told “《…》第三十条”, not an id.
 * Learnt from every pack version as it is read; an id means one article in all packs, so what is known stays right and may be shared.
 */
const names = new Map<string, string>();

/** Adds what a pack version calls its sources. */
export const learnSourceNames = (known: Readonly<Record<string, string>> = {}): void => {
  for (const [id, name] of Object.entries(known)) names.set(id, name);
};

/** The words of a source; its id while no pack version that names it has been read. */
export const nameSource = (id: string): string => names.get(id) ?? id;

/** Several sources in words, each once: two paragraphs of one article have one name. */
export const nameSources = (ids: readonly string[]): string[] => [...new Set(ids.map(nameSource))];
