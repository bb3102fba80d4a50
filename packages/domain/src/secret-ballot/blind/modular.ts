import { fromHex, toHex } from '../../transparency/bytes.js';

/** Whole number of big-endian bytes (OS2IP of RFC 8017). */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** Big-endian bytes of a number in exactly `length` bytes (I2OSP of RFC 8017); throws a RangeError when it does not fit. */
export function toBytes(value: bigint, length: number): Uint8Array {
  const bytes = fromHex(value.toString(16).padStart(length * 2, '0'));
  if (bytes === null || bytes.length !== length) throw new RangeError(`the number does not fit into ${length} bytes`);
  return bytes;
}

/** Number of bits of a positive number. */
export function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** `base ** exponent mod modulus` by square and multiply; for public exponents only, since its time shows the exponent. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The number that gives 1 when multiplied with `value` (mod `modulus`), or null when the two share a factor. */
export function inverse(value: bigint, modulus: bigint): bigint | null {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  if (rest !== 1n) return null;
  return factor < 0n ? factor + modulus : factor;
}
