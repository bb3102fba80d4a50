export { Condition, listActsCounted, listFieldsRead } from './condition.js';
export { describeCondition, type ConditionNames } from './describe-condition.js';
export { evaluateCondition, type ConditionFacts, type ConditionValue } from './evaluate-condition.js';
