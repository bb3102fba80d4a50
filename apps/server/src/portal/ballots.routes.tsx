import type { App } from '../http/environment.js';
import { listPublicBallots } from '../secret-ballots/index.js';
import { BallotsOfVillage } from './pages/ballots.js';
import { onVillage } from './places.routes.js';
import { replyPage, settingFor, type Portal } from './reply.js';

/** The page of a village's secret ballots: counts and how to check them. */
export const ballotsPages = (app: App, portal: Portal): void => {
  app.get(
    '/v/:code/ballots',
    onVillage(portal, async (c, village) => {
      const ballots = await listPublicBallots(portal.deps, village.code);
      return replyPage(c, <BallotsOfVillage setting={settingFor(portal, c)} village={village} ballots={ballots} />);
    }),
  );
};
