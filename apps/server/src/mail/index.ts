import type { Feature } from '../http/feature.js';
import { carryMail, tellResident } from './carry-mail.js';
import { queueEveryDigest } from './digests.js';
import { mailRoutes } from './mail.routes.js';

export { followMailLink, leaveMail, readMailLink, type Leaving } from './progress-mail.js';
export { openAddress, sealAddress } from './seal-address.js';
export { isMailOn } from './send-letter.js';

/** Mail: the digest of an inbox to its owner, news of a request to whoever left an address. */
export const mailFeature: Feature = {
  name: 'mail',
  routes: mailRoutes,
  effects: [carryMail, tellResident],
  jobs: [{ name: 'mail-digests', cron: '30 7 * * *', run: queueEveryDigest }],
};
