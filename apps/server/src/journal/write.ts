import type { Makers } from '../deps.js';
import type { Tx } from '../storage/transaction.js';
import { journalKinds, type JournalKind, type LeafPolicy } from './kind.js';

/** What JSON can hold here: integers only, so that every reader hashes the same bytes. */
export type JournalValue =
  | string
  | number
  | boolean
  | readonly JournalValue[]
  | { readonly [key: string]: JournalValue };

/** An entry as a command gives it. */
export interface JournalInput {
  readonly kind: JournalKind;
  /** Twelve-digit code of the division whose list the entry belongs to. */
  readonly division: string;
  /** What may be shown to everyone. Never personal data, not even hashed. */
  readonly pub?: Readonly<Record<string, JournalValue>>;
  /** What is only committed to: each key is one field that can be proved alone later. */
  readonly commitFields?: Readonly<Record<string, JournalValue>>;
  /** The command that caused it, where there is one. */
  readonly commandId?: string | undefined;
  /** Overrides what the kind says, only towards secrecy: a decision about one household waits for the daily leaf. */
  readonly leaf?: 'private-day';
}

/** A row of `journal_entry`, waiting for the last statement of the transaction. */
export interface JournalRow {
  readonly id: string;
  readonly kind: JournalKind;
  readonly division: string;
  readonly person: string | null;
  readonly command_id: string | null;
  readonly pub: string;
  readonly private: string;
  /** Hexadecimal; the database decodes it. */
  readonly seed: string;
  readonly leaf: LeafPolicy;
  readonly recorded_at: string;
}

/** Throws on a value that two JSON writers could print differently. */
const checkValue = (value: JournalValue, path: string): void => {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`journal value ${path} is not an integer`);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => checkValue(item as JournalValue, `${path}[${index}]`));
  } else if (value === null || value === undefined) {
    throw new TypeError(`journal value ${path} is empty`);
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) checkValue(item, `${path}.${key}`);
  }
};

/** A row of the journal with a fresh id and seed. Throws on a float or an empty value, since two readers could hash those differently. */
export const journalRow = (makers: Makers, person: string | null, input: JournalInput): JournalRow => {
  const pub = input.pub ?? {};
  const fields = input.commitFields ?? {};
  checkValue(pub, 'pub');
  checkValue(fields, 'commitFields');
  return {
    id: makers.newId(),
    kind: input.kind,
    division: input.division,
    person,
    command_id: input.commandId ?? null,
    pub: JSON.stringify(pub),
    private: JSON.stringify(fields),
    seed: Buffer.from(makers.random(16)).toString('hex'),
    leaf: input.leaf ?? journalKinds[input.kind],
    recorded_at: makers.clock(),
  };
};

/**
 * Adds a journal entry 全程纪实 to the transaction; it commits with the act or not at all.
 * The seed is 16 random bytes from `makers.random`: with it the holder of a receipt can prove the entry, without it a leaf says nothing.
 */
export const writeJournal = (tx: Tx, input: JournalInput): { journalId: string; seed: Uint8Array } => {
  const row = journalRow(tx.makers, tx.context.uid, input);
  tx.pending.journal.push(row);
  return { journalId: row.id, seed: new Uint8Array(Buffer.from(row.seed, 'hex')) };
};
