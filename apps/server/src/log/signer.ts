import { existsSync, readFileSync } from 'node:fs';
import { checkpointBody, formatNote, onlyGrew, parseCheckpointBody, signNote, type Checkpoint } from '@lianxin/domain';
import { writeDurably } from '../storage/write-durably.js';
import { sha256 } from './sha256.js';
import type { SigningKey } from './signing-key.js';

/** Thrown when the log is not the continuation of what was signed before: it was cut, changed or replaced. */
export class LogNotContinued extends Error {
  readonly signed: Checkpoint;
  readonly offered: Checkpoint;
  constructor(signed: Checkpoint, offered: Checkpoint) {
    super(`${offered.origin}: size ${offered.size} does not continue the signed size ${signed.size}`);
    this.name = 'LogNotContinued';
    this.signed = signed;
    this.offered = offered;
  }
}

/** The last checkpoint that this signer signed, from its own file; null before the first. Throws on a damaged file. */
export const lastSigned = (file: string): Checkpoint | null => {
  if (!existsSync(file)) return null;
  const checkpoint = parseCheckpointBody(readFileSync(file, 'utf8'));
  if (checkpoint === null) throw new Error(`${file} is damaged: restore it from its backup`);
  return checkpoint;
};

/**
 * Signs a checkpoint, and refuses (`LogNotContinued`) one that does not continue the last it signed.
 *
 * The signer keeps that last one in a file of its own, outside the database: whoever changes rows, or brings yesterday's
 * backup back, finds that the key no longer signs. The file is on disk before the signature exists (J5).
 */
export const signCheckpoint = async (
  file: string,
  key: SigningKey,
  checkpoint: Checkpoint,
  /** Consistency proof from a given older size to this checkpoint. */
  proof: readonly Uint8Array[],
  /** What to continue where there is no file yet: the last checkpoint that carries our signature, if any. */
  known: Checkpoint | null,
): Promise<string> => {
  const last = lastSigned(file) ?? known;
  if (last !== null && !onlyGrew(sha256, last, checkpoint, proof)) throw new LogNotContinued(last, checkpoint);
  await writeDurably(file, checkpointBody(checkpoint));
  return formatNote(signNote(checkpointBody(checkpoint), key.named(checkpoint.origin), key.sign));
};
