/**
 * X25519 (RFC 7748) in plain arithmetic, for phones whose browser does not know it yet; a phone uses it for keys that live one vote.
 */

const p = 2n ** 255n - 19n;
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

const numberOf = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));

const clamped = (key: Uint8Array): bigint => {
  const bytes = key.slice();
  bytes[0] = (bytes[0] ?? 0) & 248;
  bytes[31] = ((bytes[31] ?? 0) & 127) | 64;
  return numberOf(bytes);
};

/** The secret that a private and a public key share; all zeros for a public key that shares it with everybody. */
export const agree = (privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array => {
  const scalar = clamped(privateKey);
  const u = mod(numberOf(publicKey) & ((1n << 255n) - 1n));
  let [x2, z2, x3, z3] = [1n, 0n, u, 1n];
  let swapped = 0n;
  for (let at = 254n; at >= 0n; at -= 1n) {
    const bit = (scalar >> at) & 1n;
    if (swapped !== bit) [x2, x3, z2, z3] = [x3, x2, z3, z2];
    swapped = bit;
    const [a, b, c, d] = [mod(x2 + z2), mod(x2 - z2), mod(x3 + z3), mod(x3 - z3)];
    const [aa, bb, da, cb] = [(a * a) % p, (b * b) % p, (d * a) % p, (c * b) % p];
    const e = mod(aa - bb);
    [x3, z3] = [mod((da + cb) ** 2n), mod(u * mod((da - cb) ** 2n))];
    [x2, z2] = [(aa * bb) % p, mod(e * (aa + 121_665n * e))];
  }
  if (swapped === 1n) [x2, z2] = [x3, z3];
  return bytesOf((x2 * power(z2, p - 2n)) % p);
};

const base = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 9 : 0));

/** The public key of a private one. */
export const publicOf = (privateKey: Uint8Array): Uint8Array => agree(privateKey, base);
