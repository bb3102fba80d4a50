import * as z from 'zod';
import { BallotEntry } from './board.js';
import { BallotManifest } from './manifest.js';
import { Participant } from './participation.js';

const count = z.int().min(0);
/** Count of each choice; an empty word is an abstention. */
const Counts = z.record(z.string(), count);

/** One place where paper was used 纸票: what was handed out, what lay in the box, and the sheet as two people typed it. */
export const PaperBatch = z.strictObject({
  place: z.string().min(1),
  issued: count,
  spoiled: count,
  inBox: count,
  /** By question: two copies of the same tally sheet. */
  counts: z.record(z.string(), z.tuple([Counts, Counts])),
  /** SHA-256 of the photo of the tally sheet, as published and as the photo at hand has it. */
  photo: z.strictObject({ published: z.string(), found: z.string() }).optional(),
});
export type PaperBatch = z.infer<typeof PaperBatch>;

/** Result of a question: what the result leaf says, or that too few came back to show anything. */
export const QuestionResult = z.union([
  z.strictObject({ counts: Counts, valid: count, invalid: count }),
  z.strictObject({ suppressed: z.literal(true) }),
]);
export type QuestionResult = z.infer<typeof QuestionResult>;

/** An acknowledgement that a voter kept: proof that the box had an entry. */
export const KeptAck = z.strictObject({ entry: BallotEntry, signature: z.string() });

/**
 * Ballot file 投票存档: everything that is public of one closed ballot, as anybody downloads it and checks it without us (LAW-VC-39).
 */
export const BallotFile = z.strictObject({
  v: z.literal(1),
  manifest: BallotManifest,
  /** Proof files of the leaves in the public log. */
  proofs: z.strictObject({ manifest: z.string(), results: z.record(z.string(), z.string()) }).optional(),
  /** The day on which the first token was given out. */
  firstIssued: z.string(),
  /** Lists of tokens signed, those given up for paper included. */
  issuedOnline: count,
  returnedOnline: count,
  participants: z.array(Participant),
  /** Provisional slips that the committee decided in public to count. */
  provisionalCounted: count,
  /** Tokens surrendered unused, by question. */
  surrendered: z.record(z.string(), count),
  boards: z.record(z.string(), z.array(BallotEntry)),
  /** Private keys of trustees by their number from 0; at most two are published. */
  trusteeKeys: z.record(z.string(), z.string()),
  paper: z.array(PaperBatch),
  results: z.record(z.string(), QuestionResult),
  acks: z.array(KeptAck).default([]),
});
export type BallotFile = z.infer<typeof BallotFile>;
