import { fromBase64Url, toBase64Url } from './bytes.js';

/** Receipt of an act that is in the log: its index, and the seed that opens it. The log is named by the address. */
export interface IndexedReceipt {
  readonly form: 'indexed';
  readonly index: number;
  readonly seed: Uint8Array;
}

/** Receipt of an entry that waits for the shuffled leaf of its day: county, day (county time) and seed. */
export interface DatedReceipt {
  readonly form: 'dated';
  readonly county: string;
  /** YYYY-MM-DD, county time. */
  readonly day: string;
  readonly seed: Uint8Array;
}

/** Receipt 凭条: what a resident keeps; whoever holds it can find the entry, nobody else can. */
export type Receipt = IndexedReceipt | DatedReceipt;

/** Length of an entry's seed in bytes. */
export const seedLength = 16;

const dayMilliseconds = 86_400_000;

/**
 * Writes a receipt as the text behind `#`: `1.<index base36>.<seed>` or `2.<county>.<day number base36>.<seed>`.
 *
 * An index would have to be handed out at once, and an index tells when somebody stood at the counter; an entry about a
 * person therefore gets the dated form, which holds nothing that the paper slip does not already say.
 */
export function formatReceipt(receipt: Receipt): string {
  const seed = toBase64Url(receipt.seed);
  return receipt.form === 'indexed'
    ? `1.${receipt.index.toString(36)}.${seed}`
    : `2.${receipt.county}.${(Date.parse(`${receipt.day}T00:00:00Z`) / dayMilliseconds).toString(36)}.${seed}`;
}

/** Reads a receipt; null unless the text is exactly what formatReceipt writes. A whole address is accepted too. */
export function parseReceipt(text: string): Receipt | null {
  const code = text.trim().replace(/^.*#/s, '');
  const [form, ...rest] = code.split('.');
  const receipt = form === '1' ? indexed(rest) : form === '2' ? dated(rest) : null;
  return receipt !== null && formatReceipt(receipt) === code ? receipt : null;
}

function indexed(parts: readonly string[]): Receipt | null {
  const [index, seedText] = parts;
  const seed = seedOf(seedText);
  if (parts.length !== 2 || index === undefined || !/^[0-9a-z]{1,10}$/.test(index) || seed === null) return null;
  return { form: 'indexed', index: Number.parseInt(index, 36), seed };
}

function dated(parts: readonly string[]): Receipt | null {
  const [county, dayNumber, seedText] = parts;
  const seed = seedOf(seedText);
  if (parts.length !== 3 || county === undefined || !/^[0-9]{6}$/.test(county) || seed === null) return null;
  if (dayNumber === undefined || !/^[0-9a-z]{1,4}$/.test(dayNumber)) return null;
  const day = new Date(Number.parseInt(dayNumber, 36) * dayMilliseconds).toISOString().slice(0, 10);
  return { form: 'dated', county, day, seed };
}

function seedOf(text: string | undefined): Uint8Array | null {
  const seed = text === undefined ? null : fromBase64Url(text);
  return seed !== null && seed.length === seedLength ? seed : null;
}
