import type { Feature } from '../http/feature.js';
import { connectOwner } from '../storage/database.js';
import { cardsRoutes } from './cards.routes.js';
import { seedGrids } from './demonstration.js';
import { householdsRoutes } from './households.routes.js';

export {
  mergeVillages,
  splitVillage,
  type Merge,
  type Split,
  type Succession,
  type SuccessorVillage,
} from './succession/succession.js';
export { readPublicCharts, type PublicCharts } from './read-grid-map.js';
export { villageAt } from './village-at.js';
export { planeAround, type Position, type Shape } from './geometry/plane.js';

/** Grid maps, where households are, contact cards, and the history of merged and split villages. */
export const householdsFeature: Feature = {
  name: 'households',
  seed: async (deps, database) => {
    const owner = await connectOwner(database);
    try {
      await seedGrids(deps, owner);
    } finally {
      await owner.end();
    }
    return [];
  },
  routes: (app, deps) => {
    cardsRoutes(app, deps);
    householdsRoutes(app, deps);
  },
};
