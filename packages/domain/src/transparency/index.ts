export * from './verifier.js';
export * from './leaf-kinds.js';
