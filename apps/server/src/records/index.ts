import type { Feature } from '../http/feature.js';
import { recordProjection } from './records.projection.js';
import { recordsRoutes } from './records.routes.js';

/** Registers that packs define, and the records in them. */
export const recordsFeature: Feature = {
  name: 'records',
  routes: recordsRoutes,
  projections: [recordProjection],
};
