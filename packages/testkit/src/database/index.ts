export { codesIn, faultsOf, made } from './answers.js';
export { bundleCommandLine, bundleProgram, type BundledProgram } from './bundled-program.js';
export {
  askClusterOf,
  clusterFolderOf,
  serverProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from './server-process.js';
export { demonstrationServer } from './demonstration-server.js';
export { addressOf, testDatabase, type TestDatabase } from './test-database.js';
export { faultRounds, keepFaultFigure } from './fault-rounds.js';
export { faultyNetwork, networkFaults, type FaultyNetwork, type NetworkFault } from './faulty-network.js';
export { noSmallDisk, smallDisk, type SmallDisk } from './small-disk.js';
export { movableClock, seededMakers, type MovableClock } from './movable.js';
export {
  clientOf,
  codesOf,
  copiesOf,
  signIn,
  testServer,
  type SignedInClient,
  type TestServer,
  type TestServerOptions,
} from './test-server.js';
export { addTeaDecisions, decideInTea, type TeaDecision } from './tea-decision.js';
export { addTeaAccounts, addTeaCounty, teaCounty, teaPassword, teaPeople, type TeaPerson } from './tea-county.js';
export {
  addPerson,
  addRegisterCounty,
  everyCapability,
  idOf,
  officeOver,
  registerCounty,
  residentOf,
  villageOf,
} from './register-county.js';
export { activateTeaPack, proceduresOf, type TeaPack } from './tea-pack.js';
export { overHttp, type OverHttp } from './over-http.js';
export { sumOfTables } from './sum-of-tables.js';
