import { fromBase64, toBase64, utf8Bytes, utf8Text } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import type { CanonicalValue } from './canonical-json.js';

/** Where a private entry stands inside the leaf of its day. */
export interface SubtreePath {
  /** The entry's own text. */
  readonly entry: string;
  readonly position: number;
  readonly path: readonly Uint8Array[];
}

/** Proof file 存证文件 (c2sp.org/tlog-proof@v1): all that is needed to check an entry without a network, for ever. */
export interface ProofFile {
  /** The leaf as it was hashed. */
  readonly leaf: string;
  /** For an entry of a shuffled day: its path inside that leaf. */
  readonly subtree?: SubtreePath;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const firstLine = 'c2sp.org/tlog-proof@v1';
const mostHashes = 64;

/** Writes a proof file. Our leaf and the path inside a day travel in the format's `extra` line. */
export function formatProofFile(file: ProofFile): string {
  const extra = canonicalJson({
    leaf: file.leaf,
    ...(file.subtree === undefined
      ? {}
      : {
          entry: file.subtree.entry,
          path: file.subtree.path.map(toBase64),
          position: file.subtree.position,
        }),
  });
  const hashes = file.proof.map((hash) => `${toBase64(hash)}\n`).join('');
  return `${firstLine}\nextra ${toBase64(utf8Bytes(extra))}\nindex ${file.index}\n${hashes}\n${file.checkpoint}`;
}

/** Reads a proof file; null where any line is not as the format has it. Nothing in it is trusted yet. */
export function parseProofFile(text: string): ProofFile | null {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const [first, extraLine, indexLine, ...hashLines] = text.slice(0, split).split('\n');
  const found = /^index (0|[1-9]\d{0,15})$/.exec(indexLine ?? '');
  const extra = extraLine?.startsWith('extra ') === true ? parseExtra(extraLine.slice(6)) : null;
  const proof = hashesFrom(hashLines);
  if (first !== firstLine || extra === null || found === null || proof === null) return null;
  return { ...extra, index: Number(found[1]), proof, checkpoint: text.slice(split + 2) };
}

function parseExtra(base64: string): Pick<ProofFile, 'leaf' | 'subtree'> | null {
  const bytes = fromBase64(base64);
  const text = bytes === null ? null : utf8Text(bytes);
  const value = text === null ? null : parseCanonicalJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { leaf, entry, path, position, ...more } = value as Readonly<Record<string, CanonicalValue>>;
  if (typeof leaf !== 'string' || Object.keys(more).length > 0) return null;
  if (entry === undefined && path === undefined && position === undefined) return { leaf };
  const hashes = Array.isArray(path) ? hashesFrom(path) : null;
  if (typeof entry !== 'string' || typeof position !== 'number' || hashes === null) return null;
  return { leaf, subtree: { entry, position, path: hashes } };
}

function hashesFrom(lines: readonly unknown[]): Uint8Array[] | null {
  if (lines.length > mostHashes) return null;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = typeof line === 'string' ? fromBase64(line) : null;
    if (hash === null || hash.length !== 32) return null;
    hashes.push(hash);
  }
  return hashes;
}
