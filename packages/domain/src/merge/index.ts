export { type Line } from './merge-line.js';
export { mergeLists, type Conflict, type Lists, type ListShape, type Merge, type Side } from './merge-lists.js';
