import type { Feature } from '../http/feature.js';
import { topicsRoutes } from './topics.routes.js';

/** Topics: which requests may be one matter, what many are about, which category fits. Offered to staff, decided by staff. */
export const topicsFeature: Feature = { name: 'topics', routes: topicsRoutes };
