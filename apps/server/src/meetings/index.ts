import type { Feature } from '../http/feature.js';
import { seedMeetings } from './demonstration/seed-meetings.js';
import { meetingsRoutes } from './meetings.routes.js';

export { asReaderOfMembers } from './meetings.access.js';
export { arriveBySlip } from './attend.js';
export { listPublicMeetings, type PublicMeeting } from './public-meetings.js';

/** Meetings: calling them, who came, what was voted on, the minutes; papers and calendars. */
export const meetingsFeature: Feature = { name: 'meetings', routes: meetingsRoutes, seed: seedMeetings };
