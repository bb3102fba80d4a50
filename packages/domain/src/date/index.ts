export * from './duration.js';
export * from './instant.js';
export * from './period.js';
export * from './plain-date.js';
