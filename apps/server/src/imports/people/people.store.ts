import type { Tx } from '../../storage/index.js';
import type { IdentityKind } from './seal-identity.js';

/** A village of the range with the township it lies in. */
export interface VillageFound extends Record<string, unknown> {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly township: string;
}

/** A running body of the range. */
export interface BodyFound extends Record<string, unknown> {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  readonly name: string;
}

/** A post of the catalogue with the kinds of body that have it. */
export interface PostFound extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly bodyKinds: readonly string[];
  /** A post that administers the system, which nobody gives alone. */
  readonly administers: boolean;
}

/** Villages inside the range of the context. */
export const villagesInRange = async (tx: Tx): Promise<VillageFound[]> =>
  tx.rows<VillageFound>(
    `select d.code, d.name, d.short_name as "shortName", t.name as township
     from lx.division d join lx.division t on t.code = d.parent
     where d.county = $1 and d.code >= $2 and d.code < $3 and d.level = 'village' and d.valid_to is null order by d.code`,
    [tx.context.county, tx.context.lo, tx.context.hi],
  );

/** Bodies of the range with one of these names. */
export const bodiesInRange = async (tx: Tx): Promise<BodyFound[]> =>
  tx.rows<BodyFound>(
    `select id, division, kind, name from lx.body
     where county = $1 and division >= $2 and division < $3 and valid_to is null order by division, name, id`,
    [tx.context.county, tx.context.lo, tx.context.hi],
  );

export const allPosts = async (tx: Tx): Promise<PostFound[]> =>
  tx.rows<PostFound>(
    `select id, title, body_kind || also_in as "bodyKinds", 'administer' = any (capabilities) as administers from lx.post order by id`,
  );

/** Seats of posts in bodies of the range, with how many are taken on a day; posts without a fixed number have no row. */
export const seatsInRange = async (tx: Tx, on: string) =>
  tx.rows<{ body: string; post: string; seats: number; taken: number }>(
    `select e.body, e.post, e.seats, (select count(*)::int from lx.appointment a where a.county = e.county and a.body = e.body
       and a.post = e.post and (a.valid_to is null or a.valid_to > $4::date)) as taken
     from lx.establishment e where e.county = $1 and e.division >= $2 and e.division < $3
       and e.valid_from <= $4::date and (e.valid_to is null or e.valid_to > $4::date)`,
    [tx.context.county, tx.context.lo, tx.context.hi, on],
  );

/** Persons of the range who bear one of these names. */
export const namesakes = async (tx: Tx, names: readonly string[]) =>
  tx.rows<{ name: string; division: string; birthYear: number | null }>(
    `select name, division, birth_year as "birthYear" from lx.person
     where county = $1 and division >= $2 and division < $3 and valid_to is null and name = any ($4::text[])`,
    [tx.context.county, tx.context.lo, tx.context.hi, names],
  );

/** Whose number it is, for numbers of persons inside the range; others answer like unknown ones. Hashes in hex. */
export const findIdentities = async (tx: Tx, kind: IdentityKind, hashes: readonly string[]) =>
  tx.rows<{ hash: string; person: string; division: string }>(
    `select encode(hash, 'hex') as hash, person, division from lx.find_identities($1, (select array_agg(decode(h, 'hex')) from unnest($2::text[]) h))`,
    [kind, hashes],
  );

/** Running households by village and door label. */
export const householdsOf = async (tx: Tx, divisions: readonly string[]) =>
  tx.rows<{ id: string; division: string; label: string }>(
    `select id, division, label from lx.household where county = $1 and division = any ($2::text[]) and valid_to is null`,
    [tx.context.county, divisions],
  );

/** The registers an import adds to. */
type Table = 'person' | 'household' | 'household_member' | 'party_membership' | 'appointment';

/** Adds rows in one statement. Every row has the same columns; county and time are the context's. */
export const addRows = async (
  tx: Tx,
  table: Table,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> => {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const written = await tx.run(
    `insert into lx.${table} (county, recorded_at, ${columns.join(', ')})
     select $1, $2, ${columns.join(', ')} from json_populate_recordset(null::lx.${table}, $3::json)`,
    [tx.context.county, tx.makers.clock(), JSON.stringify(rows)],
  );
  if (written !== rows.length) throw new Error(`${table}: ${written} of ${rows.length} rows were written`);
};

/** A sealed number on its way to its table; bytes in hex. */
export interface SealedIdentity {
  readonly person: string;
  readonly kind: IdentityKind;
  readonly cipher: string;
  readonly hash: string;
}

/** Writes sealed numbers through the function that alone may; throws unless all were written. */
export const putIdentities = async (tx: Tx, entries: readonly SealedIdentity[]): Promise<void> => {
  if (entries.length === 0) return;
  const row = await tx.first<{ written: number }>('select lx.put_person_identities($1::json, $2) as written', [
    JSON.stringify(entries),
    tx.makers.clock(),
  ]);
  if (row?.written !== entries.length)
    throw new Error(`${row?.written ?? 0} of ${entries.length} numbers were written`);
};
