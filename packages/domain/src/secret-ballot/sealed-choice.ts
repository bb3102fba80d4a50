import { concatBytes, utf8Bytes, utf8Text, fromBase64Url, toBase64Url } from '../transparency/bytes.js';
import { openSealed, sealTo, type SealPair, type SealTools } from './hpke.js';
import { placeOf, type BallotManifest } from './manifest.js';

/** A choice that any two of three trustees can open 密封票: the box, and its key in six small boxes, two for each pair. */
export interface SealedChoice {
  readonly sealed: string;
  readonly wraps: string[];
}

/** Pairs of trustees in the order of the wraps. */
const pairs = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

/** Where a choice belongs. */
export interface ChoicePlace {
  readonly manifest: BallotManifest;
  /** Hash of the manifest. */
  readonly ballot: Uint8Array;
  readonly question: string;
  /** Hash of the token. */
  readonly hash: Uint8Array;
}

const wrapInfo = utf8Bytes('lx-wrap/v1');
/** The key of a box is used once, so a fixed nonce is never seen twice under one key. */
const nonce = new Uint8Array(12);
const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0));
const wrapContext = (place: ChoicePlace, pair: number, side: number) => ({
  info: wrapInfo,
  aad: concatBytes(placeOf(place.ballot, place.question, place.hash), Uint8Array.of(pair, side)),
});

const padded = (choice: string, length: number): Uint8Array => {
  const bytes = utf8Bytes(choice);
  if (bytes.length > length - 1) throw new RangeError(`the choice is longer than ${length - 1} bytes`);
  const text = new Uint8Array(length);
  text.set(Uint8Array.of(bytes.length));
  text.set(bytes, 1);
  return text;
};

const unpadded = (text: Uint8Array): string | null => {
  const length = text[0] ?? 255;
  if (text.slice(length + 1).some((byte) => byte !== 0)) return null;
  return length < text.length ? utf8Text(text.slice(1, length + 1)) : null;
};

/**
 * Seals a choice so that no single trustee reads it and no dealer is needed: for each pair a random number goes to the one, the key hidden by it to
 * the other. An empty choice abstains.
 */
export async function sealChoice(tools: SealTools, place: ChoicePlace, choice: string): Promise<SealedChoice> {
  const key = tools.random(32);
  const aad = placeOf(place.ballot, place.question, place.hash);
  const sealed = await tools.encrypt(key, nonce, aad, padded(choice, place.manifest.padding));
  const trustees = place.manifest.trustees.map((trustee) => fromBase64Url(trustee) ?? new Uint8Array());
  const wraps: string[] = [];
  for (const [at, pair] of pairs.entries()) {
    const mask = tools.random(32);
    for (const [side, part] of [mask, xor(key, mask)].entries()) {
      const trustee = trustees[pair[side === 0 ? 0 : 1]] ?? new Uint8Array();
      wraps.push(toBase64Url(await sealTo(tools, trustee, wrapContext(place, at, side), part)));
    }
  }
  return { sealed: toBase64Url(sealed), wraps };
}

/** Keys of trustees by their number from 0. */
export type TrusteeKeys = ReadonlyMap<number, SealPair>;

/**
 * Opens a choice with the keys of two or three trustees. Null when it does not open, which makes it an invalid vote: not sealed for this
 * place, keys of no pair, pieces that contradict each other, or a text that is no choice.
 */
export async function openChoice(
  tools: SealTools,
  place: ChoicePlace,
  box: SealedChoice,
  keys: TrusteeKeys,
): Promise<string | null> {
  const sealed = fromBase64Url(box.sealed);
  if (sealed === null || box.wraps.length !== pairs.length * 2) return null;
  const aad = placeOf(place.ballot, place.question, place.hash);
  const opened = new Set<string>();
  for (const [at, pair] of pairs.entries()) {
    const holders = pair.map((trustee) => keys.get(trustee));
    if (holders.includes(undefined)) continue;
    const parts: Uint8Array[] = [];
    for (const [side, holder] of holders.entries()) {
      const wrap = fromBase64Url(box.wraps[at * 2 + side] ?? '');
      const part =
        holder === undefined || wrap === null
          ? null
          : await openSealed(tools, holder, wrapContext(place, at, side), wrap);
      if (part?.length !== 32) return null;
      parts.push(part);
    }
    const [first = new Uint8Array(), second = new Uint8Array()] = parts;
    const text = await tools.decrypt(xor(first, second), nonce, aad, sealed);
    const choice = text === null || text.length !== place.manifest.padding ? null : unpadded(text);
    if (choice === null) return null;
    opened.add(choice);
  }
  const [choice, ...others] = opened;
  return choice === undefined || others.length > 0 ? null : choice;
}
