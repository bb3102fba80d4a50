export {
  differencesOf,
  faultsOfHands,
  faultsOfSlips,
  SLIP_FIGURES,
  type HandCount,
  type SlipCount,
  type SlipEntry,
} from './count.js';
export {
  figuresAgainst,
  figuresOfAttendance,
  neededFor,
  waysOf,
  type Bases,
  type Room,
  type WayThere,
} from './figures.js';
export { outcomeOf, quorumOf, type Outcome, type VoteRule } from './outcome.js';
export { listPresent, presenceOf, type Arrival, type Channel, type Presence } from './presence.js';
export { tally, type Counted, type Tally, type VoteForm } from './tally.js';
export { faultsOfForm, votesOf, type AskedForm, type ItemToVote, type SeparateVote } from './votes.js';
