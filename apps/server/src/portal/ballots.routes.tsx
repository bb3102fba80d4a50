import type { App } from '../http/environment.js';
import { countyDate } from '@lianxin/domain';
import { wallSheetOf } from '../papers/index.js';
import { listPublicBallots, posterOf } from '../secret-ballots/index.js';
import { BallotsOfVillage } from './pages/ballots.js';
import { onVillage, replyNoVillage } from './places.routes.js';
import { replyPage, settingFor, type Portal } from './reply.js';

/** The page of a village's secret ballots: counts, how to check them, and the poster of each for the wall. */
export const ballotsPages = (app: App, portal: Portal): void => {
  app.get(
    '/v/:code/ballots',
    onVillage(portal, async (c, village) => {
      const ballots = await listPublicBallots(portal.deps, village.code);
      return replyPage(c, <BallotsOfVillage setting={settingFor(portal, c)} village={village} ballots={ballots} />);
    }),
  );
  app.get(
    '/v/:code/ballots/:id/poster.pdf',
    onVillage(portal, async (c, village) => {
      const ballot = (await listPublicBallots(portal.deps, village.code)).find(({ id }) => id === c.req.param('id'));
      if (ballot === undefined) return replyNoVillage(portal, c);
      const address = `${portal.deps.config.origin}/ballot/${village.code.slice(0, 6)}/${ballot.id}`;
      const date = countyDate(portal.deps.clock());
      const sheet = await wallSheetOf(posterOf(ballot.manifest, { issuer: village.name, address, date }));
      c.header('content-type', 'application/pdf');
      c.header('content-disposition', `inline; filename="ballot-${ballot.id}.pdf"`);
      return c.body(sheet as Uint8Array<ArrayBuffer>, 200);
    }),
  );
};
