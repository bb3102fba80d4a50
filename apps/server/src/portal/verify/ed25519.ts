import { sha512 } from './sha2.js';

/**
 * Ed25519 verification 验签 (RFC 8032) in plain arithmetic, for browsers whose own cryptography does not know it yet.
 * It handles public values only, so its time may depend on them. Cofactorless, as Node and OpenSSL verify.
 */

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (value: bigint): bigint => ((value % p) + p) % p;

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
};

const d = mod(-121665n * power(121666n, p - 2n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** A point of the curve in extended coordinates. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint];

const zero: Point = [0n, 1n, 1n, 0n];

const add = (a: Point, b: Point): Point => {
  const left = mod((a[1] - a[0]) * (b[1] - b[0]));
  const right = mod((a[1] + a[0]) * (b[1] + b[0]));
  const cross = mod(2n * a[3] * b[3] * d);
  const scale = mod(2n * a[2] * b[2]);
  const [e, f, g, h] = [right - left, scale - cross, scale + cross, right + left];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
};

const times = (count: bigint, point: Point): Point => {
  let result = zero;
  let doubled = point;
  for (let rest = count; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
};

const numberOf = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Reads a point; null where the bytes are none, or not in their only form. */
const pointOf = (bytes: Uint8Array): Point | null => {
  const number = numberOf(bytes);
  const y = number & (2n ** 255n - 1n);
  const odd = number >> 255n;
  if (bytes.length !== 32 || y >= p) return null;
  const square = mod((y * y - 1n) * power(d * y * y + 1n, p - 2n));
  let x = power(square, (p + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * rootOfMinusOne);
  if (mod(x * x - square) !== 0n || (x === 0n && odd === 1n)) return null;
  if ((x & 1n) !== odd) x = p - x;
  return [x, y, 1n, mod(x * y)];
};

const basePoint = pointOf(Uint8Array.from({ length: 32 }, (_, place) => (place === 0 ? 0x58 : 0x66)));

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Says whether a signature is right. Never throws. */
export const verifyEd25519Plainly = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (signature.length !== 64 || basePoint === null) return false;
  const key = pointOf(publicKey);
  const committed = pointOf(signature.slice(0, 32));
  const scalar = numberOf(signature.slice(32));
  if (key === null || committed === null || scalar >= order) return false;
  const challenge = numberOf(sha512(joined(signature.slice(0, 32), publicKey, message))) % order;
  const left = times(scalar, basePoint);
  const right = add(committed, times(challenge, key));
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
};
