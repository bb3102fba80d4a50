import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { checkout } from '../installation.js';

/** A numbered migration 迁移 of schema `lx`. */
export interface Migration {
  readonly number: string;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

/** The folder of migrations. */
const migrationsFolder = path.join(checkout, 'apps/server/migrations');

/** The migrations of a folder by number; throws on a number used twice or a name of another shape. */
export const readMigrations = (folder: string = migrationsFolder): Migration[] => {
  const seen = new Map<string, string>();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const match = /^([0-9]{4})_([a-z0-9_]+)\.sql$/.exec(file);
      const [, number, name] = match ?? [];
      if (number === undefined || name === undefined)
        throw new Error(`not the name of a migration: ${file} (0123_what_it_does.sql)`);
      const twin = seen.get(number);
      if (twin !== undefined) throw new Error(`two migrations have number ${number}: ${twin} and ${file}`);
      seen.set(number, file);
      const sql = readFileSync(path.join(folder, file), 'utf8');
      return { number, name, sha256: createHash('sha256').update(sql).digest('hex'), sql };
    });
};

/** One migrator at a time; two servers that start together wait for each other. */
const migratorLock = 7_135_202;

/** FORCE binds the owner too, and reviewed functions run as the owner: without a policy of its own it would see nothing. */
const ownerPolicies = `do $$
declare t record;
begin
  for t in select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner')
  loop
    execute format('create policy owner on %s for all to %I using (true) with check (true)', t.name, current_user);
  end loop;
end $$`;

/**
 * Every policy that holds an office to its range gets a sibling for the divisions whose files the office took over 撤并前的区划
 * (`lx.before`). Made from the policies themselves, after every migration, so that no table can be forgotten; a policy that changes
 * changes its sibling too. Why a sibling and not a longer condition: the range stays what it was, and so do the plans made for it.
 */
const predecessorPolicies = `do $$
declare
  p record;
  lo constant text := $q$NULLIF(current_setting('lx.lo'::text, true), ''::text)$q$;
  hi constant text := $q$NULLIF(current_setting('lx.hi'::text, true), ''::text)$q$;
  divisions constant text := $q$string_to_array(NULLIF(current_setting('lx.before'::text, true), ''::text), ','::text)$q$;
begin
  for p in select c.oid::regclass as name, o.polname from pg_policy o join pg_class c on c.oid = o.polrelid
    where c.relnamespace = 'lx'::regnamespace and o.polname like '%\\_before'
  loop
    execute format('drop policy %I on %s', p.polname, p.name);
  end loop;
  for p in select c.oid::regclass as name, o.polname, o.polcmd,
      replace(replace(pg_get_expr(o.polqual, o.polrelid), range.low, range.of_before), range.high, 'true') as seen,
      replace(replace(pg_get_expr(o.polwithcheck, o.polrelid), range.low, range.of_before), range.high, 'true') as checked
    from pg_policy o join pg_class c on c.oid = o.polrelid
    -- The settings stand bare, where an index needs their values, or in subqueries that are read once a statement.
    join (values
      (format('(division >= %s)', lo), format('(division < %s)', hi), format('(division = ANY (%s))', divisions)),
      (format('(division >= ( SELECT %s AS "nullif"))', lo), format('(division < ( SELECT %s AS "nullif"))', hi),
        format('(division = ANY ((SELECT %s)::text[]))', divisions))) as range (low, high, of_before)
      on strpos(coalesce(pg_get_expr(o.polqual, o.polrelid), ''), range.low) > 0
        or strpos(coalesce(pg_get_expr(o.polwithcheck, o.polrelid), ''), range.low) > 0
    where c.relnamespace = 'lx'::regnamespace and o.polpermissive and 'rt_office'::regrole = any (o.polroles)
  loop
    execute format('create policy %I on %s for %s to rt_office %s %s', p.polname || '_before', p.name,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      case when p.seen is null then '' else 'using (' || p.seen || ')' end,
      case when p.checked is null then '' else 'with check (' || p.checked || ')' end);
  end loop;
end $$`;

/** A function may name a table of a later migration, so bodies are checked when all tables are there: each is made again as it is. */
const checkFunctions = `do $$
declare f record;
begin
  for f in select oid from pg_proc where pronamespace = 'lx'::regnamespace and prokind in ('f', 'p') loop
    execute pg_get_functiondef(f.oid);
  end loop;
end $$`;

/** What was applied when the migrations began; the first one makes the table that answers. */
const readApplied = async (client: ClientBase): Promise<Map<string, string>> => {
  const { rows: there } = await client.query<{ made: boolean }>(
    `select to_regclass('lx.schema_migration') is not null as made`,
  );
  if (there[0]?.made !== true) return new Map();
  const { rows } = await client.query<{ number: string; sha256: string }>(
    'select number, sha256 from lx.schema_migration',
  );
  return new Map(rows.map((row) => [row.number, row.sha256]));
};

/** Number and hash of every migration of a database, in order: two schemas are the same when these are. */
export const readSchema = async (client: ClientBase): Promise<readonly (readonly [string, string])[]> =>
  [...(await readApplied(client))].toSorted(([a], [b]) => (a < b ? -1 : 1));

const apply = async (client: ClientBase, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query('set local check_function_bodies = off');
    await client.query(migration.sql);
    await client.query(ownerPolicies);
    await client.query('insert into lx.schema_migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(
      `migration ${migration.number}_${migration.name}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
};

/**
 * Applies what is missing, in order, each migration in a transaction of its own; gives the names applied now.
 *
 * Throws when an applied migration has changed since: a database whose history is another one cannot be reasoned about.
 */
export const migrate = async (
  client: ClientBase,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> => {
  await client.query('select pg_advisory_lock($1)', [migratorLock]);
  try {
    const applied = await readApplied(client);
    for (const { number, name, sha256 } of migrations) {
      const before = applied.get(number);
      if (before !== undefined && before !== sha256) {
        throw new Error(
          `migration ${number}_${name} has changed since it was applied to this database; write a new one instead`,
        );
      }
    }
    const missing = migrations.filter((migration) => !applied.has(migration.number));
    for (const migration of missing) await apply(client, migration);
    if (missing.length > 0) {
      await client.query(checkFunctions);
      await client.query(predecessorPolicies);
    }
    return missing.map((migration) => `${migration.number}_${migration.name}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migratorLock]);
  }
};
