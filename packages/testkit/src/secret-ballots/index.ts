export { ballotVillage, type BallotVillage } from './ballot-village.js';
export { dice, diceOfTheOther, type Dice, type TokensTaken } from './dice.js';
export { askFirstIssuer, castVote, Phone, phoneTools, someBlinded, type Cast, type Token } from './phone.js';
export { addTeaBallots, knowHosts, listenOn, opened, prepareOutside, type Outside } from './tea-ballot.js';
