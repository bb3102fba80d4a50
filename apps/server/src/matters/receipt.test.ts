import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmHash, newConfirmSecret, newMatterNumber, newReceiptCode, readReceiptCode } from './receipt.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = newReceiptCode('431122', randomBytes);

describe('receipt codes', () => {
  it('makes a code of 80 bits of chance that reads back to its county [YS-39]', () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{7}(-[0-9A-HJKMNP-TV-Z]{7}){2}$/);
    const read = readReceiptCode(code);
    expect(read.ok && read.value.county).toBe('431122');
    const made = new Set(Array.from({ length: 2_000 }, () => newReceiptCode('431122', randomBytes).slice(4)));
    expect(made.size).toBe(2_000);
  });

  it('reads a code typed in small letters, with spaces, O for 0 and l for 1', () => {
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(readReceiptCode(typed)).toEqual(readReceiptCode(code));
  });

  it('refuses every code with one wrong character or two exchanged ones', () => {
    const chars = code.replaceAll('-', '');
    for (let at = 0; at < chars.length; at += 1) {
      for (const char of alphabet) {
        if (char === chars[at]) continue;
        expect(readReceiptCode(chars.slice(0, at) + char + chars.slice(at + 1)).ok).toBe(false);
      }
    }
    fc.assert(
      fc.property(fc.nat(chars.length - 1), fc.nat(chars.length - 1), (a, b) => {
        const list = Array.from(chars);
        [list[a], list[b]] = [list[b] ?? '', list[a] ?? ''];
        const swapped = list.join('');
        expect(readReceiptCode(swapped).ok).toBe(swapped === chars);
      }),
    );
  });

  it('keeps the hash of a code apart from the code and from the hash of a second secret', () => {
    const read = readReceiptCode(code);
    const secret = newConfirmSecret(randomBytes);
    expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(confirmHash(secret.toLowerCase().replaceAll('-', ''))).toEqual(confirmHash(secret));
    expect(read.ok && Buffer.from(read.value.hash).equals(Buffer.from(confirmHash(code)))).toBe(false);
  });

  it('numbers a case by its day, the same at every level [DY-52]', () => {
    expect(newMatterNumber('2026-03-01', randomBytes)).toMatch(/^20260301-[0-9A-HJKMNP-TV-Z]{6}$/);
  });
});
