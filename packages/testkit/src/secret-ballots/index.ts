export { askFirstIssuer, castVote, Phone, phoneTools, someBlinded, type Cast, type Token } from './phone.js';
export { addTeaGuests, knowHosts, listenOn, opened, prepareOutside, type Outside } from './tea-ballot.js';
