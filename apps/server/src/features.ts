import { accessFeature } from './access/index.js';
import { disclosuresFeature } from './disclosures/index.js';
import { decisionsFeature } from './decisions/index.js';
import { certificatesFeature } from './certificates/index.js';
import { filesFeature } from './files/index.js';
import type { Feature } from './http/feature.js';
import { householdsFeature } from './households/index.js';
import { logInsFeature } from './log-ins/index.js';
import { importsFeature } from './imports/index.js';
import { logFeature } from './log/index.js';
import { inboxFeature } from './inbox/index.js';
import { mailFeature } from './mail/index.js';
import { mattersFeature } from './matters/index.js';
import { meetingsFeature } from './meetings/index.js';
import { open311Feature } from './open311/index.js';
import { pushFeature } from './push/index.js';
import { recordsFeature } from './records/index.js';
import { topicsFeature } from './topics/index.js';
import { reportsFeature } from './reports/index.js';
import { privacyFeature } from './privacy/index.js';
import { secretBallotsFeature } from './secret-ballots/index.js';
import { policyPacksFeature } from './policy-packs/index.js';
import { peopleFeature } from './people/index.js';
import { portalFeature } from './portal/index.js';
import { webhooksFeature } from './webhooks/index.js';
import { ballotPagesFeature } from './portal/ballot/index.js';
import { verifyFeature } from './portal/verify/index.js';

/** Every feature of the server, in the order in which their routes are tried; a new feature adds its line. */
export const features: readonly Feature[] = [
  accessFeature,
  filesFeature,
  peopleFeature,
  householdsFeature,
  logInsFeature,
  privacyFeature,
  importsFeature,
  logFeature,
  certificatesFeature,
  policyPacksFeature,
  mattersFeature,
  meetingsFeature,
  decisionsFeature,
  secretBallotsFeature,
  inboxFeature,
  recordsFeature,
  disclosuresFeature,
  topicsFeature,
  reportsFeature,
  webhooksFeature,
  mailFeature,
  pushFeature,
  open311Feature,
  verifyFeature,
  ballotPagesFeature,
  portalFeature,
];
