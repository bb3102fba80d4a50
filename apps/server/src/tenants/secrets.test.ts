import { testServer, type TestServer } from '@lianxin/testkit/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOut } from './county-tables.js';
import { openRow, sealRow, secretTables } from './secrets.js';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ features: [] });
});
afterAll(async () => server.close());

/** Columns that look secret by type or name and are not, each with the reason. */
const plain: Readonly<Record<string, string>> = {
  'journal_entry.seed': 'opens only what stands in the same row',
  'secret_ballot_roll.salt': 'belongs to a commitment to what stands in the same row',
  'secret_ballot_board.token': 'published with the closed box',
  'secret_ballot_board.sealed': 'published with the closed box',
};

/** Bytes that are hashes by their name; everything else in bytes is taken for sealed. */
const hashed = 'hash$|hashes$|sha256$|^fingerprint$|^root$';
const named = '^(password|secret|backup_codes|sealed|cipher|token|(access|refresh|id)_token)$';

/** What the schema itself says: bytes that are no hash, a secret's name, a comment of the table that speaks of sealing. */
const looksSecret = `select c.relname as "table", a.attname as "column"
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    and ((a.atttypid = 'bytea'::regtype and a.attname !~ '${hashed}') or a.attname ~ '${named}'
      or obj_description(c.oid, 'pg_class') ~ '\\msealed\\M')`;

it('every table in which the schema keeps something sealed or secret leaves under the passphrase, or not at all', async () => {
  const { rows } = await server.database.owner.query<{ table: string; column: string }>(looksSecret);
  const secret = rows.filter(({ table, column }) => plain[`${table}.${column}`] === undefined);
  const tables = new Set(secret.map(({ table }) => table).filter((table) => !(table in leftOut)));
  expect([...secretTables.keys()].toSorted()).toEqual([...tables].toSorted());
  const found = rows.map(({ table, column }) => `${table}.${column}`);
  expect(Object.keys(plain).filter((one) => !found.includes(one))).toEqual([]);
});

it('what is sealed with keys of this installation leaves opened and is sealed again where it is taken in', async () => {
  const { rows } = await server.database.owner.query<{ table: string }>(
    `select table_name as "table" from information_schema.columns where table_schema = 'lx' and column_name = 'cipher'`,
  );
  expect(rows.length).toBeGreaterThan(4);
  const names = { county: '990101', matter: 'm', word: 'w', field: 'phone', person: 'p', kind: 'phone' };
  const told = { ...names, cipher: '13800138000' };
  for (const { table } of rows) {
    const sealed = sealRow(server.deps.keys, table, JSON.stringify(told));
    expect(sealed, table).not.toContain('13800138000');
    expect(JSON.parse(openRow(server.deps.keys, table, sealed)), table).toEqual(told);
  }
});
