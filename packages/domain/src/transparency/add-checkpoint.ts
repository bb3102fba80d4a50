import { equalBytes, fromBase64, toBase64 } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { parseCheckpointBody } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { isSignedBy, parseNote } from './signed-note.js';
import type { NoteKey, VerifyEd25519 } from './signed-note.js';
import { emptyRoot } from './tree.js';
import { onlyGrew } from './verify-file.js';

/** A checkpoint as it is handed to a witness (c2sp.org/tlog-witness), with the proof that it continues what the witness knows. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const mostHashes = 63;

/** Writes the body of `add-checkpoint`. */
export function formatAddCheckpoint(request: AddCheckpoint): string {
  const hashes = request.proof.map((hash) => `${toBase64(hash)}\n`).join('');
  return `old ${request.oldSize}\n${hashes}\n${request.checkpoint}`;
}

/** Reads the body of `add-checkpoint`; null where any line is not as the protocol has it. */
export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const split = body.indexOf('\n\n');
  if (split < 0) return null;
  const [oldLine, ...lines] = body.slice(0, split).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(oldLine ?? '');
  const proof = lines.map(fromBase64);
  if (old === null || lines.length > mostHashes || !Number.isSafeInteger(Number(old[1]))) return null;
  const hashes = proof.filter((hash) => hash !== null && hash.length === 32) as Uint8Array[];
  return hashes.length === lines.length
    ? { oldSize: Number(old[1]), proof: hashes, checkpoint: body.slice(split + 2) }
    : null;
}

/** What a witness answers. 409 names the size that it knows, so that the log can begin there. */
export type WitnessVerdict =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly text: string }
  | { readonly status: 400 | 403 | 404 | 422 }
  | { readonly status: 409; readonly size: number };

/** The origin that a request is about, so that its last checkpoint can be looked up; null where it cannot be read. */
export function originOfRequest(request: AddCheckpoint): string | null {
  const note = parseNote(request.checkpoint);
  return note === null ? null : (parseCheckpointBody(note.text)?.origin ?? null);
}

/**
 * Judges a checkpoint as a witness must, before it signs: known log, the log's own signature, the size it knows, and a proof that the log
 * only grew. `last` is what the witness cosigned before; whoever calls this stores the new one before he answers, and in one step with it.
 */
export async function judgeCheckpoint(
  request: AddCheckpoint,
  known: {
    /** The key of this log; null for a log that this witness does not know. */
    readonly key: NoteKey | null;
    readonly last: Checkpoint | null;
  },
  check: { readonly sha256: Sha256; readonly verify: VerifyEd25519 },
): Promise<WitnessVerdict> {
  const note = parseNote(request.checkpoint);
  const checkpoint = note === null ? null : parseCheckpointBody(note.text);
  if (note === null || checkpoint === null) return { status: 400 };
  if (known.key?.name !== checkpoint.origin) return { status: 404 };
  if (!(await isSignedBy(note, known.key, check.verify))) return { status: 403 };
  if (request.oldSize > checkpoint.size) return { status: 400 };
  const last = known.last ?? { origin: checkpoint.origin, size: 0, root: emptyRoot(check.sha256) };
  if (request.oldSize !== last.size) return { status: 409, size: last.size };
  if (checkpoint.size === 0 && !equalBytes(checkpoint.root, emptyRoot(check.sha256))) return { status: 422 };
  if (!onlyGrew(check.sha256, last, checkpoint, request.proof)) return { status: 422 };
  return { status: 200, checkpoint, text: note.text };
}
