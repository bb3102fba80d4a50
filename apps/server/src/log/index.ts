import type { Feature } from '../http/feature.js';
import { logDeskRoutes } from './log-desk.routes.js';
import { logRoutes } from './log.routes.js';
import { startLog } from './run-log.js';

export { decisionSteps } from './decision-steps.js';
export { logTrust } from './log-trust.js';
export { sha256 } from './sha256.js';
export { verifyEd25519 } from './signing-key.js';
export { logCounties, logYears, nameSilent } from './run-log.js';
export { collectCosignatures, takeCosignature, type HandIn } from './cosign.js';
export { logStanding, type LogStanding, type WitnessStanding } from './log-standing.js';
export { policyFile } from './witness-rule.js';
export {
  leafProof,
  logReceiptOf,
  proofFileOf,
  proofOfEntry,
  receiptState,
  type ReceiptStanding,
  type ReceiptState,
} from './receipt.js';
export { exportLog } from './export-log.js';
export { logRootOf, type LogRoot } from './log-root.js';
export { recordSoftware } from './software.js';
export { sealCounty, type Sealed } from './seal.js';
export { checkLog, type Evidence } from './check-log.js';
export type { Finding, LogCheck } from './finding.js';
export { publishCounty } from './publish.js';
export { LogNotContinued } from './signer.js';

/** The public log 册: sequencer, publisher and the routes by which anybody reads it. */
export const logFeature: Feature = {
  name: 'log',
  routes: (app, deps) => {
    logRoutes(app, deps);
    logDeskRoutes(app, deps);
  },
  start: startLog,
};
