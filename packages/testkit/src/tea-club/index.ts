export { admission } from './admission.js';
export { charter } from './charter.js';
export { errand } from './errand.js';
export { order } from './order.js';
export * from './people.js';
export { play, type Play, type Step } from './play.js';
export { wish } from './wish.js';
