import type { Feature } from '../http/feature.js';
import { connectOwner } from '../storage/database.js';
import { seedDemonstration } from './demonstration/seed-demonstration.js';
import { coverageRoutes } from './coverage.routes.js';
import { divisionRoutes } from './division.routes.js';
import { fieldWorkRoutes } from './field-work.routes.js';
import type { MattersForPeople, MattersHolder } from './open-matter.js';
import { peopleRoutes } from './people.routes.js';
import { placeRoutes } from './place.routes.js';

export { onBodiesChanged } from './bodies-changed.js';
export { erasedMark, erasePerson, type Erasure } from './erase-person.js';
export { seedDemonstration, type Seeded, type SeedDeps } from './demonstration/seed-demonstration.js';
export { carryOut, carryOutForAnyone, found, Refusing, refuseIf, type Change } from './carry-out.js';
export { decideAlone, holdsOn } from './dated-row.store.js';
export { isOwnHousehold } from './contact.store.js';
export { mayRead, mayWrite } from './people.access.js';
export { checkNote } from './visit-wording.js';
export { addAppointment, mayAppointTo, type Appointable, type AppointInput } from './appoint.js';
export { holdersOf, type HolderQuery } from './appointment.store.js';
export { readCoverage } from './coverage-reports/read-coverage.js';
export type { MattersForPeople, NeedAsMatter } from './open-matter.js';
export { listBodies, readBody } from './read-bodies.js';
export {
  findDivision,
  listCounties,
  listDivisionsBelow,
  listDivisionsWithin,
  searchVillages,
  type DivisionRow,
  type VillageFound,
} from './read-divisions.js';
export { pathBetween, readRoutePath, type ChainOffice } from './route-path.js';
export { listDutyContacts } from './save-grid.js';
export { refuseUnlessVillage } from './save-place.js';
export { listStations } from './save-station.js';

const holder: MattersHolder = { matters: undefined };

/** Gives field work its way to matters; called once by the feature `matters` as it starts. */
export const useMatters = (matters: MattersForPeople): void => {
  holder.matters = matters;
};

/** Seeds as the owner of the tables and gives the log-ins worth showing. */
const seed: NonNullable<Feature['seed']> = async (deps, database) => {
  const owner = await connectOwner(database);
  try {
    const seeded = await seedDemonstration({ ...deps, owner, packs: deps.config.packs });
    return seeded.accounts
      .filter((account) => seeded.shown.includes(account.username))
      .map(({ username, office, officeInEnglish }) => ({
        username,
        password: seeded.password,
        zh: office,
        en: officeInEnglish,
      }));
  } finally {
    await owner.end();
  }
};

/** Bodies, posts, persons, places, coverage and field work. */
export const peopleFeature: Feature = {
  name: 'people',
  seed,
  routes: (app, deps) => {
    peopleRoutes(app, deps);
    placeRoutes(app, deps);
    coverageRoutes(app, deps);
    divisionRoutes(app, deps);
    fieldWorkRoutes(app, deps, holder);
  },
};
