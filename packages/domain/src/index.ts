export * from './share/index.js';
export * from './date/index.js';
export * from './fault/index.js';
export * from './division/index.js';
export * from './condition/index.js';
export * from './transparency/index.js';
export * from './calendar/index.js';
export * from './roll/index.js';
