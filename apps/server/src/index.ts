/** The server as tools and tests see it: configuration, opening, running, and the few parts a tool may use by itself. */
export { createApp } from './app.js';
export { readConfig, type Config } from './config.js';
export { checkout } from './installation.js';
export {
  demonstrationLogins,
  refuseDemonstration,
  seedDemonstration,
  type DemonstrationLogin,
} from './demonstration.js';
export type { Deps, Log, Makers } from './deps.js';
export { features } from './features.js';
export { jsonLog, openDeps, realMakers, run, type Opened, type Running } from './main.js';
export {
  addAccount,
  profileOf,
  setPassword,
  sharedHash,
  sessionCookieName,
  signIn,
  type NewAccount,
} from './access/index.js';
export { carryOutDue } from './effects/worker.js';
export { answerWith, refuseWith } from './http/answer.js';
export {
  checkLog,
  collectCosignatures,
  exportLog,
  logCounties,
  logRootOf,
  logYears,
  logStanding,
  nameSilent,
  policyFile,
  logFeature,
  logReceiptOf,
  proofFileOf,
  publishCounty,
  receiptState,
  sealCounty,
  type Evidence,
  type Finding,
  type LogCheck,
  type LogRoot,
  type LogStanding,
} from './log/index.js';
export {
  checkList,
  copyRows,
  findChinaDivision,
  importDivisions,
  readChinaDivision,
  type DivisionList,
  type DivisionsImported,
} from './imports/divisions/index.js';
export {
  dryRunPeople,
  importPeople,
  peopleTemplate,
  reportOf,
  reportSheet,
  sha256Of,
  type PeopleChecked,
  type PeopleImport,
} from './imports/index.js';
export { boxKeyIn, destroyBox, openBox, serveBox, type BallotBox } from './ballot-box/index.js';
export {
  codesOf,
  issuerKeyIn,
  issuerKeyOf,
  openIssuer,
  serveIssuer,
  signList,
  type SecondIssuer,
} from './ballot-issuer/index.js';
export { runCommand, type Answer, type Command, type Outcome } from './http/command.js';
export type { App, Environment } from './http/environment.js';
export type { Feature } from './http/feature.js';
export { connectOwner, openPool, prepare, type Database } from './storage/database.js';
export { clusterAt, connectionTo, start as startCluster, stop as stopCluster } from './storage/embedded/cluster.js';
export { sharedBuffers } from './storage/embedded/memory.js';
export { FolderInUse } from './storage/embedded/owner.js';
export { inContext } from './storage/in-context.js';
export { openKeys } from './storage/keys.js';
export { migrate, readMigrations } from './storage/migrate.js';
export { rebuild, type RebuildReport } from './storage/rebuild.js';
export type { Projection } from './storage/projection.js';
export { valueTypes } from './storage/types.js';
export { writeJournal, type JournalInput } from './journal/index.js';
export { activate, keepVersion, type PackBody, type Sql } from './policy-packs/index.js';
export { certificateFile, issueCertificate } from './certificates/index.js';
export { erasePerson, type Erasure } from './people/index.js';
export { systemContext } from './storage/context.js';
export {
  actWithin,
  listCounties,
  readKindHints,
  replayRequests,
  sweepDeadlines,
  type LineProblem,
  type Replayed,
} from './matters/index.js';
export { timelinessOf, timelinessOfCounties, type Answered } from './reports/index.js';
export { bookletOf, docxOf, pdfOf, wallSheetOf, type Booklet, type Paper } from './papers/index.js';
export { activatePacks, planActivation, toBpmn, type PlannedActivation } from './policy-packs/index.js';
export {
  mergeVillages,
  splitVillage,
  type Merge,
  type Split,
  type Succession,
  type SuccessorVillage,
} from './households/index.js';
export {
  CountyFileRefused,
  exportCounty,
  importCounty,
  type CountyExported,
  type CountyImported,
} from './tenants/index.js';
export { setUpCounty, type FirstOfficer, type SetUp } from './people/set-up-county.js';
