import type { Feature } from '../http/feature.js';
import { whoMayReadFilesOf } from '../files/index.js';
import { seedRequests } from './demonstration/seed-requests.js';
import { sweepCounties } from './deadline-sweep.js';
import { holidaysOf } from '../policy-packs/index.js';
import { readConfig } from '../config.js';
import { connectOwner } from '../storage/database.js';
import { mattersProjections } from './matters.projection.js';
import { mattersRoutes } from './matters.routes.js';

export { actAsPerson, actAsVisitor, actByReceipt, actWithin, type ActWithin } from './act-on-matter.js';
export type { MatterDeps } from './act-context.js';
export { listCounties, sweepDeadlines, type Swept } from './deadline-sweep.js';
export { endedDecision, type EndedDecision } from './ended-decision.js';
export { directoryFor, forgetDirectory, type Directory } from './directory.js';
export { checkFormToken, newFormToken } from './form-token.js';
export { listMatters } from './list-matters.js';
export { openByResident, openByStaff, openFromOutside, openWithin } from './open-matter.js';
export {
  listOpenMatters,
  textsInForce,
  type AdoptedText,
  type OpenMatter,
  type OpenStep,
  type OpenVotes,
} from './open-matters.js';
export { replayRequests, type Replayed, type ReplayOptions } from './replay/replay-requests.js';
export type { LineProblem } from './replay/message.js';
export { votesOfMatter, type MatterVote, type VotingMatter } from './matter-votes.js';
export { readKindHints } from './replay/kind-hints.js';
export { hangingPostings, listVillagePostings, type HangingPosting, type PublicPosting } from './public-postings.js';
export { postedMatters, publicDecision, type PublicDecision } from './public-decision.js';
export { readMatter } from './read-matter.js';
export { openContact, sealContact } from './contact-seal.js';
export { isForResidents } from './offered.js';
export { readNames } from './matters.store.js';
export { readReceiptCode } from './receipt.js';
export { readStaffForm } from './staff-form.js';
export { readRequestForm, readRequestForms } from './request-form.js';
export {
  findVillageCounts,
  listPublicRequests,
  listSharedConcerns,
  type PublicRequest,
  type SharedConcern,
  type VillageCounts,
} from './village-overview.js';
export { listUnpublishedResults, type UnpublishedResult } from './unpublished-results.js';
export { trackMatter, type LogState } from './track-matter.js';
export { logStateFrom, newForm } from './matters.routes.js';
export { matterFiles, titlesOf, type ReportedFile, type Titles } from './matter-files.js';
export { momentOf } from './matter-file.js';
export { overdueDays } from './projection.js';
export { actorView, kindTitle, resultTitle, stageTitle } from './matters.view.js';

// Whoever may see a matter may read its attachments; the query runs under his own rights.
whoMayReadFilesOf('matter', async (tx, use) => {
  const row = await tx.first('select 1 from lx.matter where county = $1 and id = $2::uuid', [
    tx.context.county,
    use.subject,
  ]);
  return row !== undefined;
});

/** Matters: what residents and offices ask to be done, from the first word to the last. */
export const mattersFeature: Feature = {
  name: 'matters',
  routes: mattersRoutes,
  // Tools rebuild without a server's settings, so the packs folder is the one of the environment.
  projections: mattersProjections(() => holidaysOf(readConfig(process.env).packs)),
  seed: async (deps, database) => {
    await seedRequests(deps);
    // The residents of a demonstration are made up: their requests are marked so, and nobody is to be told what became of them.
    const owner = await connectOwner(database);
    try {
      await owner.query('update lx.matter set made_up = true');
      await owner.query('update lx.outbox set done_at = $1 where done_at is null', [deps.clock()]);
    } finally {
      await owner.end();
    }
    return [];
  },
  jobs: [{ name: 'sweep-deadlines', cron: '5 0,6,12 * * *', run: sweepCounties }],
};
