import { concatBytes, toBase64Url, utf8Bytes } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { canonicalJson } from './canonical-json.js';
import type { CanonicalValue } from './canonical-json.js';

const blockLength = 64;

/** HMAC (RFC 2104) over a hash function with 64-byte blocks, which SHA-256 and SM3 both have. */
export function hmac(sha256: Sha256, key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength);
  block.set(key.length > blockLength ? sha256(key) : key);
  const inner = sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/** Salt 盐 of one field; shown together with the value, it proves that field and no other. */
export function fieldSalt(sha256: Sha256, seed: Uint8Array, field: string): Uint8Array {
  return hmac(sha256, seed, utf8Bytes(`lx-salt/v1\n${field}`));
}

/**
 * Commitment 承诺: 43 letters that bind a value without showing it.
 *
 * A plain hash of an identity number is the number, since all can be tried; here every field has its own salt from the
 * entry's seed, and erasing the seed makes the commitment a meaningless value (LAW-PI-47).
 */
export function commitField(sha256: Sha256, seed: Uint8Array, field: string, value: CanonicalValue): string {
  return commitWithSalt(sha256, fieldSalt(sha256, seed, field), field, value);
}

/** The same commitment for somebody who was shown the salt of one field alone. */
export function commitWithSalt(sha256: Sha256, salt: Uint8Array, field: string, value: CanonicalValue): string {
  return toBase64Url(hmac(sha256, salt, utf8Bytes(`lx-commit/v1\n${field}\n${canonicalJson(value)}`)));
}

/** Name of the committed field by which a receipt finds its entry. */
export const receiptField = 'receipt';

/**
 * Receipt mark 凭条记号: the commitment that only the holder of the seed can compute.
 *
 * Its value is fixed and known to all, so the seed alone opens it: the holder recognises the entry in a public list, and
 * nobody else can tell which one it is.
 */
export function receiptMark(sha256: Sha256, seed: Uint8Array): string {
  return commitField(sha256, seed, receiptField, 1);
}
