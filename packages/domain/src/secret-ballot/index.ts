export * from './blind/index.js';
export { BallotFile, KeptAck, PaperBatch, QuestionResult } from './ballot-file.js';
export {
  ackMessage,
  BallotEntry,
  boardRoot,
  flawOf,
  hashOfToken,
  isSameEntry,
  sortBoard,
  type CheckSignature,
  type EntryFlaw,
} from './board.js';
export { loggedResult } from './check-in-log.js';
export { paperCount } from './check-paper.js';
export { countBoard, type BoardCount } from './count-board.js';
export type { BallotCheck, BallotFinding, BallotTools } from './finding.js';
export { openSealed, sealTo, type BoxContext, type SealPair, type SealTools } from './hpke.js';
export {
  BallotManifest,
  choicesOf,
  issuerOf,
  leastMinimums,
  manifestId,
  placeOf,
  questionIds,
  returnSlip,
  tokenMessage,
  type Issuer,
} from './manifest.js';
export { mayOpen, mayPublishKeys, mayShow, type Returned } from './minimums.js';
export {
  BallotChannel,
  changeChannel,
  countChannel,
  Participant,
  participantMark,
  provisionalFits,
  rollRootOf,
  type ChannelChange,
} from './participation.js';
export { openChoice, sealChoice, type ChoicePlace, type SealedChoice, type TrusteeKeys } from './sealed-choice.js';
export { finishTokens, takeTokens, type Taking } from './take-tokens.js';
export { verifyBallot } from './verify-ballot.js';
