import * as z from 'zod';
import { concatBytes, equalBytes, fromBase64Url, toHex, utf8Bytes, type Sha256 } from '../transparency/bytes.js';
import { canonicalJson } from '../transparency/canonical-json.js';
import { leafHash, rootOfLeaves } from '../transparency/tree.js';
import type { IssuerKey } from './blind/index.js';
import { choicesOf, issuerBytes, issuerOf, placeOf, tokenMessage, type BallotManifest } from './manifest.js';

/** One vote on one question as it lies in the box and on the board: no name, no time, no number. */
export const BallotEntry = z.strictObject({
  question: z.string().max(64),
  token: z.string().length(43),
  a: z.string().max(700),
  b: z.string().max(700),
  sealed: z.string().max(500),
  wraps: z.array(z.string().max(200)).length(6),
});
export type BallotEntry = z.infer<typeof BallotEntry>;

/** Checks an issuer's signature; a verifier of many votes brings a faster one than the kernel's own. */
export type CheckSignature = (key: IssuerKey, message: Uint8Array, signature: Uint8Array) => boolean;

/** Why an entry is no vote. */
export type EntryFlaw = 'unknown-question' | 'unreadable' | 'not-signed-by-a' | 'not-signed-by-b';

/** Hash of a token: the name of an entry, and the only order a board knows. */
export const hashOfToken = (sha256: Sha256, entry: Pick<BallotEntry, 'token'>): Uint8Array =>
  sha256(fromBase64Url(entry.token) ?? new Uint8Array());

/** What is wrong with an entry, or null: its question is one of the ballot's and both issuers signed its token. */
export const flawOf = (
  manifest: BallotManifest,
  ballot: Uint8Array,
  entry: BallotEntry,
  check: CheckSignature,
): EntryFlaw | null => {
  if (choicesOf(manifest, entry.question) === undefined) return 'unknown-question';
  const [token, a, b, sealed] = [entry.token, entry.a, entry.b, entry.sealed].map(fromBase64Url);
  if (token?.length !== 32 || !a || !b || sealed?.length !== manifest.padding + 16) return 'unreadable';
  if (entry.wraps.some((wrap) => fromBase64Url(wrap)?.length !== 80)) return 'unreadable';
  const message = tokenMessage(ballot, entry.question, token);
  const signed = (key: IssuerKey, signature: Uint8Array): boolean =>
    signature.length === issuerBytes && check(key, message, signature);
  if (!signed(issuerOf(manifest, 'a'), a)) return 'not-signed-by-a';
  return signed(issuerOf(manifest, 'b'), b) ? null : 'not-signed-by-b';
};

/** A board 公示票箱: entries of one question by the hash of their tokens, an order that says nothing about who came when. */
export const sortBoard = (sha256: Sha256, entries: readonly BallotEntry[]): BallotEntry[] =>
  entries
    .map((entry) => ({ entry, hash: toHex(hashOfToken(sha256, entry)) }))
    .toSorted((one, other) => (one.hash < other.hash ? -1 : 1))
    .map(({ entry }) => entry);

/** Root of a board; what its leaf in the public log holds. */
export const boardRoot = (sha256: Sha256, entries: readonly BallotEntry[]): Uint8Array =>
  rootOfLeaves(
    sha256,
    entries.map((entry) => leafHash(sha256, utf8Bytes(canonicalJson(entry)))),
  );

/** What the box signs when an entry lies in it 投票回执. */
export const ackMessage = (sha256: Sha256, ballot: Uint8Array, entry: BallotEntry): Uint8Array =>
  concatBytes(
    utf8Bytes('lx-ack/v1\n'),
    placeOf(ballot, entry.question, hashOfToken(sha256, entry)),
    sha256(fromBase64Url(entry.sealed) ?? new Uint8Array()),
  );

/** Whether two entries are one cast twice: same question, same token, same box. */
export const isSameEntry = (one: BallotEntry, other: BallotEntry): boolean =>
  equalBytes(utf8Bytes(canonicalJson(one)), utf8Bytes(canonicalJson(other)));
