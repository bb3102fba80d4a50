import { createHash } from 'node:crypto';
import type pg from 'pg';
import { placeNames, places, type Place } from './askers.js';
import { sampleValues, states, type Values } from './sample-values.js';

type Owner = Pick<pg.ClientBase, 'query'>;

/** The person who asks, in every test of the matrix. */
export const asking = '00000009-0000-7000-8000-000000000001';

/** An id that is the same in every run, by words. */
export const idOf = (words: string): string => {
  const hash = createHash('sha256').update(`access matrix ${words}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(12, 15)}-a${hash.slice(15, 18)}-${hash.slice(18, 30)}`;
};

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly key: boolean;
  /** The first word a check allows, where a check lists words. */
  readonly word: string | null;
}

/** A table of the schema as far as making and asking for a row needs it. */
export interface Table {
  readonly name: string;
  readonly class: string;
  readonly columns: readonly Column[];
}

const catalogue = `
  select c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^class:([A-Z]);') as class,
    json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
      'required', a.attnotnull and not a.atthasdef,
      'key', a.attnum = any (coalesce(k.key, '{}')),
      'word', (select substring(pg_get_constraintdef(o.oid) from 'ARRAY\\[''([^'']*)''')
        from pg_constraint o where o.conrelid = c.oid and o.contype = 'c' and o.conkey = array[a.attnum]
          and pg_get_constraintdef(o.oid) like '%= ANY (ARRAY[%' limit 1)) order by a.attnum) as columns
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
  left join lateral (select i.indkey::int2[] as key from pg_index i where i.indrelid = c.oid and i.indisprimary) k on true
  where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p')
  group by c.oid, c.relname order by c.relname`;

/** Every table of the schema. */
export const readTables = async (owner: Owner): Promise<readonly Table[]> => (await owner.query<Table>(catalogue)).rows;

/** Columns that name the person a row is about, and so make it somebody's own. */
const personColumns = new Set([
  'person',
  'filer',
  'uploaded_by',
  'visitor',
  'member',
  'sent_by',
  'contact',
  'reader',
  'asked_by',
]);

const madeUp = ({ name: table }: Table, { name, type, word }: Column, place: Place, number: number): unknown => {
  if (name === 'county') return places[place].slice(0, 6);
  if (['division', 'place', 'code', 'village'].includes(name) && type === 'text') return places[place];
  if (type === 'uuid') {
    if (personColumns.has(name)) return place === 'self' ? asking : idOf(`somebody ${place}`);
    return idOf(`${name === 'id' ? table : name} ${place}`);
  }
  if (word !== null) return word;
  if (type === 'bytea') return `\\x${createHash('sha256').update(`${table} ${name} ${number}`).digest('hex')}`;
  if (type === 'date') return '2026-01-01';
  if (type.startsWith('timestamp')) return '2026-01-01T00:00:00Z';
  if (type === 'boolean') return false;
  if (type === 'jsonb' || type === 'json' || type.endsWith('[]')) return type.startsWith('json') ? {} : [];
  return /int|double|real/.test(type) ? number : `x ${number}`;
};

/** A row that the checks of the table allow, lying at a place; what tables need besides stands in `sample-values.ts`. */
export const sampleRow = (table: Table, place: Place, state: string): Values => {
  const number = 1 + placeNames.indexOf(place) + 10 * statesOf(table).indexOf(state);
  const own = table.columns.filter(
    (column) => column.required || (place === 'self' && column.type === 'uuid' && personColumns.has(column.name)),
  );
  const at = {
    place,
    division: places[place],
    self: place === 'self',
    asking,
    id: (words: string) => idOf(`${words} ${place}`),
    idInVillage: (words: string) => idOf(`${words} same-village`),
  };
  return {
    ...Object.fromEntries(own.map((column) => [column.name, madeUp(table, column, place, number)])),
    ...sampleValues[table.name]?.(at),
    ...(state === '-' ? {} : states[table.name]?.[state]?.(at)),
    ...(state === '-' || !table.columns.some((column) => column.name === 'id' && column.type === 'uuid')
      ? {}
      : { id: idOf(`${table.name} ${state} ${place}`) }),
  };
};

/** Tables that no county owns have one row, which lies everywhere. */
export const placesOf = (table: Table): readonly Place[] =>
  ['R', 'L'].includes(table.class) ? ['other-county'] : placeNames;

export const statesOf = (table: Table): readonly string[] => ['-', ...Object.keys(states[table.name] ?? {})];

const literal = (value: unknown): string =>
  value === null ? 'null' : `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;

/** An `insert` of a row, spelled out; arrays are given as PostgreSQL writes them. */
export const insertOf = (table: Table, row: Values): string => {
  const shown = Object.entries(row).map(([name, value]) =>
    Array.isArray(value) ? [name, `'{${value.join(',')}}'`] : [name, literal(value)],
  );
  return `insert into lx.${table.name} (${shown.map(([name]) => name).join(', ')}) values (${shown.map(([, value]) => value).join(', ')})`;
};

/** A condition that finds exactly this row. */
export const findOf = (table: Table, row: Values): string =>
  table.columns
    .filter((column) => column.key)
    .map((column) => `${column.name} = ${literal(row[column.name])}`)
    .join(' and ');

/** Takes away every check, reference, unique index and trigger of the test's own database: what is asked here is who sees a row, not what it may hold. */
const loosen = async (owner: Owner): Promise<void> => {
  await owner.query(`do $$
    declare one record;
    begin
      for one in select conrelid::regclass as t, conname from pg_constraint
        where connamespace = 'lx'::regnamespace and contype in ('c', 'f', 'u', 'x') and conislocal order by contype = 'u' loop
        execute format('alter table %s drop constraint %I', one.t, one.conname);
      end loop;
      for one in select indexrelid::regclass as i from pg_index x join pg_class c on c.oid = x.indrelid
        where c.relnamespace = 'lx'::regnamespace and x.indisunique and not x.indisprimary loop
        execute format('drop index %s', one.i);
      end loop;
      for one in select c.oid::regclass as t from pg_class c where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p') loop
        execute format('alter table %s disable trigger user', one.t);
      end loop;
    end $$`);
};

/** Puts a row of every table at every place and in every state. */
export const addSampleRows = async (owner: pg.Pool, tables: readonly Table[]): Promise<void> => {
  const client = await owner.connect();
  try {
    await loosen(client);
    for (const table of tables)
      for (const state of statesOf(table))
        for (const place of placesOf(table)) {
          try {
            await client.query(insertOf(table, sampleRow(table, place, state)));
          } catch (error) {
            throw new Error(
              `no sample row of ${table.name}: ${String(error)}\nGive the columns it needs in apps/server/src/access/test-pack/sample-values.ts`,
              { cause: error },
            );
          }
        }
  } finally {
    client.release();
  }
};
