import { concatBytes, equalBytes, utf8Bytes } from './bytes.js';
import type { NoteKey, NoteSignature, SignedNote, SignEd25519, VerifyEd25519 } from './signed-note.js';

/** Length of a cosignature: eight bytes of time, then Ed25519. */
const cosignatureLength = 72;

/** What a witness signs (c2sp.org/tlog-cosignature): that it saw this log grow up to this checkpoint, and when. */
export function cosignedText(seconds: number, checkpointText: string): string {
  return `cosignature/v1\ntime ${seconds}\n${checkpointText}`;
}

/** Cosigns 见证签名 the text of a checkpoint at a time in whole seconds since 1970; the caller has checked that the log only grew. */
export function cosign(checkpointText: string, key: NoteKey, seconds: number, sign: SignEd25519): NoteSignature {
  const signature = sign(utf8Bytes(cosignedText(seconds, checkpointText)));
  return { name: key.name, keyId: key.id, signature: concatBytes(bigEndian(seconds), signature) };
}

/**
 * When a witness cosigned this note, in seconds since 1970; null where it did not, `broken` where a line bears its name and key and
 * does not verify: such a note was tampered with, and nothing in it is to be believed.
 */
export async function cosignedAt(
  note: SignedNote,
  key: NoteKey,
  verify: VerifyEd25519,
): Promise<number | null | 'broken'> {
  let newest: number | null = null;
  for (const line of note.signatures) {
    if (line.name !== key.name || !equalBytes(line.keyId, key.id)) continue;
    const seconds = line.signature.slice(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
    if (line.signature.length !== cosignatureLength || !Number.isSafeInteger(seconds)) return 'broken';
    const text = utf8Bytes(cosignedText(seconds, note.text));
    if (!(await verify(key.publicKey, text, line.signature.slice(8)))) return 'broken';
    newest = Math.max(newest ?? 0, seconds);
  }
  return newest;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  for (let at = 7, rest = value; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}
