/** Hash function 哈希函数: 32 bytes out of any bytes; handed in by the caller, so that the kernel runs anywhere. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Joins pieces in order into one array. */
export function concatBytes(...pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Says whether two arrays hold the same bytes; public values only, so it need not be constant time. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Says whether a text has no lone surrogate, that is, whether it can be written at all. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** UTF-8 bytes of a text; a lone surrogate has no UTF-8 form and is refused, since two readers would differ on it. */
export function utf8Bytes(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) throw new RangeError('a lone surrogate has no UTF-8 form');
    if (point < 0x80) out.push(point);
    else if (point < 0x800) out.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) out.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else {
      out.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  }
  return Uint8Array.from(out);
}

/** Text of UTF-8 bytes, or null where the bytes are not well-formed (overlong, cut off, surrogate). */
export function utf8Text(bytes: Uint8Array): string | null {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
    if (length === 0 || at + length > bytes.length) return null;
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let more = 1; more < length; more += 1) {
      const next = bytes[at + more] ?? 0;
      if (next >> 6 !== 2) return null;
      point = point * 64 + (next & 63);
    }
    const least = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes of lower-case hexadecimal, or null. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

const standardAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlAlphabet = `${standardAlphabet.slice(0, 62)}-_`;

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(bytes.length - at, 3) + 1;
    for (let letter = 0; letter < letters; letter += 1) text += alphabet[(group >> (18 - 6 * letter)) & 63];
  }
  return text;
}

/** Value of each letter by its code, 64 for one that is none. */
function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(64);
  for (let value = 0; value < 64; value += 1) values[alphabet.charCodeAt(value)] = value;
  return values;
}

const standardValues = valuesOf(standardAlphabet);
const urlValues = valuesOf(urlAlphabet);

function decode(text: string, values: Uint8Array): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const out = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let place = 0; place < text.length; place += 1) {
    const value = values[text.charCodeAt(place)] ?? 64;
    if (value === 64) return null;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at] = (bits >> held) & 255;
      at += 1;
    }
  }
  // Left-over bits must be zero: one value has one text, so a changed last letter is always noticed.
  return (bits & ((1 << held) - 1)) === 0 ? out : null;
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, standardAlphabet);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** Bytes of standard base64; null unless the text is the one form that toBase64 writes. */
export function fromBase64(text: string): Uint8Array | null {
  // As many pads as are missing to four letters, and none that is not needed: one value has one text.
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length % 4 === 0 ? decode(text.slice(0, text.length - pads), standardValues) : null;
}

/** base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, urlAlphabet);
}

/** Bytes of unpadded base64url, or null. */
export function fromBase64Url(text: string): Uint8Array | null {
  return decode(text, urlValues);
}
