import { callAtEnd, type Tx } from '../storage/index.js';
import type { ActRow, MatterFile, MatterProjection, MatterRow } from './matter-file.js';

/** A new row of `matter`. */
export type NewMatter = MatterRow;

/** A change of a matter: from which version, and the columns after it. */
export interface MatterChange {
  readonly id: string;
  readonly base: number;
  readonly set: Partial<MatterProjection> & {
    readonly readers?: readonly string[] | null;
    readonly sampled?: readonly string[] | null;
    readonly updated_at: string;
  };
}

/** A row of `inbox_item`. */
export interface NewInboxItem {
  readonly county: string;
  readonly id: string;
  readonly division: string;
  readonly person: string | null;
  readonly post: string | null;
  readonly body: string | null;
  readonly matter: string;
  readonly kind: string;
  readonly what: string;
  readonly due: string | null;
  readonly provisional: boolean;
  readonly from_act: string | null;
  readonly barred: readonly string[] | null;
  readonly recorded_at: string;
}

/** A row of `follow_up`. */
export interface NewFollowUp {
  readonly county: string;
  readonly id: string;
  readonly division: string;
  readonly matter: string;
  readonly cause: 'written' | 'low-rating';
  readonly text: string;
  readonly due: string;
  readonly person: string | null;
  readonly office_post: string | null;
  readonly office_body: string | null;
  readonly to_body: string | null;
  readonly recorded_at: string;
}

/** Everything an act writes; `lx.write_matters` takes it as one value, in one round trip. */
export interface Writing {
  readonly county: string;
  readonly at: string;
  opens?: NewMatter[];
  changes?: MatterChange[];
  acts?: ActRow[];
  contacts?: {
    county: string;
    matter: string;
    field: string;
    division: string;
    cipher: string;
    kept: boolean;
    recorded_at: string;
  }[];
  places?: {
    county: string;
    matter: string;
    division: string;
    subject: string;
    unit: string | null;
    due: string | null;
    state: string;
    answer: string | null;
    recorded_at: string;
  }[];
  place_answers?: { matter: string; unit: string | null; due: string | null; state: string; answer: string | null }[];
  inbox_done?: { matter: string; kinds: readonly string[] }[];
  inbox?: NewInboxItem[];
  follow_ups?: NewFollowUp[];
}

/** The file of a matter under the rights of the context; undefined when it is not there or not visible. */
export const readFile = async (tx: Tx, id: string): Promise<MatterFile | undefined> =>
  (await tx.first<{ file: MatterFile | null }>('select lx.matter_file($1, $2) as file', [tx.context.county, id]))
    ?.file ?? undefined;

/** The file of the matter with this receipt hash. */
export const readFileByReceipt = async (tx: Tx, hash: Uint8Array): Promise<MatterFile | undefined> =>
  (
    await tx.first<{ file: MatterFile | null }>('select lx.receipt_file($1, $2) as file', [
      tx.context.county,
      Buffer.from(hash),
    ])
  )?.file ?? undefined;

/** Whether an error of the database says that a matter has moved on since it was read. */
export const isStale = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'LX409';

/** Writes under the rights of an office or of the system. */
export const write = async (tx: Tx, writing: Writing): Promise<void> => {
  await tx.rows('select lx.write_matters($1)', [JSON.stringify(writing)]);
};

/** Writes an opening by a person without office, at the end of the transaction. */
export const writeAsResident = async (tx: Tx, writing: Writing): Promise<void> => {
  const lists = Object.entries(writing).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  callAtEnd(tx, 'select lx.resident_opens($1)', Object.fromEntries(lists));
};

/** Writes what the holder of a receipt did. */
export const writeByReceipt = async (tx: Tx, hash: Uint8Array, writing: Writing): Promise<void> => {
  await tx.rows('select lx.receipt_acts($1, $2)', [Buffer.from(hash), JSON.stringify(writing)]);
};

/** Persons who hold an office in one of the bodies on a day. */
export const listOfficers = async (
  tx: Tx,
  bodies: readonly string[],
  on: string,
): Promise<{ person: string; post: string; body: string }[]> =>
  tx.rows<{ person: string; post: string; body: string }>(
    `select distinct person, post, body from lx.appointment
     where county = $1 and body = any ($2::uuid[]) and valid_from <= $3::date and (valid_to is null or valid_to > $3::date)
     order by person, post, body`,
    [tx.context.county, bodies, on],
  );

/** Sealed contact data that the context's person may read now. */
export const readContacts = (tx: Tx, matter: string): Promise<{ field: string; cipher: Buffer; kept: boolean }[]> =>
  tx.rows<{ field: string; cipher: Buffer; kept: boolean }>(
    'select field, cipher, kept from lx.matter_contact where county = $1 and matter = $2 order by field',
    [tx.context.county, matter],
  );

/** Names of persons, as far as the context may see them. */
export const readNames = async (tx: Tx, persons: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (persons.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; name: string }>(
    'select id, name from lx.person where county = $1 and id = any ($2::uuid[])',
    [tx.context.county, persons],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
};
