import type { Feature } from '../http/feature.js';
import { logRoutes } from './log.routes.js';
import { startLog } from './run-log.js';

export { logCounties } from './run-log.js';
export {
  logReceiptOf,
  proofFileOf,
  receiptState,
  receiptStates,
  verifyPathOf,
  type ReceiptStanding,
  type ReceiptState,
} from './receipt.js';
export { logRootIn, logRootOf, type LogRoot } from './log-root.js';
export { sealCounty, type Sealed } from './seal.js';
export { checkLog, type Evidence } from './check-log.js';
export type { Finding, LogCheck } from './finding.js';
export { publishCounty } from './publish.js';
export { LogNotContinued } from './signer.js';

/** The public log 册: sequencer, publisher and the routes by which anybody reads it. */
export const logFeature: Feature = { name: 'log', routes: logRoutes, start: startLog };
