/** What a voter's phone runs of a secret ballot, and nothing else: the voting page is built from this file. */
export { ackMessage, hashOfToken } from './board.js';
export { choicesOf, manifestId, questionIds, returnSlip } from './manifest.js';
export { sealChoice } from './sealed-choice.js';
export { finishTokens, takeTokens } from './take-tokens.js';
export { fromBase64Url, toBase64Url, toHex } from '../transparency/bytes.js';
export { parseNoteKey } from '../transparency/signed-note.js';
export { checkProofFile } from '../transparency/verify-file.js';
