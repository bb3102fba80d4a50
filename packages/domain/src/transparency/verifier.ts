/** Everything a checker needs, without the schemas: the verification page is built from this file. */
export * from './bytes.js';
export * from './add-checkpoint.js';
export * from './canonical-json.js';
export * from './checkpoint.js';
export * from './commitment.js';
export * from './cosignature.js';
export * from './leaf.js';
export * from './private-day.js';
export * from './receipt.js';
export * from './signed-note.js';
export * from './tiles.js';
export * from './tlog-proof.js';
export * from './tree.js';
export * from './verify-proof.js';
export * from './verify-file.js';
export * from './witness-policy.js';
export * from './check-receipt.js';
