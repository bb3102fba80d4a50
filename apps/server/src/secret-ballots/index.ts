import type { Feature } from '../http/feature.js';
import { seedBallots } from './demonstration/seed-ballots.js';
import { secretBallotsRoutes } from './secret-ballots.routes.js';

export { posterOf } from './poster.js';
export { listPublicBallots, type PublicTally } from './read-ballots.js';

/** Secret ballots: announcing one, tokens of the first issuer, paper on the same roll, closing, opening, the public file. */
export const secretBallotsFeature: Feature = { name: 'secret-ballots', routes: secretBallotsRoutes, seed: seedBallots };
