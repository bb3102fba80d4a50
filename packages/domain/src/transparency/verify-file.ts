import type { Sha256 } from './bytes.js';
import { utf8Bytes, fromBase64Url } from './bytes.js';
import { parseCheckpointBody } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { receiptMark } from './commitment.js';
import { hashInDigits, parseLeaf } from './leaf.js';
import type { Leaf } from './leaf.js';
import { parsePrivateEntry } from './private-day.js';
import type { Receipt } from './receipt.js';
import { isSignedBy, parseNote } from './signed-note.js';
import type { NoteKey, VerifyEd25519 } from './signed-note.js';
import { parseProofFile } from './tlog-proof.js';
import type { ProofFile } from './tlog-proof.js';
import { leafHash } from './tree.js';
import { verifyConsistency, verifyInclusion } from './verify-proof.js';
import { isQuorum, witnessesOf } from './witness-policy.js';
import type { Witnessed, WitnessPolicy } from './witness-policy.js';

/** Why a proof does not hold, in the order in which it is checked. */
export type Difference =
  /** The file is not a proof file, or its checkpoint is not one. */
  | 'unreadable'
  /** The checkpoint is of another log than the key is for. */
  | 'other-log'
  /** The log's key did not sign this checkpoint. */
  | 'not-signed'
  /** A line bears the name and key of a known witness and is not his. */
  | 'witness-forged'
  /** The leaf is not where the proof says. */
  | 'not-in-log'
  /** The entry is not in the leaf of its day. */
  | 'not-in-day'
  /** The receipt belongs to another entry. */
  | 'other-receipt';

/** Outcome 核对结果 of checking a proof. */
export type ProofOutcome =
  | {
      readonly holds: true;
      readonly leaf: Leaf;
      readonly file: ProofFile;
      readonly checkpoint: Checkpoint;
      /** Known witnesses that cosigned, and whether the policy calls them enough. */
      readonly witnesses: readonly Witnessed[];
      readonly witnessed: boolean;
      /** The entry's hash as 8 groups of 4 digits. */
      readonly digits: string;
    }
  | { readonly holds: false; readonly difference: Difference };

/** What a proof is checked with. */
export interface ProofCheck {
  readonly sha256: Sha256;
  readonly verify: VerifyEd25519;
  /** The log's key, from a poster or a policy file: never from the proof itself. */
  readonly key: NoteKey;
  /** Which witnesses count, from a poster too; without it nobody is taken for one. */
  readonly policy?: WitnessPolicy | undefined;
  /** The holder's receipt; without it the proof only says that some entry is in the log. */
  readonly receipt?: Receipt | undefined;
}

/**
 * Checks a proof file from its text alone: no network, no trust in whoever handed it over.
 *
 * Nothing in the file is believed before the signature: a file that names its own key would prove whatever it likes.
 */
export async function checkProofFile(text: string, check: ProofCheck): Promise<ProofOutcome> {
  const file = parseProofFile(text);
  const note = file === null ? null : parseNote(file.checkpoint);
  const checkpoint = note === null ? null : parseCheckpointBody(note.text);
  const leaf = file === null ? null : parseLeaf(file.leaf);
  if (file === null || note === null || checkpoint === null || leaf === null) return differs('unreadable');
  if (checkpoint.origin !== check.key.name) return differs('other-log');
  if (!(await isSignedBy(note, check.key, check.verify))) return differs('not-signed');
  const { sha256, policy } = check;
  const witnesses = policy === undefined ? [] : await witnessesOf(note, policy, check.verify);
  if (witnesses === null) return differs('witness-forged');
  const witnessed = policy !== undefined && isQuorum(policy, new Set(witnesses.map((one) => one.name)));
  const hash = leafHash(sha256, utf8Bytes(file.leaf));
  const inLog = verifyInclusion(sha256, {
    index: file.index,
    size: checkpoint.size,
    leafHash: hash,
    proof: file.proof,
    root: checkpoint.root,
  });
  if (!inLog) return differs('not-in-log');
  if ((leaf.k === 'private.day') !== (file.subtree !== undefined) || !isInDay(sha256, file, leaf)) {
    return differs('not-in-day');
  }
  if (check.receipt !== undefined && !belongsTo(sha256, file, leaf, check.receipt)) return differs('other-receipt');
  const entry = file.subtree === undefined ? hash : leafHash(sha256, utf8Bytes(file.subtree.entry));
  return { holds: true, leaf, file, checkpoint, witnesses, witnessed, digits: hashInDigits(entry) };
}

/**
 * Says whether the log only grew between two checkpoints of the same name; false means that it was changed or forked 分叉,
 * and the two checkpoints, both signed, are the evidence.
 */
export function onlyGrew(sha256: Sha256, older: Checkpoint, newer: Checkpoint, proof: readonly Uint8Array[]): boolean {
  return (
    older.origin === newer.origin &&
    verifyConsistency(sha256, {
      olderSize: older.size,
      olderRoot: older.root,
      newerSize: newer.size,
      newerRoot: newer.root,
      proof,
    })
  );
}

/** Reads a signed checkpoint; null unless it is whole and signed by this key. */
export async function readCheckpoint(
  note: string,
  check: Pick<ProofCheck, 'verify' | 'key'>,
): Promise<Checkpoint | null> {
  const parsed = parseNote(note);
  const checkpoint = parsed === null ? null : parseCheckpointBody(parsed.text);
  if (parsed === null || checkpoint?.origin !== check.key.name) return null;
  return (await isSignedBy(parsed, check.key, check.verify)) ? checkpoint : null;
}

function isInDay(sha256: Sha256, file: ProofFile, leaf: Leaf): boolean {
  if (file.subtree === undefined) return true;
  const { root, size } = leaf.pub;
  const rootBytes = typeof root === 'string' ? fromBase64Url(root) : null;
  if (rootBytes === null || typeof size !== 'number') return false;
  return verifyInclusion(sha256, {
    index: file.subtree.position,
    size,
    leafHash: leafHash(sha256, utf8Bytes(file.subtree.entry)),
    proof: file.subtree.path,
    root: rootBytes,
  });
}

function belongsTo(sha256: Sha256, file: ProofFile, leaf: Leaf, receipt: Receipt): boolean {
  const mark = receiptMark(sha256, receipt.seed);
  const marked = file.subtree === undefined ? leaf.c['receipt'] : parsePrivateEntry(file.subtree.entry)?.receipt;
  if (marked !== mark) return false;
  return receipt.form === 'indexed'
    ? receipt.index === file.index
    : leaf.d.startsWith(receipt.county) && (file.subtree === undefined || leaf.pub['day'] === receipt.day);
}

function differs(difference: Difference): ProofOutcome {
  return { holds: false, difference };
}
