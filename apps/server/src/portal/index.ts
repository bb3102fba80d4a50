import type { Deps } from '../deps.js';
import type { App } from '../http/environment.js';
import type { Feature } from '../http/feature.js';
import { readPortalAssets } from './assets.js';
import { certificatesPages } from './certificates.routes.js';
import { decisionsPages } from './decisions.routes.js';
import { mailPages } from './mail.routes.js';
import { ballotsPages } from './ballots.routes.js';
import { meetingsPages } from './meetings.routes.js';
import { disclosuresRoutes } from './disclosures.routes.js';
import { openRoutes } from './open.routes.js';
import { placesRoutes } from './places.routes.js';
import { ownRecordPages } from './own-record.routes.js';
import { receiptsRoutes } from './receipts.routes.js';
import { requestsRoutes } from './requests.routes.js';
import { staticRoutes } from './static.routes.js';

export { refusalPages } from './refusal-pages.js';

/** The resident portal 居民门户: server-rendered, whole without a script, no account. */
export const portalRoutes = (app: App, deps: Deps): void => {
  const portal = { deps, assets: readPortalAssets() };
  staticRoutes(app, portal);
  placesRoutes(app, portal);
  certificatesPages(app, portal);
  meetingsPages(app, portal);
  mailPages(app, portal);
  ballotsPages(app, portal);
  decisionsPages(app, portal);
  disclosuresRoutes(app, portal);
  openRoutes(app, portal);
  requestsRoutes(app, portal);
  receiptsRoutes(app, portal);
  ownRecordPages(app, portal);
};

export const portalFeature: Feature = { name: 'portal', routes: portalRoutes };
