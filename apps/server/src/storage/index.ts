export { inContext, rowsInContext, type ContextDeps } from './in-context.js';
export { callAtEnd, type Tx } from './transaction.js';
export { publicContext, scopeWithin, systemContext, tenantOf, type Context, type Role } from './context.js';
