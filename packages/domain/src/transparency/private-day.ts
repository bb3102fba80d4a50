import { fromBase64Url, toBase64Url, utf8Bytes } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import type { CanonicalValue } from './canonical-json.js';
import { commitField, receiptField, receiptMark } from './commitment.js';
import { commitmentsOf, headOf } from './leaf.js';
import type { LoggedEntry } from './leaf.js';
import { hashesOfLeaves, inclusionProof, leafHash, rootOfLeaves } from './tree.js';

/** Random bytes nobody can guess. */
export type Random = (count: number) => Uint8Array;

/** From this many entries on, a day's number is told; below it says only that there were fewer. */
export const smallestToldCount = 5;

/** How many places the subtree of a day has when its number is not told, whether 0 or 4 entries came. */
export const hiddenCountSize = 8;

/** What a day's leaf says instead of a number below five. */
export const fewerThanFive = 'fewer than 5';

/** Names of the four commitments of every private entry: all entries look alike, whatever they are about. */
const entryFields = ['fields', 'head', 'pub', receiptField] as const;

/** One place in a day's subtree; `entry` is null for padding. */
export interface DayPlace<E> {
  readonly text: string;
  readonly entry: E | null;
}

/** A day's shuffled subtree 当日子树, ready to become one leaf. */
export interface PrivateDay<E> {
  readonly places: readonly DayPlace<E>[];
  readonly pub: {
    readonly day: string;
    readonly entries: number | typeof fewerThanFive;
    readonly root: string;
    readonly size: number;
  };
}

/**
 * The text of a private entry: four commitments and nothing else.
 *
 * `fields` commits to the commitments of the single fields, so that one field can be shown alone while the number and
 * names of fields stay hidden: they would tell a complaint from a request.
 */
export function privateEntryText(sha256: Sha256, entry: LoggedEntry): string {
  const { head: _head, [receiptField]: _mark, ...fields } = commitmentsOf(sha256, entry);
  return canonicalJson({
    c: {
      fields: commitField(sha256, entry.seed, 'fields', fields),
      head: commitField(sha256, entry.seed, 'head', headOf(entry)),
      pub: commitField(sha256, entry.seed, 'pub', entry.pub),
      [receiptField]: receiptMark(sha256, entry.seed),
    },
    v: 1,
  });
}

/** The commitments of a private entry's text, or null where it is not one. */
export function parsePrivateEntry(text: string): Readonly<Record<(typeof entryFields)[number], string>> | null {
  const value = parseCanonicalJson(text);
  const c = memberOf(value, 'c');
  if (memberOf(value, 'v') !== 1 || text.length > 400) return null;
  const [fields, head, pub, receipt] = entryFields.map((field) => memberOf(c, field));
  const isCommitment = (text: unknown): text is string =>
    typeof text === 'string' && fromBase64Url(text)?.length === 32;
  if (!isCommitment(fields) || !isCommitment(head) || !isCommitment(pub) || !isCommitment(receipt)) return null;
  return { fields, head, pub, receipt };
}

/**
 * Closes a day: shuffles its entries and pads a small day to a fixed size.
 *
 * Arrival order and small counts name people ("the one who stood at the counter on Tuesday"); after this neither the
 * place, the number nor the look of an entry says anything. Padding is four random values, as entries are to a stranger.
 */
export function closePrivateDay<E extends LoggedEntry>(
  sha256: Sha256,
  day: string,
  entries: readonly E[],
  random: Random,
): PrivateDay<E> {
  const told = entries.length >= smallestToldCount;
  const places: DayPlace<E>[] = entries.map((entry) => ({ text: privateEntryText(sha256, entry), entry }));
  const padding = told ? 0 : hiddenCountSize - places.length;
  for (let more = 0; more < padding; more += 1) places.push({ text: paddingText(random), entry: null });
  const shuffled = shuffle(places, random);
  return {
    places: shuffled,
    pub: {
      day,
      entries: told ? entries.length : fewerThanFive,
      root: toBase64Url(
        dayRoot(
          sha256,
          shuffled.map((place) => place.text),
        ),
      ),
      size: shuffled.length,
    },
  };
}

/** Root of a day's subtree over the texts as they are served. */
export function dayRoot(sha256: Sha256, texts: readonly string[]): Uint8Array {
  return rootOfLeaves(sha256, entryHashes(sha256, texts));
}

/** The path of one entry inside its day's subtree. */
export function dayProof(sha256: Sha256, texts: readonly string[], position: number): Uint8Array[] {
  return inclusionProof(sha256, position, texts.length, hashesOfLeaves(sha256, entryHashes(sha256, texts)));
}

/** The place of the entry that this seed made, or -1: what a receipt holder looks for in the public list of a day. */
export function findBySeed(sha256: Sha256, texts: readonly string[], seed: Uint8Array): number {
  const mark = receiptMark(sha256, seed);
  return texts.findIndex((text) => parsePrivateEntry(text)?.receipt === mark);
}

/** Puts items in an order that `random` alone decides; every order is equally likely. */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  const shuffled: T[] = [];
  while (rest.length > 0) shuffled.push(...rest.splice(below(rest.length, random), 1));
  return shuffled;
}

/** A number from 0 up to, not including, `limit`; values that would favour some are drawn again. */
function below(limit: number, random: Random): number {
  const ceiling = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const drawn = random(4).reduce((sum, byte) => sum * 256 + byte, 0);
    if (drawn < ceiling) return drawn % limit;
  }
}

function paddingText(random: Random): string {
  return canonicalJson({ c: Object.fromEntries(entryFields.map((field) => [field, toBase64Url(random(32))])), v: 1 });
}

function entryHashes(sha256: Sha256, texts: readonly string[]): Uint8Array[] {
  return texts.map((text) => leafHash(sha256, utf8Bytes(text)));
}

function memberOf(value: CanonicalValue | null | undefined, key: string): CanonicalValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: CanonicalValue })[key];
}
