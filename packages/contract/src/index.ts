export * from './inbox.js';
export * from './matters.js';
export * from './policy-packs.js';
export * from './reports.js';
