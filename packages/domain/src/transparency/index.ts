export * from './verifier.js';
export * from './leaf-kinds.js';
export * from './certificate-of.js';
export * from './decision-step.js';
