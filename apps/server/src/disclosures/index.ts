import { tellLateEverywhere } from './tell-late.js';
import { whoMayReadFilesOf } from '../files/index.js';
import type { Feature } from '../http/feature.js';
import { seedDisclosures } from './demonstration/seed-disclosures.js';
import { disclosuresRoutes } from './disclosures.routes.js';

export { ask, type Asked } from './answer.js';
export { boardFile, boardListFor, bookletFor, wallFor, type BoardFile } from './board-files.js';
export { atomFor, dataCatalogueFor } from './feeds.js';
export { powersFor, type PowerView } from './powers.js';
export {
  readBoardPage,
  readVillageBoard,
  type BoardLine,
  type BoardPage,
  type OwedLine,
  type VillageBoard,
} from './read-board.js';

// The print of what was published, and a photo of the wall: for whoever may read the disclosure itself.
whoMayReadFilesOf('disclosure', async (tx, use) => {
  const row = await tx.first('select 1 from lx.disclosure where county = $1 and id = $2::uuid', [
    tx.context.county,
    use.subject,
  ]);
  return row !== undefined;
});

/** What villages publish: what is owed, drafts, checks, versions, the wall, questions. */
export const disclosuresFeature: Feature = {
  name: 'disclosures',
  routes: disclosuresRoutes,
  seed: async (deps) => {
    await seedDisclosures(deps);
    return [];
  },
  jobs: [{ name: 'tell-late-disclosures', cron: '20 6 * * *', run: tellLateEverywhere }],
};
