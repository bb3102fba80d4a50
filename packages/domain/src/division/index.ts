export {
  countyOf,
  DivisionCode,
  DivisionLevel,
  isWithin,
  levelOf,
  listAncestors,
  parentOf,
  scopeOf,
  type DivisionScope,
} from './division.js';
export { predecessorsOf, SuccessorLink, successorsOf } from './successors.js';
