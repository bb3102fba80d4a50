import type { Feature } from '../http/feature.js';
import { coverageRoutes } from './coverage.routes.js';
import { fieldWorkRoutes } from './field-work.routes.js';
import type { MattersForPeople, MattersHolder } from './open-matter.js';
import { peopleRoutes } from './people.routes.js';
import { placeRoutes } from './place.routes.js';

export { holdersOf, type HolderQuery } from './appointment.store.js';
export { readCoverage } from './coverage/read-coverage.js';
export type { MattersForPeople, NeedAsMatter } from './open-matter.js';
export { listBodies, readBody } from './read-bodies.js';
export {
  findDivision,
  listCounties,
  listDivisionsBelow,
  searchVillages,
  type DivisionRow,
  type VillageFound,
} from './read-divisions.js';
export { chainOn, pathBetween, readRoutePath, type ChainOffice } from './route-path.js';
export { listDutyContacts } from './save-grid.js';
export { listStations } from './save-station.js';

const holder: MattersHolder = { matters: undefined };

/** Gives field work its way to matters; called once by the feature `matters` as it starts. */
export const useMatters = (matters: MattersForPeople): void => {
  holder.matters = matters;
};

/** Bodies, posts, persons, places, coverage and field work. */
export const peopleFeature: Feature = {
  name: 'people',
  routes: (app, deps) => {
    peopleRoutes(app, deps);
    placeRoutes(app, deps);
    coverageRoutes(app, deps);
    fieldWorkRoutes(app, deps, holder);
  },
};
