import type { Feature } from '../http/feature.js';
import { reportsRoutes } from './reports.routes.js';

export { readAdmission } from './admission.js';
export { readLeaderPage } from './leader-page.js';
export { readLedger } from './ledger.js';
export { readOneTimeNotice } from './one-time-notice.js';
export { readOrders } from './orders.js';
export { readProxyServices } from './proxy-services.js';
export { readRatings } from './ratings.js';
export { readRecurring } from './recurring.js';
export { readSettled } from './settled.js';
export { readTimeliness, timelinessOf, timelinessOfCounties, type Answered } from './timeliness.js';

/** Figures cut from the acts; each leads to the matters behind it. */
export const reportsFeature: Feature = { name: 'reports', routes: reportsRoutes };
