import type { Makers } from '../deps.js';
import { journalRow, type JournalInput } from './write.js';

/** The owner's connection, inside a transaction of its own. */
interface OwnerSql {
  query(text: string, values?: readonly unknown[]): Promise<unknown>;
}

/**
 * Writes journal entries with the owner's connection, in the same transaction as what the owner changed: activations of packs, erasures. The
 * server's own commands use `writeJournal`.
 */
export const recordAsOwner = async (
  owner: OwnerSql,
  makers: Makers,
  county: string,
  inputs: readonly JournalInput[],
): Promise<void> => {
  if (inputs.length === 0) return;
  await owner.query(
    `insert into lx.journal_entry (county, id, kind, division, person, command_id, pub, private, seed, leaf, recorded_at)
     select $1, j.id, j.kind, j.division, null, null, j.pub::jsonb, j.private::jsonb, decode(j.seed, 'hex'), j.leaf, j.recorded_at
     from json_to_recordset($2::json) as j (id uuid, kind text, division text, pub text, private text, seed text,
       leaf text, recorded_at timestamptz)`,
    [county, JSON.stringify(inputs.map((input) => journalRow(makers, null, input)))],
  );
};
