import type { InForce } from './in-force.js';
import { lineageOf, type PolicyPack, type RuleKind } from '@lianxin/domain';

/**
 * A pack version as the database keeps it (政策包版本): whole and merged, so that no matter changes with a file.
 * It is the pack without the text it was read from; typed rules read back through their schemas.
 */
export interface PackBody {
  readonly manifest: PolicyPack['manifest'];
  readonly sources: PolicyPack['sources'];
  readonly bodies: PolicyPack['bodies'];
  readonly mechanisms: readonly string[];
  readonly rules: readonly KeptRule[];
  /** What the sources of its rules are called, those of the packs it builds on too; missing in versions kept before it was asked for. */
  readonly sourceNames?: Readonly<Record<string, string>>;
}

/** A rule as kept. */
export interface KeptRule {
  readonly kind: RuleKind;
  readonly id: string;
  readonly mechanism: string;
  readonly inForce: InForce;
  readonly covers: readonly string[];
  readonly rule: unknown;
}

/** Articles and clauses in the words a reader knows: the title of the document in its marks, then the place in it. */
const sourceNamesOf = (pack: PolicyPack, packs: ReadonlyMap<string, PolicyPack>): Record<string, string> => {
  const line = lineageOf(pack, packs).toReversed();
  const articles = line.flatMap(({ sources }) =>
    sources.map(({ id, title, article }) => [id, article === undefined ? title : `《${title}》${article}`] as const),
  );
  const clauses = line.flatMap(({ manifest, clauses: listed }) =>
    listed.map(({ id, clause, title }) => [id, `《${manifest.document?.title ?? title}》${clause}`] as const),
  );
  return Object.fromEntries([...articles, ...clauses]);
};

/** What is kept of a pack as the reader gives it, beside the packs it was read with. */
export const bodyOf = (pack: PolicyPack, packs: ReadonlyMap<string, PolicyPack>): PackBody => ({
  sourceNames: sourceNamesOf(pack, packs),
  manifest: pack.manifest,
  sources: pack.sources,
  bodies: pack.bodies,
  mechanisms: pack.mechanisms,
  rules: pack.rules.map(({ kind, id, mechanism, inForce, covers, rule }) => ({
    kind,
    id,
    mechanism,
    inForce,
    covers,
    rule,
  })),
});
