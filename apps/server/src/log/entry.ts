import type { CanonicalValue, LoggedEntry } from '@lianxin/domain';

/** A row of the journal as the sequencer and the check read it. */
export interface EntryRow {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly person: string | null;
  readonly command_id: string | null;
  readonly pub: Readonly<Record<string, CanonicalValue>>;
  readonly private: Readonly<Record<string, CanonicalValue>>;
  readonly seed: Buffer | null;
  readonly leaf: 'public' | 'private-day';
  readonly recorded_at: string;
}

/** The columns of EntryRow. */
export const entryColumns = 'id, kind, division, person, command_id, pub, private, seed, leaf, recorded_at';

/** The entry as the kernel takes it. A seed that was erased before sealing is replaced by chance: the leaf then says nothing. */
export const entryOf = (row: EntryRow, random: (count: number) => Uint8Array): LoggedEntry => ({
  id: row.id,
  kind: row.kind,
  division: row.division,
  recordedAt: row.recorded_at,
  person: row.person ?? undefined,
  commandId: row.command_id ?? undefined,
  pub: row.pub,
  fields: row.private,
  seed: new Uint8Array(row.seed ?? random(16)),
});
