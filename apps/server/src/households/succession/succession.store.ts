import type pg from 'pg';
import type { Makers } from '../../deps.js';

/** The owner's connection: divisions are public facts that no request may write. */
export type OwnerDb = Pick<pg.ClientBase, 'query'>;

/** A merge or split at work: its connection, its county and day. */
export interface Work {
  readonly db: OwnerDb;
  readonly makers: Makers;
  readonly county: string;
  readonly on: string;
}

/** A village as the list has it. */
export interface Village {
  readonly code: string;
  readonly name: string;
  readonly short: string;
  readonly kind: string;
  readonly parent: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export const readVillages = async (db: OwnerDb, codes: readonly string[]): Promise<Village[]> => {
  const { rows } = await db.query<Village>(
    `select code, name, short_name as short, kind, parent, valid_from::text as "validFrom", valid_to::text as "validTo"
     from lx.division where code = any ($1::text[]) and level = 'village'`,
    [codes],
  );
  return rows;
};

/** Enters a village with its first day. */
export const addVillage = async (
  { db, county, on }: Work,
  village: { readonly code: string; readonly name: string; readonly kind: string; readonly parent: string },
  source: string,
): Promise<void> => {
  await db.query(
    `insert into lx.division (code, name, short_name, level, kind, parent, county, source, valid_from)
     values ($1, $2, $2, 'village', $3, $4, $5, $6, $7)`,
    [village.code, village.name, village.kind, village.parent, county, source, on],
  );
};

/** Ends villages, or links them to what they became. */
export const endVillages = async ({ db, on }: Work, codes: readonly string[]): Promise<void> => {
  await db.query(`update lx.division set valid_to = $2 where code = any ($1::text[])`, [codes, on]);
};

export const linkVillages = async (
  { db, on }: Work,
  link: {
    readonly code: string;
    readonly successor: string;
    readonly cause: 'merge' | 'split';
    readonly takesFiles: boolean;
  },
  source: string,
): Promise<void> => {
  await db.query(
    `insert into lx.division_successor (code, successor, valid_from, cause, source, takes_files) values ($1, $2, $3, $4, $5, $6)`,
    [link.code, link.successor, on, link.cause, source, link.takesFiles],
  );
};

/**
 * Registers whose standing rows go on under the new code. What happened (matters, acts, visits, journal, records of the past) is not
 * among them: it stays under the code it happened under.
 */
export const standingTables = [
  'person',
  'place',
  'service_room',
  'grid',
  'grid_party_group',
  'duty_contact',
  'establishment',
  'appointment',
  'party_membership',
  'organisation',
  'organisation_link',
  'convenience_station',
  'contact_assignment',
  'household',
  'household_point',
  'grid_household',
  'body_link',
  'body',
] as const;
export type StandingTable = (typeof standingTables)[number];

const moved = (table: string, only: string): string => `with gone as (
    update lx.${table} t set division = $3 where t.county = $1 and t.division = any ($2::text[]) ${only} returning t.id, t.county)
  insert into lx.division_move (county, id, division, moved, row_id, to_division, moved_on, recorded_at)
  select g.county, gen_random_uuid(), $4, '${table}', g.id, $3, $5, $6 from gone g`;

/** Gives standing rows of a table to another village and notes each move; `ids` narrows to some of them. Gives how many moved. */
export const moveRows = async (
  { db, makers, county, on }: Work,
  table: StandingTable | 'household_card',
  from: string,
  to: string,
  ids?: readonly string[],
): Promise<number> => {
  const standing = table === 'household_card' ? 't.withdrawn_on is null' : 't.valid_to is null';
  const values: unknown[] = [county, [from], to, from, on, makers.clock()];
  if (ids !== undefined) values.push(ids);
  const { rowCount } = await db.query(
    moved(table, `and ${standing}${ids === undefined ? '' : ' and t.id = any ($7::uuid[])'}`),
    values,
  );
  return rowCount ?? 0;
};

/** What hangs on moved households follows them: who belongs to them, and what their cards say. */
export const followHouseholds = async ({ db, county }: Work, from: string, to: string): Promise<void> => {
  await db.query(
    `update lx.household_member m set division = $3 where m.county = $1 and m.division = $2
       and exists (select from lx.household h where h.county = m.county and h.id = m.household and h.division = $3)`,
    [county, from, to],
  );
  await db.query(
    `update lx.household_card_entry e set division = $3 where e.county = $1 and e.division = $2
       and exists (select from lx.household_card c where c.county = e.county and c.id = e.card and c.division = $3)`,
    [county, from, to],
  );
};

/** Grids that come to a village keep their code if it is free there, else take the next free number. */
export const freeGridCodes = async (
  { db, county }: Work,
  from: string,
  to: string,
  ids?: readonly string[],
): Promise<void> => {
  const { rows } = await db.query<{ id: string; code: string; division: string }>(
    `select id, code, division from lx.grid where county = $1 and division = any ($2::text[]) and valid_to is null order by code`,
    [county, [from, to]],
  );
  const taken = new Set(rows.filter((row) => row.division === to).map((row) => row.code));
  let next = 0;
  for (const grid of rows.filter((row) => row.division === from && (ids === undefined || ids.includes(row.id)))) {
    let { code } = grid;
    while (taken.has(code)) {
      next += 1;
      code = String(next).padStart(3, '0');
    }
    taken.add(code);
    if (code !== grid.code)
      await db.query(`update lx.grid set code = $3 where county = $1 and id = $2`, [county, grid.id, code]);
  }
};

/** What a village had at a time: the figures that a merge or split must not change. */
export const countsOf = async ({ db, county }: Pick<Work, 'db' | 'county'>, codes: readonly string[]) => {
  const { rows } = await db.query<{ matters: number; households: number; records: number; persons: number }>(
    `select (select count(*)::int from lx.matter where county = $1 and village = any ($2::text[])) as matters,
       (select count(*)::int from lx.household where county = $1 and division = any ($2::text[]) and valid_to is null) as households,
       (select count(*)::int from lx.record where county = $1 and division = any ($2::text[])) as records,
       (select count(*)::int from lx.person where county = $1 and division = any ($2::text[]) and valid_to is null) as persons`,
    [county, codes],
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error('a count without a row');
  return counts;
};
export type Counts = Awaited<ReturnType<typeof countsOf>>;
