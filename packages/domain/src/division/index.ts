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
