import type { InForce } from './in-force.js';
import type { PolicyPack, RuleKind } from '@lianxin/domain';

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

/** What is kept of a pack as the reader gives it. */
export const bodyOf = (pack: PolicyPack): PackBody => ({
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
