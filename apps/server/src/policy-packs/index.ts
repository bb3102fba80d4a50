export { forgetRules, rulesOf, type PackedProcedure, type PackedRule, type RuleBook } from './rule-book.js';
export { activate, keepVersion, type Sql } from './policy-packs.store.js';
export { bodyOf, type PackBody } from './pack-body.js';
export { holidaysOf } from './holidays.js';
