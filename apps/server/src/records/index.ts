import type { Feature } from '../http/feature.js';
import { seedRecords } from './demonstration/seed-records.js';
import { recordProjection } from './records.projection.js';
import { recordsRoutes } from './records.routes.js';
import { sharingRoutes } from './sharing.routes.js';

export { enterRecord } from './enter-record.js';
export { findRegister, registersFor, type FoundRegister } from './find-register.js';
export { publicLedgersFor, type PublicLedger, type PublicRecord, type PublicRegister } from './public-ledgers.js';
export { readOwnRecord, sayOfRecord, type OwnRecord } from './own-record.js';
export { standingIn } from './standing-in.js';

/** Registers that packs define, and the records in them. */
export const recordsFeature: Feature = {
  name: 'records',
  routes: (app, deps) => {
    recordsRoutes(app, deps);
    sharingRoutes(app, deps);
  },
  seed: async (deps) => {
    await seedRecords(deps);
    return [];
  },
  projections: [recordProjection],
};
