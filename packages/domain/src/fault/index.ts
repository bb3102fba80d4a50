export { CURES } from './cures.js';
export { explainFault, type FaultExplanation } from './explain-fault.js';
export {
  fault,
  ok,
  refuse,
  valueOf,
  type Fault,
  type FaultCode,
  type FaultParams,
  type Locale,
  type Result,
} from './fault.js';
export { FAULTS, type FaultSentences } from './faults.js';
