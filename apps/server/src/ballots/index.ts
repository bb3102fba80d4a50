/** Ballots 表决: rolls and counts, as meetings use them; routes and pages are those of the meeting. */
export { addCount, countsOf, type StoredCount } from './count.store.js';
export { membersOn, seenBy, type Member } from './memberships.js';
export { rollOf, withoutRecused } from './roll.js';
export { slipCode, slipFits, type SlipOf } from './slips.js';
export { freezeRoll, frozenRollOf, type FrozenRoll } from './roll.store.js';
