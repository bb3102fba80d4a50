export { journalKinds, type JournalKind, type LeafPolicy } from './kind.js';
export { recordAsOwner } from './record-as-owner.js';
export { writeJournal, type JournalInput, type JournalRow, type JournalValue } from './write.js';
