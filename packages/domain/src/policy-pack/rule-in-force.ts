import { fault, ok, refuse, type Result } from '../fault/index.js';
import { isInForceOn } from './identifiers.js';
import type { PolicyPack, RuleVersion } from './policy-pack.js';

/**
 * The version of a rule that answers for a day; refuses with `no-rule-in-force` when none does (P1).
 *
 * Never the nearest version and never the latest: a rule that did not exist on the day cannot be broken on it.
 */
export function ruleInForce(pack: PolicyPack, id: string, date: string): Result<RuleVersion> {
  const version = pack.rules.find((each) => each.id === id && isInForceOn(each.inForce, date));
  return version === undefined ? refuse(fault('no-rule-in-force', { rule: id, on: date })) : ok(version);
}
