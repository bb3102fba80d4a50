export { inContext, type ContextDeps } from './in-context.js';
export type { Tx } from './transaction.js';
export { publicContext, systemContext, tenantOf, type Context, type Role } from './context.js';
