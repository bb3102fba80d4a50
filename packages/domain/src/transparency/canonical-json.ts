import { isWellFormed } from './bytes.js';

/** Value 值 that canonical JSON can hold: no null, no fraction, so that every reader writes the same bytes. */
export type CanonicalValue =
  | string
  | boolean
  | number
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/**
 * Canonical JSON (the part of RFC 8785 that a leaf needs): keys sorted by UTF-16 unit, no white space, safe integers only.
 *
 * Money is whole fen; an absent value is an absent key. Anything else is a bug of the caller and throws, because a leaf
 * that two programs write differently could never be proved.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, not ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = value as { readonly [key: string]: CanonicalValue };
    // The default sort compares UTF-16 units, which is the order RFC 8785 demands.
    const keys = Object.keys(members).sort();
    return `{${keys.map((key) => `${quote(key)}:${canonicalJson(must(members[key], key))}`).join(',')}}`;
  }
  throw new TypeError('canonical JSON holds text, truth values, integers, lists and objects only');
}

/** Reads canonical JSON; null where the text is not exactly what canonicalJson writes, so that one value has one text. */
export function parseCanonicalJson(text: string): CanonicalValue | null {
  try {
    const value = JSON.parse(text) as CanonicalValue;
    return canonicalJson(value) === text ? value : null;
  } catch {
    return null;
  }
}

function quote(text: string): string {
  if (!isWellFormed(text)) throw new TypeError('canonical JSON holds well-formed text only');
  return JSON.stringify(text);
}

function must(value: CanonicalValue | undefined, key: string): CanonicalValue {
  if (value === undefined) throw new TypeError(`canonical JSON has no undefined (${key})`);
  return value;
}
