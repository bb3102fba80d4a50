import { concatBytes, equalBytes, fromBase64, isWellFormed, toBase64, toHex, utf8Bytes } from './bytes.js';
import type { Sha256 } from './bytes.js';

/** Signs bytes with Ed25519; the private key stays with whoever made the function. */
export type SignEd25519 = (message: Uint8Array) => Uint8Array;

/** Checks an Ed25519 signature; may answer later, because browsers do. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/** Verifier key 验证公钥 of a log: its name (the origin), its id and the Ed25519 key. */
export interface NoteKey {
  readonly name: string;
  /** First four bytes of a hash over name, type and key. */
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** Signed note 签名短笺 (c2sp.org/signed-note): a text ending in a newline, and signature lines. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Type of a key, the byte before it: a log's own signature, or a witness's cosignature with a time. */
export type KeyType = 'log' | 'witness';

const typeBytes: Readonly<Record<KeyType, number>> = { log: 1, witness: 4 };
const lineStart = '\u2014 ';
const mostSignatures = 64;

/** Id of an Ed25519 key under a name, as c2sp.org/signed-note and c2sp.org/tlog-cosignature recommend it. */
export function keyId(sha256: Sha256, name: string, publicKey: Uint8Array, type: KeyType = 'log'): Uint8Array {
  return sha256(concatBytes(utf8Bytes(`${name}\n`), Uint8Array.of(typeBytes[type]), publicKey)).slice(0, 4);
}

/** The verifier key of a log, or of a witness, with this name. */
export function noteKey(sha256: Sha256, name: string, publicKey: Uint8Array, type: KeyType = 'log'): NoteKey {
  return { name, id: keyId(sha256, name, publicKey, type), publicKey };
}

/** Writes a verifier key as `<name>+<id>+<key>`: the line that stands on posters and in policy files. */
export function formatNoteKey(key: NoteKey, type: KeyType = 'log'): string {
  return `${key.name}+${toHex(key.id)}+${toBase64(concatBytes(Uint8Array.of(typeBytes[type]), key.publicKey))}`;
}

/** Reads a verifier key; null where it is damaged, which its id shows. */
export function parseNoteKey(sha256: Sha256, text: string, type: KeyType = 'log'): NoteKey | null {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const bytes = fromBase64(found?.[3] ?? '');
  const name = found?.[1];
  if (name === undefined || bytes === null || bytes.length !== 33 || bytes[0] !== typeBytes[type]) return null;
  const key = noteKey(sha256, name, bytes.slice(1), type);
  return toHex(key.id) === found?.[2] ? key : null;
}

/** Writes a note. */
export function formatNote(note: SignedNote): string {
  return `${note.text}\n${note.signatures.map(formatSignature).join('')}`;
}

/** Writes one signature line, as a witness answers with it. */
export function formatSignature(line: NoteSignature): string {
  return `${lineStart}${line.name} ${toBase64(concatBytes(line.keyId, line.signature))}\n`;
}

/** Reads a note; null where its form is not exactly that of a signed note. Signatures are not checked here. */
export function parseNote(note: string): SignedNote | null {
  if (!isWellFormed(note) || hasControlCharacter(note)) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const found = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
    const bytes = fromBase64(found?.[2] ?? '');
    if (found?.[1] === undefined || bytes === null || bytes.length < 5) return null;
    signatures.push({ name: found[1], keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, split + 1), signatures };
}

/** Signs a text that ends in a newline. */
export function signNote(text: string, key: NoteKey, sign: SignEd25519): SignedNote {
  return { text, signatures: [{ name: key.name, keyId: key.id, signature: sign(utf8Bytes(text)) }] };
}

/** Says whether the log signed this note: a line with its name and id is there, and every such line verifies. */
export async function isSignedBy(note: SignedNote, key: NoteKey, verify: VerifyEd25519): Promise<boolean> {
  const lines = note.signatures.filter((line) => line.name === key.name && equalBytes(line.keyId, key.id));
  for (const line of lines) {
    if (line.signature.length !== 64) return false;
    if (!(await verify(key.publicKey, utf8Bytes(note.text), line.signature))) return false;
  }
  return lines.length > 0;
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' && character !== '\n');
}
