import type { Feature } from '../http/feature.js';
import { deliverWebhook } from './deliver.js';
import { tellEverywhere } from './tell-webhooks.js';
import { webhooksRoutes } from './webhooks.routes.js';

export { stoppedWebhooks } from './webhooks.store.js';

/** Webhooks: other systems of the county are told of public acts. */
export const webhooksFeature: Feature = {
  name: 'webhooks',
  routes: webhooksRoutes,
  effects: [deliverWebhook],
  jobs: [{ name: 'tell-webhooks', cron: '* * * * *', run: tellEverywhere }],
};
