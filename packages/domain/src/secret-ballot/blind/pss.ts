import { concatBytes, equalBytes } from '../../transparency/bytes.js';

/** Hash of 48 bytes (SHA-384), handed in so that the kernel runs anywhere. */
export type Sha384 = (bytes: Uint8Array) => Uint8Array;

const hashLength = 48;
const trailer = 0xbc;

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0));

/** MGF1 of RFC 8017 over SHA-384. */
function mask(sha384: Sha384, seed: Uint8Array, length: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let counter = 0; counter * hashLength < length; counter += 1)
    pieces.push(sha384(concatBytes(seed, Uint8Array.of(0, 0, counter >> 8, counter & 255))));
  return concatBytes(...pieces).slice(0, length);
}

/** Clears the bits of the first byte that lie above `bits`. */
function clearTop(block: Uint8Array, bits: number): Uint8Array {
  const cleared = block.slice();
  cleared[0] = (cleared[0] ?? 0) & (0xff >> (8 * block.length - bits));
  return cleared;
}

/** EMSA-PSS-ENCODE of RFC 8017 with SHA-384: what is signed of a message, in `bits` bits. Throws when the modulus is too short. */
export function encodePss(sha384: Sha384, message: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const length = Math.ceil(bits / 8);
  if (length < hashLength + salt.length + 2) throw new RangeError('the modulus is too short for this hash and salt');
  const hash = sha384(concatBytes(new Uint8Array(8), sha384(message), salt));
  const padding = new Uint8Array(length - salt.length - hashLength - 2);
  const block = concatBytes(padding, Uint8Array.of(1), salt);
  const masked = clearTop(xor(block, mask(sha384, hash, block.length)), bits - 8 * (hashLength + 1));
  return concatBytes(masked, hash, Uint8Array.of(trailer));
}

/** EMSA-PSS-VERIFY of RFC 8017 with SHA-384: whether an encoding belongs to the message, with a salt of this length. */
export function isPssOf(
  sha384: Sha384,
  message: Uint8Array,
  encoded: Uint8Array,
  saltLength: number,
  bits: number,
): boolean {
  const blockLength = Math.ceil(bits / 8) - hashLength - 1;
  if (encoded.length !== Math.ceil(bits / 8) || blockLength < saltLength + 1 || encoded.at(-1) !== trailer)
    return false;
  const masked = encoded.slice(0, blockLength);
  const hash = encoded.slice(blockLength, blockLength + hashLength);
  const blockBits = bits - 8 * (hashLength + 1);
  if (!equalBytes(masked, clearTop(masked, blockBits))) return false;
  const block = clearTop(xor(masked, mask(sha384, hash, blockLength)), blockBits);
  const salt = block.slice(blockLength - saltLength);
  const before = block.slice(0, blockLength - saltLength);
  if (before.at(-1) !== 1 || before.slice(0, -1).some((byte) => byte !== 0)) return false;
  return equalBytes(hash, sha384(concatBytes(new Uint8Array(8), sha384(message), salt)));
}
