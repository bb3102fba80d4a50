export * from './verifier.js';
export * from './leaf-kinds.js';
export * from './personal-data.js';
