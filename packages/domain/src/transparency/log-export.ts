import { equalBytes, toBase64Url, utf8Bytes } from './bytes.js';
import { parseCheckpointBody } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { firstPrevious, parseLeaf } from './leaf.js';
import type { Leaf } from './leaf.js';
import { dayRoot } from './private-day.js';
import { isSignedBy, parseNote } from './signed-note.js';
import { growTiles, hashesOfTiles } from './tiles.js';
import { leafHash, rootOf } from './tree.js';
import type { ProofCheck } from './verify-file.js';
import { isQuorum, witnessesOf } from './witness-policy.js';

/** First line of an exported log. */
export const logExportLine = 'lianxin-log/v1';

/** What an exported log holds besides its lines. */
export interface LogExportHead {
  readonly key: string;
  readonly leaves: number;
  readonly entries: number;
}

/** Writes the head of an export; the leaves follow, one a line, then the entries of days as `<index> <entry>`, an empty line, the checkpoint. */
export function formatLogExportHead(head: LogExportHead): string {
  return `${logExportLine}\nkey ${head.key}\nleaves ${head.leaves}\nentries ${head.entries}\n`;
}

/** Why an exported log does not hold, with the first page that is wrong where there is one. */
export type LogExportDifference =
  | 'unreadable'
  | 'other-log'
  | 'not-signed'
  | 'witness-forged'
  /** The leaves do not have the root that was signed. */
  | 'root-differs'
  /** A leaf is not one, or its number or predecessor in its division is wrong. */
  | 'leaf-wrong'
  /** The entries of a day do not have the root that its leaf states. */
  | 'day-differs';

/** Outcome of checking an exported log. */
export type LogExportOutcome =
  | {
      readonly holds: true;
      readonly checkpoint: Checkpoint;
      readonly leaves: number;
      readonly entries: number;
      readonly divisions: number;
      readonly witnessed: boolean;
    }
  | { readonly holds: false; readonly difference: LogExportDifference; readonly index?: number };

/**
 * Checks an exported log 整册核对 from its text alone: every leaf read, every division's list counted and chained, every day's entries against their
 * root, the whole against the signed checkpoint. Any one changed letter makes it differ.
 */
export async function checkLogExport(text: string, check: Omit<ProofCheck, 'receipt'>): Promise<LogExportOutcome> {
  const { sha256, key, policy } = check;
  const head = /^lianxin-log\/v1\nkey (\S+)\nleaves (\d{1,12})\nentries (\d{1,12})\n/.exec(text);
  if (head === null) return { holds: false, difference: 'unreadable' };
  const leafCount = Number(head[2]);
  const entryCount = Number(head[3]);
  const lines = linesFrom(text, head[0].length, leafCount + entryCount);
  if (lines === null || text[lines.end] !== '\n') return { holds: false, difference: 'unreadable' };
  const note = parseNote(text.slice(lines.end + 1));
  const checkpoint = note === null ? null : parseCheckpointBody(note.text);
  if (note === null || checkpoint === null) return { holds: false, difference: 'unreadable' };
  if (checkpoint.origin !== key.name) return { holds: false, difference: 'other-log' };
  if (!(await isSignedBy(note, key, check.verify))) return { holds: false, difference: 'not-signed' };
  const witnesses = policy === undefined ? [] : await witnessesOf(note, policy, check.verify);
  if (witnesses === null) return { holds: false, difference: 'witness-forged' };

  const leaves = lines.lines.slice(0, leafCount);
  const entries = entriesByLeaf(lines.lines.slice(leafCount));
  if (entries === null || checkpoint.size !== leafCount) return { holds: false, difference: 'unreadable' };
  const hashes: Uint8Array[] = [];
  const heads = new Map<string, { readonly n: number; readonly hash: Uint8Array }>();
  for (const [index, line] of leaves.entries()) {
    const hash = leafHash(sha256, utf8Bytes(line));
    hashes.push(hash);
    const leaf = parseLeaf(line);
    if (leaf === null || !follows(leaf, heads.get(leaf.d))) return { holds: false, difference: 'leaf-wrong', index };
    heads.set(leaf.d, { n: leaf.n, hash });
    const own = entries.get(index) ?? [];
    const isDay = leaf.k === 'private.day';
    if (isDay !== own.length > 0) return { holds: false, difference: 'day-differs', index };
    if (isDay && (leaf.pub['size'] !== own.length || leaf.pub['root'] !== toBase64Url(dayRoot(sha256, own))))
      return { holds: false, difference: 'day-differs', index };
    entries.delete(index);
  }
  if (entries.size > 0) return { holds: false, difference: 'day-differs' };
  const shelf = new Map(
    growTiles(sha256, 0, () => undefined, hashes).map((tile) => [`${tile.level}/${tile.index}`, tile.bytes]),
  );
  const root = rootOf(
    sha256,
    hashes.length,
    hashesOfTiles(sha256, (level, index) => shelf.get(`${level}/${index}`) ?? new Uint8Array(0)),
  );
  if (!equalBytes(root, checkpoint.root)) return { holds: false, difference: 'root-differs' };
  const witnessed = policy !== undefined && isQuorum(policy, new Set(witnesses.map((one) => one.name)));
  return { holds: true, checkpoint, leaves: leafCount, entries: entryCount, divisions: heads.size, witnessed };
}

/** So many lines from a place on, and where the last one ends; null where there are fewer. */
function linesFrom(
  text: string,
  from: number,
  count: number,
): { readonly lines: string[]; readonly end: number } | null {
  const lines: string[] = [];
  let at = from;
  while (lines.length < count) {
    const end = text.indexOf('\n', at);
    if (end < 0) return null;
    lines.push(text.slice(at, end));
    at = end + 1;
  }
  return { lines, end: at };
}

/** Entries of days by the index of their leaf, in their order; null where a line names none. */
function entriesByLeaf(lines: readonly string[]): Map<number, string[]> | null {
  const entries = new Map<number, string[]>();
  for (const line of lines) {
    const found = /^(0|[1-9]\d{0,14}) (\{.*\})$/.exec(line);
    if (found?.[1] === undefined || found[2] === undefined) return null;
    const own = entries.get(Number(found[1]));
    if (own === undefined) entries.set(Number(found[1]), [found[2]]);
    else own.push(found[2]);
  }
  return entries;
}

/** Whether a leaf continues its division's list. */
function follows(leaf: Leaf, before: { readonly n: number; readonly hash: Uint8Array } | undefined): boolean {
  return (
    leaf.n === (before?.n ?? 0) + 1 && leaf.p === (before === undefined ? firstPrevious : toBase64Url(before.hash))
  );
}
