export { makeBallot, type MadeBallot } from './make-ballot.js';
