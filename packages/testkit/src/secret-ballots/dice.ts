import {
  fromBase64Url,
  inverse,
  issuerOf,
  modulusLength,
  saltLength,
  toBytes,
  toNumber,
  type BallotManifest,
  type Issuer,
  type RandomBytes,
} from '@lianxin/domain';
import { createHash } from 'node:crypto';
import type { Token } from './phone.js';

/** The dice of one phone 掷骰, seeded, with what they showed. */
export interface Dice {
  readonly random: RandomBytes;
  readonly shown: readonly Uint8Array[];
}

/** Dice that show the same in every run; `from` leaves out as many throws. */
export const dice = (seed: string, from = 0): Dice => {
  const shown: Uint8Array[] = [];
  return {
    shown,
    random: (count) => {
      const throws = `${seed}\n${from + shown.length}`;
      const bytes = new Uint8Array(createHash('shake256', { outputLength: count }).update(throws).digest());
      shown.push(bytes);
      return bytes;
    },
  };
};

/** What a phone got from the two issuers, and what became of it. */
export interface TokensTaken {
  readonly answers: Readonly<Record<Issuer, readonly string[]>>;
  readonly tokens: readonly Token[];
  /** What its dice showed while it took them. */
  readonly shown: readonly Uint8Array[];
}

/**
 * The dice with which one phone would have asked the issuers for exactly what it did ask for, and yet hold the tokens of another: the blinding factor is the
 * issuer's answer divided by the other's signature. That such dice always exist, and are as likely as any, is what "blind" means.
 */
export const diceOfTheOther = (
  manifest: BallotManifest,
  own: Pick<TokensTaken, 'answers'>,
  other: TokensTaken,
  afterwards: RandomBytes,
): RandomBytes => {
  const salts = other.shown.filter(({ length }) => length === saltLength);
  const number = (text: string | undefined): bigint => toNumber(fromBase64Url(text ?? '') ?? new Uint8Array());
  const factor = (which: Issuer, at: number): Uint8Array => {
    const key = issuerOf(manifest, which);
    const back = inverse(number(other.tokens[at]?.[which]), key.n) ?? 0n;
    return toBytes((number(own.answers[which][at]) * back) % key.n, modulusLength(key));
  };
  const planned = other.tokens.flatMap(({ token }, at) => [
    fromBase64Url(token),
    salts[at * 2],
    factor('a', at),
    salts[at * 2 + 1],
    factor('b', at),
  ]);
  return (count) => {
    if (planned.length === 0) return afterwards(count);
    const next = planned.shift();
    if (next?.length !== count) throw new Error(`a phone threw for ${count} bytes where another throw was planned`);
    return next;
  };
};
