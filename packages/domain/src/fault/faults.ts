import { BALLOT_FAULTS } from './faults-of-ballots.js';
import { COMMAND_FAULTS } from './faults-of-commands.js';
import { DISCLOSURE_FAULTS } from './faults-of-disclosures.js';
import { IDENTITY_FAULTS } from './faults-of-identity.js';
import { IMPORT_FAULTS } from './faults-of-imports.js';
import { LEAF_FAULTS } from './faults-of-leaf-kernels.js';
import { MATTER_FAULTS } from './faults-of-matters.js';
import { MEETING_FAULTS } from './faults-of-meetings.js';
import { PACK_FAULTS } from './faults-of-packs.js';
import { PEOPLE_FAULTS } from './faults-of-people.js';
import { PROCEDURE_FAULTS } from './faults-of-procedures.js';
import { RECORD_FAULTS } from './faults-of-records.js';

/** One row: what is wrong and what cures it, in Chinese; then both in English. `{name}` is a parameter. */
export type FaultSentences = readonly [whatZh: string, cureZh: string, whatEn: string, cureEn: string];

/**
 * Every fault code there is, each with its sentences: the one registry.
 *
 * To add a code, add one row to the file of its kernels: `'code-in-words': ['什么不符', '怎样改正', 'What is wrong.', 'What cures it.'],`.
 * The four sentences' placeholders become the typed params. A test refuses a code defined twice, an empty sentence, and placeholders
 * that differ between the languages; the contract's table refuses to compile until the code has an HTTP status.
 */
export const FAULTS = {
  ...BALLOT_FAULTS,
  ...COMMAND_FAULTS,
  ...DISCLOSURE_FAULTS,
  ...IDENTITY_FAULTS,
  ...IMPORT_FAULTS,
  ...LEAF_FAULTS,
  ...MATTER_FAULTS,
  ...MEETING_FAULTS,
  ...PACK_FAULTS,
  ...PEOPLE_FAULTS,
  ...PROCEDURE_FAULTS,
  ...RECORD_FAULTS,
} as const satisfies Record<string, FaultSentences>;

/** The groups, apart, so that a test can see a code that two of them define. */
export const FAULT_GROUPS: readonly Readonly<Record<string, FaultSentences>>[] = [
  BALLOT_FAULTS,
  COMMAND_FAULTS,
  DISCLOSURE_FAULTS,
  IDENTITY_FAULTS,
  IMPORT_FAULTS,
  LEAF_FAULTS,
  MATTER_FAULTS,
  MEETING_FAULTS,
  PACK_FAULTS,
  PEOPLE_FAULTS,
  PROCEDURE_FAULTS,
  RECORD_FAULTS,
];
