import type { BenchDatabase } from './database.js';

/** Matters lie in the last so many days, evenly. */
export const daysOfGrowth = 1000;

/** Ids that sort by their time, as the server makes them. */
const idAt = (moment: string): string =>
  `overlay(gen_random_uuid()::text placing substr(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0'), 1, 8) || '-' || substr(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0'), 9, 4) || '-7' from 1 for 15)::uuid`;

/**
 * Lets a county that has a demonstration grow by `count` matters and as many journal entries, copies of one that came in over HTTP with their own ids, numbers,
 * villages, kinds and days; nine of ten have ended. Written as the owner with triggers off and secondary indexes made anew after, since only the stock matters
 * here, not how it came in; the counters are derived from the rows as the trigger would have kept them. The copied matters have no acts: no list reads those.
 */
export const growCounty = async (
  database: BenchDatabase,
  name: string,
  county: string,
  count: number,
): Promise<void> => {
  const columnsOf = async (table: string): Promise<string[]> =>
    (
      await database.query(
        name,
        `select quote_ident(column_name) as name from information_schema.columns where table_schema = 'lx' and table_name = '${table}' and is_generated = 'NEVER' order by ordinal_position`,
      )
    ).map((row) => String(row['name']));
  const insert = async (table: string, sample: string, from: string, own: Readonly<Record<string, string>>) => {
    const columns = await columnsOf(table);
    const list = columns.join(', ');
    const values = columns.map((column) => own[column] ?? `s.${column}`).join(', ');
    return `insert into lx.${table} (${list}) select ${values} from ${from}, (${sample}) s;`;
  };
  const rows = `(select g, v.codes[1 + floor(random() * cardinality(v.codes))::int] as village, k.kinds[1 + floor(random() * 4)::int] as kind,
      g % 10 <> 0 as ended, random() as chance, at from generate_series(1, ${count}) g
      cross join lateral (select now() - ((${count} - g) * ${daysOfGrowth}.0 / ${count}) * interval '1 day' as at) t
      cross join (select array_agg(code) as codes from lx.division where county = '${county}' and level = 'village') v
      cross join (select array['need', 'affair', 'hardship', 'worry'] as kinds) k offset 0) r`;
  const matters = await insert(
    'matter',
    `select * from lx.matter where county = '${county}' and channel = 'portal' and parent is null and barred is null and receipt_hash is not null order by recorded_at desc limit 1`,
    rows,
    {
      id: idAt('r.at'),
      division: 'r.village',
      place: 'r.village',
      kind: 'r.kind',
      number: `'BENCH-' || r.g`,
      receipt_hash: 'sha256(uuid_send(gen_random_uuid()))',
      confirm_hash: 'sha256(uuid_send(gen_random_uuid()))',
      journal: 'null',
      opened_at: 'r.at',
      recorded_at: 'r.at',
      updated_at: 'r.at',
      state: `case when r.ended then 'ended' else 'open' end`,
      stage: 'case when not r.ended then s.stage end',
      ended_at: `case when r.ended then r.at + r.chance * interval '20 days' end`,
      due: `case when not r.ended then (r.at + interval '15 days')::date end`,
      next_check: 'null',
      provisional: 'false',
      readers: 'null',
    },
  );
  const entries = await insert(
    'journal_entry',
    `select * from lx.journal_entry where county = '${county}' and kind = 'matter.open' and seed is not null order by recorded_at desc limit 1`,
    rows,
    {
      id: idAt('r.at'),
      division: 'r.village',
      command_id: 'null',
      seed: 'uuid_send(gen_random_uuid())',
      recorded_at: 'r.at',
      // As if sealed long ago, so that the sequencer leaves them alone.
      log_year: '2000',
      log_index: 'r.g',
      log_position: '0',
    },
  );
  const indexes = await database.query(
    name,
    `select format('lx.%I', c.relname) as name, pg_get_indexdef(c.oid) as made from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid in ('lx.matter'::regclass, 'lx.journal_entry'::regclass) and not exists (select from pg_constraint where conindid = c.oid)`,
  );
  // Nothing is measured while rows are made: the log of what was changed need not be written twice over at each checkpoint.
  const changed = ['max_wal_size', 'checkpoint_timeout', 'full_page_writes'];
  for (const setting of [`max_wal_size = '16GB'`, `checkpoint_timeout = '1h'`, 'full_page_writes = off'])
    await database.query(name, `alter system set ${setting}`);
  await database.query(name, 'select pg_reload_conf()');
  await database.query(
    name,
    `set session_replication_role = replica; set maintenance_work_mem = '1GB';
     ${indexes.map((index) => `drop index ${String(index['name'])};`).join('\n')}
     ${matters}
     ${entries}
     ${indexes.map((index) => `${String(index['made'])};`).join('\n')}
     truncate lx.matter_count;
     insert into lx.matter_count (county, division, slot, opened, open, paused, ended)
     select county, village, abs(hashtext(id::text) % 16), count(*), count(*) filter (where state = 'open'), count(*) filter (where state = 'paused'),
       count(*) filter (where state = 'ended') from lx.matter where barred is null group by 1, 2, 3`,
  );
  for (const table of ['matter', 'journal_entry', 'matter_count'])
    await database.query(name, `vacuum analyze lx.${table}`);
  for (const setting of changed) await database.query(name, `alter system reset ${setting}`);
  await database.query(name, 'select pg_reload_conf()');
  await database.query(name, 'checkpoint');
};
