/**
 * SHA-256 and SHA-512 in plain arithmetic 哈希函数, for the checking page: browsers offer theirs only later and only to some pages,
 * and a page opened from a USB stick in an old chat-app browser must give the same answer. Nothing here is secret.
 */

const primes = (count: number): bigint[] => {
  const found: bigint[] = [];
  for (let number = 2n; found.length < count; number += 1n) {
    if (found.every((prime) => number % prime !== 0n)) found.push(number);
  }
  return found;
};

/** The whole part of a root: of `number` to the power 1/`degree`. */
const wholeRoot = (number: bigint, degree: bigint): bigint => {
  let low = 0n;
  let high = number;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** degree <= number) low = middle;
    else high = middle - 1n;
  }
  return low;
};

const word = 0xffff_ffff_ffff_ffffn;

/** First 64 bits after the point of the cube roots of the first 80 primes: the round constants of FIPS 180-4. */
const rounds = primes(80).map((prime) => wholeRoot(prime << 192n, 3n) & word);

/** The same of the square roots of the first 8: the start values. */
const starts = primes(8).map((prime) => wholeRoot(prime << 128n, 2n) & word);

const rounds32 = rounds.slice(0, 64).map((value) => Number(value >> 32n));
const starts32 = starts.map((value) => Number(value >> 32n));

/** The message, a one bit, zeros, and its length in bits: whole blocks. */
const padded = (message: Uint8Array, block: number, lengthBytes: number): Uint8Array => {
  const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const whole = new Uint8Array(size);
  whole.set(message);
  whole[message.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(size - 8, Math.floor(message.length / 0x2000_0000));
  view.setUint32(size - 4, (message.length * 8) % 0x1_0000_0000);
  return whole;
};

const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0;
const turn = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

/** SHA-256. */
export const sha256 = (message: Uint8Array): Uint8Array => {
  const bytes = padded(message, 64, 8);
  const view = new DataView(bytes.buffer);
  const state = Int32Array.from(starts32, (value) => value | 0);
  const schedule = new Int32Array(64);
  for (let offset = 0; offset < bytes.length; offset += 64) {
    for (let round = 0; round < 16; round += 1) schedule[round] = view.getInt32(offset + round * 4);
    for (let round = 16; round < 64; round += 1) {
      const early = at(schedule, round - 15);
      const late = at(schedule, round - 2);
      const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      schedule[round] = (at(schedule, round - 16) + small + at(schedule, round - 7) + large) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let round = 0; round < 64; round += 1) {
      const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const chosen = (e & f) ^ (~e & g);
      const one = (h + mixed + chosen + at(rounds32, round) + at(schedule, round)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (at(state, index) + value) | 0;
  }
  const out = new DataView(new ArrayBuffer(32));
  for (const [index, value] of state.entries()) out.setInt32(index * 4, value);
  return new Uint8Array(out.buffer);
};

const turn64 = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & word;
const big = (list: readonly bigint[], index: number): bigint => list[index] ?? 0n;

/** The same of the 9th to 16th prime: the start values of SHA-384. */
const starts384 = primes(16)
  .slice(8)
  .map((prime) => wholeRoot(prime << 128n, 2n) & word);

const sha512From = (start: readonly bigint[], message: Uint8Array): Uint8Array => {
  const bytes = padded(message, 128, 16);
  const view = new DataView(bytes.buffer);
  let state = start;
  for (let offset = 0; offset < bytes.length; offset += 128) {
    const schedule: bigint[] = [];
    for (let round = 0; round < 80; round += 1) {
      if (round < 16) {
        schedule.push(view.getBigUint64(offset + round * 8));
        continue;
      }
      const early = big(schedule, round - 15);
      const late = big(schedule, round - 2);
      const small = turn64(early, 1n) ^ turn64(early, 8n) ^ (early >> 7n);
      const large = turn64(late, 19n) ^ turn64(late, 61n) ^ (late >> 6n);
      schedule.push((big(schedule, round - 16) + small + big(schedule, round - 7) + large) & word);
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let round = 0; round < 80; round += 1) {
      const mixed = turn64(e, 14n) ^ turn64(e, 18n) ^ turn64(e, 41n);
      const chosen = (e & f) ^ ((e ^ word) & g);
      const one = h + mixed + chosen + big(rounds, round) + big(schedule, round);
      const two = (turn64(a, 28n) ^ turn64(a, 34n) ^ turn64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & word, c, b, a, (one + two) & word];
    }
    state = [a, b, c, d, e, f, g, h].map((value, index) => (value + big(state, index)) & word);
  }
  const out = new DataView(new ArrayBuffer(64));
  for (const [index, value] of state.entries()) out.setBigUint64(index * 8, value);
  return new Uint8Array(out.buffer);
};

/** SHA-512. */
export const sha512 = (message: Uint8Array): Uint8Array => sha512From(starts, message);

/** SHA-384. */
export const sha384 = (message: Uint8Array): Uint8Array => sha512From(starts384, message).slice(0, 48);
