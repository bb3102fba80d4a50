export { contractRoutes, type ContractRoute } from './contract-routes.js';
export { faultInAnswer, type Heard } from './judge.js';
export { CallRunner, type Caller, type CallsReport } from './run-calls.js';
