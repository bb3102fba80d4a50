import type { InForce } from './identifiers.js';
import type { BodiesFile, ClauseEntry, PackManifest, SourceEntry } from './pack-files.js';
import type { OverlayChange } from './merge-overlay.js';
import type { Rule, RuleKind } from './rule.js';
import type { TreeMap, TreePath } from './tree.js';

/**
 * Rule version 规则版本: one rule file of a pack as it applies, overlays already merged with their base.
 *
 * `rule` is the typed rule; `tree` is the merged text it was read from, `written` the file's own text, which an overlay's reader wants to see.
 */
export type RuleVersion = {
  kind: RuleKind;
  id: string;
  mechanism: string;
  file: string;
  inForce: InForce;
  covers: readonly string[];
  extends?: string;
  changes: readonly OverlayChange[];
  blanks: readonly TreePath[];
  written: TreeMap;
  tree: TreeMap;
  rule: Rule;
};

/**
 * Policy pack 政策包: one policy document's mechanisms, parameters and citations.
 *
 * `version` is what its maintainers call it; `hash` names its content exactly, and is what a matter is pinned to.
 */
export type PolicyPack = {
  manifest: PackManifest;
  hash: string;
  sources: readonly SourceEntry[];
  bodies: BodiesFile;
  clauses: readonly ClauseEntry[];
  rules: readonly RuleVersion[];
  mechanisms: readonly string[];
};

/** The pack and every pack it builds on, nearest first, each once. */
export function lineageOf(pack: PolicyPack, packs: ReadonlyMap<string, PolicyPack>): readonly PolicyPack[] {
  const line: PolicyPack[] = [];
  const visit = (each: PolicyPack): void => {
    if (line.includes(each)) return;
    line.push(each);
    for (const id of each.manifest.extends) {
      const base = packs.get(id);
      if (base !== undefined) visit(base);
    }
  };
  visit(pack);
  return line;
}

/** Which bodies hold which power, by the lists of every pack of the lineage; a kind of body holds what its body holds. */
export function powersOf(
  line: readonly PolicyPack[],
): ReadonlyMap<string, { title: string; bodies: readonly string[] }> {
  const powers = new Map<string, { title: string; bodies: string[] }>();
  for (const body of line.flatMap((pack) => [...pack.bodies.bodies, ...pack.bodies.offices])) {
    for (const { id, title } of body.powers) {
      const held = powers.get(id) ?? { title, bodies: [] };
      const more = [body.id, body.kind].filter((each) => each !== undefined && !held.bodies.includes(each));
      powers.set(id, { title: held.title, bodies: [...new Set([...held.bodies, ...(more as string[])])] });
    }
  }
  return powers;
}

/** What bodies, posts and offices are called: by the nearest pack of the lineage that names them. */
export function namesOf(line: readonly Pick<PolicyPack, 'bodies'>[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const bodies = line.flatMap((pack) => [...pack.bodies.bodies, ...pack.bodies.offices]);
  // A kind is called what its nearest body is called, unless a body has the kind's own id.
  for (const body of bodies) if (body.kind !== undefined && !names.has(body.kind)) names.set(body.kind, body.title);
  for (const pack of [...line].reverse()) {
    for (const body of [...pack.bodies.bodies, ...pack.bodies.offices]) {
      for (const post of body.posts) names.set(post.id, post.title);
      names.set(body.id, body.title);
    }
  }
  return names;
}
