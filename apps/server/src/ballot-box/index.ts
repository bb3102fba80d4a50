/** The ballot box 票箱: a process and a database of its own, apart from everything that knows a name. */
export { boxKeyIn, destroyBox, openBox, type BallotBox, type BoxAnswer, type BoxRefusal } from './box.js';
export { serveBox } from './serve-box.js';
