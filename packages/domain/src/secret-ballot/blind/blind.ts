import { bitLength, inverse, power, toBytes, toNumber } from './modular.js';
import { encodePss, isPssOf, type Sha384 } from './pss.js';

/** Public key of an issuer 签发公钥: RSA modulus and exponent. */
export interface IssuerKey {
  readonly n: bigint;
  readonly e: bigint;
}

/** `count` bytes that nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

/** A blinded message, and the factor that takes the blinding off again; the factor never leaves the voter's phone. */
export interface Blinding {
  readonly blinded: Uint8Array;
  readonly inverse: Uint8Array;
}

/** Salt of RSABSSA-SHA384-PSS-Deterministic, in bytes. */
export const saltLength = 48;

/** Length of an issuer's signatures and blinded messages, in bytes. */
export const modulusLength = (key: IssuerKey): number => Math.ceil(bitLength(key.n) / 8);

/** Random numbers of the issuer's range; numbers outside are drawn again, so that every one is equally likely. */
function factorBelow(key: IssuerKey, random: RandomBytes): { readonly factor: bigint; readonly back: bigint } {
  for (;;) {
    const factor = toNumber(random(modulusLength(key)));
    if (factor <= 1n || factor >= key.n) continue;
    const back = inverse(factor, key.n);
    if (back !== null) return { factor, back };
  }
}

/**
 * Blinds a message 盲化 for an issuer (RFC 9474 section 4.2, variant PSS with the salt and factor drawn from `random`).
 *
 * What goes out is uniform over the issuer's range whatever the message is: the issuer can learn nothing of it. Throws when the message shares a
 * factor with the modulus, which says that the key is broken.
 */
export function blind(
  sha384: Sha384,
  random: RandomBytes,
  key: IssuerKey,
  message: Uint8Array,
  salt: Uint8Array = random(saltLength),
): Blinding {
  const encoded = toNumber(encodePss(sha384, message, salt, bitLength(key.n) - 1));
  if (inverse(encoded, key.n) === null) throw new RangeError('the key of the issuer is broken');
  const { factor, back } = factorBelow(key, random);
  const length = modulusLength(key);
  return {
    blinded: toBytes((encoded * power(factor, key.e, key.n)) % key.n, length),
    inverse: toBytes(back, length),
  };
}

/** Takes the blinding off 去盲 and checks what comes out; null when the issuer's answer is no signature of the message under the key. */
export function finalize(
  sha384: Sha384,
  key: IssuerKey,
  message: Uint8Array,
  blinding: Blinding,
  answer: Uint8Array,
  salted: number = saltLength,
): Uint8Array | null {
  if (answer.length !== modulusLength(key)) return null;
  const signature = toBytes((toNumber(answer) * toNumber(blinding.inverse)) % key.n, answer.length);
  return isSignature(sha384, key, message, signature, salted) ? signature : null;
}

/** RSASSA-PSS-VERIFY of RFC 8017: whether this is a signature of the message under the key. */
export function isSignature(
  sha384: Sha384,
  key: IssuerKey,
  message: Uint8Array,
  signature: Uint8Array,
  salted: number = saltLength,
): boolean {
  const value = toNumber(signature);
  if (signature.length !== modulusLength(key) || value >= key.n) return false;
  const bits = bitLength(key.n) - 1;
  const opened = power(value, key.e, key.n);
  if (bitLength(opened) > bits) return false;
  return isPssOf(sha384, message, toBytes(opened, Math.ceil(bits / 8)), salted, bits);
}

/**
 * Whether an issuer may sign this blinded message: as long as the modulus, and its value between 1 and n − 1, neither included.
 *
 * OpenSSL itself takes 0, 1 and short input, and a signature of those says something about the private key or nothing at all.
 */
export function isBlindedMessage(key: IssuerKey, blinded: Uint8Array): boolean {
  const value = toNumber(blinded);
  return blinded.length === modulusLength(key) && value > 1n && value < key.n - 1n;
}
