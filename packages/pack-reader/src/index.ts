export { readFileTree, type FileTree } from './file-tree.js';
export { hashOfPack, isCaseFile, openPackTexts, readTexts, type PackTexts } from './pack-texts.js';
export type { PlacedFault } from './placed-fault.js';
export { readHolidays, type ReadHolidays } from './read-holidays.js';
export { readPacks, readPackTexts, type ReadPacks } from './read-packs.js';
export type { Position } from './yaml-text.js';
export {
  readDemonstration,
  readPosts,
  type BodyPattern,
  type Demonstration,
  type DemonstrationPeople,
  type DivisionExtract,
  type PostCatalogue,
} from './read-demonstration.js';
export { readDemonstrationBallots, type DemonstrationBallots } from './read-demonstration-ballots.js';
export { readDemonstrationMeetings, type DemonstrationMeetings } from './read-demonstration-meetings.js';
export { readDemonstrationRecords, type DemonstrationRecords } from './read-demonstration-records.js';
export { readDemonstrationRequests, type DemonstrationRequests } from './read-demonstration-requests.js';
