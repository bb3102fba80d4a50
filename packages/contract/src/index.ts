export * from './inbox.js';
export * from './matters.js';
export * from './policy-packs.js';
export * from './reports.js';
export * from './fault-status.js';
export * from './session.js';
