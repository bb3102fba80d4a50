import type { Deps } from '../../deps.js';
import type { App } from '../../http/environment.js';
import type { Feature } from '../../http/feature.js';
import { trusteePage, voterPage } from './ballot-pages.generated.js';

/** The voter's page may talk to this server, and to the boxes and second issuers that the installation knows; to nobody else. */
export const policyFor = (hosts: readonly string[]): string =>
  voterPage.policy.replace(`connect-src 'self'`, ['connect-src', `'self'`, ...hosts].join(' '));

const ballotPages = (app: App, deps: Deps): void => {
  // The policy is read with each request: it is short, and a test may add a host.
  app.get('/ballot/:county/:id', (c) =>
    c.html(voterPage.html, 200, {
      'content-security-policy': policyFor(deps.config.ballotHosts),
      'cache-control': 'no-cache',
    }),
  );
  app.get('/ballot-trustee', (c) =>
    c.html(trusteePage.html, 200, { 'content-security-policy': trusteePage.policy, 'cache-control': 'no-cache' }),
  );
};

/** Pages of a secret ballot on a phone 投票页: the voter's, and the one on which a trustee makes a key. Static files; each runs the kernel itself. */
export const ballotPagesFeature: Feature = { name: 'ballot-pages', routes: ballotPages };
