import type { ClientBase } from 'pg';
import { secretTables } from './secrets.js';

/** A table that belongs to a county's file, and how its rows are read in an order that is the same everywhere. */
export interface CountyTable {
  readonly name: string;
  /** Without generated columns: what the database makes it makes again. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Which rows are the county's; `$1` is its code. */
  readonly rows: string;
  /** Rows that other counties use too, e.g. posts: what is there already must be the same. */
  readonly shared: boolean;
  /** Holds secrets: its rows are in the file only under a passphrase. */
  readonly sealed: boolean;
}

/** Tables that no county's file holds, each with the reason; every other table of the schema is in it (a test compares). */
export const leftOut: Readonly<Record<string, string>> = {
  schema_migration: 'compared, not carried: both sides must have the same schema',
  projection_state: 'the result of the last check; it is made again by the next one',
  session: 'sessions end with the move: people log in again',
  verification: 'short-lived codes of the log-in library',
  sign_in_attempt: 'counts of wrong tries, kept under keys of this installation',
  two_factor: 'sealed for this installation alone: second factors are set up again',
  push_subscription: 'bound to the push key of this installation: a phone asks again',
};

const divisions = `(county = $1 or code in (left($1, 2) || '0000000000', left($1, 4) || '00000000'))`;

/** Tables without a county in their key, and which of their rows a county needs. */
const sharedRows: Readonly<Record<string, string>> = {
  division: divisions,
  division_name: `code in (select code from lx.division where ${divisions})`,
  division_successor: `code in (select code from lx.division where ${divisions}) and successor in (select code from lx.division where ${divisions})`,
  post: 'true',
  pack_version: 'true',
};
const ofAccounts = 'account_id in (select id from lx.account where county = $1)';
const ownRows: Readonly<Record<string, string>> = {
  credential: ofAccounts,
  former_password: ofAccounts,
  passkey: ofAccounts,
};

/** What a line says besides its columns, since its seal is bound to it. */
const besides: Readonly<Record<string, string>> = {
  decision_word_sender:
    '(select w.matter from lx.decision_word w where w.county = decision_word_sender.county and w.id = word) as matter',
};

interface Described {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly needs: readonly string[];
}

const described = `select c.relname as name,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' order by a.attnum) as columns,
    array(select case when a.atttypid = 'text'::regtype then format('%I collate "C"', a.attname) else format('%I', a.attname) end
      from pg_index i cross join lateral unnest(i.indkey::int[]) with ordinality k (attnum, at)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary order by k.at) as key,
    array(select distinct f.relname::text from pg_constraint r join pg_class f on f.oid = r.confrelid
      where r.conrelid = c.oid and r.contype = 'f' and f.oid <> c.oid) as needs
  from pg_class c where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;

/** Rows that a trigger makes when others come in, and that the file brings itself. */
const afterTriggers: Readonly<Record<string, string>> = { matter_count: 'matter' };

/** What must stand before a table's rows can. */
const needsOf = (table: Described): readonly string[] => [
  ...table.needs,
  ...(afterTriggers[table.name] === undefined ? [] : [afterTriggers[table.name] ?? '']),
];

/** Tables in an order in which every row finds what it points at. */
const inOrder = (tables: readonly Described[]): readonly Described[] => {
  const placed: Described[] = [];
  const names = new Set<string>();
  const waiting = [...tables];
  while (waiting.length > 0) {
    const at = waiting.findIndex((table) => needsOf(table).every((need) => names.has(need)));
    const [next] = waiting.splice(at, 1);
    if (at < 0 || next === undefined)
      throw new Error(`tables point at each other in a circle: ${waiting.map((table) => table.name).join(', ')}`);
    placed.push(next);
    names.add(next.name);
  }
  return placed;
};

/** Every table of a county's file, read from the catalogue itself, so that a new table cannot be forgotten. */
export const countyTables = async (owner: ClientBase): Promise<readonly CountyTable[]> => {
  const { rows } = await owner.query<Described>(described);
  const homeless = rows.find(
    ({ name, columns }) => !columns.includes('county') && ![sharedRows, ownRows, leftOut].some((one) => name in one),
  );
  if (homeless !== undefined)
    throw new Error(`which rows of ${homeless.name} are a county's? say it in county-tables.ts`);
  return inOrder(rows.filter((table) => leftOut[table.name] === undefined)).map(({ name, columns, key }) => ({
    name,
    columns,
    key,
    rows: sharedRows[name] ?? ownRows[name] ?? 'county = $1',
    shared: sharedRows[name] !== undefined,
    sealed: secretTables.has(name),
  }));
};

const named = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

/** Reads the rows of a table as JSON text, one a line, ordered by the primary key. */
export const linesSql = (table: CountyTable): string =>
  `select row_to_json(r)::text as line from (select ${[named(table.columns), besides[table.name] ?? []].flat().join(', ')} from lx.${table.name}
     where ${table.rows} order by ${table.key.join(', ')}) r`;

/** Writes staged lines into a table. */
export const insertSql = (table: CountyTable): string =>
  `insert into lx.${table.name} (${named(table.columns)}) select ${table.columns.map((column) => `r."${column}"`).join(', ')}
     from pg_temp.staged s cross join lateral json_populate_record(null::lx.${table.name}, s.line) r${table.shared ? ' on conflict do nothing' : ''}`;
