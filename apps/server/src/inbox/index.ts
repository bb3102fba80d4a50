import type { Feature } from '../http/feature.js';
import { inboxRoutes } from './inbox.routes.js';

export { listInbox, readToday } from './read-inbox.js';

/** What waits for whom, until when; the page of today. */
export const inboxFeature: Feature = { name: 'inbox', routes: inboxRoutes };
