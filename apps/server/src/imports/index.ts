import type { Feature } from '../http/feature.js';
import { importsRoutes } from './imports.routes.js';

export { dryRunPeople, importPeople, sha256Of, type PeopleChecked, type PeopleImport } from './people/import-people.js';
export { reportOf, reportSheet } from './people/report.js';
export { identitySeal, type IdentityKind } from './people/seal-identity.js';
export { peopleTemplate } from './people/template.js';

/** Lists that come in as spreadsheets. */
export const importsFeature: Feature = { name: 'imports', routes: importsRoutes };
