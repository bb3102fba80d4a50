export { checkPack, type PackFault, type PackSurroundings } from './check-pack.js';
export { InForce, isInForceOn, RequirementId, RuleId, SourceId } from './identifiers.js';
export * from './kinds/coverage.js';
export * from './kinds/disclosure-catalogue.js';
export * from './kinds/duty-list.js';
export * from './kinds/register.js';
export { termsRegister } from './kinds/terms-register.js';
export * from './kinds/service-catalogue.js';
export * from './kinds/settings.js';
export * from './kinds/sharing-list.js';
export { mergeOverlay, type OverlayChange, type OverlayMerge } from './merge-overlay.js';
export * from './pack-files.js';
export { lineageOf, namesOf, powersOf, type PolicyPack, type RuleVersion } from './policy-pack.js';
export { readPart, readRule, ruleKinds, ruleSchemas, type Rule, type RuleFault, type RuleKind } from './rule.js';
export { ruleInForce } from './rule-in-force.js';
export { joinAnswers, joinItems, joinLate } from './join-items.js';
export { joinProcedures, type JoinedProcedure } from './join-procedures.js';
export { strictestOf, type StrictestMerge } from './strictest.js';
export {
  hyphenate,
  isBlank as isBlankTree,
  isTreeList,
  isTreeMap,
  spellTree,
  namePath,
  walkTree,
  type Tree,
  type TreeMap,
  type TreePath,
} from './tree.js';
export { readMechanism, readRuleVersion, titlesOf, type ReadingFile } from './prose/read-mechanism.js';
export {
  compareProse,
  compareRules,
  type ComparedVersion,
  type ProseChange,
  type RuleChange,
} from './prose/compare-rules.js';
export { readFaultsForCases, readForCases } from './prose/case-reference.js';
