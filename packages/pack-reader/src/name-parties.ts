import type { BodiesFile, Procedure } from '@lianxin/domain';

/** Keys under which a procedure names a body, an office or a post. */
const partyKeys: ReadonlySet<string> = new Set(['body', 'of', 'office', 'post', 'sampledFrom']);

function listNamed(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) listNamed(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (partyKeys.has(key) && typeof inner === 'string') found.add(inner);
    else listNamed(inner, found);
  }
}

/**
 * Gives a procedure the titles of the bodies, offices and posts it speaks of, so that refusals, prose and pages name them in words.
 *
 * `bodies` are the pack's own first, then those it extends: a document's own name for a body wins. Names the rule states itself stay.
 */
export function nameParties(procedure: Procedure, bodies: readonly BodiesFile[]): Procedure {
  const wanted = new Set<string>();
  listNamed({ ...procedure, names: [] }, wanted);
  const entries = bodies.flatMap((file) => [...file.bodies, ...file.offices]);
  const titles = new Map(procedure.names.map((name) => [name.id, name.title]));
  const posts = entries.flatMap((entry) => entry.posts);
  for (const { id, title } of [...entries, ...posts]) {
    if (wanted.has(id) && !titles.has(id)) titles.set(id, title);
  }
  // A rule may speak of a kind of body, which several bodies are: the first of that kind gives its title.
  for (const { kind, title } of entries)
    if (kind !== undefined && wanted.has(kind) && !titles.has(kind)) titles.set(kind, title);
  return { ...procedure, names: [...titles].map(([id, title]) => ({ id, title })) };
}
