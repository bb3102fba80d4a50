import type { Feature } from '../http/feature.js';
import { pushRoutes } from './push.routes.js';
import { ringBrowser, ringEverywhere } from './ring.js';

/** Web push: browsers of staff ring when something new waits. Never at night: whoever sleeps is not on duty. */
export const pushFeature: Feature = {
  name: 'push',
  routes: pushRoutes,
  effects: [ringBrowser],
  jobs: [{ name: 'ring-browsers', cron: '*/5 7-19 * * *', run: ringEverywhere }],
};
