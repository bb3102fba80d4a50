import type { Feature } from '../http/feature.js';
import { policyPacksRoutes } from './policy-packs.routes.js';

export { forgetRules, rulesOf, type PackedProcedure, type PackedRule, type RuleBook } from './rule-book.js';
export { activate, keepVersion, type Sql } from './policy-packs.store.js';
export { bodyOf, type PackBody } from './pack-body.js';
export { holidaysOf } from './holidays.js';

/** Policy packs as data: which apply where, what they say. */
export const policyPacksFeature: Feature = { name: 'policy-packs', routes: policyPacksRoutes };
