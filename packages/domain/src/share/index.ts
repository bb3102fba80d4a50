export { compareShares, stricterShare, type Strictness } from './compare-shares.js';
export { describeThreshold } from './describe-share.js';
export { meets, meetsThreshold, minimumCount, type ShareFigures } from './meets.js';
export { Denominator, Fraction, Share, termsOf, Threshold } from './share.js';
