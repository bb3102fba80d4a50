import type { Feature } from '../http/feature.js';
import { privacyRoutes } from './privacy.routes.js';

/** Reading personal records, approval for minors, and who read what. */
export const privacyFeature: Feature = { name: 'privacy', routes: privacyRoutes };
