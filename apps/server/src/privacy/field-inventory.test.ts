import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@lianxin/testkit/database';
import { checkout } from '../installation.js';

const head = 'table,column,purpose,ground,class,retention';
const classes = ['none', 'work', 'personal', 'sensitive', 'secret'];

/** Names of columns that may hold something about a person: who, how to reach him, what he said, what he is. */
const aboutPersons =
  '^(person|filer|visitor|member|contact|reader|holder_person|first_contact|barred|sampled|readers|about|name|holder_name|contact_name|display_username|username|email|image|sex|birth_year|villager_group|label|need|note|feedback|answer|text|reason|subject|purpose|cipher|lookup_hash|key_hash|ip_address|user_agent|token|password|access_token|refresh_token|id_token|secret|backup_codes|public_key|credential_id|value|private|payload|office_phone|phone|polygon|on_behalf_of|last_error)$|_by$';

describe('the inventory of personal data', () => {
  const [first, ...lines] = readFileSync(path.join(checkout, 'docs/access/fields.csv'), 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const columns = async (): Promise<string[]> =>
    (
      await database.owner.query<{ at: string }>(
        `select c.relname || ',' || a.attname as at from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         join pg_type t on t.oid = a.atttypid
         where c.relnamespace = 'lx'::regnamespace and c.relkind in ('r', 'p') and (a.attname ~ $1 or t.typname = 'jsonb') order by 1`,
        [aboutPersons],
      )
    ).rows.map((row) => row.at);

  it('has a row for every column that may hold something about a person, and none for a column that is gone', async () => {
    const found = await columns();
    const known = new Set(rows.map(([table, column]) => `${table},${column}`));
    const missing = found.filter((at) => !known.has(at)).map((at) => `${at},目的,依据,personal,保存期限`);
    const gone = [...known].filter((at) => !found.includes(at));
    expect({ missing, gone }, 'Fill these lines in and add them to docs/access/fields.csv').toEqual({
      missing: [],
      gone: [],
    });
  });

  it('says of each what for, on what ground, how sensitive and how long', () => {
    expect(first).toBe(head);
    const incomplete = rows.filter(
      (row) => row.length !== 6 || row.some((cell) => cell.trim() === '') || !classes.includes(row[4] ?? ''),
    );
    expect(incomplete).toEqual([]);
  });
});
