import { fromBase64Url, toBase64Url, utf8Bytes } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import type { CanonicalValue } from './canonical-json.js';
import { commitField, receiptField, receiptMark } from './commitment.js';

/** Leaf 叶子: one line of the public log. Short keys, because every county keeps every leaf for ever. */
export interface Leaf {
  /** When it was recorded, whole seconds, UTC. */
  readonly at: string;
  /** Commitments by field name: nothing here can be read without the entry's seed. */
  readonly c: Readonly<Record<string, string>>;
  /** Division whose list the leaf belongs to. */
  readonly d: string;
  /** Kind, from the closed list of leafKinds. */
  readonly k: string;
  /** Number in this division's list, from 1 without a gap. */
  readonly n: number;
  /** Hash of the leaf before it in this division's list, base64url; 32 zero bytes for the first. */
  readonly p: string;
  /** What everyone may read. */
  readonly pub: Readonly<Record<string, CanonicalValue>>;
  readonly v: 1;
}

/** A journal entry 全程纪实, as far as the log commits to it. */
export interface LoggedEntry {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly recordedAt: string;
  readonly person?: string | undefined;
  readonly commandId?: string | undefined;
  readonly pub: Readonly<Record<string, CanonicalValue>>;
  readonly fields: Readonly<Record<string, CanonicalValue>>;
  readonly seed: Uint8Array;
}

/** Most bytes a leaf may have: 4 KB are plenty for titles and hashes, and a bundle of 256 stays one megabyte. */
export const leafByteLimit = 4096;

/** Field names that every entry commits to besides its own. */
const headField = 'head';
const reservedFields: ReadonlySet<string> = new Set([headField, receiptField]);

/** `p` of the first leaf of a division. */
export const firstPrevious = toBase64Url(new Uint8Array(32));

/** Instant in whole seconds: what a leaf says about time. */
export function wholeSeconds(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** What binds an entry's own row, so that a changed time, person or division shows in the log. */
export function headOf(entry: LoggedEntry): Readonly<Record<string, string>> {
  return {
    at: new Date(entry.recordedAt).toISOString(),
    division: entry.division,
    id: entry.id,
    kind: entry.kind,
    ...(entry.person === undefined ? {} : { person: entry.person }),
    ...(entry.commandId === undefined ? {} : { command: entry.commandId }),
  };
}

/** One commitment for each field of an entry, its head, and the mark by which a receipt finds it. */
export function commitmentsOf(sha256: Sha256, entry: LoggedEntry): Record<string, string> {
  const commitments: Record<string, string> = {};
  for (const [field, value] of Object.entries(entry.fields)) {
    if (reservedFields.has(field)) throw new TypeError(`a field of an entry cannot be called ${field}`);
    commitments[field] = commitField(sha256, entry.seed, field, value);
  }
  commitments[headField] = commitField(sha256, entry.seed, headField, headOf(entry));
  commitments[receiptField] = receiptMark(sha256, entry.seed);
  return commitments;
}

/** Builds the leaf of a public act at its place in its division's list. */
export function publicLeaf(
  sha256: Sha256,
  entry: LoggedEntry,
  place: { readonly n: number; readonly previous: Uint8Array | null },
): Leaf {
  return {
    at: wholeSeconds(entry.recordedAt),
    c: commitmentsOf(sha256, entry),
    d: entry.division,
    k: entry.kind,
    n: place.n,
    p: place.previous === null ? firstPrevious : toBase64Url(place.previous),
    pub: entry.pub,
    v: 1,
  };
}

/** Builds a leaf that the log itself writes: the opening of a year, the entries of a day. It commits to nothing else. */
export function logLeaf(
  kind: 'log.open' | 'private.day' | 'audit.day',
  content: { readonly at: string; readonly division: string; readonly pub: Leaf['pub'] },
  place: { readonly n: number; readonly previous: Uint8Array | null },
): Leaf {
  return {
    at: wholeSeconds(content.at),
    c: {},
    d: content.division,
    k: kind,
    n: place.n,
    p: place.previous === null ? firstPrevious : toBase64Url(place.previous),
    pub: content.pub,
    v: 1,
  };
}

/** The leaf as it is hashed and kept. Throws above the limit: a leaf that is too big is a mistake in its kind. */
export function leafText(leaf: Leaf): string {
  const text = canonicalJson({ ...leaf });
  if (utf8Bytes(text).length > leafByteLimit) throw new RangeError(`leaf ${leaf.k} is above ${leafByteLimit} bytes`);
  return text;
}

/** Reads a leaf; null unless it is canonical and has exactly the keys of a leaf. Its `pub` is checked by leafKinds. */
export function parseLeaf(text: string): Leaf | null {
  const value = parseCanonicalJson(text);
  if (!isObject(value) || Object.keys(value).join() !== 'at,c,d,k,n,p,pub,v') return null;
  const { at, c, d, k, n, p, pub, v } = value;
  if (typeof at !== 'string' || typeof d !== 'string' || typeof k !== 'string' || typeof p !== 'string') return null;
  if (typeof n !== 'number' || n < 1 || v !== 1 || !isObject(c) || !isObject(pub)) return null;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(at) || !/^[0-9]{12}/.test(d)) return null;
  if (fromBase64Url(p)?.length !== 32) return null;
  const commitments: Record<string, string> = {};
  for (const [field, commitment] of Object.entries(c)) {
    if (typeof commitment !== 'string' || fromBase64Url(commitment)?.length !== 32) return null;
    commitments[field] = commitment;
  }
  return { at, c: commitments, d, k, n, p, pub, v };
}

/** Leaf hash in words 核对数字: 8 groups of 4 digits, for people who compare on the telephone or with a poster. */
export function hashInDigits(hash: Uint8Array): string {
  return Array.from({ length: 8 }, (_, group) => {
    const four = hash.slice(group * 4, group * 4 + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(four % 10_000).padStart(4, '0');
  }).join(' ');
}

function isObject(value: CanonicalValue | null | undefined): value is { readonly [key: string]: CanonicalValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
