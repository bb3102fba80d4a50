import { createHmac, hash } from 'node:crypto';
import type { Result } from '@lianxin/domain';

/**
 * Receipt codes (凭条号): what a resident keeps to follow a matter without an account.
 *
 * A code is 21 characters of Crockford base32: 4 say the county (so that the look-up stays inside one tenant), 16 are chance
 * (80 bits), 1 checks the others. The server stores only a hash, so nobody who reads the database can open the tracking page
 * of somebody else. Confirming a result needs a second secret of the same strength that the handler never sees.
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const countyChars = 4;
const secretChars = 16;
const groups = [7, 7, 7];
const secretGroups = [5, 4, 4, 4];

/** Letters people read or type for another one; U is no letter of the alphabet and stays an error. */
const lookAlikes: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

const valueOf = (char: string): number => alphabet.indexOf(char);

/** Doubling in the field of 32 elements, modulo x⁵ + x² + 1. */
const double = (value: number): number => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;

const times = (a: number, b: number): number => {
  let product = 0;
  let shifted = a;
  for (let rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted = double(shifted);
  }
  return product;
};

/**
 * The check character: a weighted sum in the field of 32 elements. Every wrong character and every two exchanged ones change it,
 * because the weights of up to 31 places differ and none is zero.
 */
const checkOf = (chars: string): string => {
  let sum = 0;
  let weight = 1;
  for (const char of chars) {
    weight = double(weight);
    sum ^= times(valueOf(char), weight);
  }
  return alphabet.charAt(sum);
};

/** The last `5 × chars` bits of the bytes, five to a character. */
const encode = (bytes: Uint8Array, chars: number): string => {
  let text = '';
  for (let bit = bytes.length * 8 - 5 * chars; text.length < chars; bit += 5) {
    const at = bit >> 3;
    const two = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    text += alphabet.charAt((two >> (11 - (bit & 7))) & 31);
  }
  return text;
};

const group = (chars: string, sizes: readonly number[]): string => {
  const parts: string[] = [];
  let from = 0;
  for (const size of sizes) {
    parts.push(chars.slice(from, from + size));
    from += size;
  }
  return parts.join('-');
};

/** Upper case, without spaces and hyphens, look-alikes put right; nothing is guessed beyond that. */
const plain = (text: string): string =>
  Array.from(text.toUpperCase().replaceAll(/[\s\-–—_.·]/gu, ''))
    .map((char) => lookAlikes[char] ?? char)
    .join('');

/** A new code for a county, in groups as it is printed. `random` must be unguessable. */
export const newReceiptCode = (county: string, random: (count: number) => Uint8Array): string => {
  if (!/^\d{6}$/.test(county)) throw new TypeError('a receipt belongs to a county of six digits');
  let head = '';
  for (let rest = Number(county), place = 0; place < countyChars; place += 1, rest = Math.floor(rest / 32)) {
    head = alphabet.charAt(rest % 32) + head;
  }
  const body = head + encode(random((secretChars * 5) / 8), secretChars);
  return group(body + checkOf(body), groups);
};

/** A new second secret (确认密码), in groups as it is printed on the sealed slip. */
export const newConfirmSecret = (random: (count: number) => Uint8Array): string => {
  const body = encode(random((secretChars * 5) / 8), secretChars);
  return group(body + checkOf(body), secretGroups);
};

/** A code as typed, read: its county and the hash to look up. */
export interface ReadReceipt {
  readonly county: string;
  readonly hash: Uint8Array;
  readonly code: string;
}

/** Hash under which a code is stored: the words in front keep it apart from every other hash. */
const hashOf = (kind: 'receipt' | 'confirm', chars: string): Uint8Array =>
  hash('sha256', `lx-${kind}/v1\n${chars}`, 'buffer');

/** Reads a code as somebody typed or scanned it. Refuses `receipt-code-wrong` before any look-up when it cannot be one. */
export const readReceiptCode = (text: string): Result<ReadReceipt> => {
  const chars = plain(text);
  const whole = countyChars + secretChars + 1;
  const known = Array.from(chars).every((char) => valueOf(char) >= 0);
  if (chars.length !== whole || !known || checkOf(chars.slice(0, -1)) !== chars.slice(-1)) {
    return { ok: false, faults: [{ code: 'receipt-code-wrong', params: {} }] };
  }
  let county = 0;
  for (const char of chars.slice(0, countyChars)) county = county * 32 + valueOf(char);
  return {
    ok: true,
    value: { county: String(county).padStart(6, '0'), hash: hashOf('receipt', chars), code: group(chars, groups) },
  };
};

/** Hash of a second secret as typed; look-alikes are put right, so that a slip read aloud works. */
export const confirmHash = (text: string): Uint8Array => hashOf('confirm', plain(text));

/** A case number (办件编号) that people say on the phone: the day and six characters of chance; the same at every level [DY-52]. */
export const newMatterNumber = (day: string, random: (count: number) => Uint8Array): string =>
  `${day.replaceAll('-', '')}-${encode(random(4), 6)}`;

/**
 * Chance that comes again for the same command: bytes of an HMAC under a key that is not in the database. A repeated command gives
 * the same slip, and yet the database holds nothing but hashes.
 */
export const keyedRandom =
  (key: Buffer, words: string) =>
  (count: number): Uint8Array =>
    createHmac('sha256', key).update(`lx-slip/v1\n${words}`).digest().subarray(0, count);
