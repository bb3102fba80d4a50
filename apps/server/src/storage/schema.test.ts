import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { checkout } from '../installation.js';
import { appRole, runtimeRoles } from './roles.js';
import {
  reviewedColumnUpdates,
  reviewedDefiners,
  reviewedForeignKeys,
  reviewedUniqueKeys,
  reviewedWideIndexes,
} from './schema.reviewed.js';

/** Rows of a question to the catalogue that must have none; each is a sentence that names the offender. */
type Question = readonly [title: string, sql: string];

const tables = `pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'lx' where c.relkind in ('r', 'p')`;
const classOf = `substring(obj_description(c.oid, 'pg_class') from '^class:([A-Z]);')`;
const quoted = (names: readonly string[]): string =>
  names.length === 0 ? `('')` : `(${names.map((name) => `'${name}'`).join(', ')})`;
const runtime = quoted(runtimeRoles);

const questions: readonly Question[] = [
  [
    '1 has row-level security enabled and forced on every table',
    `select c.relname from ${tables} and not (c.relrowsecurity and c.relforcerowsecurity)`,
  ],
  [
    '2a has a class on every table',
    `select c.relname from ${tables} and (${classOf} is null or ${classOf} !~ '[APOJRSL]')`,
  ],
  [
    '2b gives class S no policy but the owner’s, and no grant',
    `select c.relname from ${tables} and ${classOf} = 'S' and (
       exists (select from pg_policy p where p.polrelid = c.oid and p.polname <> 'owner')
       or exists (select from information_schema.role_table_grants g where g.table_schema = 'lx' and g.table_name = c.relname
                  and g.grantee in ${runtime}))`,
  ],
  [
    '2c has a policy for every command that is granted to a role',
    `select g.table_name || ': ' || g.privilege_type || ' for ' || g.grantee
     from (select table_name, privilege_type, grantee from information_schema.role_table_grants where table_schema = 'lx'
           union select table_name, privilege_type, grantee from information_schema.role_column_grants where table_schema = 'lx') g
     where g.grantee in ${runtime}
       -- What a view shows is held back by the policies of its tables, since it runs as whoever asks (4).
       and not (g.privilege_type = 'SELECT' and exists (select from pg_class c where c.oid = format('lx.%I', g.table_name)::regclass and c.relkind = 'v'))
       and not exists (
       select from pg_policy p where p.polrelid = format('lx.%I', g.table_name)::regclass and p.polpermissive
         and (g.grantee::regrole::oid = any(p.polroles) or 0 = any(p.polroles))
         and p.polcmd in ('*', case g.privilege_type when 'SELECT' then 'r' when 'INSERT' then 'a' when 'UPDATE' then 'w' else 'd' end))`,
  ],
  [
    '2d keeps class L to the log-in role',
    `select g.table_name || ' to ' || g.grantee from information_schema.role_table_grants g
     join pg_class c on c.oid = format('lx.%I', g.table_name)::regclass
     where g.table_schema = 'lx' and ${classOf} = 'L' and g.grantee in ${runtime} and g.grantee <> 'rt_auth'`,
  ],
  [
    '2e lets no runtime role update or delete in class J, but for reviewed columns',
    `select c.relname || '.' || coalesce(g.column_name, '*') || ': ' || g.privilege_type || ' for ' || g.grantee
     from (select table_name, null::text as column_name, privilege_type, grantee from information_schema.role_table_grants where table_schema = 'lx'
           union all select table_name, column_name, privilege_type, grantee from information_schema.role_column_grants
             where table_schema = 'lx' and privilege_type = 'UPDATE') g
     join pg_class c on c.oid = format('lx.%I', g.table_name)::regclass
     where ${classOf} = 'J' and g.grantee in ${runtime} and g.privilege_type in ('UPDATE', 'DELETE')
       and c.relname || '.' || coalesce(g.column_name, '*') || ' ' || g.grantee not in ${quoted(reviewedColumnUpdates)}`,
  ],
  [
    '3 has a check on every policy that lets rows in',
    `select c.relname || ': ' || p.polname from ${tables.replace(' where', ' join pg_policy p on p.polrelid = c.oid where')}
       and p.polcmd in ('a', 'w', '*') and p.polwithcheck is null and p.polpermissive`,
  ],
  [
    '4 makes every view run as whoever asks',
    `select c.relname from pg_class c where c.relnamespace = 'lx'::regnamespace and c.relkind = 'v'
       and not coalesce('security_invoker=on' = any(c.reloptions) or 'security_invoker=true' = any(c.reloptions), false)`,
  ],
  [
    '5a pins the search path of every definer function and keeps it from PUBLIC',
    `select p.proname from pg_proc p where p.pronamespace = 'lx'::regnamespace and p.prosecdef and (
       not exists (select from unnest(p.proconfig) s where s like 'search_path=pg_catalog%')
       or has_function_privilege('public', p.oid, 'execute'))`,
  ],
  [
    '5b has reviewed every definer function',
    `select p.proname from pg_proc p where p.pronamespace = 'lx'::regnamespace and p.prosecdef and p.proname not in ${quoted(reviewedDefiners)}`,
  ],
  [
    '6 grants no runtime role TRUNCATE, REFERENCES or TRIGGER',
    `select g.table_name || ': ' || g.privilege_type || ' for ' || g.grantee from information_schema.role_table_grants g
     where g.table_schema = 'lx' and g.grantee in ${runtime} and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')`,
  ],
  [
    '7 has no runtime role that is super, bypasses, creates roles or databases, or owns',
    `select rolname from pg_roles r where rolname in ${quoted([...runtimeRoles, appRole])} and (
       rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
       or exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_namespace n where n.nspowner = r.oid))`,
  ],
  [
    '7b gives the log-in role of the server nothing of its own',
    `select table_name from information_schema.role_table_grants where table_schema = 'lx' and grantee = '${appRole}'`,
  ],
  [
    '8 calls only internal functions in policies',
    `select distinct c.relname || ': ' || f.proname from pg_policy p
     join pg_class c on c.oid = p.polrelid
     join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
     join pg_proc f on f.oid = d.refobjid join pg_language l on l.oid = f.prolang
     where c.relnamespace = 'lx'::regnamespace and l.lanname not in ('internal', 'c')`,
  ],
  [
    '9 wraps every setting in a policy in nullif',
    `select c.relname || ': ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
     cross join lateral (select coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as said) e
     where c.relnamespace = 'lx'::regnamespace
       and regexp_count(lower(e.said), 'current_setting\\(') <> regexp_count(lower(e.said), 'nullif\\(current_setting\\(')`,
  ],
  [
    '10 has an index that starts with county and division on every table of class A that has both',
    `select c.relname from ${tables} and ${classOf} = 'A'
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'division' and not a.attisdropped)
       and not exists (select from pg_index i where i.indrelid = c.oid and i.indpred is null
         and (select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey) with ordinality k(att, n)
              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.att where k.n <= 2) = 'county,division')
       and c.relname not in ${quoted(reviewedWideIndexes)}`,
  ],
  [
    '11 starts every unique key of a tenant table with county',
    `select c.relname || ': ' || i.indexrelid::regclass from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'lx'::regnamespace and i.indisunique and ${classOf} in ('A', 'P', 'J', 'O', 'S')
       and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0]) is distinct from 'county'
       and i.indexrelid::regclass::text not in ${quoted(reviewedUniqueKeys.map((name) => `lx.${name}`))}
       and i.indexrelid::regclass::text not in ${quoted(reviewedUniqueKeys)}`,
  ],
  [
    '12 carries county in every foreign key between tenant tables',
    `select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = 'lx'::regnamespace
       and substring(obj_description(c.oid, 'pg_class') from '^class:([A-Z]);') in ('A', 'P', 'J', 'O', 'S')
       and substring(obj_description(r.oid, 'pg_class') from '^class:([A-Z]);') in ('A', 'P', 'J', 'O', 'S')
       and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]) is distinct from 'county'
       and k.conname not in ${quoted(reviewedForeignKeys)}`,
  ],
  [
    '13 grants no materialised view and no foreign table to a runtime role',
    `select c.relname from pg_class c where c.relnamespace = 'lx'::regnamespace and c.relkind in ('m', 'f')
       and exists (select from unnest(array['rt_public', 'rt_resident', 'rt_office']) r where has_table_privilege(r, c.oid, 'select'))`,
  ],
  [
    '14 gives PUBLIC nothing',
    `select c.relname from ${tables} and has_table_privilege('public', c.oid, 'select,insert,update,delete')
     union all select p.proname from pg_proc p where p.pronamespace = 'lx'::regnamespace and has_function_privilege('public', p.oid, 'execute')
     union all select 'schema lx' where has_schema_privilege('public', 'lx', 'usage')`,
  ],
  [
    '15 has county first in the primary key of every tenant table',
    `select c.relname from ${tables} and ${classOf} in ('A', 'P', 'J', 'O', 'S') and not exists (
       select from pg_index i where i.indrelid = c.oid and i.indisprimary
         and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0]) = 'county')`,
  ],
  [
    '16 uses no enum and no numeric in a column, since their comparison is not leakproof and no index helps under a policy',
    `select c.relname || '.' || a.attname from ${tables.replace(' where', ' join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid where')}
       and (t.typtype = 'e' or t.typname = 'numeric')`,
  ],
  [
    '17 collates codes by byte: county and division',
    `select c.relname || '.' || a.attname from ${tables.replace(' where', ' join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where')}
       and a.attname in ('county', 'division') and (a.attcollation <> '"C"'::regcollation or a.atttypid <> 'text'::regtype)`,
  ],
];

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => database.drop());

  const ask = async (sql: string): Promise<string[]> => {
    const { rows } = await database.owner.query<Record<string, string>>(sql);
    return rows.map((row) => Object.values(row)[0] ?? '').toSorted();
  };

  it.each(questions)('%s', async (_title, sql) => {
    expect(await ask(sql)).toEqual([]);
  });

  it('goes red for a new table without a class, a policy and the tenant in its key', async () => {
    const client = await database.owner.connect();
    try {
      await client.query('begin');
      await client.query('create table lx.cup (id uuid primary key, division text)');
      await client.query('grant select on lx.cup to rt_office');
      const red: string[] = [];
      for (const [title, sql] of questions) {
        const { rows } = await client.query<Record<string, string>>(sql);
        if (rows.some((row) => (Object.values(row)[0] ?? '').startsWith('cup'))) red.push(title.split(' ')[0] ?? '');
      }
      expect(red).toEqual(['1', '2a', '2c', '17']);
      await client.query(`comment on table lx.cup is 'class:A; cups'`);
      const redder: string[] = [];
      for (const [title, sql] of questions) {
        const { rows } = await client.query<Record<string, string>>(sql);
        if (rows.some((row) => (Object.values(row)[0] ?? '').startsWith('cup'))) redder.push(title.split(' ')[0] ?? '');
      }
      expect(redder).toEqual(['1', '2c', '10', '11', '15', '17']);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('is described by docs/design/tables.md: every table with its class and its key, and nothing else', async () => {
    const page = readFileSync(path.join(checkout, 'docs/design/tables.md'), 'utf8');
    const described = [...page.matchAll(/^\| `([a-z_]+)` \| ([A-Z]) \| `([a-z0-9_, ]+)`/gm)].map(
      ([, table, tableClass, key]) => `${table} ${tableClass} ${key}`,
    );
    const found = await ask(
      `select c.relname || ' ' || ${classOf} || ' ' ||
         (select string_agg(a.attname, ', ' order by k.n) from pg_index i, unnest(i.indkey) with ordinality k(att, n), pg_attribute a
          where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.att)
       from ${tables}`,
    );
    expect(described.toSorted()).toEqual(found);
  });
});
