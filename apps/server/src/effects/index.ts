export { queueEffect, type EffectInput } from './queue.js';
