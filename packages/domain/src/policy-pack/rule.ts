import type { z } from 'zod';
import type { Fault } from '../fault/index.js';
import { Procedure } from '../procedure/index.js';
import { CoverageReport } from './kinds/coverage.js';
import { DisclosureCatalogue } from './kinds/disclosure-catalogue.js';
import { DutyList } from './kinds/duty-list.js';
import { Register } from './kinds/register.js';
import { ServiceCatalogue } from './kinds/service-catalogue.js';
import { Settings } from './kinds/settings.js';
import { SharingList } from './kinds/sharing-list.js';
import { faultsOfIssues } from './schema-faults.js';
import { isTreeMap, spellTree, type Tree, type TreePath } from './tree.js';

/** The schema of every kind of rule there is; a kind that is not here cannot be written. */
export const ruleSchemas = {
  procedure: Procedure,
  register: Register,
  'duty-list': DutyList,
  'service-catalogue': ServiceCatalogue,
  settings: Settings,
  coverage: CoverageReport,
  'disclosure-catalogue': DisclosureCatalogue,
  'sharing-list': SharingList,
} as const;

/** Kind of rule 规则种类. */
export type RuleKind = keyof typeof ruleSchemas;
export const ruleKinds = Object.keys(ruleSchemas) as readonly RuleKind[];

/** Rule 规则: what one file of a pack says, read and typed. */
export type Rule =
  | Procedure
  | Register
  | DutyList
  | ServiceCatalogue
  | Settings
  | CoverageReport
  | DisclosureCatalogue
  | SharingList;

/** A fault and the place in the rule it stands at. */
export type RuleFault = { fault: Fault; path: TreePath };

/**
 * Reads a rule from its tree, or gives every fault with its place.
 *
 * Faults: `pack-kind-unknown`, `pack-key-unknown`, `pack-value-missing`, `pack-value-invalid`.
 */
export function readRule(tree: Tree): { ok: true; rule: Rule } | { ok: false; faults: readonly RuleFault[] } {
  const kind = isTreeMap(tree) ? tree['kind'] : undefined;
  if (typeof kind !== 'string' || !isRuleKind(kind)) {
    const params = { kind: spellTree(kind ?? ''), known: ruleKinds.join(', ') };
    return { ok: false, faults: [{ fault: { code: 'pack-kind-unknown', params }, path: ['kind'] }] };
  }
  return readWith<Rule>(ruleSchemas[kind], tree);
}

function isRuleKind(kind: string): kind is RuleKind {
  return Object.hasOwn(ruleSchemas, kind);
}

function readWith<T>(
  schema: z.ZodType<T>,
  tree: Tree,
): { ok: true; rule: T } | { ok: false; faults: readonly RuleFault[] } {
  const read = schema.safeParse(tree);
  return read.success ? { ok: true, rule: read.data } : { ok: false, faults: faultsOfIssues(read.error.issues, tree) };
}

/** Reads any part of a pack (a manifest, a source, a share) by its schema, with faults in place. */
export function readPart<T>(
  schema: z.ZodType<T>,
  tree: Tree,
): { ok: true; value: T } | { ok: false; faults: readonly RuleFault[] } {
  const read = readWith(schema, tree);
  return read.ok ? { ok: true, value: read.rule } : read;
}
