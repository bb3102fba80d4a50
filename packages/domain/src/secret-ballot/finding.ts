import type { ProofCheck } from '../transparency/verify-file.js';
import type { CheckSignature } from './board.js';
import type { SealTools } from './hpke.js';

/** The checks of a ballot, numbered as the guide explains them. */
export type BallotCheck = 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V6' | 'V7' | 'V8' | 'V9' | 'V10' | 'V11' | 'V12';

/** One thing that does not hold: which check, what, and where. */
export interface BallotFinding {
  readonly check: BallotCheck;
  readonly what: string;
  readonly question?: string | undefined;
  /** Hash of the token concerned. */
  readonly entry?: string | undefined;
}

/** What a verifier brings along. */
export interface BallotTools extends SealTools {
  readonly check: CheckSignature;
  readonly verifyEd25519: ProofCheck['verify'];
  /** The log's key and witnesses, from a poster; without them V1 and V12 are reported as not checked. */
  readonly log?: Pick<ProofCheck, 'key' | 'policy'> | undefined;
}
