import type { Feature } from '../http/feature.js';
import { connectOwner } from '../storage/database.js';
import { policyPacksRoutes } from './policy-packs.routes.js';
import { seedPacks } from './seed-packs.js';

export { answersFor } from './in-force.js';
export { forgetRules, rulesIn, rulesOf, type PackedProcedure, type PackedRule, type RuleBook } from './rule-book.js';
export { activate, keepJoint, keepVersion, type Sql } from './policy-packs.store.js';
export { activatePacks, planActivation, type Activating, type PlannedActivation } from './activate-packs.js';
export { seedPacks } from './seed-packs.js';
export { documentsFor, type BasisDocument } from './documents.js';
export { bodyOf, type PackBody } from './pack-body.js';
export { toBpmn } from './bpmn.js';
export { holidaysOf } from './holidays.js';

/** Policy packs as data: which apply where, what they say. */
export const policyPacksFeature: Feature = {
  name: 'policy-packs',
  routes: policyPacksRoutes,
  seed: async (deps, database) => {
    const owner = await connectOwner(database);
    try {
      await seedPacks(deps, owner);
    } finally {
      await owner.end();
    }
    return [];
  },
};
