import { writeJournal } from '../journal/index.js';
import type { Tx } from '../storage/transaction.js';

/** Journals a change of a register of places: which table, which row; the entered values are committed to, not shown. */
export const journalRegister = (
  tx: Tx,
  commandId: string,
  division: string,
  change: { readonly table: string; readonly id: string; readonly what: string },
  fields: Readonly<Record<string, string | number | boolean>> = {},
): void => {
  writeJournal(tx, { kind: 'record.change', division, commandId, commitFields: { ...change, ...fields } });
};
