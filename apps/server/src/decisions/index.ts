import type { Feature } from '../http/feature.js';
import { decisionsRoutes } from './decisions.routes.js';

export { listDecisions, readDecisionPage, type DecisionPage } from './read-decision.js';
export { sayOnDecision, type Said } from './say.js';

/** Decisions as residents reach them 四权渠道: the file, the meeting, comments, the supervision committee, each counted. */
export const decisionsFeature: Feature = { name: 'decisions', routes: decisionsRoutes };
